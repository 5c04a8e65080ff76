"""What the `<head>` of a page says, ours or the CMS's: robots, canonical, hreflang, Open Graph, JSON-LD.

Google: canonical stays in the page's own language; hreflang lists the page itself and all others, absolute
and reciprocal, and a target that is noindex is ignored
(https://developers.google.com/search/docs/specialty/international/localized-versions).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Any, Final

from service.article import jsonld
from service.article.address import page_url
from service.article.jsonld import times
from service.article.locale import og_locale, page_language
from service.article.plain import excerpt, plain
from service.article.publication import publication
from service.article.types import Dossier, Edition, Variant

INDEX = "index, follow, max-image-preview:large"
NOINDEX = "noindex"

PARTS: Final = ("title", "description", "robots", "canonical", "hreflang", "og", "jsonld")
"""What a head consists of, in the order in which it is printed: a CMS may print some of it itself."""


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


def provenance(dossier: Dossier, variant: Variant) -> str | None:
    """How a variant came about, as a language tag: `id-t-en-t0-und` was translated by a machine, `id-t-en` by a person
    or with a person's approval (RFC 6497; `t0` with `und` is CLDR's sign for machine translation). None for the source.

    It is data, and no page's `lang`: browsers and search engines want to know what a text is in, not how it got there.
    """
    source = dossier.article.locale
    if source is None or variant.state == "source":
        return None
    tag = f"{page_language(variant.locale, dossier.site)}-t-{page_language(source, dossier.site).lower()}"
    return tag if variant.protected else f"{tag}-t0-und"


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


def head_html(head: Head, parts: Collection[str] = PARTS) -> str:
    """A fragment for inside `<head>` that is safe to print raw: everything in it is escaped."""
    lines: dict[str, list[str]] = {
        "title": [f"<title>{escape(head.title)}</title>"],
        "description": [f'<meta name="description" content="{escape(head.description)}">'] if head.description else [],
        "robots": [f'<meta name="robots" content="{escape(head.robots)}">'],
        "canonical": [f'<link rel="canonical" href="{escape(head.canonical)}">'],
        "hreflang": [
            f'<link rel="alternate" hreflang="{escape(link.hreflang)}" href="{escape(link.url)}">'
            for link in head.alternates
        ],
        "og": [f'<meta property="{escape(name)}" content="{escape(content)}">' for name, content in head.open_graph],
        "jsonld": [f'<script type="application/ld+json">{jsonld.script_safe(head.json_ld)}</script>'],
    }
    return "\n".join(line for part in PARTS if part in parts for line in lines[part])


def head_json(head: Head, parts: Collection[str] = PARTS) -> dict[str, Any]:
    """The same as data, for a CMS that prints its own tags."""
    said: dict[str, tuple[str, Any]] = {
        "title": ("title", head.title),
        "description": ("description", head.description),
        "robots": ("robots", head.robots),
        "canonical": ("canonical", head.canonical),
        "hreflang": ("alternates", [{"hreflang": link.hreflang, "href": link.url} for link in head.alternates]),
        "og": ("open_graph", [{"property": name, "content": content} for name, content in head.open_graph]),
        "jsonld": ("json_ld", dict(head.json_ld)),
    }
    return dict(said[part] for part in PARTS if part in parts)
