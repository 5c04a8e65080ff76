"""Dates in running text."""

from __future__ import annotations

import pytest

from service.article.dates import dates


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("Monday November 4, with", "en", [(4, 11, None, 0)]),
        ("Tuesday, November 4, 2025", "en", [(4, 11, 2025, 1)]),
        ("Tues. 4 Nov 2025", "en", [(4, 11, 2025, 1)]),
        ("the 4th of July, 1776", "en", [(4, 7, 1776, None)]),
        ("Nov. 4-6, 2025", "en", [(4, 11, 2025, None), (6, 11, 2025, None)]),
        ("won 4-0 October 22, 1985", "en", [(22, 10, 1985, None)]),
        ("Selasa, 4 November 2025 pukul", "id", [(4, 11, 2025, 1)]),
        ("Jum'at (14/12)", "id", [(14, 12, None, 4)]),
        ("Senin (4/11/25)", "id", [(4, 11, 2025, 0)]),
        ("4-11-2025", "id", [(4, 11, 2025, None)]),
        ("2025-11-04", "en", [(4, 11, 2025, None)]),
        ("Friday (12/14)", "en", [(14, 12, None, 4)]),
        ("26 Nopember 2014", "id", [(26, 11, 2014, None)]),
        ("4. November", "en", []),
        ("in May 2010", "en", []),
        ("may 10 people", "en", []),
        ("November 4,500 people", "en", []),
        ("1/2 of it", "en", []),
        ("RT 04/14", "id", []),
        ("32 November", "en", []),
        ("Monday (13/14)", "en", []),
        ("4 November", "xx", []),
    ],
)
def test_dates_are_found(text: str, language: str, found: list[tuple[int, int, int | None, int | None]]) -> None:
    assert [(date.day, date.month, date.year, date.weekday) for date in dates(text, language)] == found


def test_a_numeric_date_is_ambiguous_in_english_only() -> None:
    assert [date.swapped for date in dates("Monday (4/11)", "en")] == [True]
    assert [date.swapped for date in dates("Senin (4/11)", "id")] == [False]
    assert [date.swapped for date in dates("Friday (12/14)", "en")] == [False]


def test_a_date_ends_with_its_bracket() -> None:
    (date,) = dates("hari Senin (4/11/2025), kata", "id")
    assert (date.start, date.end, date.year_at) == (5, 22, (17, 21))


@pytest.mark.parametrize(
    ("text", "language", "core"),
    [
        ("Senin (4/11/2025)", "id", "4/11/2025"),
        ("on Tuesday, November 4, 2025, in", "en", "November 4, 2025"),
        ("Rabu, 4 November", "id", "4 November"),
        ("2025-11-04", "en", "2025-11-04"),
    ],
)
def test_a_date_without_its_weekday_and_bracket(text: str, language: str, core: str) -> None:
    (date,) = dates(text, language)
    assert date.core is not None
    assert text[slice(*date.core)] == core


def test_a_part_of_a_range_does_not_stand_alone() -> None:
    assert [date.core for date in dates("4-6 November", "id")] == [None, None]
