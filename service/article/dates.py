"""Dates in running text: where they are, and which day they mean.

Names of months and weekdays are Babel's, with the spellings that newspapers use besides. A date without a
name (`4/11`) is day/month in Indonesian; in English it may be either, and both readings are given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from babel import Locale, UnknownLocaleError

_MORE_MONTHS: Final = {
    "en": {"Sept": 9},
    "id": {"Pebruari": 2, "Agt": 8, "Ags": 8, "Agust": 8, "Sept": 9, "Nopember": 11},
}
_TO: Final = r"(?:\s?[-–]\s?|\s(?:and|to|or|dan|sampai|hingga|atau|s/d)\s)"
_MORE_DAYS: Final = {"en": {"Tues": 1, "Thurs": 3}, "id": {"Jum'at": 4, "Jum’at": 4, "Ahad": 6}}


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date as written at `text[start:end]`.

    `core` is where it stands without its weekday and bracket, None for a part of a range. `weekday` is 0 for Monday.
    `year_at` is where the year stands, None where it is not written in this date.
    `swapped` says that month and day may as well be the other way round.
    """

    start: int
    end: int
    day: int
    month: int
    year: int | None = None
    weekday: int | None = None
    swapped: bool = False
    year_at: tuple[int, int] | None = None
    core: tuple[int, int] | None = None


@cache
def _names(language: str) -> tuple[dict[str, int], dict[str, int]]:
    """Months (1 to 12) and weekdays (0 to 6) by name, in lower case."""
    try:
        locale = Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return {}, {}
    months, days = dict(_MORE_MONTHS.get(language, {})), dict(_MORE_DAYS.get(language, {}))
    for width in ("wide", "abbreviated"):
        months |= {name.rstrip("."): number for number, name in locale.months["format"][width].items()}
        days |= {name.rstrip("."): number for number, name in locale.days["format"][width].items()}
    return _lowered(months), _lowered(days)


def _lowered(names: dict[str, int]) -> dict[str, int]:
    return {name.lower(): number for name, number in names.items()}


@cache
def _pattern(language: str) -> re.Pattern[str]:
    """Dates of a language; names must begin with a capital, for `may 10 people` is no date."""
    months, days = (
        "|".join(sorted(map(_capital, names), key=len, reverse=True)) or "(?!)" for names in _names(language)
    )
    day = r"(?<![\d.,/])(?:(?P<{0}from>\d{{1,2}}){1})?(?P<{0}day>\d{{1,2}})(?:st|nd|rd|th)?"
    return re.compile(
        r"(?=[^\W_a-z])"  # digits and capitals, where one can begin: most of a text is quickly past
        rf"(?:(?<!\w)(?P<weekday>{days})\.?,?\s+(?:the\s+|tanggal\s+)?(?P<open>\()?)?(?:"
        rf"{day.format('a', _TO)}(?:\s+of)?\s+(?P<amonth>{months})\b\.?(?:,?\s+(?P<ayear>\d{{4}})\b)?"
        rf"|(?<!\w)(?P<bmonth>{months})\b\.?\s+(?:the\s+)?{day.format('b', _TO)}(?![\d\w]|[.,:]\d|\s?%)"
        rf"(?:,?\s+(?P<byear>\d{{4}})\b)?"
        r"|(?<![\d/.\-])(?P<c>\d{1,2})(?P<mark>[/.\-])(?P<d>\d{1,2})(?P=mark)"
        r"(?P<cyear>\d{4}|\d{2})(?![\d/])"
        r"|(?<![\d/.\-])(?P<e>\d{1,2})/(?P<f>\d{1,2})(?![\d/])"
        r"|(?<![\d/.\-])(?P<gyear>\d{4})-(?P<gmonth>\d{2})-(?P<gday>\d{2})(?![\d\-]))(?(open)\)?)"
    )


@cache
def _hint(language: str) -> re.Pattern[str]:
    """What every date has and few sentences have, quick to look for: a month's name, digits joined by a mark."""
    months = "|".join(sorted(map(_capital, _names(language)[0]))) or "(?!)"
    return re.compile(rf"(?=[^\W_a-z])(?:\d[/.\-]\d|{months})")


