"""Health, metrics, OpenAPI, docs."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openapi_spec_validator import validate

from service.web.desk import Desk
from tests.contract.conftest import Put


def test_live_and_ready(client: FlaskClient) -> None:
    assert client.get("/health/live").json["status"] == "ok"
    assert client.get("/health/ready").json["pairs"] == ["en-id", "id-en"]


def test_not_ready_before_the_canaries(client: FlaskClient, desk: Desk) -> None:
    desk.ready = False
    answer = client.get("/health/ready")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]


def test_metrics_count_jobs(client: FlaskClient, put: Put) -> None:
    put()
    metrics = client.get("/metrics").text
    assert 'alihbahasa_jobs{state="done"} 1.0' in metrics
    assert "alihbahasa_ready 1.0" in metrics


def test_the_openapi_document_is_valid_and_names_every_view(client: FlaskClient, app: Flask) -> None:
    document = client.get("/openapi.json").json
    assert document["openapi"].startswith("3.1")
    validate(document)
    described = {(path, method.upper()) for path, methods in document["paths"].items() for method in methods}
    served = {
        (re.sub(r"<(?:[^:>]*:)?([^>]+)>", r"{\1}", rule.rule), method)
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/v1/")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert described == served


def test_the_documentation_needs_nothing_from_outside(client: FlaskClient) -> None:
    page = client.get("/docs").text
    assert "putArticle" in page
    assert not re.search(r'(?:src|href)="(?:https?:)?//', page)
    assert "<script" not in page
    sheet = re.search(r'<link rel="stylesheet" href="([^"]+)"', page)
    assert sheet is not None
    assert client.get(sheet[1]).status_code == 200


@pytest.mark.parametrize("path", ["/v1/articles", "/v1/languages", "/openapi.json", "/docs", "/health/live"])
def test_the_language_in_a_path_swallows_none_of_ours(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 200
