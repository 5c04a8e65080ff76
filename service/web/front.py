"""The list of articles in a language: newest first, in pages, and by the language that they were written in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Final
from urllib.parse import urlencode

from flask import Blueprint, current_app, render_template, request
from werkzeug.wrappers import Response

from service.article.address import site_url
from service.article.locale import language, language_name, page_language
from service.article.publication import publication
from service.article.switcher import site_switcher
from service.article.types import Site
from service.store import articles
from service.web.desk import desk
from service.web.frame import PUBLIC, chosen, cleaned, frame, path_prefix, problem, redirect, rendered, resolve
from service.web.kept import Rendered
from service.web.page import teaser
from service.web.ui import speak

PAGE: Final = 24
"""Articles on a page."""

_LAST: Final = 10_000
"""The last page that is looked for."""

front = Blueprint("front", __name__, template_folder="templates")
front.before_request(cleaned)


@dataclass(frozen=True, slots=True)
class Filter:
    """A language that articles were written in; `name` None for all of them. `own`: the page's own language."""

    name: str | None
    own: bool
    url: str
    current: bool


@front.get("/<language:tag>/")
def index(tag: str) -> Response:
    """A page of the articles that there are in a language."""
    number, source = _number(), request.args.get("source")
    key = ("index", tag, number, source, "choose" in request.args)
    return desk().kept.answer(key, partial(_index, tag, number, source))


def _index(tag: str, number: int | None, source: str | None) -> Rendered | Response:
    watch = desk().watch(articles.pulse)
    site = desk().site()
    locale = resolve(tag, site.locales, site)
    if locale is None:
        return problem(404, "unknown", tag)
    home = site_url(site, locale, path_prefix())
    if tag != page_language(locale, site):
        return redirect(_address(home, number, source), 301, PUBLIC)
    if "choose" in request.args:
        return chosen(tag, home)
    if number is None or source not in (None, *_languages(site)):
        return problem(404, "unknown", tag)
    found = desk().recent(PAGE + 1, (number - 1) * PAGE, locale=locale, language=source)
    if number > 1 and not found:
        return problem(404, "unknown", tag)
    now = datetime.now(UTC)
    teasers = [
        teaser(dossier, edition, edition.variant, path_prefix())
        for dossier in found[:PAGE]
        if (edition := dossier.edition(locale))
        and edition.variant
        and publication(dossier.article, edition, dossier.site, now).visible
    ]
    first, indexable = number == 1 and source is None, site.indexing != "never"
    speak(current_app, locale)
    page = render_template(
        "index.html",
        teasers=teasers,
        number=number,
        canonical=_address(site_url(site, locale, desk().public_url), number, source),
        alternates=[(page_language(other, site), site_url(site, other, desk().public_url)) for other in site.locales]
        if first and indexable
        else [],
        indexable=indexable and source is None,
        filters=_filters(site, locale, home, source),
        everything=home,
        newer=_address(home, number - 1, source) if number > 1 else None,
        older=_address(home, number + 1, source) if len(found) > PAGE else None,
        **frame(site, locale, site_switcher(site, locale, path_prefix())),
    )
    return rendered(page, tag, (watch,), site)


def _number() -> int | None:
    """The page asked for, None where there can be no such page."""
    asked = request.args.get("page", "1")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 0
    return number if 1 <= number <= _LAST else None


def _address(home: str, number: int | None, source: str | None) -> str:
    """The one address of a page of the list: what is as it is anyway is not in it."""
    query = {"source": source} if source else {}
    if number and number > 1:
        query["page"] = str(number)
    return f"{home}?{urlencode(query)}" if query else home


def _languages(site: Site) -> list[str]:
    return list(dict.fromkeys(map(language, site.locales)))


def _filters(site: Site, locale: str, home: str, source: str | None) -> list[Filter]:
    """All articles, and those written in each of the site's languages; none where there is nothing to choose."""
    languages = _languages(site)
    if len(languages) < 2:
        return []
    return [Filter(None, False, home, source is None)] + [
        Filter(language_name(one, locale), one == language(locale), _address(home, 1, one), one == source)
        for one in languages
    ]
