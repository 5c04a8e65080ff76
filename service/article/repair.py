"""What is wrong in a source text and can surely be put right: each change logged, with its place, and reversible.

Code points that nobody sees, and sequences that have a shorter, equal form (Unicode NFC), are put right as a text
comes in. Text that was decoded wrongly is a proposal, like a spinner's words: the posted text stays what readers of the
source's language see until a person accepts the changes, all or some; translations are made from the repaired text
at once (see `working`).

ftfy (Robyn Speer, Apache-2.0) tells and undoes wrong decoding; only its changes of encoding, ligatures and width are
asked for, since straight quotes and line ends are the publisher's own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import accumulate
from typing import Final

from service.article import protect, sentences, unspin
from service.article.inline import edited
from service.article.types import ATOM, Article, Block, Change, ChangeKind, Inline, Part, Place, Refusal
from service.article.words import ADDRESS

_UNSEEN: Final = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u2060-\u2064\ufeff\ufff9-\ufffb]+|[\u200c\u200d]+")
"""Control characters that no text has, and spaces and joiners of no width. Soft hyphens and marks of direction are
not among them: they are meant. C1 controls neither: they tell how a text was decoded wrongly."""

_JOINING: Final = re.compile("[\u0530-\u1dff\u2190-\u2bff\ua000-\ufb06\ufb13-\ufe0f\U00010000-\U0001faff\ufffc]")
"""What a joiner says something behind: letters and marks of scripts that join theirs, emoji."""

_UNSPACED: Final = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
"""Letters of Thai, Lao, Burmese and Khmer: a space of no width parts their words."""

_WIDE: Final = re.compile("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]+")
_EAST_ASIAN: Final = re.compile("[\u2e80-\u9fff\uac00-\ud7af]")
"""Beside these letters, wide ones and wide punctuation are as they should be."""

_MOST_APART: Final = 50
"""Changes of a block's characters that are told one by one."""

_TOLD: Final = 5
"""Ids of changes that a refusal names: an article may have hundreds."""

_MOST_SPUN: Final = 40_000
"""Characters of an article whose spun words are looked into, some 6,500 words: two seconds of a core, in a request."""

_APOSTROPHE: Final = re.compile("(?<=[^\\W\\d_])[¡¿](?=[^\\W\\d_])|(?<=[^\\W\\d_])\ufffd(?=(?:s|t|d|m|re|ve|ll)\\b)")
"""A curly apostrophe that a single byte was taken for; ftfy leaves it, since it is no UTF-8: `coalition¡s`."""

_TOKEN: Final = re.compile(r"[ \t\n\r\f\v]+|[^ \t\n\r\f\v]+")
"""Words between spaces of ASCII: no-break spaces and C1 controls are what mojibake is made of."""

_NOT_ASCII: Final = re.compile(r"[^\0-\x7f]")

SURE: Final = 0.98
"""Confidence in a change that ftfy proposes, and in an apostrophe's: see docs/source.md for what was measured."""

Edit = tuple[int, int, str]
"""A start, an end and what is written there."""


@dataclass(frozen=True, slots=True)
class Left:
    """A spinner's word that is left as it is; `guess` is its likeliest original, empty for none."""

    place: Place
    word: str
    guess: str
    confidence: float


# --- as a text comes in ----------------------------------------------------------------------------------------------


def cleaned(parts: Iterable[Part]) -> tuple[tuple[Part, ...], tuple[Change, ...]]:
    """The parts in Unicode NFC without stray control characters, spaces of no width and joiners, and what changed."""
    parts = tuple(parts)
    blocks = (block for part in parts for block in part.blocks)
    changes = tuple(_logged(blocks, "characters", lambda text: _together(text, [*_characters(text)])))
    changes = tuple(replace(one, state="applied") for one in changes)
    return applied(parts, changes) if changes else parts, changes


def _together(text: str, edits: list[Edit]) -> Iterator[Edit]:
    """The edits; as one where there are so many that nobody would read them one by one."""
    if len(edits) <= _MOST_APART:
        return iter(edits)
    start, end = edits[0][0], edits[-1][1]
    new = edited(Inline(text[start:end]), [(a - start, b - start, after) for a, b, after in edits]).text
    return iter([(start, end, new)])


def _characters(text: str) -> Iterator[Edit]:
    if text.isascii() and not _UNSEEN.search(text):
        return iter(())
    unseen = [(*match.span(), "") for match in _UNSEEN.finditer(text) if not _joins(match)]
    composed = [] if unicodedata.is_normalized("NFC", text) else [*_composed(text)]
    return iter(sorted((*unseen, *composed)))


def _composed(text: str) -> Iterator[Edit]:
    """What is another in NFC, one character with its marks at a time."""
    start = 0
    for end in range(1, len(text) + 1):
        if end < len(text) and _extends(text[end]):
            continue
        piece = text[start:end]
        composed = unicodedata.normalize("NFC", piece)
        if composed != piece:
            yield start, end, composed
        start = end


