"""A figure as the newspapers of another language write it: `Rp1,2 triliun`, "2:30 p.m. WIB (GMT+7)", "November 4".

What a figure says is in `numbers`; here is how it looks, with what belongs to its looks around it (the zone of a time,
the `ke-` of an ordinal). What cannot be written for sure is None and stays as it is: nothing is guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Final, NamedTuple

from service.article import locale as locales
from service.article import separators
from service.article.dates import FoundDate, dates
from service.article.numbers import Figure
from service.article.numerals import SCALES
from service.article.types import Rupiah

_LEAP_YEAR: Final = 2000
"""So that a February 29 without a year can be written."""

_DIGITS: Final = re.compile(r"\d[\d.,]*\d|\d")
_MONTH: Final = re.compile(r"[^\W\d_]{4,}")
"""A word beside the digits of a date taken apart, which is no currency."""
_RUPIAH: Final = re.compile(r"Rp\.?\s?")
_NUMERIC: Final = re.compile(r"(?P<a>\d{1,2})(?P<mark>[/.\-])(?P<b>\d{1,2})(?:(?P=mark)(?P<year>\d{4}|\d\d))?")
_ISO: Final = re.compile(r"\d{4}-\d\d-\d\d")

_HOURS: Final = {"WIB": 7, "WITA": 8, "WIT": 9}
_CLOCK: Final = re.compile(
    r"(?P<hour>\d{1,2}?)(?:(?P<mark>[:.]?)(?P<minute>[0-5]\d)(?P<seconds>[:.][0-5]\d)?)?(?!\d)"
    r"(?P<half>\s?(?:[ap]\.m\.|[ap]m\b|[AP]M\b))?"
    r"(?:\s(?P<part>dini hari|pagi|siang|sore|petang|malam)\b)?"
    r"(?:\s?(?P<zone>WIB|WITA|WIT)\b(?:\s?\((?:GMT|UTC)\s?\+0?[789]\))?)?"
)
_TO: Final = r"\s?(?:[-–]|to|and|until|hingga|sampai|dan|s\.?/?d\.?)\s?"
_TIME_BEFORE: Final = re.compile(
    rf"\b(?:[Pp]ukul|[Jj]am|[Aa]t|by|until|from|since|before|after)\s(?:\d{{1,2}}[.:]\d\d{_TO})?$"
)
_TIME_BEHIND: Final = re.compile(rf"(?:{_TO}\d{{1,2}}[.:]\d\d)?\s?(?:WIB|WITA|WIT|GMT|UTC)\b")

_DECADE: Final = {"en": re.compile(r"s\b"), "id": re.compile(r"[-–]an\b")}
_ORDINAL: Final = re.compile(r"(?:st|nd|rd|th)\b")
_KE: Final = re.compile(r"(?<!\w)[Kk]e[-–]?$")
"""`ke 21` is as likely "to 21"."""


@dataclass(frozen=True, slots=True)
class Style:
    """How figures are to be read and written: the locales (or bare languages) of source and target, the house's choice.

    The order of day and month in English is the source locale's; a bare `en` leaves it open.
    """

    source: str
    target: str
    rupiah: Rupiah = "Rp1"

    @property
    def languages(self) -> tuple[str, str]:
        """The language subtags of source and target."""
        return self.source.partition("-")[0], self.target.partition("-")[0]


class Form(NamedTuple):
    """What stands, or is to stand, at `text[start:end]`."""

    start: int
    end: int
    text: str


def written(figure: Figure, text: str, style: Style) -> Form | None:
    """A figure of the source with all that belongs to its form, and as the target writes it; None if in doubt.

    >>> from service.article.numbers import figures
    >>> def all_of(text, style): return [written(figure, text, style).text for figure in figures(text, style.source)]
    >>> all_of("Rp 1,2 triliun pada pukul 14.30 WIB", Style("id", "en-US"))
    ['Rp1.2 trillion', '2:30 p.m. WIB (GMT+7)']
    >>> all_of("the 21st of 1,500 in the 1990s", Style("en", "id"))
    ['ke-21', '1.500', '1990-an']
    """
    kind = figure.readings[0].kind
    if kind == "date":
        return _date(figure, text, style)
    if time := clock(figure, text, style.languages[0]):
        return Form(time.start, time.end, wording) if (wording := time.written(style.languages[1])) else None
    if any(reading.kind != "number" for reading in figure.readings):
        return None
    return _number(figure, text, style)


def extent(figure: Figure, text: str, language: str) -> tuple[int, int]:
    """Where a figure stands with all that belongs to its form."""
    kinds = {reading.kind for reading in figure.readings}
    if "date" in kinds:
        found = date_at(figure, text, language)
        return found.core if found and found.core else (figure.start, figure.end)
    return clock_span(figure, text) if "time" in kinds else affixes(figure, text, language)[:2]


# --- numbers -------------------------------------------------------------------------------------------------------


def _number(figure: Figure, text: str, style: Style) -> Form | None:
    source, target = style.languages
    digits = _DIGITS.search(figure.text)
    if digits is None:
        return None
    before, behind = figure.text[: digits.start()], figure.text[digits.end() :]
    fraction = behind[:1] if behind[:1] in "½¼¾" else ""
    value = separators.converted(digits[0], source, target) + fraction
    if figure.scale == 1 and (_MONTH.search(before) or _MONTH.search(behind)):
        return Form(figure.start + digits.start(), figure.start + digits.end(), value)
    if figure.scale != 1:
        word = scale_word(figure.scale, target)
        return Form(figure.start, figure.end, f"{currency(before, style)}{value} {word}") if word else None
    start, end, kind = affixes(figure, text, source)
    return Form(start, end, affixed(currency(before, style) + value, kind, target))


def scale_word(scale: Decimal, language: str) -> str | None:
    """The word of a language for what a number is multiplied by, from a thousand up."""
    words = (word for word, factor in SCALES.get(language, {}).items() if factor == scale)
    return next(words, None) if scale >= 1000 else None


def currency(sign: str, style: Style) -> str:
    """A currency's sign before a figure, the rupiah's as the house writes it."""
    return style.rupiah[:-1] if _RUPIAH.fullmatch(sign) else sign


def affixes(figure: Figure, text: str, language: str) -> tuple[int, int, str]:
    """A number with what makes it an `ordinal` or a `decade` in English or Indonesian, and which of them it is."""
    start, end = figure.start, figure.end
    if language in _DECADE and (decade := _DECADE[language].match(text, end)) and "," not in figure.text:
        return start, decade.end(), "decade"
    if language == "en" and (suffix := _ORDINAL.match(text, end)):
        return start, suffix.end(), "ordinal"
    if language == "id" and (prefix := _KE.search(text, max(0, start - 4), start)):
        return prefix.start(), end, "ordinal"
    return start, end, ""


def affixed(value: str, kind: str, language: str) -> str:
    """A number made an ordinal or a decade: 21st, ke-21, 1990s, 1990-an."""
    if kind == "decade":
        return {"en": f"{value}s", "id": f"{value}-an"}.get(language, value)
    if kind == "ordinal":
        teen = value[-2:-1] == "1"
        suffix = "th" if teen else {"1": "st", "2": "nd", "3": "rd"}.get(value[-1:], "th")
        return {"en": value + suffix, "id": f"ke-{value}"}.get(language, value)
    return value


# --- times ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day at `text[start:end]`, its zone included. `sure`: `hour` is one of 24, not of twelve."""

    start: int
    end: int
    hour: int
    minute: int
    seconds: str
    zone: str
    sure: bool

    def written(self, language: str) -> str | None:
        """As English and Indonesian papers write it; None for other languages."""
        if language == "id":
            hour = f"{self.hour % 24:02}" if self.sure else str(self.hour)
            return f"{hour}.{self.minute:02}{self.seconds.replace(':', '.')}" + (f" {self.zone}" if self.zone else "")
        if language != "en":
            return None
        half = (" p.m." if 12 <= self.hour < 24 else " a.m.") if self.sure else ""
        shown = (self.hour % 12 or 12) if self.sure else self.hour
        zone = f" {self.zone} (GMT+{_HOURS[self.zone]})" if self.zone else ""
        minute = f":{self.minute:02}" if self.minute or self.seconds or not self.sure else ""
        return f"{shown}{minute}{self.seconds.replace('.', ':')}{half}{zone}"


