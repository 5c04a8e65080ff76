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
    style = file.read_bytes() if file.is_file() else b""
    kept = {
        version: Page(Rendered(style, {"Content-Type": "text/css; charset=utf-8", "Cache-Control": cache}))
        for version, cache in ((digest(style), f"public, max-age={YEAR}, immutable"), ("", "no-cache"))
    }
    app.extensions["alihbahasa_theme"] = kept if style else {}


def theme_url(prefix: str) -> str | None:
    """Its address, with a version in it so that browsers may keep it for good; None where there is none."""
    version = next(iter(_kept()), None)
    return f"{prefix}/assets/{version}/{FILE}" if version else None


@theme.get(f"/assets/<version>/{FILE}")
def show(version: str) -> Response:
    """The style sheet; kept for good under its own version, answered but not kept under any other."""
    kept = _kept()
    if not kept:
        abort(404)
    return (kept.get(version) or kept[""]).response()


def _kept() -> dict[str, Page]:
    """The answer under its version, and the one under any other."""
    kept: dict[str, Page] = current_app.extensions.get("alihbahasa_theme", {})
    return kept
