"""What a revision, a removal or the passing of time does to what is there: no person's work is lost by it."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from service.article.types import Submission
from service.web.desk import Desk
from tests.contract.conftest import Put

VARIANT = "/v1/articles/a1/variants/id-ID"
INDONESIAN = {
    "title": "Pemerintah akan membangun jalan baru",
    "body": "<p>Pemerintah akan membangun jalan baru di provinsi ini tahun depan.</p>",
    "language": "id",
}


@pytest.mark.parametrize(
    ("paragraph", "source", "target"),
    [
        ("<p>JAKARTA (Reuters) - The government will build new roads.</p>", "JAKARTA", "JAKARTA, Kantor Berita —"),
        ("<table><tr><td>12,500</td></tr></table>", "12,500", "12 500"),
        ("<table><tr><td>2025</td></tr></table>", "2025", "dua ribu dua puluh lima"),
    ],
)
def test_what_a_person_wrote_for_a_dateline_or_a_figure_outlives_approval_and_a_cut(
    client: FlaskClient, put: Put, paragraph: str, source: str, target: str
) -> None:
    put(body=f"{paragraph}<p>The work will begin next year.</p>")
    segment = next(one for one in client.get(VARIANT).json["segments"] if one["source"].startswith(source))
    assert segment["origin"] in ("rule", "kept")
    assert client.patch(f"{VARIANT}/segments/{segment['id']}", json={"target": target}).status_code == 200
    assert client.post(f"{VARIANT}/approval", json={"by": "Sari"}).status_code == 200
    put(body=paragraph)
    variant = client.get(VARIANT).json
    assert (variant["state"], variant["reviewed_by"]) == ("reviewed", "Sari")
    assert target in variant["body"]
    assert not any("The work" in one["source"] for one in variant["segments"])


def test_a_text_in_the_language_of_an_approved_translation_is_refused(client: FlaskClient, put: Put) -> None:
    put()
    client.post(f"{VARIANT}/approval", json={"by": "Sari"})
    before = client.get(VARIANT)
    refused = put(**INDONESIAN)
    assert (refused.status_code, refused.json["type"]) == (422, "urn:alihbahasa:problem:variant-protected")
    assert refused.json["errors"][0]["pointer"] == "/language"
    assert client.get(VARIANT).json == before.json
    assert client.get(VARIANT).headers["ETag"] == before.headers["ETag"]


def test_a_text_in_the_language_of_a_machines_translation_takes_its_place(client: FlaskClient, put: Put) -> None:
    put()
    assert put(**INDONESIAN).status_code == 200
    assert client.get(VARIANT).json["state"] == "source"


def test_a_revision_too_short_to_tell_its_language_keeps_the_articles(client: FlaskClient, put: Put) -> None:
    put()
    answer = put(title="OK", body="<p>OK.</p>", language=None)
    assert (answer.status_code, answer.json["source"]["locale"]) == (200, "en-US")
    assert [warning["code"] for warning in answer.json["warnings"]] == ["language-kept"]
    assert client.get("/en/articles/a1").status_code == 200


def test_an_article_under_the_id_of_a_removed_one_has_another_entity_tag(client: FlaskClient, put: Put) -> None:
    first = put().headers["ETag"]
    client.delete("/v1/articles/a1")
    again = put()
    assert (again.json["outcome"], again.headers["ETag"]) == ("created", '"2.1"')
    assert client.get("/v1/articles/a1", headers={"If-None-Match": first}).status_code == 200


def test_a_hundred_drafts_hide_no_article(client: FlaskClient, put: Put, desk: Desk) -> None:
    put()
    for number in range(101):
        desk.accept(Submission(f"d{number}", "A draft", "Text.", language="en", targets=(), status="draft"))
    assert "/articles/a1" in client.get("/en/").text


def test_an_article_that_is_far_too_long_is_refused_with_the_remedy(client: FlaskClient, put: Put) -> None:
    answer = put(body="<table>" + "<tr><td>A road</td></tr>" * 3000 + "</table>")
    assert (answer.status_code, answer.json["type"]) == (422, "urn:alihbahasa:problem:too-long")
    assert "split it into several articles" in answer.json["detail"]
