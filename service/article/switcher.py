"""The language switcher: a model of links, and the plain HTML that works without JavaScript or styles.

`hreflang` is the language of the page linked to, `lang` that of the label, or a screen reader misreads the
label (WCAG 2.2, 3.1.2). Never flags: they are countries. Order is the site's, so that it stays the same on
every page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Final

from service.article.address import page_url, site_url
from service.article.locale import NameStyle, language, language_name, page_language, region_name
from service.article.publication import publication
from service.article.types import Dossier, Site, VariantState

LABELS: Final = {"en": "Language", "id": "Bahasa"}
"""The navigation's accessible name, by language; a page in another language gets the English one."""

NEWSPAPER_LANGUAGE: Final = "en"
"""The newspaper's form, "English (US) · Indonesian (ID)", is English on pages of every language."""


@dataclass(frozen=True, slots=True)
class Item:
    """One language: `lang` is the label's language, `hreflang` that of the page at `url`."""

    name: str
    lang: str
    hreflang: str
    url: str
    current: bool
    state: VariantState


@dataclass(frozen=True, slots=True)
class Switcher:
    """The links of one page; `label` (in the language `lang`) names the navigation."""

    label: str
    lang: str
    style: NameStyle
    items: tuple[Item, ...]


def switcher(dossier: Dossier, locale: str, base_url: str, now: datetime, label: str | None = None) -> Switcher:
    """The switcher of the article's page in `locale`: an item for each edition that readers may see `now`.

    `label` replaces the navigation's accessible name; it has to be in the language of `locale`.
    """
    visible = {
        edition.locale: edition.state
        for edition in dossier.editions
        if publication(dossier.article, edition, dossier.site, now).visible
    }
    order = [tag for tag in dossier.site.locales if tag in visible]
    order += [tag for tag in visible if tag not in order]
    names = _names(order, dossier.site.switcher_style)
    items = tuple(
        Item(
            name=name,
            lang=lang,
            hreflang=page_language(tag, dossier.site),
            url=page_url(dossier, tag, base_url),
            current=tag == locale,
            state=visible[tag],
        )
        for tag, (name, lang) in zip(order, names, strict=True)
    )
    return _switcher(locale, dossier.site.switcher_style, items, label)


def site_switcher(site: Site, locale: str, base_url: str) -> Switcher:
    """The same for the page that lists a site's articles."""
    names = _names(site.locales, site.switcher_style)
    items = tuple(
        Item(
            name=name,
            lang=lang,
            hreflang=page_language(tag, site),
            url=site_url(site, tag, base_url),
            current=tag == locale,
            state="source",
        )
        for tag, (name, lang) in zip(site.locales, names, strict=True)
    )
    return _switcher(locale, site.switcher_style, items, None)


def switcher_html(switcher: Switcher) -> str:
    """A fragment that is safe to print raw, empty where there is nothing to choose.

    `aria-current="page"` because the current item links to the very page that it stands on (WAI-ARIA 1.2).
    """
    if len(switcher.items) < 2:
        return ""
    items = "".join(f"<li>{_link(item)}</li>" for item in switcher.items)
    return (
        f'<nav class="alihbahasa-switcher alihbahasa-switcher-{switcher.style}"'
        f' aria-label="{escape(switcher.label)}" lang="{escape(switcher.lang)}"><ul>{items}</ul></nav>'
    )


def _link(item: Item) -> str:
    current = ' aria-current="page"' if item.current else ""
    return (
        f'<a href="{escape(item.url)}" lang="{escape(item.lang)}" hreflang="{escape(item.hreflang)}"'
        f"{current}>{escape(item.name)}</a>"
    )


def _switcher(locale: str, style: NameStyle, items: tuple[Item, ...], label: str | None) -> Switcher:
    page = language(locale)
    if label is not None:
        return Switcher(label, page, style, items)
    return Switcher(LABELS.get(page, LABELS["en"]), page if page in LABELS else "en", style, items)


def _names(tags: Sequence[str], style: NameStyle) -> list[tuple[str, str]]:
    """(label, its language) for each tag; two locales of one language are told apart by their country."""
    if style == "newspaper":
        return [(language_name(tag, NEWSPAPER_LANGUAGE, "newspaper"), NEWSPAPER_LANGUAGE) for tag in tags]
    codes = [language(tag) for tag in tags]
    return [
        (
            language_name(tag, tag) + (f" ({region_name(tag, tag)})" if codes.count(code) > 1 else ""),
            code,
        )
        for tag, code in zip(tags, codes, strict=True)
    ]
