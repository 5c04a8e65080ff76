"""What the templates print: an edition as the values of a page. Wording is theirs, routes the reader's."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, Literal

from markupsafe import Markup

from service.article import comparison, corrections
from service.article.address import compare_url, page_url
from service.article.jsonld import moments, original_updated
from service.article.locale import (
    direction,
    language_name,
    list_separators,
    long_date,
    long_datetime,
    page_language,
)
from service.article.plain import excerpt, plain
from service.article.publication import publication
from service.article.sanitize import allowed_image, for_our_pages, link_host
from service.article.switcher import Switcher
from service.article.types import Article, Author, Dossier, Edition, Text, Variant

CHOOSE: Final = "?choose"
"""What a switcher's link on our own pages adds to the address (see `reader.chosen`)."""

_SAME_MOMENT: Final = timedelta(minutes=1)

Words = Markup | str


@dataclass(frozen=True, slots=True)
class Moment:
    """A time twice: for machines (RFC 3339) and in words."""

    iso: str
    words: str


@dataclass(frozen=True, slots=True)
class Byline:
    """An author, and what the list of authors has before this name."""

    before: str
    name: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Picture:
    """The article's picture; `url` only where our pages may show it, else `link` leads to it. `size` is (width, height)
    where both are known."""

    url: str | None
    link: str | None
    host: str | None
    alt: str
    alt_language: str | None
    caption: Words
    caption_language: str | None
    credit: str
    size: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Notice:
    """What a reader has to know before reading; `original` is the language's name, in the page's language, `updated`
    when it was changed where this is approved and `stale`; `repaired` counts the places that were mended in the source,
    which a person has `accepted` or not; `first_doubt` is the sentence to look at first, in the page at
    `compare_url`."""

    kind: Literal["source", "machine", "reviewed"]
    original: str
    original_language: str
    original_url: str | None
    compare_url: str | None
    doubtful: bool
    first_doubt: str | None
    stale: bool
    updated: Moment | None
    unsound: bool
    left: int
    repaired: int
    accepted: bool


@dataclass(frozen=True, slots=True)
class Correction:
    """A correction that was published."""

    moment: Moment
    words: Words
    language: str | None


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """The reader page of one edition. A `…_language` is given where a part is in another than the page's."""

    language: str
    direction: str
    kicker: Words
    kicker_language: str | None
    title: Words
    title_language: str | None
    dek: Words
    dek_language: str | None
    body: Words
    byline: tuple[Byline, ...]
    published: Moment
    translated: Moment | None
    updated: Moment | None
    picture: Picture | None
    notice: Notice
    corrections: tuple[Correction, ...]


@dataclass(frozen=True, slots=True)
class Teaser:
    """An article in a list."""

    url: str
    title: str
    summary: str
    published: Moment
    machine: bool
    unsound: bool
    picture: Picture | None


def article_page(dossier: Dossier, edition: Edition, variant: Variant, prefix: str, now: datetime) -> ArticlePage:
    """The page of `variant`, which `edition` shows; `prefix` is the path that our links begin with."""
    article, tag, zone = dossier.article, edition.locale, dossier.site.time_zone
    hosts = dossier.site.hosts

    def show(name: str) -> Words:
        return _show(variant.parts.get(name), hosts)

    def left(name: str) -> str | None:
        return _left_language(article, variant, name)

    def moment(at: datetime) -> Moment:
        return Moment(at.isoformat(timespec="seconds"), long_datetime(at, tag, zone))

    published, modified = moments(dossier, edition)
    is_source = tag == article.locale
    first = article.published_at or published
    updated = modified - published >= _SAME_MOMENT
    return ArticlePage(
        language=page_language(tag, dossier.site),
        direction=direction(tag),
        kicker=show("fields.kicker"),
        kicker_language=left("fields.kicker"),
        title=show("title"),
        title_language=left("title"),
        dek=show("dek"),
        dek_language=left("dek"),
        body=_paragraphs(variant.parts.get("body"), hosts),
        byline=_byline(article.authors, tag),
        published=moment(first),
        translated=None if is_source or updated or published - first < _SAME_MOMENT else moment(published),
        updated=moment(modified) if updated else None,
        picture=_picture(article, variant, hosts),
        notice=_notice(dossier, edition, variant, prefix, now),
        corrections=tuple(
            Correction(
                Moment(one.at.isoformat(timespec="seconds"), long_date(one.at, tag, zone)),
                text,
                _left_language(article, one.variant, one.name) if one.translated else article.language,
            )
            for one in corrections.shown(dossier, edition, variant)
            if (text := _show(one.text, hosts))
        ),
    )


