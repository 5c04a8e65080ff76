"""Pairs as the numbers that the trainer takes, and batches of them. Without torch."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from training.corpus import Language, Pair
from training.vocabulary import PREFIXES

MAX_PIECES: Final = 190
"""Longest side of an example."""

_ROUND: Final = 8
_CHUNK: Final = 20_000


@dataclass(frozen=True, slots=True)
class Example:
    """One direction of a pair: `source` ends with </s>, `target` is <s>, the prefix, the pieces, </s>.

    `links` are (index in target, index in source).
    """

    source: tuple[int, ...]
    target: tuple[int, ...]
    links: tuple[tuple[int, int], ...] = ()

    @property
    def length(self) -> int:
        """What the example counts for in a batch: its longer side, in pieces, rounded up as tensors are."""
        return rounded(max(len(self.source), len(self.target)))


def rounded(length: int) -> int:
    """A length as tensors have it: few shapes, so that kernels made for one are used again."""
    return -(-length // _ROUND) * _ROUND


def encode(pairs: Sequence[Pair], tokenizer: Any, sampling: float = 0.0) -> list[Example]:
    """Both directions of each pair, or the one that it may be trained in.

    A source that a machine wrote is told from a person's: the target's prefix is put before it, too (tagged
    back-translation, Caswell et al. 2019), which a source never has in use. `sampling` is the alpha of subword
    regularisation (Kudo 2018) on the source side; 0 is none. Links hold by piece, so that sampling leaves them out.
    """
    texts = {"en": [pair.english for pair in pairs], "id": [pair.indonesian for pair in pairs]}
    plain: dict[str, list[list[int]]] = {language: tokenizer.encode(text) for language, text in texts.items()}
    sampled = plain
    if sampling:
        options = {"enable_sampling": True, "alpha": sampling, "nbest_size": -1}
        sampled = {language: tokenizer.encode(text, **options) for language, text in texts.items()}
    prefixes = {language: tokenizer.piece_to_id(prefix) for language, prefix in PREFIXES.items()}
    bos, eos = tokenizer.bos_id(), tokenizer.eos_id()
    directions: tuple[tuple[Language, Language], ...] = (("en", "id"), ("id", "en"))
    examples: list[Example] = []
    for n, pair in enumerate(pairs):
        links = () if sampling else _links(pair.links)
        for source, target in directions:
            ours, theirs = sampled[source][n], plain[target][n]
            if pair.into not in (None, target) or not (0 < len(ours) < MAX_PIECES and 0 < len(theirs) < MAX_PIECES):
                continue
            tag = (prefixes[target],) if pair.into else ()
            examples.append(
                Example(
                    (*tag, *ours, eos),
                    (bos, prefixes[target], *theirs, eos),
                    tuple((indonesian + 2, english) for english, indonesian in links)
                    if target == "id"
                    else tuple((english + 2, indonesian) for english, indonesian in links),
                )
            )
    return examples


def _links(text: str) -> list[tuple[int, int]]:
    """Pharaoh's notation, English first.

    >>> _links("0-0 1-2")
    [(0, 0), (1, 2)]
    """
    return [(int(left), int(right)) for left, _, right in (link.partition("-") for link in text.split())]


def batches(examples: Sequence[Example], tokens: int, random: random.Random) -> Iterator[list[Example]]:
    """All examples once, in batches of at most `tokens` pieces a side, padding counted; alike lengths together."""
    order = [*range(len(examples))]
    random.shuffle(order)
    for start in range(0, len(order), _CHUNK):
        chunk = sorted(order[start : start + _CHUNK], key=lambda n: (examples[n].length, len(examples[n].target)))
        groups = [*grouped((examples[n] for n in chunk), tokens)]
        random.shuffle(groups)
        yield from groups


def grouped(examples: Iterable[Example], tokens: int) -> Iterator[list[Example]]:
    """The examples in their order, as many at once as `tokens` allows."""
    group: list[Example] = []
    longest = 0
    for example in examples:
        longest = max(longest, example.length)
        if group and longest * (len(group) + 1) > tokens:
            yield group
            group, longest = [], example.length
        group.append(example)
    if group:
        yield group
