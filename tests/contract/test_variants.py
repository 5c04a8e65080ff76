"""Variants and what people do to them: people outrank machines."""

from __future__ import annotations

from typing import Any

from flask.testing import FlaskClient

from tests.contract.conftest import BODY, Put, payload

PATH = "/v1/articles/a1/variants/id-ID"


def segment_of(variant: dict[str, Any], words: str) -> dict[str, Any]:
    return next(segment for segment in variant["segments"] if words in segment["source"])


def test_a_variant_that_is_being_made_says_how_far_it_is(client: FlaskClient, put: Put) -> None:
    put(body=BODY * 30, wait=0)
    answer = client.get(PATH)
    assert answer.status_code == 404
    assert answer.json["type"] == "urn:alihbahasa:problem:variant-not-ready"
    assert answer.json["state"] in ("queued", "translating")
    assert 0 <= answer.json["progress"] <= 1
    assert answer.headers["Retry-After"].isdecimal()


def test_unknown_variant_names_those_there_are(client: FlaskClient, put: Put) -> None:
    put()
    answer = client.get("/v1/articles/a1/variants/fr-FR")
    assert answer.status_code == 404
    assert "en-US, id-ID" in answer.json["detail"]


def test_segments_tell_source_target_and_who_made_it(client: FlaskClient, put: Put) -> None:
    put()
    variant = client.get(PATH).json
    segment = segment_of(variant, "new roads</a>")
    assert segment["origin"] == "model"
    assert segment["model"].startswith("en-id@")
    assert segment["block"].startswith("body.")
    assert '<a href="https://example.org/roads?a=1&amp;b=2">' in segment["target"]


def test_metadata_is_the_heads(client: FlaskClient, put: Put) -> None:
    put()
    metadata = client.get(PATH).json["metadata"]
    head = client.get("/v1/articles/a1/head?locale=id-ID", headers={"Accept": "application/json"}).json
    assert metadata == head
    assert metadata["json_ld"]["inLanguage"] == "id"


def test_an_edited_sentence_stays_edited(client: FlaskClient, put: Put) -> None:
    put()
    segment = segment_of(client.get(PATH).json, "The work will begin")
    answer = client.patch(
        f"{PATH}/segments/{segment['id']}", json={"target": "Pekerjaan <em>dimulai</em> 2026.", "by": "Sari"}
    )
    assert answer.status_code == 200
    edited = segment_of(answer.json, "The work will begin")
    assert (edited["origin"], edited["target"]) == ("person", "Pekerjaan <em>dimulai</em> 2026.")
    assert "Pekerjaan <em>dimulai</em> 2026." in answer.json["body"]
    put(body=BODY.replace("12 billion", "13 billion"))
    after = client.get(PATH).json
    assert segment_of(after, "The work will begin")["target"] == "Pekerjaan <em>dimulai</em> 2026."
    assert after["counts"]["translated"] == 1


def test_a_sentence_of_an_older_text_cannot_be_edited(client: FlaskClient, put: Put) -> None:
    put()
    segment = segment_of(client.get(PATH).json, "The work will begin")
    put(body=BODY * 40, wait=0)
    answer = client.patch(f"{PATH}/segments/{segment['id']}", json={"target": "x"})
    assert (answer.status_code, answer.json["type"]) == (409, "urn:alihbahasa:problem:variant-stale")
    assert answer.headers["Retry-After"]


def test_an_unknown_segment_is_404(client: FlaskClient, put: Put) -> None:
    put()
    assert client.patch(f"{PATH}/segments/s0", json={"target": "x"}).json["type"].endswith("segment-unknown")


def test_approval_makes_it_reviewed(client: FlaskClient, put: Put) -> None:
    put()
    answer = client.post(f"{PATH}/approval", json={"by": "Sari Wulandari"})
    assert (answer.json["state"], answer.json["reviewed_by"]) == ("reviewed", "Sari Wulandari")


def test_approved_text_is_not_replaced_by_a_machine(client: FlaskClient, put: Put) -> None:
    put()
    approved = client.post(f"{PATH}/approval", json={"by": "Sari"}).json
    put(body=BODY.replace("next year", "in March"))
    now = client.get(PATH).json
    assert now["state"] == "stale"
    assert now["body"] == approved["body"]
    assert now["proposal"]["revision"] == 2
    changed = [segment for segment in now["proposal"]["segments"] if segment["origin"] != "person"]
    assert ["in March" in segment["source"] for segment in changed] == [True]