@cache
def _months(language: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(sorted(map(_capital, _names(language)[0]))) or '(?!)'})\b")


def names_month(text: str, language: str) -> bool:
    """Whether a text names a month at all.

    >>> names_month("on May the fifth", "en"), names_month("it may rain", "en")
    (True, False)
    """
    return _months(language).search(text) is not None


def _capital(name: str) -> str:
    return f"(?:{re.escape(name.capitalize())}|{re.escape(name.upper())})"


def dates(text: str, language: str) -> Iterator[FoundDate]:
    """The dates of a text, in reading order; a range of days gives two.

    >>> [(d.day, d.month, d.year, d.weekday) for d in dates("Senin (4/11/2025) dan 5-6 Mei", "id")]
    [(4, 11, 2025, 0), (5, 5, None, None), (6, 5, None, None)]
    >>> [(d.day, d.month, d.swapped) for d in dates("May 10; Monday (1/7); in May 2010 10 men may 9", "en")]
    [(10, 5, False), (1, 7, True)]
    """
    if not _hint(language).search(text):
        return
    position = 0
    while match := _pattern(language).search(text, position):
        position = match.end()
        first, last = _named(match, language) or _numeric(match, language)
        if first:
            yield first
        elif match["amonth"]:
            position = match.start("amonth")  # "won 1-0 August 23": no day, but perhaps the month's
        if last:
            yield last


def _named(match: re.Match[str], language: str) -> tuple[FoundDate | None, FoundDate | None] | None:
    """`4 November`, `November 4`, `4-6 November`: one date or two; None where no month is named."""
    key = next((key for key in "ab" if match[f"{key}month"]), None)
    if key is None:
        return None
    month = _names(language)[0][match[f"{key}month"].lower()]
    year = int(match[f"{key}year"]) if match[f"{key}year"] else None
    year_at = match.span(f"{key}year") if year else None
    weekday, day, begin = _weekday(match, language), int(match[f"{key}day"]), int(match[f"{key}from"] or 0)
    if not 1 <= day <= 31:
        return None, None
    if not 1 <= begin < day:
        core = _core(match, "aday" if key == "a" else "bmonth")
        return FoundDate(*match.span(), day, month, year, weekday, year_at=year_at, core=core), None
    end = match.end(f"{key}from")
    first = FoundDate(match.start() if key == "a" else match.start("bfrom"), end, begin, month, year, weekday)
    return first, FoundDate(end, match.end(), day, month, year, year_at=year_at)


def _numeric(match: re.Match[str], language: str) -> tuple[FoundDate | None, None]:
    """`2025-11-04`, `4/11/2025`, `Senin (4/11)`; `1/2` alone is as likely a fraction or an address."""
    weekday = _weekday(match, language)
    if match["gyear"]:
        day, month, year = int(match["gday"]), int(match["gmonth"]), match["gyear"]
    elif match["e"] and weekday is None and match.string[match.start() - 1 : match.start()] != "(":
        return None, None
    else:
        day, month, year = int(match["c"] or match["e"]), int(match["d"] or match["f"]), match["cyear"]
    if language == "en" and month > 12:
        day, month = month, day
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return None, None
    number = int(year) + (2000 if len(year) == 2 else 0) if year else None
    year_at = match.span("gyear" if match["gyear"] else "cyear") if year else None
    swapped = language == "en" and not match["gyear"] and day <= 12
    core = _core(match, next(group for group in ("c", "e", "gyear") if match[group]))
    return FoundDate(*match.span(), day, month, number, weekday, swapped, year_at, core), None


def _core(match: re.Match[str], first: str) -> tuple[int, int]:
    return match.start(first), match.end() - bool(match["open"] and match[0].endswith(")"))


def _weekday(match: re.Match[str], language: str) -> int | None:
    return _names(language)[1][match["weekday"].lower()] if match["weekday"] else None
