"""The addresses that machines open: feeds, sitemaps, robots.txt."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Final

from flask import Blueprint
from werkzeug.wrappers import Response

from service.article.address import site_url
from service.article.locale import page_language
from service.article.types import Dossier
from service.store import articles
from service.web.desk import desk
from service.web.feeds import NEWS, atom, news_sitemap, per_sitemap, sitemap, sitemap_index
from service.web.frame import PUBLIC, cleaned, path_prefix, problem, redirect, resolve
from service.web.kept import Page, Rendered, Watch

_XML: Final = "application/xml; charset=utf-8"

_PAGE: Final = 200
"""Articles that the news sitemap asks for at a time."""

_NEWS_FOR: Final = timedelta(minutes=5)
"""How long a news sitemap is good for, if nothing changes: what is in it grows old."""

listings = Blueprint("listings", __name__)
listings.before_request(cleaned)


@listings.get("/<language:tag>/feed.xml")
def feed(tag: str) -> Response:
    """The Atom feed of a language: what may be indexed."""
    return desk().kept.answer(("feed", tag), partial(_feed, tag))


def _feed(tag: str) -> Rendered | Response:
    watch, site = _watch(), desk().site()
    locale = resolve(tag, site.locales, site)
    if locale is None:
        return problem(404, "unknown", tag)
    if tag != page_language(locale, site):
        return redirect(f"{site_url(site, locale, path_prefix())}feed.xml", 301, PUBLIC)
    body = atom(site, locale, desk().recent(), desk().public_url, datetime.now(UTC))
    return _rendered(body, watch, "application/atom+xml; charset=utf-8")


@listings.get("/sitemap.xml")
def sitemap_xml() -> Response:
    """All pages that may be indexed, with their alternates; of many articles the list of such sitemaps."""
    return desk().kept.answer("sitemap", _first)


def _first() -> Rendered:
    watch = _watch()
    parts = desk().parts(_size())
    if len(parts) > 1:
        return _rendered(sitemap_index(parts, desk().public_url), watch)
    return _part(1, watch)


@listings.get("/sitemap-<int:number>.xml")
def numbered(number: int) -> Response:
    """One of many. An article stays in its sitemap, so that a new one changes the last of them alone."""
    return desk().kept.answer(("sitemap", number), partial(_numbered, number))


def _numbered(number: int) -> Rendered | Response:
    watch = _watch()
    if not 1 <= number <= len(desk().parts(_size())):
        return problem(404, "unknown", desk().site().locales[0])
    return _part(number, watch)


def _part(number: int, watch: Watch) -> Rendered:
    size = _size()
    dossiers = desk().listed(size, (number - 1) * size)
    return _rendered(sitemap(dossiers, desk().public_url, datetime.now(UTC)), watch)


def _size() -> int:
    return per_sitemap(len(desk().site().locales))


@listings.get("/news-sitemap.xml")
def news() -> Response:
    """What was published in the last two days, for Google News."""
    return desk().kept.answer("news", _news)


def _news() -> Rendered:
    watch, now = _watch(), datetime.now(UTC)
    return _rendered(news_sitemap(_since(now - NEWS), desk().public_url, now), watch, until=now + _NEWS_FOR)


def _since(moment: datetime) -> Iterator[Dossier]:
    """The articles that are of a later date, the newest first."""
    offset = 0
    while found := desk().recent(limit=_PAGE, offset=offset):
        for dossier in found:
            if (dossier.article.published_at or dossier.created_at) < moment:
                return
            yield dossier
        offset += len(found)


@listings.get("/robots.txt")
def robots() -> Response:
    """All may be crawled: a crawler has to be able to read that a page must not be indexed."""
    lines = (
        "User-agent: *",
        "Allow: /",
        "Disallow: /*?choose",
        "Disallow: /desk/",
        f"Sitemap: {desk().public_url}/sitemap.xml",
        f"Sitemap: {desk().public_url}/news-sitemap.xml",
        "",
    )
    headers = {"Content-Type": "text/plain; charset=utf-8", "Cache-Control": PUBLIC}
    return Page(Rendered("\n".join(lines).encode(), headers)).response()


def _watch() -> Watch:
    """What any list depends on; set before anything is read."""
    return desk().watch(articles.pulse)


def _rendered(body: bytes, watch: Watch, content_type: str = _XML, until: datetime | None = None) -> Rendered:
    return Rendered(body, {"Content-Type": content_type, "Cache-Control": PUBLIC}, (watch,), until=until)
