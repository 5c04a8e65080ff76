"""What machine spinners put for what: a word, and the words that it may stand for.

Made by `training/substitutions.py` from a list by hand and from WordNet's synonym sets; read when first asked.
"""

from __future__ import annotations

import lzma
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

STEPS: Final = 8
"""Quantisation: steps for each unit of a natural logarithm."""

LONGEST: Final = 3
"""Words of the longest phrase that is looked up."""

_ALWAYS: Final = -0.2


@dataclass(frozen=True, slots=True)
class Original:
    """A word that another may stand for. `cost`: the logarithm of how often a spinner puts that one for it.

    `seen`: known of spinners, not only listed as a synonym.
    """

    word: str
    cost: float
    seen: bool

    @property
    def always(self) -> bool:
        """Whether spinners practically never leave the word: a function word of theirs."""
        return self.seen and self.cost >= _ALWAYS


class Substitutions:
    """Originals by a spinner's word or phrase, in lower case."""

    def __init__(self, lines: Mapping[str, str], *, blind: bool = False) -> None:
        """`lines`: what was seen and what are synonyms, by spinner's word.

        `blind` knows of what was seen only the function words, so that evaluation can tell what WordNet is worth.
        """
        self._lines = lines
        self._blind = blind
        seen = (_read(line.partition("\t")[0], seen=True) for line in lines.values() if line[0] != "\t")
        self._never_left = frozenset(one.word for pairs in seen for one in pairs if one.always)

    def blinded(self) -> Substitutions:
        """The same table without what was seen, function words apart."""
        return Substitutions(self._lines, blind=True)

    def originals(self, spun: str) -> list[Original]:
        """What the word may stand for, each once."""
        line = self._lines.get(spun)
        if line is None:
            return []
        seen, _, synonyms = line.partition("\t")
        found = {one.word: one for one in _read(synonyms, seen=False)}
        found.update({one.word: one for one in _read(seen, seen=True) if one.always or not self._blind})
        return [*found.values()]

    def always(self, word: str) -> bool:
        """Whether spinners practically never leave a word (lower case)."""
        return word in self._never_left

    def words(self) -> Iterator[str]:
        """All words and phrases of spinners."""
        yield from self._lines


def _read(pairs: str, *, seen: bool) -> Iterator[Original]:
    for pair in pairs.split("/") if pairs else ():
        word, _, cost = pair.rpartition("=")
        yield Original(word, -int(cost) / STEPS, seen)


@cache
def table() -> Substitutions:
    """The substitutions of `service/data/spun.xz`."""
    packed = files("service").joinpath("data", "spun.xz").read_bytes()
    lines = lzma.decompress(packed).decode().split("\n")
    return Substitutions(dict(line.split("\t", 1) for line in lines))