def test_approving_a_proposal_publishes_it(client: FlaskClient, put: Put) -> None:
    put()
    client.post(f"{PATH}/approval", json={"by": "Sari"})
    put(body=BODY.replace("next year", "in March"))
    proposal = client.get(PATH).json["proposal"]
    answer = client.post(f"{PATH}/approval", json={"by": "Budi"}).json
    assert (answer["state"], answer["reviewed_by"], answer["proposal"]) == ("reviewed", "Budi", None)
    assert answer["body"] == proposal["body"]


def test_a_cut_that_leaves_only_approved_sentences_needs_no_new_approval(client: FlaskClient, put: Put) -> None:
    put()
    client.post(f"{PATH}/approval", json={"by": "Sari"})
    put(body=BODY.replace(" It will cost 12 billion rupiah.", ""))
    now = client.get(PATH).json
    assert (now["state"], now["reviewed_by"], now["proposal"]) == ("reviewed", "Sari", None)
    assert "12" not in now["body"]


def test_a_persons_own_translation_outranks_the_machine(client: FlaskClient, put: Put) -> None:
    put()
    own = {
        "title": "Pemerintah membangun jalan",
        "body": '<p>Pemerintah akan membangun <a href="https://example.org/roads?a=1&amp;b=2">jalan baru</a>.</p>'
        "<p>Pekerjaan dimulai tahun depan. Biayanya 12 miliar rupiah.</p>",
        "by": "Sari",
    }
    answer = client.put(PATH, json=own)
    assert (answer.status_code, answer.json["state"], answer.json["title"]) == (200, "reviewed", own["title"])
    assert answer.json["body"] == own["body"]
    put(title="The government will build many roads")
    now = client.get(PATH).json
    assert (now["state"], now["title"], now["body"]) == ("stale", own["title"], own["body"])
    kept = [segment for segment in now["proposal"]["segments"] if segment["origin"] == "person"]
    assert {"Pekerjaan dimulai tahun depan.", "Biayanya 12 miliar rupiah."} <= {segment["target"] for segment in kept}


def test_a_persons_translation_may_come_before_the_machines(client: FlaskClient) -> None:
    client.put("/v1/articles/a1", json=payload(body=BODY * 30))
    answer = client.put(PATH, json={"title": "Judul", "body": "<p>Isi.</p>"})
    assert (answer.status_code, answer.json["state"]) == (200, "needs_review")
    settled = client.put("/v1/articles/a1", json=payload(body=BODY * 30), headers={"Prefer": "wait=60"})
    assert settled.status_code == 200
    assert client.get(PATH).json["body"] == "<p>Isi.</p>"


def test_the_source_is_not_a_variant_to_write(client: FlaskClient, put: Put) -> None:
    put()
    own = {"title": "x", "body": "y"}
    assert client.put("/v1/articles/a1/variants/en-US", json=own).json["type"].endswith("variant-is-source")
    assert client.post("/v1/articles/a1/variants/en/approval", json={"by": "x"}).status_code == 422


def test_head_is_html_to_print_or_json_by_accept(client: FlaskClient, put: Put) -> None:
    put()
    html = client.get("/v1/articles/a1/head?locale=id")
    assert html.content_type == "text/html; charset=utf-8"
    assert html.headers["Vary"] == "Accept"
    assert "<title>" in html.text
    assert 'content="id_ID"' in html.text
    assert client.get("/v1/articles/a1/head?locale=id", headers={"Accept": "application/json"}).is_json


def test_switcher_is_html_or_json_by_accept(client: FlaskClient, put: Put) -> None:
    put()
    html = client.get("/v1/articles/a1/switcher?locale=id")
    assert 'aria-current="page"' in html.text
    found = client.get("/v1/articles/a1/switcher?locale=id", headers={"Accept": "application/json"}).json
    assert [(item["name"], item["lang"], item["current"]) for item in found["items"]] == [
        ("English", "en", False),
        ("Bahasa Indonesia", "id", True),
    ]


def test_the_newspapers_form_is_a_setting_of_the_site(client: FlaskClient, put: Put) -> None:
    put()
    client.put("/v1/sites/default", json={"switcher_style": "newspaper"})
    html = client.get("/v1/articles/a1/switcher?locale=id").text
    assert "English (US)" in html
    assert "Indonesian (ID)" in html


def test_text_left_in_the_source_language_carries_its_lang(client: FlaskClient, put: Put) -> None:
    quote = "Pemerintah akan membangun jalan baru di provinsi ini tahun depan, kata gubernur."
    put(body=f"<p>The government works.</p><blockquote><p>{quote}</p></blockquote>")
    source = client.get("/v1/articles/a1/variants/en").json
    assert '<span lang="id">Pemerintah akan membangun' in source["body"]
    variant = client.get(PATH).json
    assert "<p>Pemerintah akan membangun jalan baru" in variant["body"]
