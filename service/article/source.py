"""Is this source sound? What a translation would only repeat is told to the publisher, with the evidence.

Thin and true: machine-spun English, characters decoded wrongly, a weekday that is not the date's, a
paragraph that stands twice. Nothing is repaired here. Only what makes the whole text worthless makes it
unsound; a warning names the place and leaves the judgement to people.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Final

from babel.dates import format_date

from service.article.dates import FoundDate, dates
from service.article.spun import spun
from service.article.types import Block, Finding, Severity, SourceQuality

_MOJIBAKE: Final = re.compile(
    "[\ufffd\x80-\x9f]"  # undecodable bytes, and bytes of Windows-1252 taken for Latin-1
    "|ï¿½"  # U+FFFD, itself decoded wrongly
    "|â€\\S?"  # the curly quotes and dashes of UTF-8, read as Windows-1252
    "|Ã[\u00a0-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"  # accented letters, the same way
    "|Â[\u00a0-\u00bf]"  # signs (« » © °) and hard spaces
    "|(?<=\\w)[¡¿](?=\\w)"  # a curly apostrophe of Mac OS: coalition¡s
)

_UNSOUND_MOJIBAKE: Final = 0.02
"""Share of words with broken characters from which the text cannot be read any more."""

_DUPLICATE_AT_LEAST: Final = 60
"""Characters: shorter paragraphs (a label, a refrain, "Read also") may stand twice."""

_YEAR: Final = re.compile(r"(?<![\d.,])20\d\d(?![\d.,]\d|\d)")
_CONTEXT: Final = 24


def judge(blocks: Sequence[Block], language: str | None, published_at: datetime | None = None) -> SourceQuality:
    """Judge the text of an article. `language` None (unsure) leaves out what needs to know it.

    `published_at` tells the year of dates that name none.
    """
    texts = [block.content.text for block in blocks if block.content.text.strip()]
    findings = [
        *_spun(texts, language),
        *_mojibake(texts),
        *(_weekdays(texts, language, published_at) if language else ()),
        *_duplicates(texts),
    ]
    sound = all(finding.severity is not Severity.ERROR for finding in findings)
    return SourceQuality(sound=sound, findings=tuple(findings))


def _spun(texts: Sequence[str], language: str | None) -> Iterator[Finding]:
    found = spun(texts) if language in ("en", None) else None
    if found:
        yield found


def _mojibake(texts: Sequence[str]) -> Iterator[Finding]:
    """One finding for the article, with the first broken words."""
    broken = [_around(text, match) for text in texts for match in _MOJIBAKE.finditer(text)]
    if not broken:
        return
    words = sum(len(text.split()) for text in texts)
    illegible = len(broken) >= 5 and len(broken) > _UNSOUND_MOJIBAKE * words
    yield Finding(
        "mojibake",
        f"{len(broken)} characters were decoded wrongly on the way here. Send the text as UTF-8.",
        Severity.ERROR if illegible else Severity.WARNING,
        ", ".join(dict.fromkeys(broken[:8])),
    )


def _around(text: str, match: re.Match[str]) -> str:
    """The word that a match stands in."""
    start = text.rfind(" ", 0, match.start()) + 1
    end = text.find(" ", match.end())
    return text[max(start, match.start() - _CONTEXT) : min(end if end >= 0 else len(text), match.end() + _CONTEXT)]


def _weekdays(texts: Sequence[str], language: str, published_at: datetime | None) -> Iterator[Finding]:
    """Dates whose weekday the calendar contradicts."""
    years = {int(year) for text in texts for year in _YEAR.findall(text)}
    assumed = years.pop() if len(years) == 1 else None
    for text in texts:
        for found in dates(text, language):
            bare = found.year is None and "/" in text[found.start : found.end]
            if found.weekday is None or (bare and not published_at):
                continue  # `Monday (4/11)` is of the days around its publication
            day = _day(found, published_at, assumed)
            swapped = _day(found, published_at, assumed, swap=True) if found.swapped else None
            if day and found.weekday not in (day.weekday(), swapped.weekday() if swapped else None):
                known = found.year or published_at
                condition = "" if known else f"If {day.year} is meant, the weekday is wrong: "
                message = f"{condition}{format_date(day, 'd MMMM y', 'en')} is a {format_date(day, 'EEEE', 'en')}."
                evidence = text[found.start : found.end]
                yield Finding("weekday-contradicts-date", message, Severity.WARNING, evidence)


def _day(found: FoundDate, published_at: datetime | None, assumed: int | None, swap: bool = False) -> date | None:
    """The day meant: in its own year, else the one nearest to publication, else the only year in the text."""
    day, month = (found.month, found.day) if swap else (found.day, found.month)
    if found.year is None and published_at:
        year = published_at.year
        near = [near for near in (_valid(year + n, month, day) for n in (-1, 0, 1)) if near]
        return min(near, key=lambda each: abs((each - published_at.date()).days), default=None)
    year_meant = found.year or assumed
    return _valid(year_meant, month, day) if year_meant else None


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _duplicates(texts: Sequence[str]) -> Iterator[Finding]:
    """Long paragraphs that stand more than once, letter case and spacing aside."""
    counts = Counter(" ".join(text.casefold().split()) for text in texts)
    for text in dict.fromkeys(" ".join(text.split()) for text in texts):
        count = counts[text.casefold()]
        if count > 1 and len(text) >= _DUPLICATE_AT_LEAST:
            counts[text.casefold()] = 0
            message = f"This paragraph stands {count} times."
            yield Finding("duplicated-paragraph", message, Severity.WARNING, text[:120])
