"""Is this source sound? What a translation would only repeat is told to the publisher, with the evidence.

Each finding says what, why, where and how sure it is; what can surely be put right comes as proposed changes. Only
what makes the whole text worthless makes it unsound (an `error`); a warning names the place and leaves the judgement to
people. Scanner's misreadings, pressed keys and texts that break off are told in `noise`, what a page has around its
article in `boilerplate`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from babel.dates import format_date

from service.article import attributes, noise, protect, repair
from service.article import spun as spinning
from service.article.boilerplate import boilerplate
from service.article.dates import FoundDate, dates
from service.article.furniture import closing_switcher
from service.article.repair import Left
from service.article.types import Block, Change, Part, Place, Severity, SourceFinding, SourceQuality

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

_LONG_LINE: Final = 500
"""Characters from which a line is no switcher."""

_YEAR: Final = re.compile(r"(?<![\d.,])20\d\d(?![\d.,]\d|\d)")
_CONTEXT: Final = 24


_MIXED_SHARE: Final = 0.3
"""Share of the words in another language from which it is more than a quotation."""


def judge(parts: Sequence[Part], language: str | None, published_at: datetime | None = None) -> SourceQuality:
    """Judge the text of an article, its parts cut into sentences, and propose what mends it.

    `language` None (unsure) leaves out what needs to know it. `published_at` tells the year of dates that name none.
    """
    read = {part.name: [*_opened(part)] for part in parts}
    blocks, body = [block for name in read for block in read[name]], read.get("body", [])
    spun = [*_spun(blocks, language)]
    changes, left = repair.proposed([block for part in parts for block in part.blocks], spun=bool(spun))
    findings = (
        *spun,
        *_left(left),
        *_mojibake(blocks, changes),
        *noise.scanned(blocks, language),
        *noise.pressed(blocks, language),
        *noise.truncated(body, language),
        *(_weekdays(blocks, language, published_at) if language else ()),
        *_duplicates(blocks),
        *_mixed(blocks, language),
        *boilerplate(body),
        *_switcher(body),
    )
    sound = all(finding.severity is not Severity.ERROR for finding in findings)
    return SourceQuality(sound=sound, findings=findings, changes=changes)


def _opened(part: Part) -> Iterator[Block]:
    """The blocks that people read, with the text that they see (places are counted in that)."""
    for block in part.blocks:
        if block.role != attributes.ROLE and block.content.text.strip():
            yield replace(block, content=protect.opened(block.content))


def _spun(blocks: Sequence[Block], language: str | None) -> Iterator[SourceFinding]:
    found = spinning.spun([block.content.text for block in blocks]) if language in ("en", None) else None
    if found:
        places = sorted(
            {
                (number, match.start(), match.end())
                for number, block in enumerate(blocks)
                for tell in spinning.TELLS
                for match in tell.pattern.finditer(block.content.text)
            }
        )
        told = tuple(Place(blocks[number].id, start, end) for number, start, end in places)
        yield SourceFinding(found.code, found.message, found.severity, found.evidence, 0.99, told)


def _left(words: Sequence[Left]) -> Iterator[SourceFinding]:
    """The spinner's words that no change puts right."""
    if words:
        told = dict.fromkeys(f"{one.word} ({one.guess}?)" if one.guess else one.word for one in words)
        yield SourceFinding(
            "spun-words-left",
            f"What stood for {_counted(len(words), 'more word', 'more words')} is not sure: left as posted.",
            Severity.WARNING,
            ", ".join([*told][:20]),
            round(sum(one.confidence for one in words) / len(words), 2),
            tuple(one.place for one in words),
        )


def _mojibake(blocks: Sequence[Block], changes: Sequence[Change]) -> Iterator[SourceFinding]:
    """One finding for the article, with the first broken words: those that have a pattern, those that can be mended."""
    places: list[Place] = []
    words: list[str] = []
    for block in blocks:
        text = block.content.text
        mended = [(one.start, one.end) for one in changes if one.block == block.id and one.kind == "mojibake"]
        last = 0
        for start, end in sorted((*(match.span() for match in _MOJIBAKE.finditer(text)), *mended)):
            if start >= last:  # else it is told already
                places.append(Place(block.id, start, end))
                words.append(_around(text, start, end))
            last = max(last, end)
    if not places:
        return
    illegible = len(places) >= 5 and len(places) > _UNSOUND_MOJIBAKE * sum(len(b.content.text.split()) for b in blocks)
    yield SourceFinding(
        "mojibake",
        f"{_counted(len(places), 'word was', 'words were')} decoded wrongly on the way here. Send the text as UTF-8.",
        Severity.ERROR if illegible else Severity.WARNING,
        ", ".join(dict.fromkeys(words[:8])),
        0.98,
        tuple(places),
    )