def clock(figure: Figure, text: str, language: str) -> Clock | None:
    """The time that a figure is by what stands around it; None where it may be something else."""
    if not any(reading.kind == "time" for reading in figure.readings):
        return None
    digits = _DIGITS.search(text, figure.start)
    match = _CLOCK.match(text, digits.start()) if digits else None
    if match is None:
        return None
    told = match["half"] or match["part"] or match["zone"]
    start, end = match.span()
    before = _TIME_BEFORE.search(text, max(0, start - 24), start) if language == "id" or match["mark"] == ":" else None
    if not (told or before or _TIME_BEHIND.match(text, end)):
        return None  # "a ratio of 1:20" is no time of day
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if match["half"]:
        hour, sure = hour % 12 + (12 if match["half"].strip().lower().startswith("p") else 0), True
    elif match["part"]:
        hour, sure = _by_part(hour, match["part"]), True
    else:
        four = match["mark"] == "" and match["minute"] is not None
        sure = hour > 12 or match["hour"].startswith("0") or four or (language == "id" and hour >= 10)
    return Clock(start, end, hour, minute, match["seconds"] or "", match["zone"] or "", sure)


def clock_span(figure: Figure, text: str) -> tuple[int, int]:
    """Where a figure that was written for a time stands, whatever its form, its zone included."""
    digits = _DIGITS.search(text, figure.start)
    match = _CLOCK.match(text, digits.start()) if digits else None
    return match.span() if match else (figure.start, figure.end)


