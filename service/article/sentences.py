"""Sentences of an article: cutting blocks into segments, and walking them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from service.article import boilerplate, dateline, detect, quoted, reuse, segment
from service.article.inline import cut, to_html
from service.article.types import Article, Block, Inline, Part, Refusal, Rule, Segment

_OPENING = 3
"""Paragraphs of a body in which its one dateline is looked for: a byline or the day may stand before it."""

_DOUBTFUL = 300
"""Blocks and sentences of an article whose language is looked into, at 4 ms each: the caller waits. An article that
quotes another language more often is a list of words or a transcript."""


MAX_BLOCKS = 3_000
"""Paragraphs, items, cells of an article: more is a data set. A long feature has some 200."""

MAX_SENTENCES = 10_000
"""Sentences of an article: a book of 500 pages has as many. They are read while the caller waits."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A segment with its block, its content and its source as inline HTML."""

    block: Block
    segment: Segment
    content: Inline
    source: str


def of(article: Article) -> Iterator[Sentence]:
    """All sentences of an article in reading order."""
    for block in article.blocks():
        for piece in block.segments:
            content = cut(block.content, piece.start, piece.end)
            yield Sentence(block, piece, content, to_html(content))


def segmented(parts: Sequence[Part], language: str) -> tuple[Part, ...]:
    """The parts with their blocks cut into sentences; ids are unique over all parts.

    Raises Refusal for more than MAX_BLOCKS or MAX_SENTENCES.
    """
    _limit("blocks (paragraphs, items, cells)", sum(len(part.blocks) for part in parts), MAX_BLOCKS)
    cut_parts: list[Part] = []
    doubtful = 0

    def other(text: str, than: str) -> str | None:
        nonlocal doubtful
        if doubtful >= _DOUBTFUL or not detect.is_doubtful(text, than):
            return None
        doubtful += 1
        return detect.block_language(text, than)

    for part in parts:
        left = _OPENING if part.name == "body" else 0
        blocks: list[Block] = []
        for block in part.blocks:
            opening = left > 0 and block.role == "paragraph"
            block = quoted.closed(block, language, other)
            blocks.append(_foreign(block, language, other) or _segmented(block, language, other, opening=opening))
            found = any(piece.rule == "dateline" for piece in blocks[-1].segments)
            left = 0 if found else left - opening
        cut_parts.append(replace(part, blocks=tuple(blocks)))
    _limit("sentences", sum(len(block.segments) for part in cut_parts for block in part.blocks), MAX_SENTENCES)
    return _with_ids(cut_parts)


def _limit(what: str, count: int, most: int) -> None:
    if count > most:
        message = f"the text has {count:,} {what}, more than {most:,}: split it into several articles"
        raise Refusal("too-long", "body", message)


def _foreign(block: Block, language: str, other: quoted.Other) -> Block | None:
    """A block that is surely in another language, to be kept; None where a sentence of it is not."""
    foreign = other(block.content.text, language)
    if foreign is None:
        return None
    spans = segment.split(block.content, foreign)
    if len(spans) > 1 and any(detect.likelier(block.content.text[a:b], language, foreign) for a, b in spans):
        return None
    return replace(block, language=foreign, segments=tuple(Segment("", a, b, "keep") for a, b in spans))


def _segmented(block: Block, language: str, other: quoted.Other, *, opening: bool) -> Block:
    """One block cut into sentences. `opening` ones (the body's first paragraphs) may begin with a dateline, any with a
    label (`Baca juga:`), and end with initials; a sentence that is surely in another language is kept."""
    text = block.content.text
    head = dateline.find(text) if opening else None
    label = boilerplate.label(text) if head is None and block.role != "heading" else None
    end = boilerplate.initials(text)
    first = head.end if head else label.end if label else 0
    last = end.start if end and end.start > first else len(text)
    segments: list[Segment] = []
    if head or label:
        segments.append(Segment("", 0, len(text[:first].rstrip()), "dateline" if head else "furniture"))
    for a, b in segment.split(cut(block.content, first, last), language):
        said = text[a + first : b + first]
        foreign = other(said, language) if said != text else None
        segments.append(Segment("", a + first, b + first, "keep" if foreign else _rule(said), foreign))
    if last < len(text):
        segments.append(Segment("", last, end.end if end else last, "keep"))
    return replace(block, segments=tuple(segments))


_KEPT: Final = frozenset({"advert", "share", "player", "initials"})


def _rule(text: str) -> Rule:
    found = boilerplate.whole(text)
    if found is not None:
        return "keep" if found.kind in _KEPT else "furniture"
    return "translate" if re.search(r"[^\W\d_]", text) else "keep"


def _with_ids(parts: Sequence[Part]) -> tuple[Part, ...]:
    sources = [
        to_html(cut(block.content, piece.start, piece.end))
        for part in parts for block in part.blocks for piece in block.segments
    ]  # fmt: skip
    ids = iter(reuse.segment_ids(sources))
    return tuple(
        replace(
            part,
            blocks=tuple(
                replace(block, segments=tuple(replace(piece, id=next(ids)) for piece in block.segments))
                for block in part.blocks
            ),
        )
        for part in parts
    )
