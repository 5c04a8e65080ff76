"""All the sentences that a spun one may have been, and how likely each of their words is.

A lattice of readings over the tokens of a sentence: each word as it stands, and each original that it may have been put
for. Forward and backward over it (Baum et al. 1970) with states of two words give a reading its probability given
the whole sentence.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from service.article import substitutions
from service.article.ngrams import BOUNDARY, CLASSES, UNKNOWN, Ngrams, Token
from service.article.substitutions import Original, Substitutions

_WEIGHT: Final = 0.8
"""Of the language model against the channel: neighbouring trigrams say some things twice."""

_BEAM: Final = 7.0
_STATES: Final = 8
"""How far behind the likeliest a state may be (a logarithm), and how many are followed."""

_ARTICLE: Final = -2.5
"""What it costs that `a` stands before a vowel, or `an` before a consonant: spinners leave articles as they were."""

_TOUCHING: Final = -2.0
"""What it costs that a capital or a punctuation mark is at the word: spinners look up bare words."""

_PHRASE: Final = -1.5
"""What it costs that several words are put for one, for each: most are there because they were written."""

_SMALL_ONLY: Final = frozenset({"america", "hawaii", "indiana", "maine", "oregon"})
"""Spinners' words that are names when they have their capital."""

_OPENING: Final = "“‘\"'(["

_PUNCTUATION: Final = re.compile(r"[^\w\s]")


@dataclass(frozen=True, slots=True)
class Rates:
    """How many words a spinner replaced: of its function words, of others that it was seen to replace, of the rest."""

    function: float
    seen: float
    other: float

    def of(self, original: Original) -> float:
        """How often it replaced a word."""
        return self.function if original.always else self.seen if original.seen else self.other


@dataclass(frozen=True, slots=True)
class Reading:
    """What `length` tokens may stand for; "" is that they stand as written. `cost`: the channel's logarithm.

    `seen` and `always` are the substitution's.
    """

    length: int
    words: tuple[int, ...]
    original: str
    cost: float
    seen: bool = False
    always: bool = False


State = tuple[int, int]
"""The last two words."""


