"""Figures that stand alone, in the other language's notation."""

from __future__ import annotations

import pytest

from service.article.separators import converted


@pytest.mark.parametrize(
    ("english", "indonesian"),
    [
        ("3.5%", "3,5%"),
        ("1,234.5", "1.234,5"),
        ("12,345,678", "12.345.678"),
        ("$1,234.50", "$1.234,50"),
        ("0.10 – 0.25", "0,10 – 0,25"),
        ("-0.5", "-0,5"),
    ],
)
def test_separators_change_places_both_ways(english: str, indonesian: str) -> None:
    assert converted(english, "en", "id") == indonesian
    assert converted(indonesian, "id", "en") == english


@pytest.mark.parametrize(
    "text", ["2025", "3–2", "192.168.1.1", "4.11.2025", "12:30.5", "021.555.1234", "13.000", "1,5"]
)
def test_what_is_no_english_number_for_sure_stays(text: str) -> None:
    assert converted(text, "en", "id") == text


@pytest.mark.parametrize("text", ["14.30", "08.00–17.00", "4/11/2025", "1.5"])
def test_what_is_no_indonesian_number_for_sure_stays(text: str) -> None:
    assert converted(text, "id", "en") == text


def test_languages_with_the_same_separators_share_their_figures() -> None:
    assert converted("1,234.5", "en", "zh") == "1,234.5"
