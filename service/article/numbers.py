"""Figures in running text as comparable values, and whether a translation kept them.

A figure may be read in more than one way: `14.30` is a time or a decimal, `5` in "5 to 10 million" may be
five million. It keeps all its readings, and two figures agree where they share one. What the separators say
in the text's own language is not doubted: `1,500` in an Indonesian translation is one and a half, and so a
changed number if the English had fifteen hundred. Only where they make no sense (`1.5 juta`) is the other
convention read, and in the source also for round thousands, since people do write `13.000 personnel`.

Numbers in words and Roman numerals are optional: they explain a figure on the other side and are never missed
themselves. Everything is `Decimal`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache, lru_cache
from itertools import zip_longest
from typing import Final, Literal, NamedTuple

from service.article.dates import dates, names_month
from service.article.numerals import SCALES, roman, spelled


class Reading(NamedTuple):
    """One way to read a figure: a `number`; a `time` (hour modulo 12, minute); a `date` (day, month)."""

    kind: Literal["number", "time", "date"]
    value: Decimal
    minor: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as written at `text[start:end]`; `readings` has the likeliest first.

    `scale` is what a scale word inside has multiplied the readings by; `optional` figures may go unmatched.
    """

    text: str
    start: int
    end: int
    readings: tuple[Reading, ...]
    scale: Decimal = Decimal(1)
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Difference:
    """Figures of the source that the target lacks, and figures of the target that the source has not.

    `agreed` has those that are in both, as (source, target), words among them.
    """

    missing: tuple[Figure, ...] = ()
    added: tuple[Figure, ...] = ()
    agreed: tuple[tuple[Figure, Figure], ...] = field(default=(), repr=False)

    def __bool__(self) -> bool:
        return bool(self.missing or self.added)


_SPACES: Final = "\u00a0\u202f\u2009"
_POINT_LANGUAGES: Final = frozenset({"en", "zh", "ja", "ko", "th", "he", "ms", "tl", "hi", "ur", "sw"})
_FRACTIONS: Final = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75")}

_CURRENCY: Final = (
    r"(?:US|AS|S|AU?|HK|NZ|CA?)?\$|[£€¥₹₱฿]|\b(?:Rp|RM|IDR|USD|EUR|GBP|JPY|CNY|SGD|AUD|MYR|THB|INR|PHP)\.?"
)
_SHORT_ALWAYS: Final = {"bn": 10**9, "tn": 10**12, "mn": 10**6, "mln": 10**6, "rb": 1000, "jt": 10**6}
_SHORT_MONEY: Final[dict[str, dict[str, int]]] = {
    "en": {"k": 1000, "m": 10**6, "b": 10**9, "t": 10**12},
    "id": {"k": 1000, "m": 10**9, "t": 10**12},
}
"""Letters that scale an amount of money: an Indonesian `M` is a miliar, a billion."""

_NUMBER: Final = re.compile(
    r"(?=[\d½¼¾A-Z$£€¥₹₱฿])"  # where one can begin: most of a text is quickly past
    rf"(?P<money>(?:{_CURRENCY})\s?)?(?P<digits>\d+(?:[.,{_SPACES}]\d+)*|(?=[½¼¾]))(?P<fraction>[½¼¾])?"
    r"(?P<decade>s\b|[-–]an\b)?(?P<short>\s?(?:bn|tn|mln|mn|rb|jt|[kKmMbBtT])\b)?"
)
_CONVENTIONS: Final = tuple(
    (
        re.compile(rf"\d{{1,3}}(?:[{group}{_SPACES}]\d{{3}})+(?:\{point}\d+)?|\d+(?:\{point}\d+)?"),
        re.compile(f"[{group}{_SPACES}]"),
    )
    for group, point in (",.", ".,")
)
"""A whole number with its separators, and those between thousands: as English has them, and as Indonesian."""
_TIME: Final = re.compile(
    r"(?=[\dPpJja])(?P<before>\b(?:[Pp]ukul|[Jj]am|at)\s)?(?<![\d.,:])(?P<hour>\d{1,2})(?:(?P<mark>[:.])(?P<minute>\d{2})"
    r"(?P<seconds>[:.]\d{2})?)?(?![\d:]|[.,]\d)(?P<half>\s?(?:[ap]\.m\.|[ap]m\b|[AP]M\b))?"
)
_HHMM: Final = re.compile(r"(?<!\d)([01]\d|2[0-4])([0-5]\d)(?=\s?(?:GMT|UTC|WI[BT]|WITA|hours|[ap]\.?m\b))")
_RANGE: Final = re.compile(r"\s*(?:[-–—]|to|and|or|hingga|sampai|dan|atau|s/d|ke)\s*")


