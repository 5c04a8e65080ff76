"""The translation memory as TMX: out, in, and what it is then used for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from service.web.desk import Desk
from tests.contract.conftest import BODY, Put
from tests.unit.pages import parse

MEMORY = "/v1/sites/default/memory"
PATH = "/v1/articles/a1/variants/id-ID"
TMX = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n<tmx version="1.4">'
    '<header srclang="en-US"/><body>\n<tu><tuv xml:lang="EN-US"><seg>The work will begin next year.</seg></tuv>'
    '<tuv xml:lang="in"><seg>Pekerjaan <bpt i="1">&lt;em&gt;</bpt>dimulai<ept i="1">&lt;/em&gt;</ept> tahun.</seg>'
    '</tuv></tu>\n<tu><tuv xml:lang="en"><seg>A road.</seg></tuv></tu>\n</body></tmx>'
)


def send(client: FlaskClient, body: str | bytes = TMX, query: str = "", **more: Any) -> TestResponse:
    return client.post(MEMORY + query, data=body, **{"content_type": "application/x-tmx+xml", **more})


def work(client: FlaskClient) -> tuple[str, str]:
    segments = client.get(PATH).json["segments"]
    found = next(one for one in segments if one["source"].startswith("The work will begin"))
    return found["origin"], found["target"]


def test_a_file_is_used_before_the_model(client: FlaskClient, put: Put) -> None:
    answer = send(client)
    assert (answer.status_code, answer.json["imported"], answer.json["skipped"]) == (200, 1, 1)
    (told,) = answer.json["first_skipped"]
    assert (told["line"], "two languages" in told["reason"]) == (5, True)
    put()
    assert work(client) == ("memory", "Pekerjaan <em>dimulai</em> tahun.")


def test_a_text_without_an_article_has_it_too_and_adds_nothing(client: FlaskClient) -> None:
    send(client, query="?reviewed=true")
    sent = {"text": "The work will begin next year. It is late.", "source": "en", "target": "id"}
    for format_, expected in (("text", "Pekerjaan dimulai tahun."), ("html", "Pekerjaan <em>dimulai</em> tahun.")):
        answer = client.post("/v1/translations", json={**sent, "format": format_}).json
        assert answer["translation"].startswith(expected)
    assert "late" not in client.get(MEMORY).text


def test_the_glossary_outranks_a_file_but_not_a_reviewed_one(client: FlaskClient, put: Put) -> None:
    send(client)
    term = {
        "source": "The work will begin next year.",
        "target": "Istilah.",
        "source_language": "en",
        "target_language": "id",
    }
    client.put("/v1/sites/default/glossary", json={"terms": [term]})
    put()
    assert work(client)[0] == "glossary"
    assert send(client, query="?reviewed=true").json["imported"] == 1
    put(title="Roads are built here")
    assert work(client) == ("person", "Pekerjaan <em>dimulai</em> tahun.")


def test_what_was_made_comes_out_and_goes_in_again(client: FlaskClient, put: Put) -> None:
    put()
    client.post(f"{PATH}/approval", json={"by": "Sari"})
    answer = client.get(MEMORY)
    assert (answer.status_code, answer.mimetype) == (200, "application/x-tmx+xml")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="default.tmx"'
    first = answer.get_data()
    assert first.count(b'<prop type="x-origin">approved') == first.count(b'<prop type="x-origin">model') == 4
    assert b'&lt;a href="https://example.org/roads?a=1&amp;amp;b=2"&gt;' in first
    taken = {"imported": 8, "older": 0, "skipped": 0, "first_skipped": []}
    assert send(client, first, "?reviewed=true").json == taken
    assert client.get(MEMORY).get_data().partition(b"<body>")[2] == first.partition(b"<body>")[2]


def test_an_older_file_does_not_overwrite_what_is_newer(client: FlaskClient, put: Put) -> None:
    def dated(date: str, target: str) -> str:
        return (
            f'<tmx version="1.4"><header srclang="en"/><body><tu {date}><tuv xml:lang="en"><seg>The work will begin '
            f'next year.</seg></tuv><tuv xml:lang="id"><seg>{target}</seg></tuv></tu></body></tmx>'
        )

    newer, older = 'changedate="20250301T000000Z"', 'creationdate="20240301T000000Z"'
    assert send(client, dated(newer, "Baru.")).json["imported"] == 1
    answer = send(client, dated(older, "Lama.")).json
    assert (answer["imported"], answer["older"]) == (0, 1)
    put()
    assert work(client) == ("memory", "Baru.")
    assert send(client, dated(older, "Kata orang."), "?reviewed=true").json["imported"] == 1
    put(title="Roads are built here")
    assert work(client) == ("person", "Kata orang.")


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        ("<tmx><body>", "line 1: this is no well-formed XML"),
        ('<!DOCTYPE tmx [<!ENTITY a "b">]><tmx/>', "entities are refused"),
        (TMX.replace("</tmx>", "</tmx>trailing"), "line 6: "),
    ],
)
def test_a_file_that_cannot_be_read_changes_nothing(client: FlaskClient, body: str, detail: str) -> None:
    answer = send(client, body)
    assert (answer.status_code, answer.json["type"]) == (422, "urn:alihbahasa:problem:tmx-refused")
    assert detail in answer.json["detail"]
    assert answer.json["detail"].endswith("nothing was changed")
    assert b"<tu " not in client.get(MEMORY).get_data()


def test_what_is_asked_wrongly_is_told(client: FlaskClient) -> None:
    assert client.get("/v1/sites/other/memory").status_code == 404
    assert client.post("/v1/sites/other/memory", data=TMX, content_type="text/xml").status_code == 404
    answer = send(client, content_type="application/json")
    assert (answer.status_code, "application/x-tmx+xml" in answer.json["detail"]) == (415, True)
    assert send(client, query="?reviewd=true").status_code == 422


def test_a_sentence_with_other_figures_is_not_decoded_again(client: FlaskClient, put: Put) -> None:
    put(body="<p>The market has 40 shops.</p>")
    before = {one["source"]: one for one in client.get(PATH).json["segments"]}["The market has 40 shops."]
    put(body="<p>The market has 52 shops.</p>")
    after = client.get(PATH).json
    (found,) = (one for one in after["segments"] if "52" in one["source"])
    assert (found["origin"], found["model"], after["counts"]["translated"]) == ("memory", before["model"], 0)
    assert found["target"] == before["target"].replace("40", "52")


def test_approved_is_told_from_written(client: FlaskClient, put: Put) -> None:
    put()
    segment = next(one for one in client.get(PATH).json["segments"] if one["source"].startswith("The work"))
    client.patch(f"{PATH}/segments/{segment['id']}", json={"target": "Dimulai 2026.", "by": "Sari"})
    approved = client.post(f"{PATH}/approval", json={"by": "Sari"}).json
    by_origin = {one["source"]: (one["origin"], bool(one["model"])) for one in approved["segments"]}
    assert by_origin.pop("The work will begin next year.") == ("person", False)
    assert set(by_origin.values()) == {("approved", True)}
    put(body=BODY.replace("12 billion", "a fortune of many"))
    kept = {one["origin"] for one in client.get(PATH).json["proposal"]["segments"] if "fortune" not in one["source"]}
    assert kept == {"person", "approved"}


CORRECTION = {"at": "2025-11-05T10:00:00+07:00", "text": "The number of roads was wrong."}
EARLIER = {"at": "2025-11-04T10:00:00+07:00", "text": "The name of the boat was wrong."}


def corrections(client: FlaskClient, path: str = PATH) -> list[tuple[str, str | None]]:
    return [(one["text"], one["language"]) for one in client.get(path).json["corrections"]]


def test_an_approved_text_stays_with_the_date_of_the_originals_change(client: FlaskClient, put: Put) -> None:
    put(published_at="2025-11-04T08:00:00+07:00")
    approved = client.post(f"{PATH}/approval", json={"by": "Sari"}).json
    assert approved["original_updated"] is None
    dates = {"published_at": "2025-11-04T08:00:00+07:00", "updated_at": "2025-11-06T14:30:00+07:00"}
    put(body=BODY.replace("next year", "in March"), **dates)
    now = client.get(PATH).json
    assert (now["state"], now["body"]) == ("stale", approved["body"])
    assert now["original_updated"]["text"].startswith("Kamis, 6 November 2025")
    assert now["original_updated"]["iso"] == "2025-11-06T07:30:00Z"
    notice = parse(client.get("/id/articles/a1").text).css_first("aside.notice time")
    assert notice.attributes["datetime"] == "2025-11-06T07:30:00+00:00"


def test_corrections_are_on_every_variant_at_once(client: FlaskClient, put: Put, desk: Desk) -> None:
    put(corrections=[EARLIER])
    client.post(f"{PATH}/approval", json={"by": "Sari"})
    ((earlier, _),) = corrections(client)
    desk.workers.stop(20)
    put(corrections=[CORRECTION, EARLIER], body=BODY.replace("next year", "in March"), wait=0)
    assert corrections(client) == [(CORRECTION["text"], "en"), (earlier, None)]  # though nothing is translated yet
    assert corrections(client, "/v1/articles/a1/variants/en-US") == [
        (CORRECTION["text"], None),
        (EARLIER["text"], None),
    ]
    page = client.get("/id/articles/a1").text
    assert f'<div lang="en">{CORRECTION["text"]}</div>' in page
    assert f"<div>{earlier}</div>" in page


def test_a_correction_is_shown_translated_while_the_rest_is_still_being_made(
    client: FlaskClient, put: Put, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(corrections=[EARLIER])
    ((earlier, _),) = corrections(client)
    translate, asked, seen = desk.pool.translate, list[list[str]](), list[Any]()

    def watched(sentences: Iterable[str], *pair: str, **options: Any) -> Any:
        asked.append(list(sentences))
        if len(asked) > 1 and not seen:
            reader = client.application.test_client()  # of the worker's thread
            seen.extend((reader.get(PATH).json["state"], corrections(reader)))
        return translate(asked[-1], *pair, **options)

    monkeypatch.setattr(desk.pool, "translate", watched)
    put(corrections=[CORRECTION, EARLIER], body=BODY.replace("next year", "in March"))
    assert asked[0] == [CORRECTION["text"]]
    state, ((shown, language), second) = seen
    assert (state, language, second) == ("stale", None, (earlier, None))
    assert shown != CORRECTION["text"]
    assert corrections(client) == [(shown, None), (earlier, None)]


def test_a_correction_is_shown_translated_beside_the_approved_text(client: FlaskClient, put: Put) -> None:
    put()
    approved = client.post(f"{PATH}/approval", json={"by": "Sari"}).json
    put(corrections=[CORRECTION])
    now = client.get(PATH).json
    proposed = next(one for one in now["proposal"]["segments"] if one["source"] == CORRECTION["text"])
    assert proposed["origin"] == "model"
    assert corrections(client) == [(proposed["target"], None)]
    assert (now["body"], now["reviewed_by"]) == (approved["body"], "Sari")
    assert f"<div>{proposed['target']}</div>" in client.get("/id/articles/a1").text


def test_of_what_people_made_of_a_sentence_the_one_between_the_same_neighbours_is_used(
    client: FlaskClient, put: Put
) -> None:
    def over(article: str) -> dict[str, str]:
        segments = client.get(f"/v1/articles/{article}/variants/id").json["segments"]
        return next(one for one in segments if one["source"] == "It is over.")

    storm, match = (f"<p>The {what} was long. It is over. People go home.</p>" for what in ("storm", "match"))
    for article, body, words in (("a1", storm, "Sudah reda."), ("a2", match, "Sudah usai.")):
        put(article, body=body)
        path = f"/v1/articles/{article}/variants/id/segments/{over(article)['id']}"
        assert client.patch(path, json={"target": words, "by": "Sari"}).status_code == 200
    put("a3", body=storm)
    assert (over("a3")["origin"], over("a3")["target"]) == ("person", "Sudah reda.")
    put("a4", body="<p>The game was short. It is over.</p>")
    assert over("a4")["target"] == "Sudah usai."  # the last word
