"""A publication's own style sheet for the reader pages, after ours: see docs/theming.md."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from flask import Blueprint, Flask, abort, current_app
from werkzeug.wrappers import Response

from service.web.assets import YEAR
from service.web.kept import Page, Rendered, digest

FILE: Final = "theme.css"
"""Its name in the data folder, where no setting says another place, and in its address."""

theme = Blueprint("theme", __name__)


def init_theme(app: Flask, file: Path) -> None:
    """Read the style sheet, if there is one, once: a changed one counts from the next start."""
    app.extensions["alihbahasa_theme"] = file.read_bytes() if file.is_file() else b""


def theme_url(prefix: str) -> str | None:
    """Its address, with a version in it so that browsers may keep it for good; None where there is none."""
    style = _style()
    return f"{prefix}/assets/{digest(style)}/{FILE}" if style else None


@theme.get(f"/assets/<version>/{FILE}")
def show(version: str) -> Response:
    """The style sheet; kept for good under its own version, answered but not kept under any other."""
    style = _style()
    if not style:
        abort(404)
    current = version == digest(style)
    headers = {
        "Content-Type": "text/css; charset=utf-8",
        "Cache-Control": f"public, max-age={YEAR}, immutable" if current else "no-cache",
    }
    return Page(Rendered(style, headers)).response()


def _style() -> bytes:
    style: bytes = current_app.extensions.get("alihbahasa_theme", b"")
    return style
