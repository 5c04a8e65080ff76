"""The pages that readers open: articles and what they load. Their list is in `front`, an article beside its original in
`compare`.

Addresses are `/{language}/…`, where a page never depends on cookie or browser. Only `/` and `/articles/{id}`
negotiate. How a choice of language is remembered without JavaScript is told at `chosen`.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache, partial
from pathlib import PurePath

from flask import Blueprint, current_app, render_template, request
from werkzeug.wrappers import Response

from service.article.address import page_url, site_url
from service.article.locale import page_language
from service.article.metadata import head, head_html
from service.article.publication import Publication, publication
from service.article.switcher import switcher
from service.article.types import Dossier
from service.web.assets import ASSETS, DAY, FILES, HOUR, TYPES, YEAR
from service.web.desk import desk
from service.web.frame import (
    PRIVATE,
    PUBLIC,
    chosen,
    cleaned,
    frame,
    negotiates,
    path_prefix,
    preferred,
    problem,
    redirect,
    rendered,
    visible,
)
from service.web.headers import allow_any_origin
from service.web.kept import Page, Rendered
from service.web.page import article_page
from service.web.ui import LanguageConverter, speak
from service.web.ways import led

reader = Blueprint("reader", __name__, template_folder="templates")
# Recorded before the routes below, so that they find it.
reader.record(lambda state: state.app.url_map.converters.update(language=LanguageConverter))
reader.before_request(cleaned)


@reader.get("/<language:tag>/articles/<article_id>")
def article(tag: str, article_id: str) -> Response:
    """One edition of an article."""
    return desk().kept.answer(("page", tag, article_id, "choose" in request.args), partial(_article, tag, article_id))


def _article(tag: str, article_id: str) -> Rendered | Response:
    now = datetime.now(UTC)
    dossier, watch = desk().watched(article_id)
    seen = visible(tag, dossier, now)
    if isinstance(seen, Response):
        return seen
    dossier, edition, variant = seen
    locale = edition.locale
    address = page_url(dossier, locale, path_prefix())
    if locale in dossier.article.urls:
        return redirect(address, 302, PUBLIC)
    if tag != page_language(locale, dossier.site):
        return redirect(address, 301, PUBLIC)
    if "choose" in request.args:
        return chosen(tag, address)
    shown, links = led(variant, desk().public_url, now)
    speak(current_app, locale)
    page = render_template(
        "article.html",
        page=article_page(dossier, edition, shown, path_prefix(), now),
        head=head_html(head(dossier, locale, desk().public_url, now)),
        **frame(dossier.site, locale, switcher(dossier, locale, path_prefix(), now)),
    )
    return rendered(page, page_language(locale, dossier.site), (watch, *links), dossier.site, dossier)


@reader.get("/articles/<article_id>")
def negotiated(article_id: str) -> Response:
    """The article in the reader's language: the one redirect by language, never cached for others."""
    now = datetime.now(UTC)
    dossier = desk().dossier(article_id)
    decisions = _decisions(dossier, now) if dossier else {}
    visible = [locale for locale, decision in decisions.items() if decision.visible]
    if dossier is None or not visible:
        tag = page_language(preferred(desk().site().locales), desk().site())
        if dossier and any(decision.gone for decision in decisions.values()):
            return negotiates(problem(410, "gone", tag))
        return negotiates(problem(404, "unknown", tag))
    locale = preferred(visible, dossier.article.locale)
    return negotiates(redirect(page_url(dossier, locale, path_prefix()), 302, PRIVATE))


@reader.get("/")
def home() -> Response:
    """The index in the reader's language."""
    site = desk().site()
    return negotiates(redirect(site_url(site, preferred(site.locales), path_prefix()), 302, PRIVATE))


@reader.get("/assets/<version>/<name>")
def asset(version: str, name: str) -> Response:
    """A style sheet or script; kept for good under its own version, answered but not kept under any other."""
    return _asset(name, f"public, max-age={YEAR}, immutable" if version == ASSETS else "no-cache")


@reader.get("/assets/<name>")
def current_asset(name: str) -> Response:
    """The same at the address that other people's pages name: looked after every hour."""
    return _asset(name, f"public, max-age={HOUR}, stale-while-revalidate={DAY}")


def _asset(name: str, cache: str) -> Response:
    if name not in FILES:
        allow_any_origin()
        return problem(404, "unknown", desk().site().locales[0])
    return _file(name, cache).response()


@lru_cache(3 * len(FILES))
def _file(name: str, cache: str) -> Page:
    headers = {
        "Content-Type": f"{TYPES[PurePath(name).suffix]}; charset=utf-8",
        "Cache-Control": cache,
        "Access-Control-Allow-Origin": "*",  # a module of another origin is fetched as CORS only
    }
    return Page(Rendered(FILES[name], headers))


def _decisions(dossier: Dossier, now: datetime) -> dict[str, Publication]:
    return {edition.locale: publication(dossier.article, edition, dossier.site, now) for edition in dossier.editions}
