"""An article's source over HTTP: its report, what mends it, the site's policy, and the person who accepts it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from service.article.types import Submission
from service.jobs import submit
from service.store import variants
from service.web import waiting
from service.web.desk import Desk
from tests.contract.conftest import Put
from tests.contract.test_articles import SAMPLE
from tests.contract.test_visibility import surfaces

WAIT = {"Prefer": "wait=60"}
PAGE = "/desk/articles/a1/source"
GARBLED = {
    "title": "The minister said it is not yet decided",
    "body": "<p>It isnâ€™t <b>the governmentâ€™s</b> plan, the minister told reporters in Jakarta on Monday.</p>"
    "<p>The road will be built next year, and it will cost 12 billion rupiah.</p>",
    "language": "en",
}


@pytest.fixture
def spun(client: FlaskClient) -> dict[str, Any]:
    """The sample, whose English a spinner has damaged, with its variant."""
    return send(client).json


def send(client: FlaskClient, **changes: Any) -> TestResponse:
    sent = {"body": SAMPLE.read_text("utf-8"), "format": "text", **changes}
    return client.put("/v1/articles/a1", json=sent, headers=WAIT)


def settled(client: FlaskClient) -> dict[str, Any]:
    """The article, once nothing is being made of it any more: the same sent again waits for that."""
    return send(client).json


def accept(client: FlaskClient, **body: Any) -> TestResponse:
    return client.post("/v1/articles/a1/source/acceptance", json={"by": "Sari Wulandari", **body})


def source(client: FlaskClient) -> dict[str, Any]:
    return client.get("/v1/articles/a1/variants/en-US").json


def text_of(client: FlaskClient, locale: str) -> str:
    variant = client.get(f"/v1/articles/a1/variants/{locale}").json
    return " ".join(segment["source"] for segment in variant["segments"])


# --- the report ------------------------------------------------------------------------------------------------------


def test_the_report_of_a_spun_source_says_what_why_where_and_how_sure(spun: dict[str, Any]) -> None:
    quality = spun["source_quality"]
    assert quality["sound"] is False
    found = {finding["code"]: finding for finding in quality["findings"]}
    assert {"machine-spun", "mojibake", "weekday-contradicts-date"} <= set(found)
    for finding in quality["findings"]:
        assert finding["message"]
        assert 0.5 <= finding["confidence"] <= 1
        for place in finding["places"]:
            assert len(place["text"]) == place["end"] - place["start"]
    assert found["weekday-contradicts-date"]["places"][0]["text"] == "Monday November 4"
    assert found["mojibake"]["places"][0]["text"] == "coalition¡s"
    assert {place["text"].split()[-1].lower() for place in found["machine-spun"]["places"]} >= {
        "nan",
        "arsenic",
        "beryllium",
    }


def test_what_was_posted_is_kept_and_the_translation_is_made_of_the_repair(
    client: FlaskClient, spun: dict[str, Any]
) -> None:
    assert "the coalition¡s" not in text_of(client, "id-ID")
    assert "coalition¡s" in text_of(client, "en-US")
    assert "connected November 4 arsenic France, nan UK" in text_of(client, "en-US")
    assert "on November 4 as France, the UK" in text_of(client, "id-ID")
    variant = client.get("/v1/articles/a1/variants/id-ID").json
    assert variant["repaired"] == len(spun["source_quality"]["changes"]) > 100
    assert source(client)["repaired"] == 0


def test_every_change_is_listed_and_undone_gives_what_was_posted(client: FlaskClient, spun: dict[str, Any]) -> None:
    changes = spun["source_quality"]["changes"]
    assert {change["kind"] for change in changes} == {"spun", "mojibake"}
    assert {change["state"] for change in changes} == {"proposed"}
    before = {block["id"]: block["value"] for block in source(client)["blocks"]}
    for change in changes:
        assert before[change["block"]][change["start"] : change["end"]] == change["before"]
    accept(client)
    after = {block["id"]: block["value"] for block in source(client)["blocks"]}
    for block, text in after.items():
        shift = 0
        for change in [change for change in changes if change["block"] == block]:
            start = change["start"]
            assert text[start + shift :].startswith(change["after"])
            shift += len(change["after"]) - len(change["before"])
        for change in [change for change in changes if change["block"] == block]:
            end = change["start"] + len(change["after"])
            text = text[: change["start"]] + change["before"] + text[end:]
        assert text == before[block]


def test_mojibake_is_mended_within_the_callers_markup(client: FlaskClient) -> None:
    answer = client.put("/v1/articles/a1", json=GARBLED, headers=WAIT)
    assert [(one["before"], one["after"]) for one in answer.json["source_quality"]["changes"]] == [
        ("isnâ€™t", "isn’t"),
        ("governmentâ€™s", "government’s"),
    ]
    assert source(client)["body"] == GARBLED["body"]
    accept(client)
    assert source(client)["body"] == GARBLED["body"].replace("â€™", "’")


def test_characters_that_nobody_sees_are_put_right_as_the_text_comes_in(client: FlaskClient) -> None:
    body = "<p>The cafe\u0301 in the prov\u200bince opened\x0b on Monday, the owner told reporters there.</p>"
    answer = client.put("/v1/articles/a1", json={**GARBLED, "body": body}, headers=WAIT)
    changes = answer.json["source_quality"]["changes"]
    assert [(one["before"], one["after"], one["state"]) for one in changes] == [
        ("e\u0301", "é", "applied"),
        ("\u200b", "", "applied"),
        ("\x0b", "", "applied"),
    ]
    assert source(client)["body"] == "<p>The café in the province opened on Monday, the owner told reporters there.</p>"
    assert client.get("/v1/articles/a1/variants/id-ID").json["repaired"] == 0  # no reader could see a difference


# --- the policy ------------------------------------------------------------------------------------------------------


def test_warn_serves_it_with_a_banner_and_keeps_it_from_search_engines_until_a_person_accepts(
    client: FlaskClient,
) -> None:
    client.put("/v1/sites/default", json={"indexing": "machine"})
    send(client)
    banner = "This text looks garbled or rewritten by a machine."
    assert banner in client.get("/en/articles/a1").text
    assert not surfaces(client)["/sitemap.xml"]
    answer = accept(client)
    quality = answer.json["source_quality"]
    assert (quality["accepted_by"], quality["sound"]) == ("Sari Wulandari", False)
    assert quality["accepted_at"]
    page = client.get("/en/articles/a1").text
    assert banner not in page
    assert "The editors had" in page
    found = surfaces(client)
    assert found["/sitemap.xml"]
    assert found["/en/feed.xml"]


def test_a_page_of_a_repaired_source_says_so(client: FlaskClient, spun: dict[str, Any]) -> None:
    assert "bagian rusak pada naskah aslinya lebih dulu diperbaiki oleh mesin." in client.get("/id/articles/a1").text
    accept(client)
    settled(client)
    assert "Redaksi telah memperbaiki" in client.get("/id/articles/a1").text


def test_hold_makes_nothing_and_shows_nothing_until_a_person_accepts(client: FlaskClient) -> None:
    client.put("/v1/sites/default", json={"source_policy": "hold", "indexing": "machine"})
    answer = send(client)
    assert answer.status_code == 201
    assert answer.json["state"] == "needs_acceptance"
    assert [(one["locale"], one["visible"]) for one in answer.json["variants"]] == [("en-US", False)]
    assert not any(surfaces(client).values())
    assert "nan UK" in source(client)["body"]  # the publisher sees it
    assert accept(client).json["state"] == "in_progress"
    states = {one["locale"]: one for one in settled(client)["variants"]}
    assert states["id-ID"]["visible"]
    assert states["en-US"]["indexable"]


def test_what_was_held_is_made_once_the_site_only_warns_and_hidden_when_it_holds_again(
    client: FlaskClient, eventually: Callable[..., Any]
) -> None:
    client.put("/v1/sites/default", json={"source_policy": "hold"})
    send(client)
    client.put("/v1/sites/default", json={"source_policy": "warn"})
    assert client.get("/v1/articles/a1").json["state"] == "in_progress"
    eventually(lambda: client.get("/v1/articles/a1").json["state"] == "settled", seconds=60)
    assert client.get("/id/articles/a1").status_code == 200

    client.put("/v1/sites/default", json={"source_policy": "hold"})
    assert client.get("/v1/articles/a1").json["state"] == "needs_acceptance"
    assert [client.get(f"/{tag}/articles/a1").status_code for tag in ("en", "id")] == [404, 404]


def test_refuse_answers_with_the_findings_and_the_remedy(client: FlaskClient) -> None:
    client.put("/v1/sites/default", json={"source_policy": "refuse"})
    answer = send(client)
    assert (answer.status_code, answer.content_type) == (422, "application/problem+json; charset=utf-8")
    assert answer.json["errors"][0]["pointer"] == "/body"
    assert "Remedy: send the original text" in answer.json["detail"]
    spun = answer.json["findings"][0]
    assert (spun["code"], spun["severity"]) == ("machine-spun", "error")
    assert spun["places"]
    assert client.get("/v1/articles/a1").status_code == 404


def test_what_a_person_accepted_is_not_refused_when_it_comes_again(client: FlaskClient, spun: dict[str, Any]) -> None:
    accept(client)
    client.put("/v1/sites/default", json={"source_policy": "refuse"})
    answer = send(client, slug="madrid")
    assert answer.json["outcome"] == "revised"
    assert answer.json["source_quality"]["accepted_by"] == "Sari Wulandari"
    assert "the coalition’s" in text_of(client, "en-US")
    assert send(client, body=SAMPLE.read_text("utf-8").replace("Madrid", "Rome")).status_code == 422


# --- acceptance ------------------------------------------------------------------------------------------------------


def test_accepting_all_is_a_revision_and_keeps_what_was_made(client: FlaskClient, spun: dict[str, Any]) -> None:
    before = client.get("/v1/articles/a1/variants/id-ID").json
    answer = accept(client, revision=1)
    assert (answer.json["revision"], answer.json["state"]) == (2, "settled")
    assert {change["state"] for change in answer.json["source_quality"]["changes"]} == {"accepted"}
    after = client.get("/v1/articles/a1/variants/id-ID").json
    assert after["revision"] == 2
    assert after["segments"] == before["segments"]
    assert "the UK and friends" in source(client)["body"] + str(source(client)["dek"])
    assert source(client)["repaired"] == after["repaired"] > 0


def test_what_a_person_takes_back_while_the_text_is_read_again_stays_taken_back(
    client: FlaskClient, desk: Desk, spun: dict[str, Any]
) -> None:
    accept(client)
    again = desk.read(Submission("a1", None, SAMPLE.read_text("utf-8"), "text", slug="other"))
    client.delete("/v1/articles/a1/source/acceptance")
    with desk.database.write() as connection:
        submit.accept(connection, again, "a slug of its own", datetime.now(UTC))
    article = client.get("/v1/articles/a1").json
    assert article["source_quality"]["accepted_by"] is None
    assert {change["state"] for change in article["source_quality"]["changes"]} == {"proposed"}


def test_accepting_some_translates_only_what_differs(client: FlaskClient, spun: dict[str, Any]) -> None:
    changes = spun["source_quality"]["changes"]
    chosen = [one["id"] for one in changes if one["after"] != "beryllium" and one["before"] != "beryllium"]
    assert len(chosen) == len(changes) - 1
    accept(client, changes=chosen)
    states = {one["id"]: one["state"] for one in settled(client)["source_quality"]["changes"]}
    assert sorted(states.values()).count("rejected") == 1
    assert "will beryllium limited" in text_of(client, "en-US")
    assert "will beryllium limited" in text_of(client, "id-ID")
    counts = client.get("/v1/articles/a1/variants/id-ID").json["counts"]
    assert counts["translated"] <= 1 < counts["reused"]


def test_accepting_again_starts_from_what_was_posted_and_reopening_gives_that_back(
    client: FlaskClient, spun: dict[str, Any]
) -> None:
    posted = source(client)["body"]
    accept(client)
    assert source(client)["body"] != posted
    accept(client, changes=[], by="Ratna Dewi")
    assert source(client)["body"] == posted
    assert client.get("/v1/articles/a1").json["source_quality"]["accepted_by"] == "Ratna Dewi"
    assert settled(client)["state"] == "settled"
    assert "arsenic France, nan UK" in text_of(client, "id-ID")
    assert client.get("/v1/articles/a1/variants/id-ID").json["repaired"] == 0
    quality = client.delete("/v1/articles/a1/source/acceptance").json["source_quality"]
    assert quality["accepted_by"] is None
    assert {change["state"] for change in quality["changes"]} == {"proposed"}
    assert source(client)["body"] == posted


def test_a_sentence_of_a_repaired_source_can_be_edited_and_the_variant_approved(
    client: FlaskClient, spun: dict[str, Any]
) -> None:
    segment = next(
        one for one in client.get("/v1/articles/a1/variants/id-ID").json["segments"] if "the UK" in one["source"]
    )
    edited = client.patch(
        f"/v1/articles/a1/variants/id-ID/segments/{segment['id']}", json={"target": "Para pemimpin bertemu."}
    )
    assert edited.status_code == 200
    assert "Para pemimpin bertemu." in str(edited.json["dek"]) + edited.json["body"]
    approved = client.post("/v1/articles/a1/variants/id-ID/approval", json={"by": "Sari Wulandari"}).json
    assert approved["state"] == "reviewed"
    accept(client)
    assert client.get("/v1/articles/a1/variants/id-ID").json["state"] == "reviewed"


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        ({"by": " "}, 422, "/by"),
        ({"changes": ["c9999"]}, 422, "there is no change 'c9999'"),
        ({"revision": 7}, 412, "the article is of revision 1 by now"),
        ({"change": []}, 422, "/change: is not known here"),
    ],
)
def test_what_cannot_be_accepted_is_refused_and_changes_nothing(
    client: FlaskClient, body: dict[str, Any], status: int, words: str
) -> None:
    client.put("/v1/articles/a1", json=GARBLED, headers=WAIT)
    answer = accept(client, **body)
    assert answer.status_code == status
    assert words in answer.text
    assert client.get("/v1/articles/a1").json["revision"] == 1


def test_a_sound_source_has_nothing_to_accept(client: FlaskClient, put: Put) -> None:
    put()
    tag = client.get("/v1/articles/a1").headers["ETag"]
    answer = accept(client)
    assert (answer.status_code, answer.json["revision"], answer.json["source_quality"]["accepted_by"]) == (200, 1, None)
    assert client.get("/v1/articles/a1").headers["ETag"] == tag
    assert accept(client, changes=["c1"]).status_code == 422
    assert 'name="decision"' not in client.get(PAGE).text


def test_an_unknown_article_has_no_source(client: FlaskClient) -> None:
    assert accept(client).status_code == 404
    assert client.get(PAGE).status_code == 404
    assert client.post(PAGE, data={"by": "Sari", "decision": "all"}).status_code == 404


# --- the page --------------------------------------------------------------------------------------------------------


def test_the_page_shows_findings_and_a_diff_and_keeps_out_of_caches(client: FlaskClient) -> None:
    client.put("/v1/articles/a1", json=GARBLED, headers=WAIT)
    answer = client.get(PAGE, headers={"Accept-Language": "id"})
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "Karakter yang salah dibaca" in answer.text
    assert "<del>isnâ€™t</del> <ins>isn’t</ins>" in answer.text
    assert client.get("/v1/articles/a1").json["source_quality"]["page"].endswith(PAGE)


def test_the_page_accepts_what_is_ticked_and_takes_it_back(client: FlaskClient) -> None:
    client.put("/v1/articles/a1", json=GARBLED, headers=WAIT)
    sent = {"by": "Sari", "revision": "1", "change": "c1", "decision": "ticked"}
    answer = client.post(PAGE, data=sent)
    assert (answer.status_code, answer.headers["Location"]) == (303, PAGE)
    assert "It isn’t <b>the governmentâ€™s</b> plan" in source(client)["body"]
    page = client.get(PAGE).text
    assert "Accepted by Sari on" in page
    assert "(1 minute ago)" in page
    client.post(PAGE, data={"decision": "reopen"})
    assert source(client)["body"] == GARBLED["body"]


def test_what_is_changed_in_many_places_is_one_decision_with_exceptions(
    client: FlaskClient, spun: dict[str, Any]
) -> None:
    def places(state: str) -> set[str]:
        changes = client.get("/v1/articles/a1").json["source_quality"]["changes"]
        return {one["id"] for one in changes if one["before"].lower() == "nan" and one["state"] == state}

    nan = places("proposed")
    first, *_, last = sorted(nan, key=lambda one: int(one[1:]))
    page = client.get(PAGE).text
    assert f'nan → the <span class="tag">{len(nan)} places</span>' in page
    assert page.count('type="checkbox" name="change"') + page.count('name="group"') < 80 < page.count('name="other"')
    sent = {"by": "Sari", "revision": "1", "decision": "ticked", "group": first, "other": last}
    assert client.post(PAGE, data=sent).status_code == 303
    assert (places("accepted"), places("rejected")) == (nan - {last}, {last})
    assert f'name="other" value="{last}" checked' in client.get(PAGE).text
    again = {**sent, "revision": "2", "group": "", "other": [first, last]}
    assert client.post(PAGE, data=again).status_code == 303
    assert places("accepted") == {first, last}


def test_the_page_asks_for_a_name_and_refuses_an_old_reading_and_foreign_forms(client: FlaskClient) -> None:
    client.put("/v1/articles/a1", json=GARBLED, headers=WAIT)
    nameless = client.post(PAGE, data={"decision": "all", "by": " ", "revision": "1"})
    assert (nameless.status_code, "Say who accepts the source." in nameless.text) == (422, True)
    old = client.post(PAGE, data={"decision": "all", "by": "Sari", "revision": "7"})
    assert (old.status_code, "Read it again." in old.text) == (409, True)
    unknown = client.post(PAGE, data={"decision": "ticked", "by": "Sari", "revision": "1", "change": "c99"})
    assert (unknown.status_code, "this article does not have" in unknown.text) == (422, True)
    assert "Read it again." not in unknown.text
    sent = {"decision": "all", "by": "Sari", "revision": "1"}
    for evil in ({}, {"Host": "evil.example"}):  # the second: a name that was made to lead to this machine
        assert client.post(PAGE, data=sent, headers={"Origin": "https://evil.example", **evil}).status_code == 403
    for rubbish in ({"decision": ""}, {"decision": "maybe"}, {"revision": ""}, {"revision": "abc"}):
        assert client.post(PAGE, data={**sent, **rubbish}).status_code == 422, rubbish
    assert client.get("/v1/articles/a1").json["source_quality"]["accepted_by"] is None


# --- what waits ------------------------------------------------------------------------------------------------------


def test_the_desk_lists_what_waits_and_leads_to_it(
    client: FlaskClient, put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    put("sound")
    assert "Nothing waits." in client.get("/desk/").text
    client.put("/v1/articles/a1", json={"body": SAMPLE.read_text("utf-8"), "format": "text", "targets": []})
    client.put("/v1/articles/unsure", json={"title": "Jakarta", "body": "<p>Jakarta</p>"})
    answer = client.get("/desk/", headers={"Accept-Language": "id"})
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert f'href="{PAGE}"' in answer.text
    assert "Naskah aslinya perlu disetujui" in answer.text
    assert "Bahasanya belum diketahui" in answer.text
    monkeypatch.setattr(waiting, "_PAGE", 1)
    first = client.get("/desk/").text
    assert (PAGE in first, "articles/unsure/source" in first) == (True, False)
    second = client.get("/desk/?after=" + first.partition("?after=")[2].partition('"')[0]).text
    assert "articles/unsure/source" in second
    assert client.get("/desk/?after=rubbish").status_code == 422
    accept(client)
    assert PAGE not in client.get("/desk/").text


def test_a_variant_that_waits_is_looked_at_beside_its_original(client: FlaskClient, put: Put, desk: Desk) -> None:
    put()
    with desk.database.write() as connection:
        stored = variants.get(connection, "a1", "id-ID")
        assert stored is not None
        doubtful = replace(stored.variant, state="needs_review")
        variants.put(connection, "a1", doubtful, 1, datetime.now(UTC), published_at=datetime.now(UTC))
    page = client.get("/desk/").text
    assert 'href="/id/articles/a1/compare"' in page
    assert client.get("/id/articles/a1/compare").status_code == 200
    assert "alihbahasa-switcher" not in page  # it would lead to the readers' pages
    put(status="draft")
    assert 'href="/v1/articles/a1/variants/id-ID"' in client.get("/desk/").text
