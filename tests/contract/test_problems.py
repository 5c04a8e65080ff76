"""Rubbish in, a clear error out: RFC 9457, naming the field and the remedy."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.contract.conftest import Put, payload


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"body": None}, "/body"),
        ({"title": 5}, "/title"),
        ({"title": "x" * 1001}, "/title"),
        ({"format": "pdf"}, "/format"),
        ({"status": "gone"}, "/status"),
        ({"published_at": "yesterday"}, "/published_at"),
        ({"published_at": "2025-11-04T09:00:00"}, "/published_at"),
        ({"published_at": 1762221600}, "/published_at"),
        ({"revision": -1}, "/revision"),
        ({"revision": "7"}, "/revision"),
        ({"authors": [{"name": "x", "url": "javascript:alert(1)"}]}, "/authors/0/url"),
        ({"urls": {"en": "/relative"}}, "/urls/en"),
        ({"image": {"url": "data:image/png;base64,x"}}, "/image/url"),
        ({"slug": "Not A Slug"}, "/slug"),
        ({"fields": {"bad name": {"value": "x"}}}, None),
        ({"titel": "x"}, "/titel"),
        ({"language": "klingonish"}, "/language"),
        ({"urls": {"klingonish": "https://example.org/"}}, "/urls"),
        ({"title": "a\x00b"}, "/title"),
        ({"title": " "}, "/title"),
    ],
)
def test_a_wrong_field_is_named(client: FlaskClient, changes: dict[str, Any], pointer: str | None) -> None:
    answer = client.put("/v1/articles/a1", json=payload(**changes))
    assert answer.status_code == 422
    assert answer.content_type == "application/problem+json; charset=utf-8"
    assert answer.json["status"] == 422
    assert answer.json["detail"]
    if pointer:
        assert answer.json["errors"][0]["pointer"] == pointer


@pytest.mark.parametrize("body", [b"", b"{", b'{"title": NaN}', b"\xff\xfe", b"[" * 100_000])
def test_what_is_not_json_is_400(client: FlaskClient, body: bytes) -> None:
    answer = client.put("/v1/articles/a1", data=body, content_type="application/json")
    assert answer.status_code == 400
    assert answer.json["type"].endswith("malformed-json")


@pytest.mark.parametrize("body", [b"[]", b"null", b'"x"', b"7"])
def test_json_that_is_no_object_is_422(client: FlaskClient, body: bytes) -> None:
    assert client.put("/v1/articles/a1", data=body, content_type="application/json").status_code == 422


def test_another_media_type_is_415_and_names_the_right_one(client: FlaskClient) -> None:
    answer = client.put("/v1/articles/a1", data="title=x")
    assert answer.status_code == 415
    assert "application/json" in answer.json["detail"]


def test_a_body_over_the_limit_is_413_and_names_the_limit(client: FlaskClient) -> None:
    limit = client.application.config["MAX_CONTENT_LENGTH"]
    answer = client.put("/v1/articles/a1", data=b" " * (limit + 1), content_type="application/json")
    assert answer.status_code == 413
    assert str(limit) in answer.json["detail"]


def test_a_lone_surrogate_is_refused(client: FlaskClient) -> None:
    answer = client.put("/v1/articles/a1", data=b'{"title":"\\ud800","body":"x"}', content_type="application/json")
    assert answer.status_code == 422


def test_markup_nested_too_deep_is_refused_with_the_limit(client: FlaskClient) -> None:
    answer = client.put("/v1/articles/a1", json=payload(body="<div>" * 2000 + "x"))
    assert answer.status_code == 422
    assert "256" in answer.json["detail"]


def test_unknown_paths_and_methods_are_problems_under_the_api(client: FlaskClient) -> None:
    assert client.get("/v1/nothing").json["status"] == 404
    wrong = client.post("/v1/languages", json={})
    assert (wrong.status_code, wrong.json["status"]) == (405, 405)
    assert "GET" in wrong.headers["Allow"]


def test_an_unknown_article_says_what_to_do(client: FlaskClient) -> None:
    for path in ("/v1/articles/nothing", "/v1/articles/nothing/variants/id", "/v1/articles/nothing/head"):
        answer = client.get(path)
        assert (answer.status_code, answer.json["type"]) == (404, "urn:alihbahasa:problem:article-unknown")


def test_include_takes_known_names_only(client: FlaskClient, put: Put) -> None:
    put(targets=[], wait=0)
    assert client.get("/v1/articles/a1?include=everything").status_code == 422
    assert client.get("/v1/articles/a1?inclde=head").status_code == 422


def test_errors_carry_the_security_headers(client: FlaskClient) -> None:
    answer = client.get("/v1/nothing")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_source_that_is_not_sound_is_refused_where_the_site_says_so(client: FlaskClient) -> None:
    client.put("/v1/sites/default", json={"source_policy": "refuse"})
    from tests.contract.test_articles import SAMPLE

    answer = client.put("/v1/articles/a1", json={"body": SAMPLE.read_text(encoding="utf-8"), "format": "text"})
    assert answer.status_code == 422
    assert answer.json["type"].endswith("source-unsound")
    assert client.get("/v1/articles/a1").status_code == 404
