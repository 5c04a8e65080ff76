"""Figures as values: what is the same number in two languages, and what is not."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.article.numbers import Reading, compare, figures

SAME = [
    # separators and scales
    ("1,234.5 tons", "1.234,5 ton"),
    ("1.5 million", "1,5 juta"),
    ("1.5 million", "1.500.000"),
    ("12 thousand", "12.000"),
    ("5,000 people", "5 ribu orang"),
    ("1\u00a0000 people", "1.000 orang"),
    ("2½ hours", "2,5 jam"),
    ("877", "877"),
    # money
    ("Rp1.2 trillion", "Rp 1,2 triliun"),
    ("Rp 1.2 trillion", "Rp1,2 T"),
    ("Rp5 billion", "Rp5 M"),
    ("US$1.5m", "1,5 juta dolar AS"),
    ("$26bn", "US$26 miliar"),
    ("£25,000", "£25.000"),
    # percent
    ("20%", "20 persen"),
    ("0.5 percent", "0,5 persen"),
    # years and decades
    ("in 2018-2025", "pada 2018–2025"),
    ("the 2018/19 season", "musim 2018/2019"),
    ("the 1970s", "1970-an"),
    ("the seventies", "tahun 1970-an"),
    ("the '70s", "1970-an"),
    # times
    ("2:30 p.m. WIB", "pukul 14.30 WIB"),
    ("at 14:30", "pukul 14.30"),
    ("at 2 p.m.", "pukul 14.00"),
    ("1 AM", "pukul 01.00"),
    ("0500 GMT", "pukul 05.00 GMT"),
    ("at 10:15:30", "pukul 10.15.30"),
    # dates
    ("November 4", "4 November"),
    ("November 4, 2025", "4/11/2025"),
    ("Monday (11/4)", "Senin (4/11)"),
    ("the 4th of July, 1776", "4 Juli 1776"),
    ("4-6 November 2025", "4-6 November 2025"),
    ("4 and 5 November", "4 dan 5 November"),
    ("November 4 and 5", "4 dan 5 November"),
    ("November 4", "tanggal 4 bulan lalu"),
    ("2025-11-04", "4 November 2025"),
    ("the first of July", "1 Juli"),
    # ordinals
    ("the 26th", "yang ke-26"),
    ("the thirteenth century", "abad ke-13"),
    ("the 19th century", "abad XIX"),
    ("1st", "pertama"),
    # ranges
    ("5–10 percent", "5 hingga 10 persen"),
    ("Rp 50-100 million", "Rp 50 juta hingga Rp 100 juta"),
    ("between 5 and 10 million", "antara 5 juta dan 10 juta"),
    # fractions
    ("half a liter, ½", "setengah liter, ½"),
    # zones explained
    ("2:30 p.m. WIB (GMT+7)", "pukul 14.30 WIB"),
    ("at 2 p.m. WITA (GMT+8)", "pukul 14.00 WITA"),
    # words
    ("3 people", "tiga orang"),
    ("three people", "3 orang"),
    ("one-hundred-and-sixty-six", "166"),
    ("six-and-a-half-million", "6,5 juta"),
    ("one point three billion", "1,3 miliar"),
    ("two dozen", "24"),
    ("two of us", "kami berdua"),
    # carried through
    ("MH370 and G-20", "MH370 dan G-20"),
    ("10.0.0.1", "10.0.0.1"),
]


@pytest.mark.parametrize(("english", "indonesian"), SAME)
def test_the_same_in_both_languages_and_both_ways(english: str, indonesian: str) -> None:
    assert not compare(english, indonesian, "en", "id")
    assert not compare(indonesian, english, "id", "en")


@pytest.mark.parametrize(
    ("english", "indonesian"),
    [
        ("1.5 million", "1,5 miliar"),
        ("5 million", "5"),
        ("$26", "US$62"),
        ("20%", "30 persen"),
        ("in 2025", "pada 2052"),
        ("877 spots", "8777 titik"),
        ("ten people", "11 orang"),
        ("2:30 p.m.", "pukul 15.30"),
        ("4 November", "5 November"),
        ("4 November", "4 Oktober"),
        ("4 November", "11 April"),
        ("RQ-170", "RQ-107"),
        ("½ liter", "liter"),
        ("Thursday (12/13)", "Kamis (12/13)"),
        ("2:30 p.m. Then WIB (GMT+7)", "pukul 14.30 WIB"),
    ],
)
def test_a_changed_number_is_told(english: str, indonesian: str) -> None:
    assert compare(english, indonesian, "en", "id")
    assert compare(indonesian, english, "id", "en")


def test_day_and_month_are_never_swapped() -> None:
    assert compare("pada 4/11/2025", "on 11 April 2025", "id", "en")
    assert not compare("pada 4/11/2025", "on 4 November 2025", "id", "en")


def test_the_halves_of_a_score_do_not_change_places() -> None:
    difference = compare("won 2-1 and 3-3", "menang 1-2 dan 3-3", "en", "id")
    assert [figure.text for figure in difference.missing] == ["2", "1"]
    assert not compare("won 2-1, lost 1-2", "menang 2–1, kalah 1-2", "en", "id")
    assert not compare("2 of 1", "1 dari 2", "en", "id")


def test_what_is_missing_and_what_was_added_are_told_apart() -> None:
    difference = compare("26 countries and 30 nations", "26 negara dan 3 bangsa", "en", "id")
    assert [figure.text for figure in difference.missing] == ["30"]
    assert [figure.text for figure in difference.added] == ["3"]


def test_a_number_said_twice_must_be_said_twice() -> None:
    assert [figure.text for figure in compare("5 and 5", "5", "en", "id").missing] == ["5"]


def test_separators_left_as_they_were_change_the_number() -> None:
    assert compare("1,500 people", "1,500 orang", "en", "id")  # one and a half
    assert compare("1.250 orang", "1.250 people", "id", "en")


def test_round_thousands_in_the_other_convention_are_understood_in_the_source_only() -> None:
    assert not compare("13.000 personnel", "13.000 personel", "en", "id")
    assert compare("13.000 personel", "13.000 personnel", "id", "en")


@pytest.mark.parametrize(
    ("text", "language", "readings"),
    [
        ("1,234.5", "en", [Reading("number", Decimal("1234.5"))]),
        ("1.234,5", "id", [Reading("number", Decimal("1234.5"))]),
        ("Rp1,2 triliun", "id", [Reading("number", Decimal("1.2E12"))]),
        ("14.30", "id", [Reading("number", Decimal("14.30")), Reading("time", Decimal(2), Decimal(30))]),
        ("14:30", "en", [Reading("time", Decimal(2), Decimal(30))]),
        ("4 November", "id", [Reading("date", Decimal(4), Decimal(11))]),
        ("1.234", "fr", [Reading("number", Decimal(1234))]),
    ],
)
def test_the_readings_of_a_figure(text: str, language: str, readings: list[Reading]) -> None:
    (figure,) = figures(text, language)
    assert list(figure.readings) == readings
    assert text[figure.start : figure.end] == figure.text == text


def test_a_months_name_is_missed_where_nothing_is_said_of_it() -> None:
    assert compare("won on May 20, 2012", "menang pada 20, 2012", "en", "id")
    assert compare("menang pada 20 Mei 2012", "won on 20, 2012", "id", "en")
    assert not compare("menang pada 5 Mei", "won on May the fifth", "id", "en")
    assert not compare("after December 15", "setelah tanggal 15 ini", "en", "id")


def test_what_agrees_is_told_in_pairs() -> None:
    agreed = compare("On May 2, 1.5 million", "1,5 juta pada 2 Mei", "en", "id").agreed
    assert [(one.text, other.text) for one, other in agreed] == [("1.5 million", "1,5 juta"), ("May 2", "2 Mei")]


def test_words_are_optional_and_digits_are_not() -> None:
    assert [(f.text, f.optional) for f in figures("three or 4", "en")] == [("three", True), ("4", False)]


@given(st.integers(0, 10**15), st.integers(0, 99))
def test_any_amount_survives_its_own_notation(whole: int, cents: int) -> None:
    english = f"US${whole:,}.{cents:02}"
    indonesian = "US$" + f"{whole:,}".replace(",", ".") + f",{cents:02}"
    assert not compare(english, indonesian, "en", "id")
    assert not compare(indonesian, english, "id", "en")


@given(st.text(max_size=80), st.sampled_from(["en", "id", "fr", "xx"]))
def test_any_text_agrees_with_itself(text: str, language: str) -> None:
    assert not compare(text, text, language, language)
