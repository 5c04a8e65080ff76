"""Stand-ins in a plain sentence for words that its translation has to have in a given form.

The model reads `X1` where the words are, and what it writes for that becomes the form. It costs the sentence some of
its sense, so it is for sentences that came out wrong without.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from service.article.alignment import Plain, free_letter, reworded
from service.article.types import Hypothesis

ARTICLE: Final = re.compile(r"^the\s+")
"""With which a term's target says that it is written with an article, where there is not another determiner."""

_DETERMINED: Final = re.compile(
    r"(?:\b(?:the|a|an|this|that|its|his|her|their|our|my|your|no|any|each|every)|['’]s|s['’])\s+$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Place:
    """What is to be written for `text[start:end]` of a plain sentence."""

    start: int
    end: int
    target: str


@dataclass(frozen=True, slots=True)
class Mask:
    """A stand-in at `text[start:end]` of a masked sentence, and what it stands for."""

    stand_in: str
    start: int
    end: int
    target: str


def mask(ready: Plain, places: Sequence[Place]) -> tuple[Plain, tuple[Mask, ...]]:
    """The sentence with a stand-in for each of the places, the first of those that overlap; offsets stay those of the
    content."""
    if not places:
        return ready, ()
    letter = free_letter(ready.text)
    text, position = "", 0
    origin: tuple[int, ...] = ()
    masks: list[Mask] = []
    for place in sorted(places, key=lambda place: place.start):
        if place.start < position:
            continue
        stand_in = f"{letter}{len(masks) + 1}"
        text += ready.text[position : place.start]
        origin += ready.origin[position : place.start]
        masks.append(Mask(stand_in, len(text), len(text) + len(stand_in), place.target))
        text += stand_in
        origin += (ready.origin[place.start],) * len(stand_in)
        position = place.end
    return Plain(text + ready.text[position:], origin + ready.origin[position:], ready.stand_ins), tuple(masks)


def unmask(hypothesis: Hypothesis, masks: Sequence[Mask]) -> Hypothesis:
    """The hypothesis with the words in the place of their stand-ins; one that the model lost stays lost."""
    for one in masks:
        match = re.search(rf"(?<!\w){one.stand_in}(?!\d)", hypothesis.text, re.IGNORECASE)
        if match:
            written = fitting(one.target, hypothesis.text[: match.start()])
            hypothesis = reworded(hypothesis, match.start(), match.end(), written, (one.start, one.end))
    return hypothesis


def fitting(target: str, before: str) -> str:
    """The words as they go on from what is before them: no article after a determiner, a capital at the start.

    >>> fitting("the Supreme Court", "He went to its "), fitting("the Supreme Court", "")
    ('Supreme Court', 'The Supreme Court')
    """
    if _DETERMINED.search(before):
        target = ARTICLE.sub("", target)
    return target if before.strip() else target[:1].upper() + target[1:]