_DIGIT: Final = re.compile(r"[\d½¼¾]")
_ZONE_OFFSET: Final = re.compile(
    r"(?:(?<=\d\s)|(?<=[ap]m\s)|(?<=[ap]\.m\.\s))(?P<zone>WIB|WITA|WIT)(?P<offset>\s?\((?:GMT|UTC)\s?\+0?[789]\))"
)
"""A zone of Indonesia explained to readers abroad: its hours are no figure of the text."""

_SLASHED: Final = re.compile(r"\d/\d")
"""What faces a date and is none, `12/13`, is that date's day and month swapped."""

_MONTH_SAID: Final = re.compile(r"\b(?:bulan|ini|lalu|depan|mendatang|month|last|next|this)\b", re.IGNORECASE)
_SCORE: Final = re.compile(r"(?<![\w.,\-–])(\d{1,3})[-–](\d{1,3})(?![\w\-–]|[.,]\d)")

_ROUND: Final = re.compile(r"\b\d{1,3}(?:\.\d{3})*\.\d00\b|\b\d{1,3}(?:,\d{3})*,\d00\b")
_CENTURY: Final = re.compile(r"(?<!\d)(19|20)\d\d\s?[-–/]$")
"""What stands before the `19` of "2018/19"."""


def has_digits(text: str) -> bool:
    """Whether a text has a figure at all that could be missed."""
    return _DIGIT.search(text) is not None


def has_point(language: str) -> bool:
    """Whether a language writes 1,234.5 and not 1.234,5."""
    return language in _POINT_LANGUAGES


@lru_cache(maxsize=256)
def figures(text: str, language: str) -> tuple[Figure, ...]:
    """All figures of a text, in reading order.

    >>> [str(figure.readings[0].value) for figure in figures("Rp1,2 triliun, 5.000 orang, tiga", "id")]
    ['1200000000000.0', '5000', '3']
    """
    found: list[Figure] = []
    numbers: list[Figure] = []
    free = text
    if has_digits(text):
        free = _ZONE_OFFSET.sub(lambda match: match["zone"] + "\0" * len(match["offset"]), text)
        found += _dates(free, language)
        found += _clock(_blank(free, found), language)
        free = _blank(free, found)
        numbers += _numbers(free, language)
    words = [
        Figure(text[n.start : n.end], n.start, n.end, _as_numbers(n.value), optional=True)
        for n in (*spelled(_blank(free, numbers), language), *roman(free))
    ]
    return tuple(sorted((*found, *_share_scales(text, numbers), *words), key=lambda figure: figure.start))


def _blank(text: str, taken: list[Figure]) -> str:
    """The text with the figures taken so far put out of sight, at its full length."""
    for figure in taken:
        text = text[: figure.start] + "\0" * (figure.end - figure.start) + text[figure.end :]
    return text


def _as_numbers(*values: Decimal) -> tuple[Reading, ...]:
    return tuple(Reading("number", value) for value in dict.fromkeys(values))


def _dates(text: str, language: str) -> Iterator[Figure]:
    """Dates as day and month, and their years as numbers beside them."""
    for date in dates(text, language):
        day, month = Decimal(date.day), Decimal(date.month)
        readings = [Reading("date", day, month)] + [Reading("date", month, day)] * date.swapped
        yield Figure(text[date.start : date.end], date.start, date.end, tuple(readings))
        if date.year and date.year_at:
            begin, end = date.year_at
            year = _as_numbers(Decimal(date.year), Decimal(text[begin:end]))
            yield Figure(text[begin:end], begin, end, year)


