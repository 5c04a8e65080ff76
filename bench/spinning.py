"""Spin clean English as the sample was spun, to know what ought to come back.

As there, a word is always replaced by the same one in an article, or never; names, and words with punctuation at
them, are left; `a` and `an` stay as they were.
"""

from __future__ import annotations

import math
import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from service.article import ngrams, substitutions


@dataclass(frozen=True)
class Put:
    """A word put for another, at `start` to `end` of the spun text. `function`: one that spinners never leave."""

    start: int
    end: int
    original: str
    spun: str
    function: bool


class Spinner:
    """Replaces all function words that it knows, and a share of the others by any synonym of any sense.

    `seen`: also by words that were read off real articles.
    """

    def __init__(self, share: float = 0.3, *, seen: bool = False) -> None:
        self._share = share
        self._always: dict[str, list[str]] = defaultdict(list)
        self._others: dict[str, list[tuple[str, float]]] = defaultdict(list)
        table = substitutions.table() if seen else substitutions.table().blinded()
        for spun in table.words():
            for one in table.originals(spun):
                if one.always:
                    self._always[one.word].append(spun)
                else:
                    self._others[one.word].append((spun, math.exp(one.cost)))

    def spin(self, texts: Sequence[str], seed: int) -> list[tuple[str, list[Put]]]:
        """The texts of an article spun, with what was put where in them; the same seed makes the same choices."""
        chance = random.Random(seed)
        chosen: dict[str, str] = {}
        return [self._spun(text, chosen, chance) for text in texts]

    def _spun(self, text: str, chosen: dict[str, str], chance: random.Random) -> tuple[str, list[Put]]:
        said = ""
        puts: list[Put] = []
        at = 0
        for token in ngrams.read(text):
            word = token.word
            bare = text[token.start - 1 : token.start] in ("", " ") and text[token.end : token.end + 1] in ("", " ")
            if not bare or word != word.lower() or not word.isalpha():
                continue
            if word not in chosen:
                chosen[word] = self._choice(word, chance)
            if chosen[word] != word:
                said += text[at : token.start] + chosen[word]
                puts.append(Put(len(said) - len(chosen[word]), len(said), word, chosen[word], word in self._always))
                at = token.end
        return said + text[at:], puts

    def _choice(self, word: str, chance: random.Random) -> str:
        if word in self._always:
            return chance.choice(self._always[word])
        if word not in self._others or chance.random() >= self._share:
            return word
        words, weights = zip(*self._others[word], strict=True)
        return str(chance.choices(words, weights)[0])
