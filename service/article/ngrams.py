"""How likely English words are after one another: a trigram model, read from package data when first asked.

The model is Kneser-Ney's, interpolated (Chen & Goodman 1999), without the n-grams that add little to their
shorter forms; `training/ngrams.py` makes it. It knows counts of words, and no sentence.
"""

from __future__ import annotations

import json
import lzma
import re
import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import accumulate
from typing import Final

STEPS: Final = 16
"""Quantisation: steps for each unit of a natural logarithm."""

BOUNDARY: Final = "."
"""Begins and ends every sentence."""

PAUSE, NUMBER, YEAR, NAME, UNKNOWN = ",", "<number>", "<year>", "<name>", "<unknown>"
CLASSES: Final = (BOUNDARY, PAUSE, NUMBER, YEAR, NAME, UNKNOWN)
"""What stands for punctuation, for figures and for the words that are not in the vocabulary."""

LONGEST_RUN: Final = 200

_TOKEN: Final = re.compile(
    r"(?P<word>[^\W\d_]+(?:[-’'][^\W\d_]+)*)|(?P<year>(?:19|20)\d\d(?![\d.,]\d|\w))|(?P<number>\d[\d.,]*\w*)"
    r"|(?P<boundary>(?<![.!?…])[.!?…]+(?=[\s\"”’')\]]|$)|\n)|(?P<pause>[,;:–—])|(?P<atom>\ufffc)"
)
_CLITIC: Final = re.compile(r"(?<=\w)['’]s$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Token:
    """A word, or what stands for one (`CLASSES`), at `text[start:end]`. A possessive `'s` is a token of its own."""

    word: str
    start: int
    end: int


def read(text: str) -> Iterator[Token]:
    """The tokens of a text, without quotation marks and brackets.

    >>> [token.word for token in read("In 2024, Spain’s 4 towns “won”.")]
    ['In', '<year>', ',', 'Spain', "'s", '<number>', 'towns', 'won', '.']
    """
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        kind = match.lastgroup
        if kind != "word":
            yield Token(_KINDS[str(kind)], start, end)
        elif clitic := _CLITIC.search(match[0]):
            middle = start + clitic.start()
            yield Token(text[start:middle], start, middle)
            yield Token("'s", middle, end)
        else:
            yield Token(match[0], start, end)


def runs(text: str) -> Iterator[list[Token]]:
    """The tokens of a text by sentence; what goes on for longer than any sentence is cut."""
    run: list[Token] = []
    for token in read(text):
        run.append(token)
        if token.word == BOUNDARY or len(run) == LONGEST_RUN:
            yield run
            run = []
    if run:
        yield run


_KINDS: Final = {"year": YEAR, "number": NUMBER, "boundary": BOUNDARY, "pause": PAUSE, "atom": NAME}


class Vocabulary:
    """Words by number. All capitals (`US`, `EU`) are words of their own where they are common; `an` is `a`."""

    def __init__(self, words: list[str]) -> None:
        self.words = words
        self._numbers = {word: number for number, word in enumerate(words)}
        self._numbers["an"] = self._numbers.get("a", self._numbers[UNKNOWN])

    def number(self, word: str) -> int:
        """The number of a word as `read` gives it, of the last part of an unknown compound, or of the unknown."""
        numbers = self._numbers
        if len(word) > 1 and word.isupper() and word in numbers:
            return numbers[word]
        lower = word.lower().replace("’", "'")
        found = numbers.get(lower)
        if found is None:
            found = numbers.get(lower.rpartition("-")[2]) if "-" in lower else None
        return numbers[NAME if word[:1].isupper() else UNKNOWN] if found is None else found

    def __contains__(self, word: str) -> bool:
        return word in self._numbers


class Ngrams:
    """Natural logarithms of probabilities, for words by their numbers in `vocabulary`."""

    def __init__(self, packed: bytes) -> None:
        """`packed`: what `pack` made."""
        head, _, body = lzma.decompress(packed).partition(b"\n")
        sizes = json.loads(head)
        self.unseen = -float(sizes["unseen"])
        """What a word outside the vocabulary costs beyond its class: it is one of so many."""
        words, pairs, triples = sizes["words"], sizes["pairs"], sizes["triples"]
        self.vocabulary = Vocabulary(body[: sizes["bytes"]].decode().split("\n"))
        at = sizes["bytes"]
        parts: list[array[int]] = []
        for code, length in (
            ("B", words), ("B", words), ("H", words), ("H", pairs), ("B", pairs), ("B", pairs), ("H", pairs),
            ("H", triples), ("B", triples),
        ):  # fmt: skip
            part: array[int] = array(code)
            part.frombytes(body[at : at + length * part.itemsize])
            if sys.byteorder == "big":
                part.byteswap()
            at += length * part.itemsize
            parts.append(part)
        self._single, self._single_back, counts, self._second, self._pair, self._pair_back = parts[:6]
        triple_counts, self._third, self._triple = parts[6:]
        self._pairs_from = [0, *accumulate(counts)]
        self._triples_from = [0, *accumulate(triple_counts)]
        self._found: dict[int, int] = {}

    def score(self, before: int, previous: int, word: int) -> float:
        """The logarithm of the probability of a word after two others."""
        place = self._place(before, previous)
        if place < 0:
            return self._after(previous, word)
        low, high = self._triples_from[place], self._triples_from[place + 1]
        at = bisect_left(self._third, word, low, high)
        if at < high and self._third[at] == word:
            return -self._triple[at] / STEPS
        return (self._pair_back[place] - 128) / STEPS + self._after(previous, word)

    def _after(self, previous: int, word: int) -> float:
        place = self._place(previous, word)
        if place >= 0:
            return -self._pair[place] / STEPS
        return (self._single_back[previous] - 128 - self._single[word]) / STEPS

    def _place(self, previous: int, word: int) -> int:
        """Where the two words are among the pairs, or -1."""
        key = previous << 16 | word
        place = self._found.get(key)
        if place is None:
            low, high = self._pairs_from[previous], self._pairs_from[previous + 1]
            place = bisect_left(self._second, word, low, high)
            if place >= high or self._second[place] != word:
                place = -1
            if len(self._found) < 1 << 18:
                self._found[key] = place
        return place


@cache
def english() -> Ngrams:
    """The model of `service/data/ngrams.xz`."""
    return Ngrams(files("service").joinpath("data", "ngrams.xz").read_bytes())
