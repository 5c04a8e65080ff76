"""/desk/: what waits for a person, the longest first, each with the page or the address where it is looked at.

The publisher's own, like the page of a source that it leads to. Whoever may call the API may open it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from flask import Blueprint, current_app, make_response, render_template, request
from werkzeug.wrappers import Response

from service.article.address import compare_url
from service.article.locale import language_name, page_language
from service.article.publication import publication
from service.article.types import Dossier, Edition
from service.store import articles
from service.web.articles import place, token
from service.web.desk import desk
from service.web.frame import frame, path_prefix, preferred
from service.web.page import comparable
from service.web.source_page import title
from service.web.ui import speak

pages = Blueprint("waiting", __name__, url_prefix="/desk", template_folder="templates")

_PAGE: Final = 50
_WAITING: Final = frozenset({"needs_review", "failed"})
"""States of a variant that a person is to look at."""


@dataclass(frozen=True, slots=True)
class Row:
    """An article that waits: why as a whole (`needs_language`, `needs_acceptance`), and which variants and why."""

    id: str
    title: str
    language: str
    source: str
    reasons: tuple[str, ...]
    variants: tuple[tuple[str, str, str], ...]


@pages.get("/")
def show() -> Response:
    """A page of the articles that wait."""
    with desk().database.read() as connection:
        found, after = articles.page(
            connection, limit=_PAGE, after=place(request.args.get("after")), wanted=lambda one: bool(_reasons(one))
        )
    site = desk().site()
    locale = preferred(site.locales)
    speak(current_app, locale)
    page = render_template(
        "waiting.html",
        rows=[_row(one, locale) for one in found],
        next=token(after),
        **frame(site, locale, None),
    )
    response = make_response(page)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _row(one: Dossier, locale: str) -> Row:
    source = f"{path_prefix()}/desk/articles/{one.article.id}/source"
    return Row(
        one.article.id,
        title(one.article),
        page_language(one.article.locale, one.site) if one.article.locale else "",
        source,
        tuple(reason for reason in _reasons(one) if reason not in _WAITING),
        tuple(
            (edition.state, language_name(edition.locale, locale), _address(one, edition))
            for edition in one.editions
            if edition.state in _WAITING
        ),
    )


def _address(one: Dossier, edition: Edition) -> str:
    """Where a variant can be looked at: beside its original, where readers may see that; else as the API has it."""
    now = datetime.now(UTC)
    visible = publication(one.article, edition, one.site, now).visible
    if edition.variant and visible and comparable(one, edition.variant, now):
        return compare_url(one, edition.locale, path_prefix())
    return f"{path_prefix()}/v1/articles/{one.article.id}/variants/{edition.locale}"


def _reasons(one: Dossier) -> list[str]:
    if one.article.locale is None:
        return ["needs_language"]
    own = [] if one.article.source_quality.trusted else ["needs_acceptance"]
    return own + [edition.state for edition in one.editions if edition.state in _WAITING]
