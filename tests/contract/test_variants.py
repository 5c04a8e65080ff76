"""Variants and what people do to them: people outrank machines."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from service.web.desk import Desk
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


def test_segments_tell_how_figures_were_converted_until_a_person_writes_them(client: FlaskClient, put: Put) -> None:
    put(body="<p>The road is 12.5 kilometers long. The government will build new roads.</p>")
    segment = segment_of(client.get(PATH).json, "12.5")
    (told,) = segment["conversions"]
    assert (told["source"], told["target"]) == ("12.5", "12,5")
    assert segment["source"][told["source_start"] : told["source_end"]] == "12.5"
    assert segment["target"][told["target_start"] : told["target_end"]] == "12,5"

    put(body="<p>The road is 12.5 kilometers long. The government will build old roads.</p>")
    remembered = segment_of(client.get(PATH).json, "12.5")
    assert (remembered["origin"], remembered["conversions"]) == ("memory", [told])

    edit = {"target": "Jalan itu sepanjang 12,5 km.", "by": "Sari"}
    edited = client.patch(f"{PATH}/segments/{segment['id']}", json=edit).json
    assert segment_of(edited, "12.5")["conversions"] == []


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
    put(body=BODY.replace("12 billion", "many billions of"))
    after = client.get(PATH).json
    assert segment_of(after, "The work will begin")["target"] == "Pekerjaan <em>dimulai</em> 2026."
    assert after["counts"]["translated"] == 1


def test_a_sentence_of_an_older_text_cannot_be_edited(client: FlaskClient, put: Put, desk: Desk) -> None:
    put()
    segment = segment_of(client.get(PATH).json, "The work will begin")
    desk.workers.stop(20)
    put(body=BODY * 2, wait=0)
    answer = client.patch(f"{PATH}/segments/{segment['id']}", json={"target": "x"})
    assert (answer.status_code, answer.json["type"]) == (409, "urn:alihbahasa:problem:variant-stale")
    assert answer.headers["Retry-After"]


@pytest.mark.parametrize("target", ["", " ", "<p>Satu.</p>", "Satu <b>dua", "Satu <script>x()</script>", "<b>" * 300])
def test_a_target_that_is_no_sentence_is_refused_with_the_remedy(client: FlaskClient, put: Put, target: str) -> None:
    put()
    segment = segment_of(client.get(PATH).json, "The work will begin")
    answer = client.patch(f"{PATH}/segments/{segment['id']}", json={"target": target, "by": "Sari"})
    assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, "/target")
    assert segment_of(client.get(PATH).json, "The work will begin") == segment


def test_a_sentence_of_plain_text_is_edited_as_plain_text(client: FlaskClient, put: Put) -> None:
    put(title="Fish & chips < 5 thousand rupiah")
    segment = client.get(PATH).json["segments"][0]
    assert (segment["format"], segment["source"]) == ("text", "Fish & chips < 5 thousand rupiah")
    answer = client.patch(f"{PATH}/segments/{segment['id']}", json={"target": "Ikan & <kentang>"})
    assert (answer.json["segments"][0]["target"], answer.json["title"]) == ("Ikan & <kentang>", "Ikan & <kentang>")
    assert "Ikan &amp; &lt;kentang&gt;" in client.get("/id/articles/a1").text


def test_an_attribute_is_edited_as_plain_text_and_stays_edited(client: FlaskClient, put: Put) -> None:
    picture = '<figure><img src="/a.jpg" alt="The boats are in the harbour."></figure>'
    put(body=f"{BODY}{picture}")
    segment = segment_of(client.get(PATH).json, "The boats are in")
    assert (segment["format"], segment["origin"]) == ("text", "model")
    answer = client.patch(f"{PATH}/segments/{segment['id']}", json={"target": 'Kapal "tua" & <laut>'})
    assert segment_of(answer.json, "The boats are in")["target"] == 'Kapal "tua" & <laut>'
    written = '<img src="/a.jpg" alt="Kapal &quot;tua&quot; &amp; &lt;laut&gt;">'
    assert written in answer.json["body"]
    put(body=f"{BODY}<p>The harbour is open.</p>{picture}")
    assert written in client.get(PATH).json["body"]


def test_an_unknown_segment_is_404(client: FlaskClient, put: Put) -> None:
    put()
    assert client.patch(f"{PATH}/segments/s0", json={"target": "x"}).json["type"].endswith("segment-unknown")


def test_an_edit_of_reviewed_text_is_its_editors(client: FlaskClient, put: Put) -> None:
    put()
    approved = client.post(f"{PATH}/approval", json={"by": "Sari"}).json
    path = f"{PATH}/segments/{segment_of(approved, 'The work will begin')['id']}"
    refused = client.patch(path, json={"target": "Pekerjaan dimulai."})
    assert (refused.status_code, refused.json["errors"][0]["pointer"]) == (422, "/by")
    edited = client.patch(path, json={"target": "Pekerjaan dimulai.", "by": "Budi"}).json
    assert (edited["state"], edited["reviewed_by"]) == ("reviewed", "Budi")
    assert edited["reviewed_at"] > approved["reviewed_at"]


def test_an_edit_goes_where_its_address_says(client: FlaskClient, put: Put) -> None:
    put()
    approved = client.post(f"{PATH}/approval", json={"by": "Sari"}).json
    put(body=BODY.replace("next year", "in March"))
    both = segment_of(approved, "12 billion")["id"]
    old, new = (segment_of(one, "The work will begin")["id"] for one in (approved, client.get(PATH).json["proposal"]))
    visible, proposal = f"{PATH}/segments", f"{PATH}/proposal/segments"

    stale = client.patch(f"{visible}/{both}", json={"target": "Satu.", "by": "Sari"})
    assert (stale.status_code, stale.json["type"]) == (409, "urn:alihbahasa:problem:variant-stale")
    assert proposal in stale.json["detail"]
    for wrong, right in ((f"{visible}/{new}", f"{proposal}/{new}"), (f"{proposal}/{old}", f"{visible}/{old}")):
        answer = client.patch(wrong, json={"target": "Satu."})
        assert (answer.status_code, answer.json["type"]) == (404, "urn:alihbahasa:problem:segment-unknown")
        assert right in answer.json["detail"]

    answer = client.patch(f"{proposal}/{new}", json={"target": "Pekerjaan dimulai Maret."}).json
    assert "Pekerjaan dimulai Maret." in answer["proposal"]["body"]
    assert answer["body"] == approved["body"]
    assert client.post(f"{PATH}/approval", json={"by": "Budi"}).json["body"] == answer["proposal"]["body"]


def test_a_proposal_that_is_not_there_has_no_sentences(client: FlaskClient, put: Put) -> None:
    put()
    segment = client.get(PATH).json["segments"][0]["id"]
    answer = client.patch(f"{PATH}/proposal/segments/{segment}", json={"target": "Satu."})
    assert answer.status_code == 404
    assert f"{PATH}/segments/{segment}" in answer.json["detail"]


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
    changed = [segment for segment in now["proposal"]["segments"] if segment["origin"] != "approved"]
    assert ["in March" in segment["source"] for segment in changed] == [True]
    assert now["proposal"]["needs_review"] == [segment["id"] for segment in changed]
    assert now["needs_review"] == []


def test_a_sentence_of_the_proposal_that_a_person_wrote_needs_no_review(client: FlaskClient, put: Put) -> None:
    put()
    client.post(f"{PATH}/approval", json={"by": "Sari"})
    put(body=BODY.replace("next year", "in March").replace("12 billion", "many million"))
    first, second = client.get(PATH).json["proposal"]["needs_review"]
    answer = client.patch(f"{PATH}/proposal/segments/{first}", json={"target": "Pekerjaan dimulai Maret."}).json
    assert answer["proposal"]["needs_review"] == [second]


def test_unreviewed_text_replaces_approved_text_where_the_site_says_so(client: FlaskClient, put: Put) -> None:
    put()
    client.post(f"{PATH}/approval", json={"by": "Sari"})
    assert client.get("/v1/sites/default").json["publish_unreviewed"] is False
    assert client.put("/v1/sites/default", json={"publish_unreviewed": True}).json["publish_unreviewed"] is True
    put(body=BODY.replace("next year", "in March"))
    now = client.get(PATH).json
    assert (now["state"], now["revision"], now["proposal"], now["reviewed_by"]) == ("needs_review", 2, None, None)
    changed = segment_of(now, "in March")
    assert changed["target"] in now["body"]
    assert now["needs_review"] == [changed["id"]]

    put(body=BODY.replace("next year", "in March"), title="The government will build many roads")
    now = client.get(PATH).json
    assert now["state"] == "needs_review"
    assert now["needs_review"] == [segment_of(now, "many roads")["id"], changed["id"]]

    client.patch(f"{PATH}/segments/{changed['id']}", json={"target": "Pekerjaan dimulai Maret."})
    assert client.get(PATH).json["needs_review"] == [segment_of(now, "many roads")["id"]]
    approved = client.post(f"{PATH}/approval", json={"by": "Budi"}).json
    assert (approved["state"], approved["needs_review"]) == ("reviewed", [])


def test_a_persons_own_translation_is_never_replaced_unreviewed(client: FlaskClient, put: Put) -> None:
    put()
    client.put("/v1/sites/default", json={"publish_unreviewed": True})
    own = client.put(PATH, json={"title": "Judul", "body": "<p>Isi.</p>", "by": "Sari"}).json
    put(body=BODY.replace("next year", "in March"))
    now = client.get(PATH).json
    assert (now["state"], now["body"]) == ("stale", own["body"])
    assert now["proposal"] is not None


def test_approving_a_proposal_publishes_it(client: FlaskClient, put: Put) -> None:
    put()
    client.post(f"{PATH}/approval", json={"by": "Sari"})
    put(body=BODY.replace("next year", "in March"))
    proposal = client.get(PATH).json["proposal"]
    answer = client.post(f"{PATH}/approval", json={"by": "Budi"}).json
    assert (answer["state"], answer["reviewed_by"], answer["proposal"]) == ("reviewed", "Budi", None)
    assert answer["body"] == proposal["body"]


def test_a_machines_variant_of_an_older_text_cannot_be_approved(client: FlaskClient, put: Put, desk: Desk) -> None:
    put()
    desk.workers.stop(20)
    put(body=BODY * 2, wait=0)
    answer = client.post(f"{PATH}/approval", json={"by": "Sari"})
    assert (answer.status_code, answer.json["type"]) == (409, "urn:alihbahasa:problem:variant-stale")
    assert answer.headers["Retry-After"]


def test_a_proposal_of_an_older_text_cannot_be_approved(client: FlaskClient, put: Put, desk: Desk) -> None:
    put()
    client.post(f"{PATH}/approval", json={"by": "Sari"})
    put(body=BODY.replace("next year", "in March"))
    desk.workers.stop(20)
    put(body=BODY.replace("next year", "in May"), wait=0)
    answer = client.post(f"{PATH}/approval", json={"by": "Budi"})
    assert (answer.status_code, answer.json["type"]) == (409, "urn:alihbahasa:problem:variant-stale")
    assert answer.headers["Retry-After"]
    assert client.get(PATH).json["reviewed_by"] == "Sari"


def test_nobody_approves_what_they_have_not_read(client: FlaskClient, put: Put) -> None:
    put()
    read = client.post(f"{PATH}/approval", json={"by": "Sari", "revision": client.get(PATH).json["revision"]}).json
    assert (read["state"], read["revision"]) == ("reviewed", 1)
    put(body=BODY.replace("next year", "in March"))
    answer = client.post(f"{PATH}/approval", json={"by": "Budi", "revision": read["revision"]})
    assert answer.status_code == 412
    assert "revision 2" in answer.json["detail"]
    assert client.post(f"{PATH}/approval", json={"by": "Budi", "revision": 2}).json["revision"] == 2


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


WHOLE = {
    "image": {"url": "https://example.org/a.jpg", "caption": "The new road in the province.", "alt": "A wide road."},
    "corrections": [{"at": "2025-11-05T10:00:00+07:00", "text": "The number of roads was wrong."}],
    "fields": {"kicker": {"value": "The new road"}},
}
OWN = {"title": "Pemerintah membangun jalan", "body": "<p>Isi yang lain.</p>"}


def test_a_persons_translation_has_all_parts_of_the_article(client: FlaskClient, put: Put) -> None:
    put(**WHOLE)
    own = {
        **OWN,
        "image": {"caption": "Jalan baru itu.", "alt": "Jalan lebar."},
        "corrections": ["Jumlah jalannya salah."],
        "fields": {"kicker": {"value": "Jalan baru"}},
    }
    answer = client.put(PATH, json=own).json
    assert (answer["image"]["caption"], answer["image"]["alt"]) == ("Jalan baru itu.", "Jalan lebar.")
    assert answer["corrections"][0]["text"] == "Jumlah jalannya salah."
    assert answer["fields"]["kicker"]["value"] == "Jalan baru"
    assert {segment["origin"] for segment in answer["segments"]} == {"person"}
    put(**WHOLE, body=BODY.replace("12", "13"))
    known = {one["target"]: one["origin"] for one in client.get(PATH).json["proposal"]["segments"]}
    assert {known[text] for text in (own["title"], "Jalan baru itu.", "Jumlah jalannya salah.")} == {"person"}


def test_what_a_person_did_not_send_stays_the_machines(client: FlaskClient, put: Put) -> None:
    put(**WHOLE)
    machine = client.get(PATH).json
    answer = client.put(PATH, json=OWN).json
    assert answer["image"] == machine["image"]
    assert segment_of(answer, "The new road in the")["origin"] == "model"


def test_what_nobody_translated_says_its_language(client: FlaskClient, put: Put, desk: Desk) -> None:
    desk.workers.stop(20)
    fields = {"kicker": {"value": "The new road"}, "note": {"value": "<b>The road</b>", "format": "html"}}
    put(**{**WHOLE, "fields": fields}, wait=0)
    answer = client.put(PATH, json=OWN).json
    assert segment_of(answer, "The new road in the")["origin"] == "source"
    assert answer["fields"]["note"]["value"] == '<b><span lang="en">The road</span></b>'
    page = client.get("/id/articles/a1").text
    assert '<p class="kicker" lang="en">The new road</p>' in page
    assert '<span lang="en">The new road in the province.</span>' in page
    assert '<div lang="en">The number of roads was wrong.</div>' in page


def test_a_persons_translation_is_edited_in_its_own_markup(client: FlaskClient, put: Put) -> None:
    put()
    body = '<p class="mine">Jalan baru itu dibangun.</p><p>Pekerjaan dimulai <b>segera. Biayanya</b> mahal.</p>'
    own = client.put(PATH, json={"title": "Jalan baru", "body": body, "by": "Sari"}).json
    path = f"{PATH}/segments/{segment_of(own, 'will build <a')['id']}"
    answer = client.patch(path, json={"target": "Jalan itu <i>selesai</i>.", "by": "Budi"}).json
    assert answer["body"] == body.replace("Jalan baru itu dibangun.", "Jalan itu <i>selesai</i>.")
    assert (answer["title"], answer["state"], answer["reviewed_by"]) == ("Jalan baru", "reviewed", "Budi")


@pytest.mark.parametrize(
    ("changes", "pointer", "told"),
    [
        ({"fields": {"kiker": {"value": "x"}}}, "/fields/kiker", "kicker"),
        ({"fields": {"bad name": {"value": "x"}}}, None, "fields"),
        ({"fields": {f"n{n}": {"value": "x"} for n in range(51)}}, "/fields", "50"),
        ({"corrections": ["Satu.", "Dua."]}, "/corrections/1", "1"),
        ({"title": "x", "body": "<div>" * 300}, "/body", "256"),
        ({"by": " "}, "/by", "match"),
    ],
)
def test_a_translation_of_what_the_article_has_not_is_refused(
    client: FlaskClient, put: Put, changes: dict[str, Any], pointer: str | None, told: str
) -> None:
    put(**WHOLE)
    answer = client.put(PATH, json={**OWN, **changes})
    assert answer.status_code == 422
    assert told in answer.json["detail"]
    if pointer:
        assert answer.json["errors"][0]["pointer"] == pointer


def test_the_source_is_not_a_variant_to_write(client: FlaskClient, put: Put) -> None:
    put()
    own = {"title": "x", "body": "y"}
    assert client.put("/v1/articles/a1/variants/en-US", json=own).json["type"].endswith("variant-is-source")
    assert client.post("/v1/articles/a1/variants/en/approval", json={"by": "x"}).status_code == 422


def test_changes_answer_with_the_tag_for_the_next_change(client: FlaskClient, put: Put) -> None:
    tag = put().headers["ETag"]
    segment = client.get(PATH).json["segments"][0]["id"]
    put_ = client.put(PATH, json=OWN, headers={"If-Match": tag})
    patched = client.patch(
        f"{PATH}/segments/{segment}", json={"target": "Dua"}, headers={"If-Match": put_.headers["ETag"]}
    )
    assert (put_.status_code, patched.status_code) == (200, 200)
    assert client.get(PATH).headers["ETag"] == patched.headers["ETag"] != put_.headers["ETag"]
    assert patched.headers["Cache-Control"] == "private, no-cache"
    approved = client.post(f"{PATH}/approval", json={"by": "Sari"}, headers={"If-Match": patched.headers["ETag"]})
    assert approved.status_code == 200
    assert "ETag" not in approved.headers


def test_head_requests_are_answered_as_get_is(client: FlaskClient, put: Put) -> None:
    tag = put().headers["ETag"]
    got, asked = client.get(PATH), client.head(PATH)
    for name in ("ETag", "Cache-Control", "Content-Language", "Content-Type"):
        assert asked.headers[name] == got.headers[name]
    assert client.head(PATH, headers={"If-None-Match": tag}).status_code == 304


def test_head_is_html_to_print_or_json_by_accept(client: FlaskClient, put: Put) -> None:
    put()
    html = client.get("/v1/articles/a1/head?locale=id")
    assert html.content_type == "text/html; charset=utf-8"
    assert html.headers["Vary"] == "Accept, Accept-Encoding"
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
