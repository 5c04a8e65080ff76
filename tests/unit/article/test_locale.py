"""Locales as newspapers write them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from service.article.locale import (
    direction,
    language,
    language_name,
    list_separators,
    long_date,
    long_datetime,
    og_locale,
    page_language,
    parse_locale,
    region_name,
    relative,
    script,
)
from service.article.types import Site

TUESDAY = datetime(2025, 11, 4, 7, 30, tzinfo=UTC)
JAKARTA = "Asia/Jakarta"


@pytest.mark.parametrize(
    ("written", "tag"),
    [
        ("en", "en-US"),
        ("id", "id-ID"),
        ("in", "id-ID"),
        ("in_ID", "id-ID"),
        ("id-ID", "id-ID"),
        ("en-us", "en-US"),
        ("EN_us", "en-US"),
        (" en ", "en-US"),
        ("en-GB", "en-GB"),
        ("id-SG", "id-SG"),
        ("iw", "he-IL"),
        ("pt", "pt-BR"),
        ("es-419", "es-419"),
        ("zh-TW", "zh-TW"),
        ("zh-Hant", "zh-TW"),
        ("zh-Hans-CN", "zh-CN"),
        ("sr-Latn", "sr-Latn-RS"),
    ],
)
def test_what_people_write_becomes_a_full_tag(written: str, tag: str) -> None:
    assert parse_locale(written) == tag
    assert parse_locale(tag) == tag


@pytest.mark.parametrize("tag", ["", "xx", "english", "en-XX", "en-US-posix", "../id", "en\x00", "en-Abcd-US"])
def test_an_unknown_tag_is_refused_with_a_remedy(tag: str) -> None:
    with pytest.raises(ValueError, match=r"write a BCP 47 tag such as en-US or id-ID"):
        parse_locale(tag)


def test_language_is_the_first_subtag_in_todays_spelling() -> None:
    assert [language(tag) for tag in ("id-ID", "in", "en-GB")] == ["id", "id", "en"]


@pytest.mark.parametrize(
    ("tag", "written"),
    [
        ("id-ID", "Latn"),
        ("in", "Latn"),
        ("zh", "Hans"),
        ("zh-TW", "Hant"),
        ("zh-HK", "Hant"),
        ("zh-Hant-CN", "Hant"),
        ("sr", "Cyrl"),
        ("sr-Latn", "Latn"),
        ("ar-EG", "Arab"),
    ],
)
def test_a_locale_is_written_in_its_likely_script_unless_it_names_one(tag: str, written: str) -> None:
    assert script(tag) == written


def test_direction_follows_the_script() -> None:
    assert [direction(tag) for tag in ("en", "id-ID", "ar", "he-IL")] == ["ltr", "ltr", "rtl", "rtl"]


@pytest.mark.parametrize(
    ("tag", "in_tag", "style", "name"),
    [
        ("en-US", "en-US", "native", "English"),
        ("id-ID", "id-ID", "native", "Bahasa Indonesia"),
        ("id-ID", "en-US", "native", "Indonesian"),
        ("en-US", "id-ID", "native", "Inggris"),
        ("fr", "fr", "native", "Français"),
        ("en-US", "en", "newspaper", "English (US)"),
        ("id-ID", "en", "newspaper", "Indonesian (ID)"),
    ],
)
def test_languages_have_the_names_that_readers_know(tag: str, in_tag: str, style: str, name: str) -> None:
    assert language_name(tag, in_tag, style) == name


def test_regions_are_named_in_the_language_of_the_speaker() -> None:
    assert region_name("en-US", "id-ID") == "Amerika Serikat"


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("en-US", "Tuesday, November 4, 2025"),
        ("en-GB", "Tuesday, 4 November 2025"),
        ("id-ID", "Selasa, 4 November 2025"),
        ("id-SG", "Selasa, 4 November 2025"),
    ],
)
def test_a_long_date_has_no_padded_day(tag: str, words: str) -> None:
    assert long_date(TUESDAY, tag, JAKARTA) == words


def test_a_date_is_that_of_the_sites_zone() -> None:
    late = datetime(2025, 11, 4, 18, 0, tzinfo=UTC)
    assert long_date(late, "id-ID", JAKARTA) == "Rabu, 5 November 2025"


@pytest.mark.parametrize(
    ("tag", "zone", "words"),
    [
        ("id-ID", JAKARTA, "Selasa, 4 November 2025, 14.30 WIB"),
        ("id-ID", "Asia/Makassar", "Selasa, 4 November 2025, 15.30 WITA"),
        ("en-US", JAKARTA, "Tuesday, November 4, 2025, 2:30 p.m. WIB (GMT+7)"),
        ("en-US", "America/New_York", "Tuesday, November 4, 2025, 2:30 a.m. EST"),
        ("en-GB", "Europe/Madrid", "Tuesday, 4 November 2025, 08:30 CET"),
        ("en-US", "Asia/Dubai", "Tuesday, November 4, 2025, 11:30 a.m. GMT+4"),
        ("en-US", "Asia/Kolkata", "Tuesday, November 4, 2025, 1:00 p.m. IST (GMT+5:30)"),
        ("de-DE", "Europe/Berlin", "Dienstag, 4. November 2025, 08:30 MEZ"),
        ("zh-CN", JAKARTA, "2025年11月4日星期二 14:30 WIB (GMT+7)"),
        ("ar-EG", JAKARTA, "الثلاثاء، 4 نوفمبر 2025، 2:30 م WIB (GMT+7)"),
    ],
)
def test_a_time_has_its_zone_as_papers_name_it(tag: str, zone: str, words: str) -> None:
    assert long_datetime(TUESDAY, tag, zone).replace("\xa0", " ") == words


@pytest.mark.parametrize(
    ("away", "english", "indonesian"),
    [
        (timedelta(0), "1 minute ago", "1 menit yang lalu"),
        (timedelta(seconds=-20), "1 minute ago", "1 menit yang lalu"),
        (timedelta(hours=-3), "3 hours ago", "3 jam yang lalu"),
        (timedelta(hours=-22), "22 hours ago", "22 jam yang lalu"),
        (timedelta(days=2), "in 2 days", "dalam 2 hari"),
    ],
)
def test_how_long_ago_is_in_words(away: timedelta, english: str, indonesian: str) -> None:
    assert [relative(TUESDAY + away, TUESDAY, tag) for tag in ("en-US", "id-ID")] == [english, indonesian]


def test_lists_are_joined_as_the_language_joins_them() -> None:
    assert list_separators(1, "id") == ()
    assert list_separators(2, "id") == (" dan ",)
    assert list_separators(3, "en") == (", ", ", and ")


@pytest.mark.parametrize(
    ("locales", "tag", "short"),
    [
        (("en-US", "id-ID"), "en-US", "en"),
        (("en-GB", "id-ID"), "en-GB", "en"),
        (("en-US", "en-GB", "id-ID"), "en-GB", "en-GB"),
        (("en-US", "en-GB", "id-ID"), "id-ID", "id"),
        (("id-ID",), "en-US", "en"),
        (("en-US",), "en-GB", "en-GB"),
    ],
)
def test_pages_name_the_region_only_where_it_tells_two_apart(locales: tuple[str, ...], tag: str, short: str) -> None:
    assert page_language(tag, Site(locales=locales)) == short


def test_open_graph_joins_language_and_territory_with_an_underscore() -> None:
    assert [og_locale(tag) for tag in ("en-US", "id-ID", "sr-Latn-RS")] == ["en_US", "id_ID", "sr_RS"]
