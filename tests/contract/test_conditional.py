"""Entity tags: nobody overwrites what they have not read."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.contract.conftest import Put


def test_the_tag_is_revision_and_changes_of_variants(put: Put, client: FlaskClient) -> None:
    assert put().headers["ETag"] == '"1.1"'
    client.post("/v1/articles/a1/variants/id-ID/approval", json={"by": "Sari"})
    assert client.get("/v1/articles/a1").headers["ETag"] == '"1.2"'


def test_if_none_match_answers_304_without_a_body(put: Put, client: FlaskClient) -> None:
    tag = put().headers["ETag"]
    for path in ("", "/variants/id-ID", "/head?locale=id", "/switcher?locale=id"):
        answer = client.get(f"/v1/articles/a1{path}", headers={"If-None-Match": tag})
        assert (answer.status_code, answer.data) == (304, b"")


def test_if_match_of_put_and_delete_compares_the_revision_only(put: Put, client: FlaskClient) -> None:
    put()
    client.post("/v1/articles/a1/variants/id-ID/approval", json={"by": "Sari"})
    assert put(title="A second title for the article", headers={"If-Match": '"1.0"'}).status_code == 200
    refused = put(title="A third title for the article", headers={"If-Match": '"1.2"'})
    assert refused.status_code == 412
    assert "read the article again" in refused.json["detail"]
    assert client.delete("/v1/articles/a1", headers={"If-Match": '"1.2"'}).status_code == 412
    assert client.delete("/v1/articles/a1", headers={"If-Match": '"2.0"'}).status_code == 204


@pytest.mark.parametrize(
    "tag", ['"rubbish"', '"2.0", "3.0"', '"99999999999999999999.0"', 'W/"1.1"', '"rubbish", W/"1.0"']
)
def test_a_tag_that_is_none_of_ours_is_412(put: Put, tag: str) -> None:
    put(targets=[], wait=0)
    assert put(title="Another title of this article", headers={"If-Match": tag}).status_code == 412


def test_any_of_several_tags_may_match(put: Put, client: FlaskClient) -> None:
    put(targets=[], wait=0)
    both = {"If-Match": '"1.1", "2.0"'}
    assert put(title="A second title for the article", targets=[], wait=0, headers=both).json["revision"] == 2
    assert put(title="A third title for the article", targets=[], wait=0, headers=both).json["revision"] == 3
    assert put(title="A fourth title for the article", targets=[], wait=0, headers=both).status_code == 412
    assert client.delete("/v1/articles/a1", headers=both).status_code == 412
    assert client.delete("/v1/articles/a1", headers={"If-Match": 'W/"3.0"'}).status_code == 412
    assert client.delete("/v1/articles/a1", headers={"If-Match": '"rubbish", "1.0", "3.9"'}).status_code == 204


@pytest.mark.parametrize("path", ["/v1/articles/a1/head?locale=id", "/v1/articles/a1/switcher?locale=id"])
def test_html_and_json_of_one_address_have_tags_of_their_own(put: Put, client: FlaskClient, path: str) -> None:
    put()
    html, json = ({"Accept": name} for name in ("text/html", "application/json"))
    tag = client.get(path, headers=html).headers["ETag"]
    answer = client.get(path, headers={**json, "If-None-Match": tag})
    assert (answer.status_code, answer.is_json, answer.headers["ETag"]) == (200, True, '"1.1-json"')
    assert client.get(path, headers={**json, "If-None-Match": '"1.1-json"'}).status_code == 304
    assert client.get(path, headers={**html, "If-None-Match": '"1.1-json"'}).status_code == 200


def test_if_match_on_an_unknown_article_creates_nothing(put: Put, client: FlaskClient) -> None:
    assert put(headers={"If-Match": '"1.0"'}).status_code == 412
    assert client.get("/v1/articles/a1").status_code == 404


def test_changes_of_a_variant_compare_the_whole_tag(put: Put, client: FlaskClient) -> None:
    tag = put().headers["ETag"]
    segment = client.get("/v1/articles/a1/variants/id-ID").json["segments"][0]["id"]
    path = f"/v1/articles/a1/variants/id-ID/segments/{segment}"
    assert client.patch(path, json={"target": "Satu"}, headers={"If-Match": tag}).status_code == 200
    assert client.patch(path, json={"target": "Dua"}, headers={"If-Match": tag}).status_code == 412
    assert client.get("/v1/articles/a1/variants/id-ID").json["segments"][0]["target"] == "Satu"


def test_if_match_any_asks_that_there_be_an_article(put: Put, client: FlaskClient) -> None:
    assert put(headers={"If-Match": "*"}).status_code == 412
    put(targets=[], wait=0)
    assert put(title="Another title of this article", headers={"If-Match": "*"}).status_code == 200
    assert client.delete("/v1/articles/a1", headers={"If-Match": "*"}).status_code == 204
