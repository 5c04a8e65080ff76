"""XML for machines: a language's Atom feed (RFC 4287), sitemaps with alternates (sitemaps.org), the news sitemap."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from service.article.address import page_url, site_url
from service.article.jsonld import moments
from service.article.locale import page_language
from service.article.metadata import alternates
from service.article.plain import excerpt, plain
from service.article.publication import publication
from service.article.types import Dossier, Edition, Site, Variant

PER_SITEMAP: Final = 1_000
"""Articles in one sitemap, which takes half a second to make."""

MAX_SITEMAP: Final = 50_000_000
"""Bytes that a sitemap may have; with 50 locales at most it has no more than the 50,000 addresses that it may list
(sitemaps.org)."""

_LINK: Final = 200
"""Bytes of one address in it, about."""

NEWS: Final = timedelta(days=2)
MAX_NEWS: Final = 1_000
"""Google's limits for news."""

_ATOM: Final = "http://www.w3.org/2005/Atom"
_SITEMAP: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
_NEWS: Final = "http://www.google.com/schemas/sitemap-news/0.9"
_XHTML: Final = "http://www.w3.org/1999/xhtml"
_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BEGINNING: Final = datetime(1970, 1, 1, tzinfo=UTC)

register_namespace("", _SITEMAP)
register_namespace("xhtml", _XHTML)
register_namespace("news", _NEWS)


def indexable(dossier: Dossier, now: datetime) -> list[Edition]:
    """The editions that search engines and feed readers may have."""
    return [
        edition for edition in dossier.editions if publication(dossier.article, edition, dossier.site, now).indexable
    ]


def atom(site: Site, locale: str, dossiers: Iterable[Dossier], base_url: str, now: datetime) -> bytes:
    """The feed of all indexable editions in `locale`, in the order given."""
    entries = [
        (dossier, edition, edition.variant)
        for dossier in dossiers
        for edition in indexable(dossier, now)
        if edition.locale == locale and edition.variant is not None
    ]
    home = site_url(site, locale, base_url)
    address = f"{home}feed.xml"
    tag = page_language(locale, site)
    feed = Element("feed", {"xmlns": _ATOM, "xml:lang": tag})
    _add(feed, "id", address)
    _add(feed, "title", site.name)
    _add(feed, "updated", _stamp(max((moments(d, e)[1] for d, e, _ in entries), default=_BEGINNING)))
    SubElement(feed, "link", {"rel": "self", "type": "application/atom+xml", "href": address})
    SubElement(feed, "link", {"rel": "alternate", "type": "text/html", "hreflang": tag, "href": home})
    for dossier, edition, variant in entries:
        _entry(SubElement(feed, "entry"), dossier, edition, variant, base_url)
    return _document(feed)


def per_sitemap(locales: int) -> int:
    """How many articles go into one sitemap on a site of so many locales: each address lists all of them.

    >>> per_sitemap(2), per_sitemap(10), per_sitemap(50)
    (1000, 1000, 96)
    """
    return max(1, min(PER_SITEMAP, MAX_SITEMAP // (_LINK * max(1, locales) * (locales + 2))))


def sitemap(dossiers: Iterable[Dossier], base_url: str, now: datetime) -> bytes:
    """Every indexable page on our own host (a sitemap lists one host), each with all its alternates."""
    urls = Element(f"{{{_SITEMAP}}}urlset")
    for dossier, edition, address in _own(dossiers, base_url, now):
        url = SubElement(urls, f"{{{_SITEMAP}}}url")
        _add(url, f"{{{_SITEMAP}}}loc", address)
        _add(url, f"{{{_SITEMAP}}}lastmod", _stamp(moments(dossier, edition)[1]))
        for link in alternates(dossier, edition.locale, base_url, now):
            SubElement(url, f"{{{_XHTML}}}link", {"rel": "alternate", "hreflang": link.hreflang, "href": link.url})
    return _document(urls)


def sitemap_index(changed: Iterable[datetime], base_url: str) -> bytes:
    """The sitemaps that there are, each with the time of the last change among its articles."""
    index = Element(f"{{{_SITEMAP}}}sitemapindex")
    for number, moment in enumerate(changed, 1):
        entry = SubElement(index, f"{{{_SITEMAP}}}sitemap")
        _add(entry, f"{{{_SITEMAP}}}loc", f"{base_url}/sitemap-{number}.xml")
        _add(entry, f"{{{_SITEMAP}}}lastmod", _stamp(moment))
    return _document(index)


def news_sitemap(dossiers: Iterable[Dossier], base_url: str, now: datetime) -> bytes:
    """The indexable pages of articles of the last two days, 1,000 at most
    (https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap). An article's age is its
    original's: an archive that is translated today is no news."""
    urls = Element(f"{{{_SITEMAP}}}urlset")
    recent = (one for one in dossiers if now - (one.article.published_at or one.created_at) < NEWS)
    for (dossier, edition, address), _ in zip(_own(recent, base_url, now), range(MAX_NEWS), strict=False):
        url = SubElement(urls, f"{{{_SITEMAP}}}url")
        _add(url, f"{{{_SITEMAP}}}loc", address)
        news = SubElement(url, f"{{{_NEWS}}}news")
        publication_ = SubElement(news, f"{{{_NEWS}}}publication")
        _add(publication_, f"{{{_NEWS}}}name", dossier.site.name)
        _add(publication_, f"{{{_NEWS}}}language", _news_language(edition.locale))
        _add(news, f"{{{_NEWS}}}publication_date", _stamp(moments(dossier, edition)[0]))
        _add(news, f"{{{_NEWS}}}title", plain(edition.variant.parts.get("title")) if edition.variant else "")
    return _document(urls)


def _own(dossiers: Iterable[Dossier], base_url: str, now: datetime) -> Iterator[tuple[Dossier, Edition, str]]:
    """The indexable pages on our own host, with their addresses."""
    own = urlsplit(base_url).netloc
    for dossier in dossiers:
        for edition in indexable(dossier, now):
            address = page_url(dossier, edition.locale, base_url)
            if urlsplit(address).netloc == own:
                yield dossier, edition, address


def _news_language(locale: str) -> str:
    """ISO 639, but for Chinese, of which Google wants to know the script.

    >>> _news_language("id-ID"), _news_language("zh-TW"), _news_language("zh-CN")
    ('id', 'zh-tw', 'zh-cn')
    """
    language = locale.partition("-")[0]
    if language == "zh":
        return "zh-tw" if {"Hant", "TW", "HK", "MO"} & set(locale.split("-")) else "zh-cn"
    return language


def _entry(entry: Element, dossier: Dossier, edition: Edition, variant: Variant, base_url: str) -> None:
    published, modified = moments(dossier, edition)
    address = page_url(dossier, edition.locale, base_url)
    _add(entry, "id", address)
    _add(entry, "title", plain(variant.parts.get("title")))
    SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": address})
    _add(entry, "published", _stamp(published))
    _add(entry, "updated", _stamp(modified))
    # An entry needs an author (RFC 4287, 4.1.2): the publication answers where no name is given.
    for name in _authors(dossier):
        _add(SubElement(entry, "author"), "name", name)
    if summary := excerpt(variant):
        _add(entry, "summary", summary)


def _authors(dossier: Dossier) -> Sequence[str]:
    return [author.name for author in dossier.article.authors] or [dossier.site.name]


def _add(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = _NOT_XML.sub("", text)


def _stamp(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


def _document(root: Element) -> bytes:
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))
