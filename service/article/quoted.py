"""Quotations in another language within a sentence: carried through as they are, like code.

A sentence in which the newsroom introduces them is translated around them, so that a reader of that other language gets
the very words that were said. (A sentence that is nothing else is kept as a whole: see `sentences`.)
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from service.article import detect, protect, segment
from service.article.inline import escape_text
from service.article.quotes import QUOTED
from service.article.types import ATOM, Atom, Block

Other = Callable[[str, str], str | None]
"""The language of a text where that is surely another than the one given."""


def closed(block: Block, language: str, other: Other) -> Block:
    """The block with an atom for each quotation in another language that stands in a sentence of the article's own."""
    found = [*_found(block, language, other)] if QUOTED.search(block.content.text) else []
    content = block.content
    for start, end in reversed(found):
        said = content.text[start:end]
        content = protect.replaced(content, start, end, Atom(escape_text(said), said))
    return replace(block, content=content) if found else block


def _found(block: Block, language: str, other: Other) -> Iterator[tuple[int, int]]:
    text = block.content.text
    edges = {edge for span in block.content.spans for edge in (span.start, span.end)}
    for begin, stop in segment.split(block.content, language):
        places = [
            (start, end)
            for start, end in map(_inside, QUOTED.finditer(text, begin, stop))
            if ATOM not in text[start:end] and not any(start < edge < end for edge in edges)
        ]
        told = [(place, foreign) for place in places if (foreign := _language(text[slice(*place)], language, other))]
        around = QUOTED.sub(" ", text[begin:stop])
        if re.search(r"[^\W\d_]", around) and not any(detect.likelier(around, each, language) for _, each in told):
            yield from (place for place, _ in told)


def _inside(match: re.Match[str]) -> tuple[int, int]:
    """Where the words of a quotation are, without the mark at their end: the sentence around may need another."""
    start, end = next(match.span(n) for n in range(1, match.re.groups + 1) if match[n] is not None)
    said = match.string[start:end]
    return start + len(said) - len(said.lstrip()), start + len(said.rstrip().rstrip(",."))


def _language(said: str, language: str, other: Other) -> str | None:
    return detect.quoted_language(said, language) or other(said, language)
