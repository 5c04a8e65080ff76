"""What the `<head>` of a page says, ours or the CMS's: robots, canonical, hreflang, Open Graph, JSON-LD.

Google: canonical stays in the page's own language; hreflang lists the page itself and all others, absolute
and reciprocal, and a target that is noindex is ignored
(https://developers.google.com/search/docs/specialty/international/localized-versions).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Any

from service.article import jsonld
from service.article.address import page_url
from service.article.jsonld import times
from service.article.locale import og_locale, page_language
from service.article.plain import excerpt, plain
from service.article.publication import publication
from service.article.types import Dossier, Edition, Variant

INDEX = "index, follow, max-image-preview:large"
NOINDEX = "noindex"


@dataclass(frozen=True, slots=True)
class Alternate:
    """One `<link rel="alternate">`; `hreflang` is a language, or `x-default`."""

    hreflang: str
    url: str


@dataclass(frozen=True, slots=True)
class Head:
    """All that a page's head says about an edition; `open_graph` in order, as (property, content)."""

    title: str
    description: str
    canonical: str
    robots: str
    alternates: tuple[Alternate, ...]
    open_graph: tuple[tuple[str, str], ...]
    json_ld: Mapping[str, Any]


def alternates(dossier: Dossier, locale: str, base_url: str, now: datetime) -> tuple[Alternate, ...]:
    """hreflang of one page: itself and all other indexable editions, then `x-default`.

    Empty where this page itself is not indexable, so that the relation is always reciprocal. `x-default` is
    the source's own page, never a redirect by language.
    """
    indexable = [
        edition.locale
        for edition in dossier.editions
        if publication(dossier.article, edition, dossier.site, now).indexable
    ]
    if locale not in indexable:
        return ()
    links = [Alternate(page_language(tag, dossier.site), page_url(dossier, tag, base_url)) for tag in indexable]
    source = dossier.article.locale
    if source in indexable:
        links.append(Alternate("x-default", page_url(dossier, source, base_url)))
    return tuple(links)


def head(dossier: Dossier, locale: str, base_url: str, now: datetime) -> Head:
    """The head of the edition in `locale`; what is not public yet gets `noindex`.

    Raises:
        LookupError: there is no such edition, or nothing is made of it yet.
    """
    edition = dossier.edition(locale)
    if edition is None or edition.variant is None:
        raise LookupError(f"There is no {locale} variant of “{dossier.article.id}” yet; ask for it again later")
    indexable = publication(dossier.article, edition, dossier.site, now).indexable
    title = plain(edition.variant.parts.get("title"))
    description = excerpt(edition.variant)
    return Head(
        title=title,
        description=description,
        canonical=page_url(dossier, locale, base_url),
        robots=INDEX if indexable else NOINDEX,
        alternates=alternates(dossier, locale, base_url, now),
        open_graph=tuple(
            (name, content)
            for name, content in _open_graph(dossier, edition, edition.variant, base_url, now)
            if content
        ),
        json_ld=jsonld.news_article(dossier, edition, edition.variant, base_url, now),
    )


def _open_graph(
    dossier: Dossier, edition: Edition, variant: Variant, base_url: str, now: datetime
) -> list[tuple[str, str]]:
    """Open Graph (ogp.me), with the locales of all editions that readers may see."""
    published, modified = times(dossier, edition)
    image = jsonld.image_url(dossier.article)
    others = [
        other.locale
        for other in dossier.editions
        if other is not edition and publication(dossier.article, other, dossier.site, now).visible
    ]
    return [
        ("og:type", "article"),
        ("og:title", plain(variant.parts.get("title"))),
        ("og:description", excerpt(variant)),
        ("og:url", page_url(dossier, edition.locale, base_url)),
        ("og:site_name", dossier.site.name),
        ("og:locale", og_locale(edition.locale)),
        *(("og:locale:alternate", og_locale(tag)) for tag in others),
        ("og:image", image or ""),
        ("og:image:alt", plain(variant.parts.get("image.alt")) if image else ""),
        ("article:published_time", published),
        ("article:modified_time", modified),
    ]


def head_html(head: Head) -> str:
    """A fragment for inside `<head>` that is safe to print raw: everything in it is escaped."""
    lines = [
        f"<title>{escape(head.title)}</title>",
        f'<meta name="description" content="{escape(head.description)}">' if head.description else "",
        f'<meta name="robots" content="{escape(head.robots)}">',
        f'<link rel="canonical" href="{escape(head.canonical)}">',
        *(
            f'<link rel="alternate" hreflang="{escape(link.hreflang)}" href="{escape(link.url)}">'
            for link in head.alternates
        ),
        *(f'<meta property="{escape(name)}" content="{escape(content)}">' for name, content in head.open_graph),
        f'<script type="application/ld+json">{jsonld.script_safe(head.json_ld)}</script>',
    ]
    return "\n".join(filter(None, lines))


def head_json(head: Head) -> dict[str, Any]:
    """The same as data, for a CMS that prints its own tags."""
    return {
        "title": head.title,
        "description": head.description,
        "canonical": head.canonical,
        "robots": head.robots,
        "alternates": [{"hreflang": link.hreflang, "href": link.url} for link in head.alternates],
        "open_graph": [{"property": name, "content": content} for name, content in head.open_graph],
        "json_ld": dict(head.json_ld),
    }
