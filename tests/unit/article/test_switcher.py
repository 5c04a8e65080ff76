"""The language switcher: which links, with which names, in which language."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from service.article.switcher import WORDS, Switcher, choice, site_switcher, switcher, switcher_html
from service.article.types import Article, Dossier, Site, VariantState
from tests.unit.newsroom import NOW, SITE, article, dossier, edition, unsound

BASE = "https://desk.example"
ROOT = Path(__file__).parents[3]


def made(stored: Dossier, locale: str = "en-US", base: str = BASE) -> Switcher:
    return switcher(stored, locale, base, NOW)


def test_each_language_has_its_own_name_and_that_names_language() -> None:
    items = made(dossier()).items
    assert [(item.name, item.lang, item.hreflang) for item in items] == [
        ("English", "en", "en"),
        ("Bahasa Indonesia", "id", "id"),
    ]


def test_the_newspapers_form_is_english_and_says_so() -> None:
    site = replace(SITE, switcher_style="newspaper")
    items = made(dossier(site=site), "id-ID").items
    assert [(item.name, item.lang, item.hreflang) for item in items] == [
        ("English (US)", "en", "en"),
        ("Indonesian (ID)", "en", "id"),
    ]


def test_two_regions_of_one_language_are_told_apart() -> None:
    site = replace(SITE, locales=("en-US", "en-GB"))
    items = made(dossier(edition("en-US", "source"), edition("en-GB"), site=site)).items
    assert [(item.name, item.hreflang) for item in items] == [
        ("English (United States)", "en-US"),
        ("English (United Kingdom)", "en-GB"),
    ]


def test_only_the_page_that_is_open_is_current() -> None:
    assert [item.current for item in made(dossier(), "id-ID").items] == [False, True]


def test_the_order_is_the_sites_on_every_page() -> None:
    indonesian = dossier(edition("id-ID", "source"), edition("en-US"), of=article(locale="id-ID"))
    assert [item.hreflang for item in made(indonesian, "id-ID").items] == ["en", "id"]


@pytest.mark.parametrize("state", ["queued", "translating"])
def test_an_edition_on_its_way_is_named_without_a_link(state: VariantState) -> None:
    pending = made(dossier(edition("en-US", "source"), edition("id-ID", state, made=False)))
    assert [(item.hreflang, item.url, item.note) for item in pending.items] == [
        ("en", "https://desk.example/en/articles/harbour", None),
        ("id", None, "being translated"),
    ]
    html = LexborHTMLParser(switcher_html(pending), is_fragment=True)
    assert [a.attributes["hreflang"] for a in html.css("a")] == ["en"]
    name = html.css_first("li > span")
    assert (name.attributes["lang"], name.text()) == ("id", "Bahasa Indonesia (being translated)")


def test_an_edition_that_failed_is_not_named() -> None:
    failed = dossier(edition("en-US", "source"), edition("id-ID", "failed", made=False))
    assert [item.hreflang for item in made(failed).items] == ["en"]


@pytest.mark.parametrize(
    ("hidden", "site"),
    [
        (article(status="draft"), SITE),
        (article(status="withdrawn"), SITE),
        (article(published_at=NOW + timedelta(seconds=1)), SITE),
        (unsound(), replace(SITE, source_policy="hold")),
    ],
    ids=["draft", "withdrawn", "embargoed", "held"],
)
@pytest.mark.parametrize("state", ["translating", "machine"])
def test_nothing_of_what_is_not_public_is_named(hidden: Article, site: Site, state: VariantState) -> None:
    editions = edition("en-US", "source"), edition("id-ID", state, made=state == "machine")
    assert made(dossier(*editions, of=hidden, site=site)).items == ()


def test_a_stale_edition_is_offered_as_stale() -> None:
    stale = dossier(edition("en-US", "source"), edition("id-ID", "stale", variant_state="machine"))
    items = made(stale, "id-ID").items
    assert [(item.state, item.note) for item in items] == [("source", None), ("stale", "versi lama")]
    assert 'Bahasa Indonesia <small lang="id" dir="auto">(versi lama)</small></a>' in switcher_html(
        made(stale, "id-ID")
    )


def test_links_lead_to_the_publishers_own_pages_where_it_named_them() -> None:
    own = dossier(of=article(urls={"id-ID": "https://koran.example/pelabuhan"}))
    assert [item.url for item in made(own).items] == [
        "https://desk.example/en/articles/harbour",
        "https://koran.example/pelabuhan",
    ]


def test_the_navigation_is_named_in_the_language_of_the_page() -> None:
    assert (made(dossier(), "id-ID").label, made(dossier(), "id-ID").lang) == ("Bahasa", "id")
    assert made(dossier(), "id-ID").close == "Tutup"


def test_each_language_is_offered_in_itself_whatever_the_page_and_the_style() -> None:
    for style in ("native", "newspaper"):
        stored = dossier(site=replace(SITE, switcher_style=style))
        assert [item.offer for item in made(stored).items] == ["Read in English", "Baca dalam Bahasa Indonesia"]


def test_a_language_that_we_have_no_words_in_is_offered_by_its_name() -> None:
    site = Site(locales=("en-US", "ar-EG"))
    items = choice(site, "ar-EG", dict.fromkeys(site.locales, "machine"), {"en-US": "/en", "ar-EG": "/ar"})
    assert (items.items[1].offer, items.label, items.lang) == ("العربية", "Language", "en")


def test_there_are_words_for_every_language_of_our_pages() -> None:
    assert set(WORDS) == {folder.name for folder in (ROOT / "locales").iterdir()}


def test_the_html_is_a_labelled_list_of_links() -> None:
    html = LexborHTMLParser(switcher_html(made(dossier())), is_fragment=True)
    nav = html.css_first("nav")
    assert nav.attributes["aria-label"] == "Language"
    links = html.css("nav > ul > li > a")
    assert [(a.attributes["lang"], a.attributes["hreflang"], a.text()) for a in links] == [
        ("en", "en", "English"),
        ("id", "id", "Bahasa Indonesia"),
    ]
    assert [a.attributes.get("aria-current") for a in links] == ["page", None]


def test_the_html_has_no_script_and_escapes_what_it_prints() -> None:
    hostile = dossier(of=article(urls={"id-ID": 'https://x.example/"><script>1</script>'}))
    html = switcher_html(made(hostile))
    assert "<script" not in html
    assert '"><' not in html.replace('"><ul', "").replace('"><li', "")


def test_one_language_is_no_choice() -> None:
    assert switcher_html(made(dossier(edition("en-US", "source")))) == ""


def test_the_index_offers_all_languages_of_the_site() -> None:
    items = site_switcher(SITE, "id-ID", "/alih").items
    assert [(item.url, item.current) for item in items] == [("/alih/en/", False), ("/alih/id/", True)]
