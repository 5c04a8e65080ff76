"""The language switcher: a model of links, and the plain HTML that works without JavaScript or styles.

`hreflang` is the language of the page linked to, `lang` that of the label, or a screen reader misreads the
label (WCAG 2.2, 3.1.2). Never flags: they are countries. Order is the site's, so that it stays the same on
every page. `web/static/language-switcher.js` makes more of either where scripts run, in the words that are here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Final

from service.article.address import page_url, site_url
from service.article.locale import NameStyle, language, language_name, page_language, region_name
from service.article.publication import publication
from service.article.types import Dossier, Site, VariantState


@dataclass(frozen=True, slots=True)
class Words:
    """What a switcher says in one language; `offer` is completed by that language's own name."""

    label: str
    pending: str
    older: str
    offer: str
    close: str


WORDS: Final = {
    "en": Words("Language", "being translated", "older version", "Read in {}", "Close"),
    "id": Words("Bahasa", "sedang diterjemahkan", "versi lama", "Baca dalam {}", "Tutup"),
}
"""By language, and here rather than in `locales/`, since they go into other people's pages too; a page in another
language gets the English ones."""

PENDING: Final[frozenset[VariantState]] = frozenset({"queued", "translating"})
"""Of an edition that is on its way, and may be named before it can be read."""

NEWSPAPER_LANGUAGE: Final = "en"
"""The newspaper's form, "English (US) · Indonesian (ID)", is English on pages of every language."""


@dataclass(frozen=True, slots=True)
class Item:
    """One language: `lang` is the label's language, `hreflang` that of the page at `url`.

    `url` is None while there is nothing to read yet. `note` tells, in the switcher's own language, what a reader
    should know before following the link: that it leads to an older text, or that there is none yet. `offer` invites
    to the page in the page's own language ("Baca dalam Bahasa Indonesia").
    """

    name: str
    lang: str
    hreflang: str
    url: str | None
    current: bool
    state: VariantState
    note: str | None
    offer: str


@dataclass(frozen=True, slots=True)
class Switcher:
    """The links of one page; `label` names the navigation, `close` whatever can be put away. Both, and the items'
    notes, are in the language `lang`."""

    label: str
    lang: str
    close: str
    style: NameStyle
    items: tuple[Item, ...]


def switcher(dossier: Dossier, locale: str, base_url: str, now: datetime) -> Switcher:
    """The switcher of the article's page in `locale`: an item for each edition that readers may see `now`.

    One that is on its way is named too, without a link, if nothing but that keeps it from readers: what is a draft,
    under embargo or held must not be known to exist.
    """
    states: dict[str, VariantState] = {}
    urls: dict[str, str] = {}
    for edition in dossier.editions:
        decision = publication(dossier.article, edition, dossier.site, now)
        if decision.visible:
            urls[edition.locale] = page_url(dossier, edition.locale, base_url)
        if decision.visible or (decision.reason == "not_made" and edition.state in PENDING):
            states[edition.locale] = edition.state
    return choice(dossier.site, locale, states, urls)


def site_switcher(site: Site, locale: str, base_url: str) -> Switcher:
    """The same for the page that lists a site's articles."""
    urls = {tag: site_url(site, tag, base_url) for tag in site.locales}
    return choice(site, locale, dict.fromkeys(site.locales, "source"), urls)


def choice(site: Site, locale: str, states: Mapping[str, VariantState], urls: Mapping[str, str]) -> Switcher:
    """The switcher of a page in `locale` from what there is: the state of each locale, and where it can be read."""
    page = language(locale)
    spoken = page if page in WORDS else "en"
    words = WORDS[spoken]
    tags = [tag for tag in site.locales if tag in states]
    tags += [tag for tag in states if tag not in tags]
    native = site.switcher_style == "native"
    items = tuple(
        Item(
            name=own if native else language_name(tag, NEWSPAPER_LANGUAGE, "newspaper"),
            lang=language(tag) if native else NEWSPAPER_LANGUAGE,
            hreflang=page_language(tag, site),
            url=urls.get(tag),
            current=tag == locale,
            state=states[tag],
            note=words.pending if tag not in urls else words.older if states[tag] == "stale" else None,
            offer=WORDS[language(tag)].offer.format(own) if language(tag) in WORDS else own,
        )
        for tag, own in zip(tags, _own_names(tags), strict=True)
    )
    return Switcher(words.label, spoken, words.close, site.switcher_style, items)


def switcher_html(switcher: Switcher) -> str:
    """A fragment that is safe to print raw, empty where there is nothing to choose.

    `aria-current="page"` because the current item links to the very page that it stands on (WAI-ARIA 1.2). What is in
    `data-…` is for the web component.
    """
    if len(switcher.items) < 2:
        return ""
    items = "".join(f"<li>{_item(item, switcher.lang)}</li>" for item in switcher.items)
    return (
        f'<nav class="alihbahasa-switcher alihbahasa-switcher-{switcher.style}"'
        f' aria-label="{escape(switcher.label)}" lang="{escape(switcher.lang)}"'
        f' data-close="{escape(switcher.close)}"><ul>{items}</ul></nav>'
    )


def _item(item: Item, lang: str) -> str:
    """A link, or the bare name of what cannot be read yet. `dir` isolates the note from a name of another direction."""
    note = f' <small lang="{escape(lang)}" dir="auto">({escape(item.note)})</small>' if item.note else ""
    label, state = f'lang="{escape(item.lang)}"', f'data-state="{item.state}"'
    if item.url is None:
        return f"<span {label} {state}>{escape(item.name)}{note}</span>"
    current = ' aria-current="page"' if item.current else ""
    return (
        f'<a href="{escape(item.url)}" {label} hreflang="{escape(item.hreflang)}"{current}'
        f' {state} data-offer="{escape(item.offer)}">{escape(item.name)}{note}</a>'
    )


def _own_names(tags: Sequence[str]) -> list[str]:
    """The name of each tag's language in itself; two locales of one language are told apart by their country."""
    codes = [language(tag) for tag in tags]
    return [
        language_name(tag, tag) + (f" ({region_name(tag, tag)})" if codes.count(code) > 1 else "")
        for tag, code in zip(tags, codes, strict=True)
    ]
