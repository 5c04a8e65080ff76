"""A publication's own style sheet."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from service.web.kept import Kept
from service.web.theme import init_theme, theme
from tests.unit.newsroom import dossier
from tests.unit.pages import parse
from tests.unit.web.conftest import Desk

Get = Callable[..., str]


@pytest.fixture
def themed(app: Flask, tmp_path: Path) -> Callable[[str], None]:
    app.register_blueprint(theme)

    def style(css: str) -> None:
        (tmp_path / "theme.css").write_text(css)
        init_theme(app, tmp_path / "theme.css")

    return style


def test_it_comes_after_our_own_and_changes_its_address_when_it_changes(
    desk: Desk, themed: Callable[[str], None], client: FlaskClient, get: Get
) -> None:
    desk.add(dossier())
    seen = []
    for css in (":root { --accent: navy; }", ":root { --accent: teal; }"):
        themed(css)
        desk.kept = Kept(desk, 1_000_000)  # it is read at a start: nothing is kept yet
        first, second = (node.attributes["href"] for node in parse(get("/en/")).css('link[rel="stylesheet"]'))
        assert first.endswith("/reader.css")
        answer = client.get(second)
        assert (answer.text, answer.headers["Content-Type"]) == (css, "text/css; charset=utf-8")
        assert "immutable" in answer.headers["Cache-Control"]
        seen.append(second)
    assert seen[0] != seen[1]
    assert client.get(seen[0]).headers["Cache-Control"] == "no-cache"


def test_without_one_there_is_nothing_of_it(themed: object, client: FlaskClient, get: Get) -> None:
    assert len(parse(get("/en/")).css('link[rel="stylesheet"]')) == 1
    assert client.get("/assets/x/theme.css").status_code == 404
