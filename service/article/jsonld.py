"""schema.org's NewsArticle for one edition (https://schema.org/NewsArticle)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from service.article.address import page_url
from service.article.locale import page_language
from service.article.plain import excerpt, plain
from service.article.publication import publication
from service.article.types import Article, Author, Dossier, Edition, Text, Variant


def news_article(dossier: Dossier, edition: Edition, variant: Variant, base_url: str, now: datetime) -> dict[str, Any]:
    """The JSON-LD of an edition's page; what is not known is left out.

    `author` is the journalist. `translator` takes only a Person or an Organization, so a machine is never
    one: it is there once a person reviewed the variant. A translation points to its original, the original to
    the translations that search engines may index, so that a page kept out of indexes is not announced by
    another.
    """
    published, modified = times(dossier, edition)
    url = page_url(dossier, edition.locale, base_url)
    is_source = edition.locale == dossier.article.locale
    article: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": url,
        "url": url,
        "mainEntityOfPage": url,
        "headline": plain(variant.parts.get("title")),
        "description": excerpt(variant),
        "inLanguage": page_language(edition.locale, dossier.site),
        "datePublished": published,
        "dateModified": modified,
        "author": [_person(author) for author in dossier.article.authors],
        "publisher": {"@type": "Organization", "name": dossier.site.name},
        "image": _image(dossier, variant),
        "translator": _translator(variant) if not is_source else None,
        "translationOfWork": None if is_source else _original(dossier, base_url, now),
        "workTranslation": _translations(dossier, base_url, now) if is_source else None,
    }
    return {name: value for name, value in article.items() if value}


def times(dossier: Dossier, edition: Edition) -> tuple[str, str]:
    """(first published, last modified) of an edition, as RFC 3339 in the site's time zone."""
    published, modified = moments(dossier, edition)
    zone = ZoneInfo(dossier.site.time_zone)
    return _stamp(published, zone), _stamp(modified, zone)


def moments(dossier: Dossier, edition: Edition) -> tuple[datetime, datetime]:
    """(first published, last modified) of an edition's visible text.

    The source's times are the newsroom's own; it may bring an archive along, so the day of its arrival here
    is no modification. A translation was first published when it was made, but never before its article was.
    """
    article = dossier.article
    made = edition.first_published_at or dossier.created_at
    changed = edition.modified_at if edition.modified_at != edition.first_published_at else None
    if edition.locale == article.locale:
        published = article.published_at or made
        modified = article.updated_at or changed or published
    else:
        published = max(made, article.published_at or made)
        modified = changed or published
    return published, max(published, modified)


def original_updated(dossier: Dossier, edition: Edition) -> datetime | None:
    """When the original was changed, where an edition is of an older text that a person wrote or approved."""
    original = dossier.edition(dossier.article.locale or "")
    if original is None or edition.state != "stale" or not (edition.variant and edition.variant.protected):
        return None
    return moments(dossier, original)[1]


def image_url(article: Article) -> str | None:
    """The article's picture, if its address is one that the whole web can fetch."""
    url = article.image.url if article.image else None
    return url if url and urlsplit(url).scheme in ("http", "https") else None


def script_safe(data: Mapping[str, Any]) -> str:
    """JSON for inside a `<script>`: no `</script>`, no `<!--`, no character that ends a line in JavaScript.

    https://html.spec.whatwg.org/multipage/scripting.html#restrictions-for-contents-of-script-elements
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def _stamp(moment: datetime, zone: ZoneInfo) -> str:
    return moment.astimezone(zone).isoformat(timespec="seconds")


def _person(author: Author) -> dict[str, str]:
    return {"@type": "Person", "name": author.name} | ({"url": author.url} if author.url else {})


def _translator(variant: Variant) -> dict[str, str] | None:
    return {"@type": "Person", "name": variant.reviewed_by} if variant.reviewed_by else None


def _image(dossier: Dossier, variant: Variant) -> dict[str, str] | None:
    url = image_url(dossier.article)
    if url is None or dossier.article.image is None:
        return None
    image = {
        "@type": "ImageObject",
        "url": url,
        "caption": plain(variant.parts.get("image.caption")),
        "creditText": plain(Text("text", dossier.article.image.credit or "")),
    }
    return {name: value for name, value in image.items() if value}


def _original(dossier: Dossier, base_url: str, now: datetime) -> dict[str, Any] | None:
    source = dossier.edition(dossier.article.locale) if dossier.article.locale else None
    if source is None or not publication(dossier.article, source, dossier.site, now).visible:
        return None
    return _reference(dossier, source, base_url)


def _translations(dossier: Dossier, base_url: str, now: datetime) -> list[dict[str, Any]]:
    return [
        _reference(dossier, edition, base_url)
        for edition in dossier.editions
        if edition.locale != dossier.article.locale
        and publication(dossier.article, edition, dossier.site, now).indexable
    ]


def _reference(dossier: Dossier, edition: Edition, base_url: str) -> dict[str, Any]:
    url = page_url(dossier, edition.locale, base_url)
    return {
        "@type": "NewsArticle",
        "@id": url,
        "url": url,
        "headline": plain(edition.variant.parts.get("title")) if edition.variant else "",
        "inLanguage": page_language(edition.locale, dossier.site),
        "datePublished": times(dossier, edition)[0],
    }