def _by_part(hour: int, part: str) -> int:
    """The hour of 24 for "9 malam" and "2 siang"; what is above twelve says it already."""
    late = {"siang": hour < 10, "sore": True, "petang": True, "malam": hour >= 6}.get(part, False)
    if hour == 12:
        return 0 if part in ("malam", "dini hari") else 12
    return hour + 12 if late and hour < 12 else hour


# --- dates ---------------------------------------------------------------------------------------------------------


def _date(figure: Figure, text: str, style: Style) -> Form | None:
    found = date_at(figure, text, style.languages[0])
    if found is None or found.core is None:
        return None
    start, end = found.core
    numeric = _NUMERIC.fullmatch(text, start, end)
    if numeric is None and _ISO.fullmatch(text, start, end):
        return Form(start, end, text[start:end])
    day_month = day_and_month(found, style.source)
    if day_month is None:
        return None
    wording = worded(*day_month, found.year, style.target)
    if numeric and style.languages[1] == "id":  # day and month in figures are read one way only
        day, month = (f"{n:02}" if len(numeric["a"]) == len(numeric["b"]) == 2 else str(n) for n in day_month)
        wording = numeric["mark"].join(filter(None, (day, month, numeric["year"])))
    return Form(start, end, wording) if wording else None


def date_at(figure: Figure, text: str, language: str) -> FoundDate | None:
    """The date that a figure was read from."""
    return next((one for one in dates(text, language) if (one.start, one.end) == (figure.start, figure.end)), None)


def day_and_month(found: FoundDate, locale: str) -> tuple[int, int] | None:
    """Day and month of a date, in figures by the weekday beside it or else the locale's order; None where they clash.

    >>> from service.article.dates import dates
    >>> [day_and_month(next(dates("on (4/11/2025)", "en")), locale) for locale in ("en-US", "en-GB", "en")]
    [(11, 4), (4, 11), None]
    """
    if not found.swapped or found.day == found.month:
        return found.day, found.month
    readings = [(found.day, found.month), (found.month, found.day)]
    if found.year and found.weekday is not None:
        fitting = [(d, m) for d, m in readings if date(found.year, m, d).weekday() == found.weekday]
        return fitting[0] if len(fitting) == 1 else None
    if locale == "en":
        return None
    return readings[locale == "en-US"]


@lru_cache(maxsize=256)
def worded(day: int, month: int, year: int | None, locale: str) -> str | None:
    """A date with its month named, None for a day that there is not."""
    try:
        when = date(year or _LEAP_YEAR, month, day)
    except ValueError:
        return None
    return locales.day_in_text(when, locale, year=year is not None)
