"""Security headers: on every response, and never against what a view has set."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from service.web.headers import content_security_policy, init_headers


@pytest.fixture
def client() -> FlaskClient:
    app = Flask(__name__)
    init_headers(app)

    @app.get("/plain")
    def plain() -> str:
        return "x"

    @app.get("/own")
    def own() -> tuple[str, dict[str, str]]:
        return "x", {"Content-Security-Policy": "default-src 'self'"}

    return app.test_client()


def test_no_script_and_no_inline_style_may_run() -> None:
    policy = dict(part.split(" ", 1) for part in content_security_policy().split("; "))
    assert policy == {
        "default-src": "'none'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }


def test_pictures_come_from_the_sites_hosts_only() -> None:
    policy = content_security_policy(["Images.example", "cdn.example:8443"])
    assert "img-src 'self' data: https://cdn.example:8443 https://images.example;" in policy


@pytest.mark.parametrize("host", ["", "*", "a.example; script-src *", "a b", "https://a.example", "a.example/x"])
def test_a_host_cannot_bring_a_directive_of_its_own(host: str) -> None:
    assert content_security_policy([host]) == content_security_policy()


def test_every_response_has_them_errors_too(client: FlaskClient) -> None:
    for path in ("/plain", "/missing"):
        headers = client.get(path).headers
        assert headers["Content-Security-Policy"] == content_security_policy()
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"


def test_a_view_keeps_its_own_policy(client: FlaskClient) -> None:
    assert client.get("/own").headers["Content-Security-Policy"] == "default-src 'self'"
