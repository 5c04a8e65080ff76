"""Rubbish in, a clear error out: RFC 9457, naming the field and the remedy."""

from __future__ import annotations

import base64
import socket
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

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
        ({"published_at": "1762221600"}, "/published_at"),
        ({"published_at": "2025-11-04"}, "/published_at"),
        ({"published_at": "2025-02-30T09:00:00Z"}, "/published_at"),
        ({"published_at": "0001-01-01T00:00:00+14:00"}, "/published_at"),
        ({"published_at": "0999-12-31T23:59:59Z"}, "/published_at"),
        ({"updated_at": "9999-12-31T23:59:59-12:00"}, "/updated_at"),
        ({"corrections": [{"at": "9001-01-01T00:00:00Z", "text": "x"}]}, "/corrections/0/at"),
        ({"revision": -1}, "/revision"),
        ({"revision": "7"}, "/revision"),
        ({"authors": [{"name": "x", "url": "javascript:alert(1)"}]}, "/authors/0/url"),
        ({"urls": {"en": "/relative"}}, "/urls/en"),
        ({"image": {"url": "data:image/png;base64,x"}}, "/image/url"),
        ({"slug": "Not A Slug"}, "/slug"),
        ({"fields": {"bad name": {"value": "x"}}}, None),
        ({"titel": "x"}, "/titel"),
        ({"language": "klingonish"}, "/language"),
        ({"urls": {"klingonish": "https://example.org/"}}, "/urls/klingonish"),
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
    assert "recursion" not in answer.json["detail"]


def test_a_declared_language_that_no_model_reads_is_named_with_those_there_are(client: FlaskClient) -> None:
    answer = client.put("/v1/articles/a1", json=payload(language="ms"))
    assert answer.status_code == 422
    assert answer.json["errors"] == [
        {"pointer": "/language", "detail": "no model translates from ms; supported: en, id"}
    ]


@pytest.mark.parametrize("wait", ["wait=abc", "wait", "wait=-1", "wait=1.5", "respond-async"])
def test_a_preference_that_is_none_is_passed_over(client: FlaskClient, wait: str) -> None:
    answer = client.put("/v1/articles/a1", json=payload(), headers={"Prefer": wait})
    assert answer.status_code == 202
    assert "Preference-Applied" not in answer.headers


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
    assert f"{limit} bytes" in answer.json["detail"]
    assert "ALIHBAHASA_MAX_BODY" in answer.json["detail"]
    assert answer.headers["Connection"] == "close"


@pytest.mark.parametrize("length", ["Content-Length: 4000001", "Transfer-Encoding: chunked"])
def test_a_connection_with_a_body_that_was_not_read_is_closed(service: Callable[..., Any], length: str) -> None:
    address = urlsplit(service().url)
    head = f"PUT /v1/articles/a1 HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n{length}\r\n\r\n"
    sent = head.encode() + (b"3d0901\r\n" + b" " * 4_000_001 + b"\r\n" if "chunked" in length else b"{")
    with socket.create_connection((address.hostname, address.port), timeout=30) as connection:
        connection.sendall(sent)
        answer = b""
        while piece := connection.recv(65536):
            answer += piece
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert b"\r\nConnection: close\r\n" in answer


def test_a_text_that_is_too_long_is_told_in_characters(client: FlaskClient) -> None:
    answer = client.put("/v1/articles/a1", json=payload(title="x" * 1001))
    assert answer.json["errors"][0]["detail"] == "must have at most 1000 characters, not 1001"
    empty = client.put("/v1/articles/a1", json=payload(authors=[{"name": ""}]))
    assert empty.json["errors"][0]["detail"] == "must have at least 1 characters"


def test_a_lone_surrogate_is_refused(client: FlaskClient) -> None:
    answer = client.put("/v1/articles/a1", data=b'{"title":"\\ud800","body":"x"}', content_type="application/json")
    assert answer.status_code == 422


def test_markup_nested_too_deep_is_refused_with_the_limit(client: FlaskClient) -> None:
    answer = client.put("/v1/articles/a1", json=payload(body="<div>" * 2000 + "x"))
    assert answer.status_code == 422
    assert "256" in answer.json["detail"]


def test_markup_that_is_refused_is_422_wherever_it_comes_in(client: FlaskClient) -> None:
    sent = {"text": "<div>" * 300 + "x", "format": "html", "source": "en", "target": "id"}
    answer = client.post("/v1/translations", json=sent)
    assert (answer.status_code, answer.json["type"]) == (422, "urn:alihbahasa:problem:markup-refused")
    assert "256" in answer.json["detail"]


@pytest.mark.parametrize("year", ["1000", "9000"])
def test_times_at_the_ends_of_what_is_taken_harm_no_page(client: FlaskClient, put: Put, year: str) -> None:
    answer = put(published_at=f"{year}-06-01T00:00:00Z", updated_at=f"{year}-06-02T00:00:00-12:00")
    assert answer.status_code == 201
    for path in ("/v1/articles/a1?include=variants,head,switcher", "/id/articles/a1", "/en/", "/en/feed.xml"):
        assert client.get(path).status_code == (404 if "/id/" in path and year == "9000" else 200)


@pytest.mark.parametrize(
    "query",
    [
        "changed_since=1700000000",
        "changed_since=0001-01-01T00:00:00%2B14:00",
        "changed_since=9999-12-31T23:59:59-14:00",
        "changed_since=2025-11-04",
        "language=xx",
        "language=zz!",
        "language=",
    ],
)
def test_a_wrong_query_is_422(client: FlaskClient, query: str) -> None:
    answer = client.get(f"/v1/articles?{query}")
    assert answer.status_code == 422
    assert answer.json["detail"]


@pytest.mark.parametrize(
    "place",
    [
        "0001-01-01T00:00:00+14:00|a1",
        "9999-12-31T23:59:59-14:00|a1",
        "2025-11-04T00:00:00|a1",
        "2025-11-04T00:00:00Z|",
        "2025-11-04T00:00:00Z|a\x00b",
        "|",
        "",
    ],
)
def test_a_crafted_place_in_the_list_is_422(client: FlaskClient, place: str) -> None:
    token = base64.urlsafe_b64encode(place.encode()).decode().rstrip("=")
    assert client.get(f"/v1/articles?after={token}").status_code == 422


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


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"titel": "x"}, "/titel: is not known here, perhaps misspelt"),
        ({"authors": ["Ratna"]}, "/authors/0: must be an object"),
        ({"format": "pdf"}, "/format: must be 'html', 'text' or 'markdown'"),
        ({"published_at": "soon"}, "/published_at: must be an RFC 3339 time with an offset, such as"),
    ],
)
def test_a_fault_is_told_in_words_for_people(client: FlaskClient, changes: dict[str, Any], words: str) -> None:
    assert client.put("/v1/articles/a1", json=payload(**changes)).json["detail"].startswith(words)


def test_a_fault_of_ours_is_logged_without_article_text(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> None:
        raise ValueError("SECRET sentence of the article")

    monkeypatch.setattr("service.web.desk.Desk.accept", fail)
    client.application.testing = False
    answer = client.put("/v1/articles/a1", json=payload())
    assert (answer.status_code, answer.json["type"]) == (500, "urn:alihbahasa:problem:internal-error")
    logged = capsys.readouterr()
    assert "request.failed" in logged.out + logged.err
    assert "SECRET" not in logged.out + logged.err + answer.text