class Lattice:
    """The readings of a sentence, by token; the first at each is the token as it stands."""

    def __init__(self, text: str, tokens: Sequence[Token], model: Ngrams, table: Substitutions, rates: Rates) -> None:
        self.text = text
        self.tokens = tokens
        self._model = model
        self._table = table
        self._rates = rates
        self._shouted = all(token.word.isupper() for token in tokens if token.word not in CLASSES)
        self.readings = [[*self._readings(at)] for at in range(len(self.tokens))]
        self.shares = self._posteriors()
        """The probability of each reading, in the order of `readings`."""

    def spun(self, at: int, length: int) -> str:
        """The words of some tokens, in lower case."""
        return " ".join(token.word for token in self.tokens[at : at + length]).lower()

    def bare(self, at: int, length: int) -> bool:
        """Whether some tokens are small letters without a punctuation mark at them, as spinners look them up."""
        start, end = self.tokens[at].start, self.tokens[at + length - 1].end
        around = self.text[max(start - 1, 0) : start] + self.text[end : end + 1]
        return self.text[start].islower() and not _PUNCTUATION.search(around)

    def _readings(self, at: int) -> Iterator[Reading]:
        token = self.tokens[at]
        number = self._model.vocabulary.number
        found = [] if token.word in CLASSES or self._named(at) else [*self._replaced(at)]
        own = number(token.word.lower() if found else token.word)
        cost = self._model.unseen if own == number(UNKNOWN) else 0.0
        if found:
            always = self._table.always(token.word.lower())
            rate = self._rates.function if always else self._rates.other
            cost += math.log(1 - rate) + self._article(at, token.word)
        yield Reading(1, (own,), "", cost)
        yield from found

    def _named(self, at: int) -> bool:
        """Whether a capital says that a word is, or is of, a name or a title."""
        token = self.tokens[at]
        if not token.word[0].isupper() or self._shouted:
            return False
        first = at == 0 or self.text[token.start - 1] in _OPENING
        return not first or token.word.lower() in _SMALL_ONLY

    def _replaced(self, at: int) -> Iterator[Reading]:
        number = self._model.vocabulary.number
        for length in range(1, substitutions.LONGEST + 1):
            group = self.tokens[at : at + length]
            if len(group) < length or group[-1].word in CLASSES:
                return
            if any(self.text[one.end : two.start] != " " for one, two in pairwise(group)):
                return
            spun = self.spun(at, length)
            base = _PHRASE * (length - 1) + (0.0 if self.bare(at, length) else _TOUCHING)
            for original in self._table.originals(spun):
                words = tuple(map(number, original.word.split(" ")))
                cost = math.log(self._rates.of(original)) + original.cost + base + self._article(at, original.word)
                yield Reading(length, words, original.word, cost, original.seen, original.always)

    def _article(self, at: int, word: str) -> float:
        """What it costs that the article before does not agree."""
        before = self.tokens[at - 1].word.lower() if at else ""
        return _ARTICLE if before in ("a", "an") and (before == "an") != vowel(word) else 0.0

    def _posteriors(self) -> list[list[float]]:
        boundary = self._model.vocabulary.number(BOUNDARY)
        size = len(self.tokens)
        forward: list[dict[State, float]] = [{} for _ in range(size + 1)]
        forward[0][boundary, boundary] = 0.0
        edges: list[list[tuple[State, State, int, float]]] = [[] for _ in range(size)]
        for at in range(size):
            _prune(forward[at])
            for number, reading in enumerate(self.readings[at]):
                there = forward[at + reading.length]
                for state, cost in forward[at].items():
                    target, own = self._step(state, reading)
                    edges[at].append((state, target, number, own))
                    there[target] = _added(there.get(target), cost + own)
        backward: list[dict[State, float]] = [{} for _ in range(size + 1)]
        backward[size] = dict.fromkeys(forward[size], 0.0)
        shares = [[0.0] * len(readings) for readings in self.readings]
        whole = _sum(forward[size].values())
        for at in range(size - 1, -1, -1):
            for state, target, number, own in edges[at]:
                after = backward[at + self.readings[at][number].length].get(target)
                if after is not None:
                    backward[at][state] = _added(backward[at].get(state), own + after)
                    shares[at][number] += math.exp(min(0.0, forward[at][state] + own + after - whole))
        return shares

    def _step(self, state: State, reading: Reading) -> tuple[State, float]:
        before, previous = state
        cost = reading.cost
        for word in reading.words:
            cost += _WEIGHT * self._model.score(before, previous, word)
            before, previous = previous, word
        return (before, previous), cost


def vowel(word: str) -> bool:
    """Whether a word begins with the sound of a vowel, as far as its spelling tells.

    >>> [vowel(word) for word in ("event", "union", "hour", "house", "uninsured")]
    [True, False, True, False, True]
    """
    return bool(re.match(r"(?!uni[^mn]|use|usu|eu|one\b|once|ur?[aeiou])[aeiou]|hour|hono|heir|honest", word.lower()))


def _prune(states: dict[State, float]) -> None:
    """Leave the likeliest states."""
    if len(states) > 1:
        ranked = sorted(states.items(), key=lambda pair: (-pair[1], pair[0]))
        least = ranked[0][1] - _BEAM
        for number, (state, cost) in enumerate(ranked):
            if number >= _STATES or cost < least:
                del states[state]


def _added(one: float | None, other: float) -> float:
    """log(exp(one) + exp(other)); None is the logarithm of nothing."""
    if one is None:
        return other
    high, low = (one, other) if one > other else (other, one)
    return high if high - low > 30 else high + math.log1p(math.exp(low - high))


def _sum(costs: Iterable[float]) -> float:
    total: float | None = None
    for cost in costs:
        total = _added(total, cost)
    return 0.0 if total is None else total
