"""Links to other articles that are kept here lead to their variant in the page's locale, where that is visible."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Final
from urllib.parse import unquote, urlsplit

from service.article import links
from service.article.address import page_url
from service.article.links import Way
from service.article.locale import page_language
from service.article.publication import publication
from service.article.types import Dossier, Variant
from service.store import articles
from service.web.desk import desk
from service.web.kept import Watch

_MOST: Final = 500
"""Links of a page that are looked into: one with more is a list of links."""


def led(variant: Variant, base_url: str, now: datetime) -> tuple[Variant, tuple[Watch, ...]]:
    """The variant with its links as `links.led` has them, and what tells whether they still lead there; `base_url` is
    what addresses of our own pages begin with: absolute, as the only ones that our pages let through.

    What was posted leads where it led, and so does a person's own translation.
    """
    if variant.state == "source" or variant.own:
        return variant, ()
    html = [text.value for text in variant.parts.values() if text.format == "html"]
    urls = sorted({url for text in html for url in links.addresses(text)})[:_MOST]
    if not urls:
        return variant, ()
    ours = {url: article for url in urls if (article := _article(url))}
    with desk().database.read() as connection:
        watch = Watch.set(connection, partial(articles.versions, ids=set(ours.values()), urls=urls))
        known = articles.addressed(connection, urls, set(ours.values())) if watch.seen else ()
    found = dict(_ways(known, variant.locale, urls, ours, base_url, now))
    if not found:
        return variant, (watch,)
    parts = {
        name: replace(text, value=links.led(text.value, found)) if text.format == "html" else text
        for name, text in variant.parts.items()
    }
    blocks = tuple(
        replace(block, value=links.led(block.value, found)) if block.format == "html" else block
        for block in variant.blocks
    )
    return replace(variant, parts=parts, blocks=blocks), (watch,)


def _ways(
    known: Iterable[Dossier], locale: str, urls: Iterable[str], ours: Mapping[str, str], base_url: str, now: datetime
) -> Iterator[tuple[str, Way]]:
    """Where links to articles that are kept here lead from a page in `locale`."""
    for other in known:
        source = other.article.locale
        own = {url for tag, url in other.article.urls.items() if tag != locale}
        mine = [url for url in urls if url in own or ours.get(url) == other.article.id]
        visible = {
            edition.locale for edition in other.editions if publication(other.article, edition, other.site, now).visible
        }  # what is hidden is like what there is not: no link may tell of it
        for url in mine:
            if locale in visible:
                yield url, Way(page_url(other, locale, base_url))
            elif source in visible and source is not None:
                yield url, Way(url, page_language(source, other.site))


def _article(url: str) -> str | None:
    """The id of the article that an address on our own pages is of: `/en/articles/x`, `/articles/x`."""
    try:
        public, parts = urlsplit(desk().public_url), urlsplit(url)
    except ValueError:  # `http://[x`: browsers do not follow it either
        return None
    if parts.netloc not in ("", public.netloc) or not parts.path.startswith(f"{public.path.rstrip('/')}/"):
        return None
    pieces = parts.path.removeprefix(public.path.rstrip("/")).strip("/").split("/")
    return unquote(pieces[-1]) if len(pieces) in (2, 3) and pieces[-2] == "articles" else None