def teaser(dossier: Dossier, edition: Edition, variant: Variant, prefix: str) -> Teaser:
    """The article as the index lists it."""
    at, _ = moments(dossier, edition)
    at = dossier.article.published_at or at
    picture = _picture(dossier.article, variant, dossier.site.hosts)
    return Teaser(
        url=page_url(dossier, edition.locale, prefix),
        title=plain(variant.parts.get("title")),
        summary=excerpt(variant),
        published=Moment(at.isoformat(timespec="seconds"), long_date(at, edition.locale, dossier.site.time_zone)),
        machine=variant.state in ("machine", "needs_review"),
        unsound=not dossier.article.source_quality.trusted,
        picture=picture if picture and picture.url else None,
    )


def comparable(dossier: Dossier, variant: Variant, now: datetime) -> bool:
    """Whether readers may see the variant beside its original: only where they may read that on its own too."""
    return variant.state != "source" and bool(variant.segments) and _readable(dossier, dossier.article.locale, now)


def _readable(dossier: Dossier, locale: str | None, now: datetime) -> bool:
    edition = dossier.edition(locale) if locale else None
    return edition is not None and publication(dossier.article, edition, dossier.site, now).visible


def choosing(switcher: Switcher, prefix: str) -> Switcher:
    """The switcher of our own pages: a link to one of them also says that the reader chose its language."""
    return replace(
        switcher,
        items=tuple(
            replace(item, url=item.url + CHOOSE) if item.url and item.url.startswith(f"{prefix}/") else item
            for item in switcher.items
        ),
    )


def _show(text: Text | None, hosts: Collection[str]) -> Words:
    if text is None:
        return ""
    return for_our_pages(text.value, hosts) if text.format == "html" else text.value


def _paragraphs(text: Text | None, hosts: Collection[str]) -> Words:
    """A body; plain text has a paragraph per line."""
    if text is None or text.format == "html":
        return _show(text, hosts)
    return Markup("").join(Markup("<p>{}</p>").format(line) for line in map(str.strip, text.value.splitlines()) if line)


def _left_language(article: Article, variant: Variant, name: str) -> str | None:
    """The source's language where a whole plain-text part was left in it (WCAG 2.2, 3.1.2); HTML says so itself."""
    text = variant.parts.get(name)
    if text is None or text.format == "html":
        return None
    blocks = {block.id for part in article.parts if part.name == name for block in part.blocks}
    origins = [segment.origin for segment in variant.segments if segment.block in blocks]
    left = variant.state != "source" and bool(origins) and all(origin == "source" for origin in origins)
    return article.language if left else None


def _byline(authors: tuple[Author, ...], tag: str) -> tuple[Byline, ...]:
    before = ("", *list_separators(len(authors), tag))
    return tuple(
        Byline(separator, author.name, author.url if link_host(author.url) else None)
        for separator, author in zip(before, authors, strict=False)
    )


def _picture(article: Article, variant: Variant, hosts: Collection[str]) -> Picture | None:
    if article.image is None:
        return None
    url, host = article.image.url, link_host(article.image.url)
    shown = allowed_image(url, hosts)
    picture = Picture(
        url=url if shown else None,
        link=url if host and not shown else None,
        host=host,
        alt=plain(variant.parts.get("image.alt")),
        alt_language=_left_language(article, variant, "image.alt"),
        caption=_show(variant.parts.get("image.caption"), hosts),
        caption_language=_left_language(article, variant, "image.caption"),
        credit=article.image.credit or "",
        size=(article.image.width, article.image.height) if article.image.width and article.image.height else None,
    )
    return picture if host or picture.caption or picture.credit else None


def _notice(dossier: Dossier, edition: Edition, variant: Variant, prefix: str, now: datetime) -> Notice:
    source = dossier.article.locale or edition.locale
    readable = _readable(dossier, source, now)
    kind: Literal["source", "machine", "reviewed"] = "machine"
    if variant.state in ("source", "reviewed"):
        kind = "source" if variant.state == "source" else "reviewed"
    return Notice(
        kind=kind,
        original=language_name(source, edition.locale),
        original_language=page_language(source, dossier.site),
        original_url=page_url(dossier, source, prefix) if readable else None,
        compare_url=compare_url(dossier, edition.locale, prefix) if comparable(dossier, variant, now) else None,
        doubtful=variant.state == "needs_review",
        first_doubt=comparison.first_doubt(variant),
        stale=edition.state == "stale",
        updated=Moment(at.isoformat(timespec="seconds"), long_datetime(at, edition.locale, dossier.site.time_zone))
        if (at := original_updated(dossier, edition))
        else None,
        unsound=not dossier.article.source_quality.trusted,
        repaired=variant.repaired,
        accepted=dossier.article.source_quality.accepted_by is not None,
        left=0 if variant.state == "source" else sum(segment.origin == "source" for segment in variant.segments),
    )
