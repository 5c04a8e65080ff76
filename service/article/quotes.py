"""Quotation marks: what somebody said must not become what the newsroom says, nor another's words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from service.article import detect
from service.article.types import Hypothesis

_MARK: Final = re.compile(r"[\"“”„«»]")
QUOTED: Final = re.compile(r"\"([^\"]*)\"|[“„]([^“”]*)[”“]|«([^»]*)»")

_MOST: Final = 0.5
"""Share of a quotation's words that have to come from words in quotation marks."""

_WORDS_NEEDED: Final = 4


def marks(text: str) -> int:
    """How many quotation marks there are, of whatever kind; those of inches and apostrophes are none.

    >>> marks("“Yes,” he said. \\"No.\\" It's 5\\" wide.")
    4
    """
    return len(_MARK.findall(re.sub(r"(?<=\d)\"", "", text)))


def without_carried(source: str, target: str, source_language: str, target_language: str) -> tuple[str, str]:
    """Both without the words of the quotations that were in the target's language already, and stayed as they were.

    >>> without_carried('Ia berkata, "This is not over."', 'He said, "This is not over."', "id", "en")
    ('Ia berkata, "."', 'He said, "."')
    """
    for quotation in QUOTED.finditer(target):
        said = quotation[quotation.lastindex or 0].strip().rstrip(",.")
        if said in source and detect.likelier(said, target_language, source_language):
            source, target = source.replace(said, ""), target.replace(said, "")
    return source, target


def moved(source: str, hypothesis: Hypothesis) -> Iterator[str]:
    """The quotations of a translation whose words come, by the alignment, from outside of the source's marks."""
    inside = [match.span() for match in QUOTED.finditer(source)]
    if not inside:
        return
    for quotation in QUOTED.finditer(hypothesis.text):
        words = [
            any(start <= link.source_start < end for start, end in inside)
            for link in hypothesis.links
            if quotation.start() < link.target_start < quotation.end() - 1
            and hypothesis.text[link.target_start : link.target_end].strip().isalnum()
        ]
        if len(words) >= _WORDS_NEEDED and sum(words) < _MOST * len(words):
            yield quotation[0]