def _joins(match: re.Match[str]) -> bool:
    """Whether a joiner, or the space between words of a script that writes none, stands where it says something."""
    if not match[0].strip("\u200b"):
        return bool(_UNSPACED.match(match.string[match.start() - 1 : match.start()] or " "))
    if match[0][0] not in "\u200c\u200d":
        return False
    return bool(_JOINING.match(match.string[match.start() - 1 : match.start()] or " "))


def _extends(character: str) -> bool:
    """Whether it may become one with what is before it."""
    return unicodedata.combining(character) > 0 or "\u1160" <= character <= "\u11ff"


# --- what is proposed ------------------------------------------------------------------------------------------------


def proposed(blocks: Sequence[Block], *, spun: bool = False) -> tuple[tuple[Change, ...], tuple[Left, ...]]:
    """The changes that undo wrong decoding, ligatures and letters of another width; where the article is `spun`, those
    of a spinner's words too, and its words that nobody can tell the original of."""
    texts = [protect.opened(block.content).text for block in blocks]
    found: list[list[Change]] = []
    for block, text in zip(blocks, texts, strict=True):
        found.append([])
        if _NOT_ASCII.search(text):
            decoded = [*_logged([block], "mojibake", _decoded)]
            typed = [one for one in _logged([block], "typography", _typed) if not overlaps(one, decoded)]
            found[-1] = sorted((*decoded, *typed), key=lambda one: one.start)
    left: list[Left] = []
    if spun:
        foreign = [block.language or any(one.language for one in block.segments) for block in blocks]
        so_far = accumulate(map(len, texts))
        repairs = unspin.repaired(
            [
                _mended(text, own) if size <= _MOST_SPUN and not other else ""
                for text, own, size, other in zip(texts, found, so_far, foreign, strict=True)
            ]
        )
        for block, text, own, made in zip(blocks, texts, found, repairs, strict=True):
            words, marks = _unspun(block, text, own, made)
            own += words
            left += marks
    return tuple(one for own in found for one in sorted(own, key=lambda one: one.start)), tuple(left)


def _unspun(block: Block, text: str, own: Sequence[Change], made: unspin.Repair) -> tuple[list[Change], list[Left]]:
    """A block's spun words, at their places in its text before that was decoded; addresses are left alone."""
    taken = [(one.start, one.end) for one in own] + [match.span() for match in protect.PROTECTED.finditer(text)]

    def place(start: int, end: int, word: str) -> tuple[int, int] | None:
        for one in own:
            if one.start < start:
                shift = len(one.before) - len(one.after)
                start, end = start + shift, end + shift
        free = text[start:end] == word and not any(start < last and end > first for first, last in taken)
        return (start, end) if free else None

    changes = [
        Change("", block.id, *found, one.before, one.after, "spun", one.confidence)
        for one in _tied(_mended(text, own), made.changes)
        if (found := place(one.start, one.end, one.before))
    ]
    marks = [
        Left(Place(block.id, *found), one.word, one.guess, one.confidence)
        for one in made.marks
        if (found := place(one.start, one.end, one.word))
    ]
    return changes, marks


def _tied(text: str, changes: Iterable[unspin.Change]) -> list[unspin.Change]:
    """The changes; `a` that becomes `an` is one with the word behind it that asks for that: neither is right alone."""
    tied: list[unspin.Change] = []
    for one in changes:
        last = tied[-1] if tied else None
        if last and one.start == last.end + 1 and {last.before.lower(), last.after.lower()} == {"a", "an"}:
            after = f"{last.after}{text[last.end]}{one.after}"
            one = replace(one, start=last.start, before=text[last.start : one.end], after=after)
            tied.pop()
        tied.append(one)
    return tied


def _mended(text: str, changes: Iterable[Change]) -> str:
    return edited(Inline(text), [(one.start, one.end, one.after) for one in changes]).text


def overlaps(change: Change, others: Iterable[Change]) -> bool:
    """Whether a change is of words that one of the others changes as well."""
    return any(change.block == one.block and change.start < one.end and change.end > one.start for one in others)


def _decoded(text: str) -> Iterator[Edit]:
    from ftfy import fix_encoding

    return _differing(text, lambda piece: _APOSTROPHE.sub("’", fix_encoding(piece)))


def _typed(text: str) -> Iterator[Edit]:
    from ftfy.fixes import fix_character_width, fix_latin_ligatures

    def narrow(piece: str) -> str:
        wide = piece if _EAST_ASIAN.search(piece) else _WIDE.sub(lambda match: fix_character_width(match[0]), piece)
        return fix_latin_ligatures(wide)

    return _differing(text, narrow)


def _differing(text: str, fix: Callable[[str], str]) -> Iterator[Edit]:
    """Where a text is another when it is fixed, word by word; atoms are left alone."""
    position = 0
    for piece in text.split(ATOM):
        fixed = fix(piece)
        if fixed != piece:
            yield from ((position + start, position + end, new) for start, end, new in _words(piece, fixed))
        position += len(piece) + 1


