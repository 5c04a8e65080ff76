"""Repair machine-spun English: which words the spinner read before it put its own.

A noisy channel (Shannon 1948; Kernighan, Church & Gale 1990): of all the sentences that could have become this one,
how likely is each to have been written (`ngrams`) and to have been spun into it (`substitutions`)? What is sure is put
right; what is surely spun but not surely this or that word is left, and marked.

How much of the article was replaced is measured by the spinner's function words: where "the" and "on" stand, little
else will have been touched. It is for texts that `spun` judged spun; others come through as they were.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from service.article import ngrams, spun, substitutions
from service.article.inline import edited
from service.article.lattice import Lattice, Rates, Reading, vowel
from service.article.substitutions import Substitutions
from service.article.types import Inline

SURE: Final = 0.6
SURE_SYNONYM: Final = 0.97
"""The probabilities from which a word is put right: by one that spinners were seen to replace so, or by a synonym."""

SPUN: Final = 0.95
"""The probability of having been replaced from which a word that is not put right is marked."""

_FUNCTION: Final = 0.97
_SEEN: Final = 0.5
_OTHER: Final = 0.25
"""The rates of an article that is spun throughout, as in tests/samples/madrid-summit.txt."""

_LEAST: Final = 1e-4

_LEAST_SHARE: Final = 1e-12
_NOTHING: Final = -12.0

_TOGETHER: Final = 0.5
"""How much the other places of a word count: spinners always put the same word for the same one, writers may not."""


@dataclass(frozen=True, slots=True)
class Change:
    """A word put right. Offsets are code points of the posted text; `confidence` is between 0 and 1."""

    start: int
    end: int
    before: str
    after: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Mark:
    """A word that is surely spun and was left: `guess` is the likeliest original, `confidence` that it is spun."""

    start: int
    end: int
    word: str
    guess: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Repair:
    """A text with its spun words put right. The changes, in their order, make `text` of the posted one."""

    text: str
    changes: tuple[Change, ...]
    marks: tuple[Mark, ...]


def repaired(texts: Sequence[str], table: Substitutions | None = None) -> tuple[Repair, ...]:
    """Repair the texts of one article, in their order; the same texts always give the same repairs.

    `table` is the product's own unless another is to be tried.
    """
    known = substitutions.table() if table is None else table
    model = ngrams.english()
    rates = _rates(texts, known)
    sentences = [[Lattice(text, run, model, known, rates) for run in ngrams.runs(text)] for text in texts]
    _pool([one for own in sentences for one in own])
    return tuple(_repair(text, own) for text, own in zip(texts, sentences, strict=True))


def _rates(texts: Sequence[str], table: Substitutions) -> Rates:
    """The rates of an article: where spinners' function words stand unspun, it is spun in part, or not."""
    put = spun.tells(texts).total()
    left = sum(table.always(token.word) for text in texts for token in ngrams.read(text))
    share = put / (put + left + 1)
    return Rates(*(max(_LEAST, share * rate) for rate in (_FUNCTION, _SEEN, _OTHER)))


def _pool(sentences: Sequence[Lattice]) -> None:
    """Let the places of the same spun word tell one another what it stands for."""
    places: dict[str, list[tuple[list[Reading], list[float]]]] = defaultdict(list)
    for lattice in sentences:
        for at, readings in enumerate(lattice.readings):
            if len(readings) > 1 and lattice.bare(at, 1) and not any(reading.always for reading in readings):
                places[lattice.spun(at, 1)].append((readings, lattice.shares[at]))
    for found in places.values():
        evidence = [_evidence(*place) for place in found]
        whole: dict[str, float] = defaultdict(float)
        for one in evidence:
            for original, cost in one.items():
                whole[original] += cost
        for (readings, shares), own in zip(found, evidence, strict=True):
            weights = [
                share * math.exp(_TOGETHER * max(whole[reading.original] - own[reading.original], _NOTHING))
                for reading, share in zip(readings, shares, strict=True)
            ]
            if any(weights):
                factor = sum(shares) / sum(weights)
                shares[:] = [factor * weight for weight in weights]


def _evidence(readings: Sequence[Reading], shares: Sequence[float]) -> dict[str, float]:
    """By original, the logarithm of how well it suits the words around, against the one that suits them best."""
    costs = {
        reading.original: math.log(max(share, _LEAST_SHARE)) - reading.cost
        for reading, share in zip(readings, shares, strict=True)
    }
    most = max(costs.values())
    return {original: cost - most for original, cost in costs.items()}


def _repair(text: str, sentences: Sequence[Lattice]) -> Repair:
    decided = [one for lattice in sentences for one in _decided(lattice)]
    changes = (*_with_articles(text, [one for one in decided if isinstance(one, Change)]),)
    mended = edited(Inline(text), [(one.start, one.end, one.after) for one in changes]).text
    return Repair(mended, changes, tuple(one for one in decided if isinstance(one, Mark)))


def _decided(lattice: Lattice) -> Iterator[Change | Mark]:
    """What is put right in a sentence, and what is marked."""
    at = 0
    while at < len(lattice.tokens):
        others = [*zip(lattice.readings[at], lattice.shares[at], strict=True)][1:]
        length = 1
        if others:
            best, share = max(others, key=lambda pair: pair[1])
            replaced = min(1.0, sum(share for _, share in others))
            start, end = lattice.tokens[at].start, lattice.tokens[at + best.length - 1].end
            before = lattice.text[start:end]
            after = _cased(best.original, before)
            if share >= (SURE if best.seen else SURE_SYNONYM):
                yield Change(start, end, before, after, round(min(1.0, share), 3))
                length = best.length
            elif replaced >= SPUN:
                yield Mark(start, end, before, after, round(replaced, 3))
        at += length


def _cased(original: str, before: str) -> str:
    """The original in the letter case of what it replaces."""
    if original == "i":
        return "I"
    if len(before) > 1 and before.isupper():
        return original.upper()
    return original[0].upper() + original[1:] if before[0].isupper() else original


_ARTICLE: Final = re.compile(r"(?<!\w)(an?) $", re.IGNORECASE)


def _with_articles(text: str, changes: Sequence[Change]) -> Iterator[Change]:
    """The changes, and `a` or `an` put right before those that ask for the other."""
    for change in changes:
        article = _ARTICLE.search(text, 0, change.start)
        if article and (len(article[1]) == 2) != vowel(change.after):
            fitting = article[1][0] + ("n" if vowel(change.after) else "")
            yield Change(article.start(1), article.end(1), article[1], fitting, change.confidence)
        yield change