def _clock(text: str, language: str) -> Iterator[Figure]:
    """Times with a colon or with seconds, which can be nothing else."""
    for match in _TIME.finditer(text):
        time = _time(match, language)
        if time and (match["mark"] == ":" or match["seconds"]):
            yield Figure(match[0], match.start(), match.end(), (time,))


def _numbers(text: str, language: str) -> Iterator[Figure]:
    """Numbers in digits with their currency and scale; `14.30` is also a time."""
    times = {match.start("hour"): time for match in _TIME.finditer(text) if (time := _time(match, language))}
    for match in _HHMM.finditer(text):  # "0500 GMT"
        times[match.start()] = Reading("time", Decimal(int(match[1]) % 12), Decimal(match[2]))
    for match in _NUMBER.finditer(text):
        digits, start = match["digits"], match.start("digits")
        value = _parse(digits or "0", language)
        if value is None:  # `15,16,17`, `192.168.1.1`: a number each
            for part in re.finditer(r"\d+", digits):
                begin, end = start + part.start(), start + part.end()
                yield Figure(part[0], begin, end, _as_numbers(Decimal(part[0])))
            continue
        value += _FRACTIONS.get(match["fraction"], Decimal(0))
        scale, end = _scale(text, match, language)
        others = [times[start]] if start in times and scale == 1 else []
        if len(digits) == 2 and match["decade"]:
            others += _as_numbers(1900 + value)
        if len(digits) == 2 and (century := _CENTURY.search(text, max(0, start - 6), start)):
            others += _as_numbers(100 * Decimal(century[1]) + value)
        readings = (*_as_numbers(value * scale), *others)
        yield Figure(text[match.start() : end], match.start(), end, readings, scale)


def _parse(digits: str, language: str) -> Decimal | None:
    """The value of digits with separators as the language reads them; None where they are no one number."""
    if digits.isascii() and digits.isdecimal():
        return Decimal(digits)
    for whole, groups in _CONVENTIONS[:: 1 if language in _POINT_LANGUAGES else -1]:
        if whole.fullmatch(digits):
            return Decimal(groups.sub("", digits).replace(",", "."))
    return None


@cache
def _scale_word(language: str) -> re.Pattern[str]:
    """Scale words of the language, and of English and Indonesian: one left untranslated still scales."""
    words = {word for code in (language, "en", "id") for word in SCALES.get(code, ())}
    return re.compile(rf"[\s\-]*({'|'.join(sorted(words))})\b", re.IGNORECASE)


def _scale(text: str, match: re.Match[str], language: str) -> tuple[Decimal, int]:
    """What the number is multiplied by, and where the number with its scale ends."""
    if short := (match["short"] or "").strip().lower():
        money = _SHORT_MONEY.get(language, _SHORT_MONEY["en"]) if match["money"] else {}
        if factor := _SHORT_ALWAYS.get(short) or money.get(short):
            return Decimal(factor), match.end("short")
    scale, end = Decimal(1), match.end("fraction") if match["fraction"] else match.end("digits")
    while word := _scale_word(language).match(text, end):
        name, end = word[1].lower(), word.end()
        scale *= next(SCALES[code][name] for code in (language, "en", "id") if name in SCALES.get(code, ()))
    return scale, end


def _time(match: re.Match[str], language: str) -> Reading | None:
    """A time of day: `14:30`, Indonesian `14.30`, `2 p.m.`, `pukul 14`."""
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    marked = match["mark"] == ":" or (match["mark"] == "." and language not in _POINT_LANGUAGES)
    if hour > 24 or minute > 59 or not (match["half"] or match["before"] or marked):
        return None
    return Reading("time", Decimal(hour % 12), Decimal(minute))


def _share_scales(text: str, numbers: list[Figure]) -> Iterator[Figure]:
    """In "50-100 million" and "5 to 10 juta" the scale may belong to both numbers."""
    for figure, after in zip_longest(numbers, numbers[1:]):
        if after and figure.scale == 1 != after.scale and _RANGE.fullmatch(text, figure.end, after.start):
            extra = (value * after.scale for kind, value, _ in figure.readings if kind == "number")
            yield replace(figure, readings=(*figure.readings, *_as_numbers(*extra)))
        else:
            yield figure


