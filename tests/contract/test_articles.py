"""/v1/articles: the contract of DESIGN's table, over HTTP with the real models."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from service.web.desk import Desk
from tests.contract.conftest import BODY, Put, payload

SAMPLE = Path(__file__).parents[1] / "samples" / "madrid-summit.txt"


def states(body: dict[str, Any]) -> dict[str, str]:
    return {variant["locale"]: variant["state"] for variant in body["variants"]}


def test_put_that_waits_answers_201_with_both_variants(put: Put) -> None:
    answer = put()
    assert answer.status_code == 201
    assert answer.json["outcome"] == "created"
    assert states(answer.json)["en-US"] == "source"
    assert states(answer.json)["id-ID"] in ("machine", "needs_review")
    assert answer.headers["Preference-Applied"] == "wait=60"
    assert answer.headers["Location"].endswith("/v1/articles/a1")


def test_what_is_said_to_be_waited_is_never_more_than_we_wait(put: Put, desk: Desk) -> None:
    put()
    desk.max_wait = 7
    assert put(wait=60).headers["Preference-Applied"] == "wait=7"  # there is nothing to wait for


def test_put_that_does_not_wait_answers_202_and_says_when_to_ask_again(client: FlaskClient) -> None:
    answer = client.put("/v1/articles/a1", json=payload(body=BODY * 20))
    assert answer.status_code == 202
    assert answer.headers["Retry-After"].isdecimal()
    assert answer.json["state"] == "in_progress"
    assert states(answer.json)["id-ID"] in ("queued", "translating")


def test_the_sample_by_api(client: FlaskClient) -> None:
    sent = {"body": SAMPLE.read_text(encoding="utf-8"), "format": "text"}
    answer = client.put("/v1/articles/madrid", json=sent, headers={"Prefer": "wait=60"})
    assert answer.status_code == 201
    assert answer.json["source"]["language"] == "en"
    assert answer.json["source_quality"]["sound"] is False
    assert "machine-spun" in {finding["code"] for finding in answer.json["source_quality"]["findings"]}
    variant = client.get("/v1/articles/madrid/variants/id-ID").json
    assert variant["title"]
    assert variant["image"]["credit"] == "Alex Azabache via Unsplash"
    assert [block["role"] for block in variant["blocks"]].count("heading") == 4
    assert "Indonesian (ID)" not in variant["body"]
    assert len(variant["segments"]) > 20
    assert sum(segment["origin"] == "model" for segment in variant["segments"]) > 20
    kept = [segment for segment in variant["segments"] if segment["origin"] == "source"]
    assert all(segment["findings"] for segment in kept)  # no source text passes for a translation


def test_indonesian_goes_the_other_way(client: FlaskClient) -> None:
    body = (
        "<p>Jakarta (ANTARA) - Pemerintah akan membangun jalan baru di provinsi itu tahun depan.</p>"
        '<ul><li>Biayanya 12 miliar rupiah.</li><li>Lihat <a href="https://example.org/x">laporan</a> itu.</li></ul>'
        "<p>Menurut gubernur, jalan itu akan membantu petani di desa-desa.</p>"
    )
    sent = {"title": "Pemerintah membangun jalan baru", "body": body}
    answer = client.put("/v1/articles/jalan", json=sent, headers={"Prefer": "wait=60"})
    assert answer.json["source"]["language"] == "id"
    english = client.get("/v1/articles/jalan/variants/en").json
    assert english["locale"] == "en-US"
    assert "JAKARTA (ANTARA) — " in english["body"]
    assert '<a href="https://example.org/x">' in english["body"]
    assert english["body"].count("<li>") == 2


def test_the_same_again_is_unchanged(put: Put) -> None:
    first = put()
    again = put()
    assert again.status_code == 200
    assert again.json["outcome"] == "unchanged"
    assert again.headers["ETag"] == first.headers["ETag"]


def test_a_revision_translates_only_what_changed(client: FlaskClient, put: Put) -> None:
    put()
    answer = put(body=BODY.replace("next year", "in March"))
    assert (answer.status_code, answer.json["outcome"], answer.json["revision"]) == (200, "revised", 2)
    counts = client.get("/v1/articles/a1/variants/id-ID").json["counts"]
    assert counts["translated"] == 1
    assert counts["reused"] == 3


def test_a_change_of_status_alone_makes_nothing_anew(client: FlaskClient, put: Put) -> None:
    put(status="draft")
    before = client.get("/v1/articles/a1/variants/id-ID").json
    answer = put(status="published", wait=0)
    assert answer.status_code == 200
    assert client.get("/v1/articles/a1/variants/id-ID").json["segments"] == before["segments"]


@pytest.mark.parametrize(
    ("newer", "older"),
    [
        ({"revision": 7}, {"revision": 6}),
        ({"updated_at": "2025-11-04T10:00:00+07:00"}, {"updated_at": "2025-11-04T02:59:59Z"}),
    ],
)
def test_a_late_update_is_superseded(
    client: FlaskClient, put: Put, newer: dict[str, Any], older: dict[str, Any]
) -> None:
    put(title="The newer title of this article", **newer)
    answer = put(title="The older title of this article", **older)
    assert (answer.status_code, answer.json["outcome"]) == (200, "superseded")
    assert client.get("/v1/articles/a1/variants/en-US").json["title"] == "The newer title of this article"


def test_unsure_language_is_kept_without_variants(client: FlaskClient) -> None:
    answer = client.put("/v1/articles/short", json={"title": "OK", "body": "<p>1, 2, 3</p>"})
    assert answer.status_code == 201
    assert answer.json["state"] == "needs_language"
    assert answer.json["source"]["language"] is None
    assert answer.json["variants"] == []
    assert [warning["code"] for warning in answer.json["warnings"]] == ["language-unsure"]
    mended = client.put("/v1/articles/short", json={"title": "OK", "body": "<p>1, 2, 3</p>", "language": "en"})
    assert mended.json["state"] != "needs_language"


def test_declared_language_that_contradicts_is_a_warning(put: Put) -> None:
    answer = put(language="id")
    assert answer.json["source"]["declared"] == "id"
    assert "language-contradicts" in {warning["code"] for warning in answer.json["warnings"]}


def test_unsupported_language_names_those_supported(client: FlaskClient) -> None:
    body = "<p>Le gouvernement construira de nouvelles routes dans la province l'année prochaine, a-t-il annoncé.</p>"
    answer = client.put("/v1/articles/fr", json={"title": "Le gouvernement construira des routes", "body": body})
    assert answer.status_code == 422
    assert answer.content_type.startswith("application/problem+json")
    assert answer.json["type"] == "urn:alihbahasa:problem:language-unsupported"
    assert "en, id" in answer.json["detail"]
    assert client.get("/v1/articles/fr").status_code == 404


def test_unsupported_target_is_refused(put: Put) -> None:
    answer = put(targets=["fr-FR"])
    assert answer.status_code == 422
    assert answer.json["errors"][0]["pointer"] == "/targets"


def test_no_targets_makes_no_variants(put: Put) -> None:
    answer = put(targets=[], wait=0)
    assert answer.status_code == 201
    assert states(answer.json) == {"en-US": "source"}


def test_markdown_comes_back_as_html(client: FlaskClient, put: Put) -> None:
    put(body="The **government** will build roads.\n\n- one road\n- two roads\n", format="markdown")
    body = client.get("/v1/articles/a1/variants/id-ID").json["body"]
    assert "<strong>" in body
    assert body.count("<li>") == 2


def test_a_picture_tells_its_size(client: FlaskClient, put: Put) -> None:
    put(image={"url": "https://images.example/a.jpg", "width": 1200, "height": 675})
    image = client.get("/v1/articles/a1/variants/id").json["image"]
    assert (image["width"], image["height"]) == (1200, 675)
    refused = client.put("/v1/articles/a2", json={"title": "A", "body": "<p>B</p>", "image": {"width": 0}})
    assert (refused.status_code, refused.json["errors"][0]["pointer"]) == (422, "/image/width")


def test_fields_captions_and_corrections_come_back_translated_under_their_names(client: FlaskClient, put: Put) -> None:
    put(
        fields={"kicker": {"value": "The new road"}, "seo_title": {"value": "<b>New</b> roads", "format": "html"}},
        image={"caption": "The new road in the province.", "credit": "Sari Wulandari", "alt": "A road."},
        corrections=[{"at": "2025-11-05T10:00:00+07:00", "text": "The number of roads was wrong."}],
        authors=[{"name": "Ratna Dewi"}],
    )
    source = client.get("/v1/articles/a1/variants/en").json
    variant = client.get("/v1/articles/a1/variants/id").json
    assert set(variant["fields"]) == {"kicker", "seo_title"}
    assert variant["fields"]["kicker"]["value"] != source["fields"]["kicker"]["value"]
    assert variant["fields"]["seo_title"]["format"] == "html"
    assert variant["image"]["credit"] == "Sari Wulandari"
    assert variant["image"]["caption"] != source["image"]["caption"]
    assert variant["corrections"][0]["at"]["text"].startswith("Rabu, 5 November 2025")
    assert variant["corrections"][0]["text"]


def test_include_answers_all_in_one_call(put: Put, client: FlaskClient) -> None:
    put()
    included = client.get("/v1/articles/a1?include=variants,head,switcher").json["included"]
    assert set(included["variants"]) == {"en-US", "id-ID"}
    assert included["variants"]["id-ID"]["title"]
    assert '<link rel="canonical"' in included["head"]["id-ID"]
    assert "aria-current" in included["switcher"]["en-US"]


def test_post_makes_an_id(client: FlaskClient) -> None:
    answer = client.post("/v1/articles", json=payload(), headers={"Prefer": "wait=60"})
    assert answer.status_code == 201
    assert client.get(f"/v1/articles/{answer.json['id']}").status_code == 200
    assert "ETag" not in answer.headers


def test_an_id_may_have_an_escaped_colon(client: FlaskClient) -> None:
    client.put("/v1/articles/wp%3Asite%3A12", json=payload(targets=[]))
    assert client.get("/v1/articles/wp:site:12").json["id"] == "wp:site:12"


@pytest.mark.parametrize("article_id", ["-a", ".a", "a b", "ä", "a" * 201, "a!"])
def test_an_id_that_is_none_is_refused_with_the_rule(client: FlaskClient, article_id: str) -> None:
    answer = client.put(f"/v1/articles/{article_id}", json=payload())
    assert answer.status_code == 422
    assert "letters, digits" in answer.json["detail"]


def test_delete_removes_the_article_with_its_variants(put: Put, client: FlaskClient) -> None:
    put()
    assert client.delete("/v1/articles/a1").status_code == 204
    for path in ("/v1/articles/a1", "/v1/articles/a1/variants/id-ID", "/id/articles/a1"):
        assert client.get(path).status_code == 404
    assert client.delete("/v1/articles/a1").status_code == 404


def test_the_list_goes_in_pages_and_loses_nothing(put: Put, client: FlaskClient) -> None:
    for number in range(5):
        put(f"a{number}", targets=[], wait=0)
    seen: list[str] = []
    query = "?limit=2"
    while query:
        page = client.get(f"/v1/articles{query}").json
        seen += [article["id"] for article in page["articles"]]
        query = f"?limit=2&after={page['next']}" if page["next"] else ""
    assert sorted(seen) == [f"a{number}" for number in range(5)]


def test_the_list_is_filtered(put: Put, client: FlaskClient) -> None:
    put("english", targets=[], wait=0)
    put("draft", targets=[], wait=0, status="draft")
    client.put("/v1/articles/unsure", json={"title": "OK", "body": "1"})

    def ids(query: str) -> list[str]:
        return [article["id"] for article in client.get(f"/v1/articles?{query}").json["articles"]]

    assert ids("state=draft") == ["draft"]
    assert ids("state=needs_language") == ["unsure"]
    assert set(ids("language=en")) == {"english", "draft"}
    assert ids("changed_since=2999-01-01T00:00:00Z") == []
    assert client.get("/v1/articles?state=lost").status_code == 422
    assert client.get("/v1/articles?after=rubbish").status_code == 422
    assert client.get("/v1/articles?limit=1&limit=2").status_code == 422


def test_the_callers_own_markup_comes_back(client: FlaskClient, put: Put) -> None:
    body = (
        '<!-- wp:paragraph {"x":1} --><p class="lead" id="p1" style="color:red" data-k="v">The government works.</p>'
        '<!-- /wp:paragraph --><iframe src="https://example.org/embed?a=1&amp;b=2" allowfullscreen=""></iframe>'
    )
    put(body=body)
    got = client.get("/v1/articles/a1/variants/id-ID").json["body"]
    for piece in (
        '<!-- wp:paragraph {"x":1} -->',
        '<p class="lead" id="p1" style="color:red" data-k="v">',
        '<iframe src="https://example.org/embed?a=1&amp;b=2" allowfullscreen=""></iframe>',
    ):
        assert piece in got
    assert client.get("/v1/articles/a1/variants/en-US").json["body"] == body


def test_dates_are_in_the_variants_words_and_the_sites_zone(client: FlaskClient, put: Put) -> None:
    put(published_at="2025-11-04T02:00:00Z")
    assert client.get("/v1/articles/a1/variants/id").json["published"]["text"] == "Selasa, 4 November 2025, 09.00 WIB"
    assert client.get("/v1/articles/a1/variants/en").json["published"]["text"].startswith("Tuesday, November 4, 2025")


@pytest.mark.parametrize("empty", [[], None, {}])
def test_an_empty_object_may_be_what_php_makes_of_it(put: Put, empty: object) -> None:
    assert put(fields=empty, urls=empty, targets=[], wait=0).status_code == 201
