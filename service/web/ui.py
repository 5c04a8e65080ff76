"""The language of our own words: flask-babel over `locales/`, chosen by the page's address."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from flask import Flask, g
from flask_babel import Babel, refresh
from werkzeug.routing import BaseConverter

from service.article.conventions import number, percent
from service.article.locale import language

DEFAULT: Final = "en"


class LanguageConverter(BaseConverter):
    """A language tag in a path: `/id/…`, `/en-US/…`, so that it can never swallow `/v1/…` or `/docs`."""

    regex = r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,4}){0,2}"


def init_ui(app: Flask, directory: str) -> None:
    """Load the translations of our own words from `directory` (absolute: `locales/`).

    Raises:
        RuntimeError: a language's messages are not compiled, or there are none at all.
    """
    sources = sorted(Path(directory).glob("*/LC_MESSAGES/messages.po"))
    missing = [str(source) for source in sources if not source.with_suffix(".mo").exists()]
    if missing or not sources:
        what = ", ".join(missing) or f"any messages in {directory}"
        raise RuntimeError(
            f"The pages' words are not compiled: {what}. Run `make serve` (or `pybabel compile -d locales`)."
        )
    app.extensions["alihbahasa_ui_languages"] = frozenset(source.parts[-3] for source in sources)
    app.jinja_env.filters["number"] = lambda value: number(value, g.get("ui_language", DEFAULT))
    app.jinja_env.filters["percent"] = lambda share: percent(share, g.get("ui_language", DEFAULT))
    Babel(  # type: ignore[no-untyped-call]  # its __init__ has no annotations
        app,
        default_locale=DEFAULT,
        default_translation_directories=directory,
        locale_selector=lambda: g.get("ui_language", DEFAULT),
    )


def speak(app: Flask, tag: str) -> str:
    """Say our own words in the language of `tag` from here on, or in English; gives the language spoken."""
    code = language(tag)
    g.ui_language = code if code in app.extensions["alihbahasa_ui_languages"] else DEFAULT
    refresh()  # type: ignore[no-untyped-call]  # the same
    return str(g.ui_language)
