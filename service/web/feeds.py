"""XML for machines: a language's Atom feed (RFC 4287) and the sitemap with alternates (sitemaps.org)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
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

MAX_URLS: Final = 50_000
"""The most that one sitemap may list (sitemaps.org)."""

_ATOM: Final = "http://www.w3.org/2005/Atom"
_SITEMAP: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML: Final = "http://www.w3.org/1999/xhtml"
_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BEGINNING: Final = datetime(1970, 1, 1, tzinfo=UTC)

register_namespace("", _SITEMAP)
register_namespace("xhtml", _XHTML)


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


def sitemap(dossiers: Iterable[Dossier], base_url: str, now: datetime) -> bytes:
    """Every indexable page on our own host (a sitemap lists one host), each with all its alternates."""
    own = urlsplit(base_url).netloc
    urls = Element(f"{{{_SITEMAP}}}urlset")
    pages = (
        (dossier, edition, address)
        for dossier in dossiers
        for edition in indexable(dossier, now)
        if urlsplit(address := page_url(dossier, edition.locale, base_url)).netloc == own
    )
    for (dossier, edition, address), _ in zip(pages, range(MAX_URLS), strict=False):
        url = SubElement(urls, f"{{{_SITEMAP}}}url")
        _add(url, f"{{{_SITEMAP}}}loc", address)
        _add(url, f"{{{_SITEMAP}}}lastmod", _stamp(moments(dossier, edition)[1]))
        for link in alternates(dossier, edition.locale, base_url, now):
            SubElement(url, f"{{{_XHTML}}}link", {"rel": "alternate", "hreflang": link.hreflang, "href": link.url})
    return _document(urls)


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