def _around(text: str, start: int, end: int) -> str:
    """The word that a place stands in."""
    first, last = text.rfind(" ", 0, start) + 1, text.find(" ", end)
    return text[max(first, start - _CONTEXT) : min(last if last >= 0 else len(text), end + _CONTEXT)]


def _weekdays(blocks: Sequence[Block], language: str, published_at: datetime | None) -> Iterator[SourceFinding]:
    """Dates whose weekday the calendar contradicts."""
    years = {int(year) for block in blocks for year in _YEAR.findall(block.content.text)}
    assumed = years.pop() if len(years) == 1 else None
    for block in blocks:
        text = block.content.text
        for found in dates(text, language):
            bare = found.year is None and "/" in text[found.start : found.end]
            if found.weekday is None or (bare and not published_at):
                continue  # `Monday (4/11)` is of the days around its publication
            day = _day(found, published_at, assumed)
            swapped = _day(found, published_at, assumed, swap=True) if found.swapped else None
            if day and found.weekday not in (day.weekday(), swapped.weekday() if swapped else None):
                known = found.year or published_at
                condition = "" if known else f"If {day.year} is meant, the weekday is wrong: "
                yield SourceFinding(
                    "weekday-contradicts-date",
                    f"{condition}{format_date(day, 'd MMMM y', 'en')} is a {format_date(day, 'EEEE', 'en')}.",
                    evidence=text[found.start : found.end],
                    confidence=0.95 if found.year else 0.85 if published_at else 0.7,
                    places=(Place(block.id, found.start, found.end),),
                )


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


def _duplicates(blocks: Sequence[Block]) -> Iterator[SourceFinding]:
    """Long paragraphs that stand more than once, letter case and spacing aside."""
    found: dict[str, list[Block]] = {}
    for block in blocks:
        found.setdefault(" ".join(block.content.text.casefold().split()), []).append(block)
    for text, same in found.items():
        if len(same) > 1 and len(text) >= _DUPLICATE_AT_LEAST:
            yield SourceFinding(
                "duplicated-paragraph",
                f"This paragraph stands {len(same)} times.",
                evidence=" ".join(same[0].content.text.split())[:120],
                places=tuple(_whole(block) for block in same[1:]),
            )


def _mixed(blocks: Sequence[Block], language: str | None) -> Iterator[SourceFinding]:
    """Blocks in another language than the article: they stay as they are in every variant."""
    foreign = [block for block in blocks if block.language and block.language != language]
    if not foreign:
        return
    words = Counter[str]()
    for block in foreign:
        words[block.language or ""] += len(block.content.text.split())
    share = words.total() / max(1, sum(len(block.content.text.split()) for block in blocks))
    yield SourceFinding(
        "mixed-languages",
        f"{share:.0%} of the text is in {', '.join(code for code, _ in words.most_common())}: it stays as it is.",
        Severity.WARNING if share > _MIXED_SHARE else Severity.INFO,
        " ".join(foreign[0].content.text.split())[:120],
        0.95,
        tuple(_whole(block) for block in foreign),
    )


def _switcher(body: Sequence[Block]) -> Iterator[SourceFinding]:
    """The names of languages that a page's switcher has, at the end of a body that was copied with it."""
    last = [block for block in body[-3:] if len(block.content.text) < _LONG_LINE]
    left, locales = closing_switcher([block.content.text for block in last])
    if locales:
        last = last[left:]
        evidence = " ".join(block.content.text.strip() for block in last)
        message = "The last line names languages: a page's switcher, not text of the article."
        yield SourceFinding("boilerplate", message, Severity.WARNING, evidence, 0.95, tuple(map(_whole, last)))


def _counted(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


def _whole(block: Block) -> Place:
    return Place(block.id, 0, len(block.content.text))
