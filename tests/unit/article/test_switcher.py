"""The language switcher: which links, with which names, in which language."""

from __future__ import annotations

from dataclasses import replace

from selectolax.lexbor import LexborHTMLParser

from service.article.switcher import Switcher, site_switcher, switcher, switcher_html
from service.article.types import Dossier
from tests.unit.newsroom import NOW, SITE, article, dossier, edition

BASE = "https://desk.example"


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


def test_an_edition_that_nobody_may_see_is_not_offered() -> None:
    pending = dossier(edition("en-US", "source"), edition("id-ID", "translating", made=False))
    assert [item.hreflang for item in made(pending).items] == ["en"]


def test_a_stale_edition_is_offered_as_stale() -> None:
    stale = dossier(edition("en-US", "source"), edition("id-ID", "stale", variant_state="machine"))
    assert [item.state for item in made(stale).items] == ["source", "stale"]


def test_links_lead_to_the_publishers_own_pages_where_it_named_them() -> None:
    own = dossier(of=article(urls={"id-ID": "https://koran.example/pelabuhan"}))
    assert [item.url for item in made(own).items] == [
        "https://desk.example/en/articles/harbour",
        "https://koran.example/pelabuhan",
    ]


def test_the_navigation_is_named_in_the_language_of_the_page() -> None:
    assert (made(dossier(), "id-ID").label, made(dossier(), "id-ID").lang) == ("Bahasa", "id")
    assert switcher(dossier(), "id-ID", BASE, NOW, label="Pilih bahasa").label == "Pilih bahasa"


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