@lru_cache(maxsize=256)
def compare(source: str, target: str, source_language: str, target_language: str) -> Difference:
    """What figures the target lost or made up; order does not matter, how often does.

    >>> bool(compare("1.5 million on November 4", "1.500.000 pada 4 November", "en", "id"))
    False
    >>> [figure.text for figure in compare("$26 and 30", "$62 dan tiga puluh", "en", "id").missing]
    ['$26']
    """
    if not (has_digits(source) or has_digits(target)):
        return Difference()  # words alone are never missed
    ours = [_forgive(figure) for figure in figures(source, source_language)]
    theirs = list(figures(target, target_language))
    agreed = _strike(ours, theirs)
    if _has_dates(ours) != _has_dates(theirs) and not _SLASHED.search(target if _has_dates(ours) else source):
        ours = [*_parts(ours, _MONTH_SAID.search(target) or names_month(target, target_language))]
        theirs = [*_parts(theirs, _MONTH_SAID.search(source) or names_month(source, source_language))]
        agreed += _strike(ours, theirs)
    for pair in _turned(source, target, agreed):
        agreed.remove(pair)
        ours.append(pair[0])
        theirs.append(pair[1])
    return Difference(
        tuple(figure for figure in ours if not figure.optional),
        tuple(figure for figure in theirs if not figure.optional),
        tuple(sorted(agreed, key=lambda pair: pair[1].start)),
    )


def _forgive(figure: Figure) -> Figure:
    """In the source, and only there, `13.000 personnel` may be thirteen thousand in English too."""
    if digits := _ROUND.search(figure.text):
        round_number = Decimal(re.sub("[.,]", "", digits[0])) * figure.scale
        return replace(figure, readings=(*figure.readings, *_as_numbers(round_number)))
    return figure


def _strike(ours: list[Figure], theirs: list[Figure]) -> list[tuple[Figure, Figure]]:
    """Take out what agrees: figures alike at first reading, then at any, and words only for what is left."""
    agreed: list[tuple[Figure, Figure]] = []
    for optional in (False, True):
        for first in (True, False):
            for figure in [*ours]:
                twin = next((other for other in theirs if _agree(figure, other, optional, first)), None)
                if twin:
                    ours.remove(figure)
                    theirs.remove(twin)
                    agreed.append((figure, twin))
    return agreed


def _turned(source: str, target: str, agreed: list[tuple[Figure, Figure]]) -> list[tuple[Figure, Figure]]:
    """The pairs of scores and ranges whose halves changed places: 2-1 is no 1-2."""
    scores, others = ({match.groups() for match in _SCORE.finditer(text)} for text in (source, target))
    turned: list[tuple[Figure, Figure]] = []
    for score in scores - others:
        if score[0] != score[1] and score[::-1] in others:
            turned += [pair for pair in agreed if pair[0].text in score and pair[1].text in score]
    return turned


def _agree(figure: Figure, other: Figure, optional: bool, first: bool) -> bool:
    if not optional and (figure.optional or other.optional):
        return False
    if first:
        return figure.readings[0] == other.readings[0]
    return not set(figure.readings).isdisjoint(other.readings)


def _has_dates(left: list[Figure]) -> bool:
    return any(figure.readings[0].kind == "date" for figure in left)


def _parts(left: list[Figure], month_said: object) -> Iterator[Figure]:
    """Dates that face no date, as two numbers: "4 November" may answer to "tanggal 4 bulan lalu".

    The month is missed where the other side says nothing of one. Where a date is left on both sides, one has become
    the other, and no excuse is looked for.
    """
    for figure in left:
        kind, day, month = figure.readings[0]
        if kind == "date":
            yield replace(figure, readings=_as_numbers(day))
            yield replace(figure, readings=_as_numbers(month), optional=bool(month_said) or "/" in figure.text)
        else:
            yield figure