def _words(before: str, after: str) -> Iterator[Edit]:
    """The words that differ; all between the first and the last of them where there are not as many."""
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    if len(old) != len(new):
        yield 0, len(before), after
        return
    start = 0
    for one, other in zip(old, new, strict=True):
        if one != other:
            yield start, start + len(one), other
        start += len(one)


def _logged(blocks: Iterable[Block], kind: ChangeKind, find: Callable[[str], Iterator[Edit]]) -> Iterator[Change]:
    for block in blocks:
        text = protect.opened(block.content).text
        addresses = [] if kind == "characters" else [match.span() for match in ADDRESS.finditer(text)]
        for start, end, after in find(text):
            if any(start < last and end > first for first, last in addresses):
                continue  # what a link says is what it leads to
            yield Change("", block.id, start, end, text[start:end], after, kind, 1.0 if kind == "characters" else SURE)


def numbered(changes: Iterable[Change]) -> tuple[Change, ...]:
    """The changes with ids of their own in this order."""
    return tuple(replace(change, id=f"c{number}") for number, change in enumerate(changes, 1))


# --- what is done with them ------------------------------------------------------------------------------------------


def applied(parts: Iterable[Part], changes: Iterable[Change]) -> tuple[Part, ...]:
    """The parts with these changes made, none of which overlap; their sentences are to be cut again."""
    edits: dict[str, list[Edit]] = {}
    for one in changes:
        edits.setdefault(one.block, []).append((one.start, one.end, one.after))
    return tuple(replace(part, blocks=tuple(_edited(block, edits) for block in part.blocks)) for part in parts)


def _edited(block: Block, edits: Mapping[str, list[Edit]]) -> Block:
    if block.id not in edits:
        return block
    return replace(block, content=protect.closed(edited(protect.opened(block.content), edits[block.id])), segments=())


def working(article: Article) -> Article:
    """The article as it is translated: with all that is proposed, until a person decides."""
    waiting = [one for one in article.source_quality.changes if one.state == "proposed"]
    return article if article.posted else _repaired(article, waiting)


def accepted(article: Article, chosen: Collection[str] | None, by: str, at: datetime) -> Article:
    """The article as a person accepts it: with the chosen changes (ids; None: all), and no other.

    Raises Refusal for a change that there is not.
    """
    quality, ids = article.source_quality, {one.id for one in proposals(article)}
    if unknown := sorted(set(chosen or ()) - ids):
        raise Refusal("change-unknown", "changes", f"there is no change {unknown[0]!r} to accept; {_had(article)}")
    wanted = ids if chosen is None else set(chosen)
    changes = tuple(
        replace(one, state="accepted" if one.id in wanted else "rejected") if one.id in ids else one
        for one in quality.changes
    )
    decided = replace(quality, changes=changes, accepted_by=by, accepted_at=at)
    return _repaired(
        replace(as_posted(article), source_quality=decided), [one for one in changes if one.state == "accepted"]
    )


def _had(article: Article) -> str:
    ids = [one.id for one in proposals(article)]
    have = ", ".join(ids[:_TOLD])
    more = f" and so on, {len(ids)} in all" if len(ids) > _TOLD else ""
    return f"there is: {have}{more}" if ids else "there is none"


def reopened(article: Article) -> Article:
    """The article as it was before a person accepted it."""
    ids = {one.id for one in proposals(article)}
    changes = tuple(replace(one, state="proposed") if one.id in ids else one for one in article.source_quality.changes)
    quality = replace(article.source_quality, changes=changes, accepted_by=None, accepted_at=None)
    return replace(as_posted(article), source_quality=quality)


def carried(before: Article, article: Article) -> Article:
    """An article that came in again, with what a person decided about this very text."""
    decided = before.source_quality.accepted_by is not None
    same = decided and before.locale == article.locale and _texts(as_posted(before)) == _texts(article)
    if not same:
        return article
    return replace(article, parts=before.parts, posted=before.posted, source_quality=before.source_quality)


def as_posted(article: Article) -> Article:
    """The article with the text that was posted."""
    return replace(article, parts=article.posted, posted=()) if article.posted else article


def proposals(article: Article) -> tuple[Change, ...]:
    """The changes that a person decides about, decided or not."""
    return tuple(one for one in article.source_quality.changes if one.state != "applied")


def made(article: Article) -> int:
    """How many of them were made in the article's text as it is here."""
    return sum(one.state in ("proposed", "accepted") for one in proposals(article)) if article.posted else 0


def _repaired(article: Article, changes: Sequence[Change]) -> Article:
    if not changes:
        return article
    parts = sentences.segmented(applied(article.parts, changes), article.language or "en")
    return replace(article, parts=parts, posted=article.parts)


def _texts(article: Article) -> list[object]:
    return [(part.name, part.skeleton, [(block.id, block.content) for block in part.blocks]) for part in article.parts]
