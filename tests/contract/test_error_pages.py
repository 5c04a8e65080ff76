"""Errors as readers meet them: a page of ours in their language; programs get a problem."""

from __future__ import annotations

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient
from sqlalchemy import text
from werkzeug.test import TestResponse

from service.web.desk import Desk
from service.web.headers import content_security_policy
from tests.unit.pages import parse, words

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


def is_page(answer: TestResponse, language: str) -> None:
    assert answer.mimetype == "text/html"
    assert parse(answer.text).css_first("html").attributes["lang"] == language
    assert parse(answer.text).css_first("a.nameplate").attributes["href"] == f"/{language}/"
    assert parse(answer.text).css_first('meta[name="robots"]').attributes["content"] == "noindex"
    assert answer.headers["Content-Security-Policy"] == content_security_policy()
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("path", "accepted", "language", "title"),
    [
        ("/nothing/here", "id", "id", "Tidak ada artikel di sini"),
        ("/nothing/here", "en", "en", "There is no article here"),
        ("/id/nothing/here", "en", "id", "Tidak ada artikel di sini"),
        ("/en/nothing/here", "id", "en", "There is no article here"),
    ],
)
def test_404_is_a_page_in_the_language_of_the_address_else_the_readers(
    client: FlaskClient, path: str, accepted: str, language: str, title: str
) -> None:
    answer = client.get(path, headers={**BROWSER, "Accept-Language": accepted})
    assert answer.status_code == 404
    is_page(answer, language)
    assert words(answer.text, "h1") == title


def test_405_is_a_page_and_names_what_is_allowed(client: FlaskClient) -> None:
    answer = client.post("/id/articles/a1", headers=BROWSER)
    assert answer.status_code == 405
    is_page(answer, "id")
    assert words(answer.text, "h1") == "Permintaan ini tidak dapat dijawab"
    assert "GET" in answer.headers["Allow"]


def test_500_is_a_page_that_tells_nothing_of_the_fault(app: Flask) -> None:
    @app.get("/en/broken")
    def broken() -> str:
        raise RuntimeError("a secret of ours")

    with app.test_client() as client:
        answer = client.get("/en/broken", headers=BROWSER)
        assert answer.status_code == 500
        is_page(answer, "en")
        assert words(answer.text, "h1") == "Something went wrong"
        assert "secret" not in answer.text
        assert client.get("/en/broken").json["type"] == "urn:alihbahasa:problem:internal-error"


def test_503_is_a_page_that_does_without_the_database(client: FlaskClient, desk: Desk) -> None:
    with desk.database.write() as connection:
        connection.execute(text("ALTER TABLE site RENAME TO lost"))
    try:
        answer = client.get("/id/", headers=BROWSER)
        assert answer.status_code == 503
        is_page(answer, "id")
        assert answer.headers["Retry-After"] == "5"
        assert client.get("/id/").json["type"] == "urn:alihbahasa:problem:database-unavailable"
    finally:
        with desk.database.write() as connection:
            connection.execute(text("ALTER TABLE lost RENAME TO site"))


@pytest.mark.parametrize(("status", "title"), [(429, "Please come back in a moment"), (400, "This request cannot be")])
def test_other_errors_have_their_page(app: Flask, status: int, title: str) -> None:
    @app.get("/en/aborted")
    def aborted() -> str:
        abort(status)

    with app.test_client() as client:
        assert title in words(client.get("/en/aborted", headers=BROWSER).text, "h1")


@pytest.mark.parametrize("path", ["/v1", "/v1/nothing", "/health/nothing", "/metrics/nothing", "/openapi.json/x"])
def test_under_the_api_even_a_browser_gets_a_problem(client: FlaskClient, path: str) -> None:
    answer = client.get(path, headers=BROWSER)
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")


@pytest.mark.parametrize(
    "accept", [None, "*/*", "application/json", "application/problem+json", "text/html;q=0.1, application/json"]
)
def test_a_program_gets_a_problem_everywhere(client: FlaskClient, accept: str | None) -> None:
    answer = client.get("/nothing/here", headers={"Accept": accept} if accept else {})
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")
