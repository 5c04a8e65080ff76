"""Count the trigrams of English: `python -m training.ngrams CORPUS service/data/ngrams.xz`.

Reads the English side of CORPUS/train/*.tsv and the sentences of CORPUS/mono/en.txt.xz. Kneser-Ney smoothing with one
discount for each order; what adds little to its shorter form is dropped (Seymore & Rosenfeld 1996). The same corpus
gives the same file.
"""

from __future__ import annotations

import argparse
import json
import lzma
import math
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from service.article.ngrams import BOUNDARY, CLASSES, NAME, STEPS, UNKNOWN, Ngrams, Vocabulary, read

LEFT_OUT: Final = ("dictionary", "docs-tldr", "docs-libreoffice", "ui-")
"""How names of files begin that hold no running prose."""

WORDS: Final = 40_000
"""The size of the vocabulary."""

_WORD: Final = 0xFFFF
_PAIR: Final = 0xFFFFFFFF


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("file", type=Path)
    parser.add_argument("--pairs", type=float, default=0.6, help="least gain (nats) that keeps a pair: %(default)s")
    parser.add_argument("--triples", type=float, default=1.6, help="the same for three words: %(default)s")
    parser.add_argument("--test", type=Path, help="lines of English<TAB>… to tell the perplexity on")
    arguments = parser.parse_args()
    lines = [*english(arguments.corpus)]
    packed = trained(lines, WORDS, arguments.pairs, arguments.triples)
    arguments.file.write_bytes(packed)
    model = Ngrams(packed)
    print(f"{len(lines):,} lines, {len(model.vocabulary.words):,} words, {len(packed):,} bytes")
    if arguments.test:
        test = [line.split("\t")[0] for line in arguments.test.read_text("utf-8").splitlines()]
        print(f"perplexity {perplexity(model, test):.1f}")


def english(corpus: Path) -> Iterator[str]:
    """The English lines of a corpus."""
    for file in sorted((corpus / "train").glob("*.tsv")):
        if not file.name.startswith(LEFT_OUT):
            for line in file.read_text("utf-8").splitlines():
                yield line.split("\t")[0]
    alone = corpus / "mono" / "en.txt.xz"
    if alone.exists():
        with lzma.open(alone, "rt", encoding="utf-8") as lines:
            yield from lines


def sentences(lines: Iterable[str]) -> Iterator[list[str]]:
    """The tokens of each sentence, with the boundary that ends it."""
    for line in lines:
        sentence: list[str] = []
        for token in read(line):
            if token.word != BOUNDARY:
                sentence.append(token.word)
            elif sentence:
                yield [*sentence, BOUNDARY]
                sentence = []
        if sentence:
            yield [*sentence, BOUNDARY]


def vocabulary(counts: Mapping[str, int], size: int) -> Vocabulary:
    """The classes and the commonest words; all capitals stand for themselves, all others in lower case."""
    chosen: Counter[str] = Counter()
    for word, count in counts.items():
        if word not in CLASSES and word not in ("an", "An", "AN"):
            whole = len(word) > 1 and word.isupper() and count > counts.get(word.lower(), 0)
            chosen[word if whole else word.lower().replace("’", "'")] += count
    chosen["a"] += 1
    ranked = sorted(chosen, key=lambda word: (-chosen[word], word))
    return Vocabulary([*CLASSES, *ranked[: size - len(CLASSES)]])


def trained(lines: Iterable[str], size: int, pair_gain: float, triple_gain: float) -> bytes:
    """The packed model of lines of text. The gains say how much an n-gram must add, over all its occurrences."""
    read_in = [*sentences(lines)]
    counts = Counter(word for sentence in read_in for word in sentence)
    known = vocabulary(counts, size)
    triples: Counter[int] = Counter()
    for sentence in read_in:
        before = previous = known.number(BOUNDARY)
        for word in sentence:
            number = known.number(word)
            triples[before << 32 | previous << 16 | number] += 1
            before, previous = previous, number
    del read_in
    outside = sum(known.number(word) in (known.number(UNKNOWN), known.number(NAME)) for word in counts)
    return _packed(known, *_estimated(triples, len(known.words), pair_gain, triple_gain), outside)


@dataclass(frozen=True, slots=True)
class _Order:
    """Probabilities by n-gram (`u << 32 | v << 16 | w`), and what is left in each context for the shorter form."""

    kept: dict[int, float]
    back: dict[int, float]


def _estimated(
    triples: Mapping[int, int], size: int, pair_gain: float, triple_gain: float
) -> tuple[list[float], _Order, _Order]:
    pair_counts = Counter(key & _PAIR for key in triples)  # continuations: how many words the pair follows
    for key, count in triples.items():
        if key >> 16 == 0:  # nothing stands before a sentence: what begins one is counted as often as it does
            pair_counts[key & _PAIR] = count
    word_counts = Counter(key & _WORD for key in pair_counts)
    total = sum(word_counts.values())
    discount = _discount(word_counts)
    rest = discount * len(word_counts) / total / size
    single = [max(word_counts[word] - discount, 0) / total + rest for word in range(size)]
    pairs = _order(pair_counts, lambda key: single[key & _WORD], pair_gain)

    def after(key: int) -> float:
        found = pairs.kept.get(key & _PAIR)
        return pairs.back.get(key >> 16 & _WORD, 1.0) * single[key & _WORD] if found is None else found

    within = {key: count for key, count in triples.items() if key >> 16 in pairs.kept}
    return single, pairs, _order(within, after, triple_gain)


def _order(counts: Mapping[int, int], shorter: Callable[[int], float], gain: float) -> _Order:
    """Estimate one order, given the probabilities of the shorter one."""
    totals: Counter[int] = Counter()
    kinds: Counter[int] = Counter()
    for key, count in counts.items():
        totals[key >> 16] += count
        kinds[key >> 16] += 1
    discount = _discount(counts)
    kept: dict[int, float] = {}
    free: dict[int, tuple[float, float]] = {}
    for key, count in sorted(counts.items()):
        context, short = key >> 16, shorter(key)
        probability = (max(count - discount, 0) + discount * kinds[context] * short) / totals[context]
        if count * math.log(probability / short) >= gain:
            kept[key] = probability
            own, others = free.get(context, (1.0, 1.0))
            free[context] = own - probability, others - short
    return _Order(kept, {context: max(own, 1e-4) / max(others, 1e-4) for context, (own, others) in free.items()})


def _discount(counts: Mapping[int, int]) -> float:
    """Ney's, from how many were seen once and twice."""
    once, twice = (sum(count == times for count in counts.values()) for times in (1, 2))
    return once / (once + 2 * twice) if once else 0.5


def _packed(known: Vocabulary, single: list[float], pairs: _Order, triples: _Order, outside: int) -> bytes:
    """The file that `Ngrams` reads: a line of JSON, the words, and arrays of small integers, all of it compressed."""
    size = len(known.words)
    by_first, by_pair = (Counter(key >> 16 for key in order.kept) for order in (pairs, triples))
    second, third = sorted(pairs.kept), sorted(triples.kept)
    words = "\n".join(known.words).encode()
    head = {
        "words": size,
        "bytes": len(words),
        "pairs": len(second),
        "triples": len(third),
        "unseen": round(math.log(max(outside, 2)), 2),
    }
    arrays = (
        array("B", map(_cost, single)),
        array("B", (_weight(pairs.back.get(word, 1.0)) for word in range(size))),
        array("H", (by_first[word] for word in range(size))),
        array("H", (key & _WORD for key in second)),
        array("B", (_cost(pairs.kept[key]) for key in second)),
        array("B", (_weight(triples.back.get(key, 1.0)) for key in second)),
        array("H", (by_pair[key] for key in second)),
        array("H", (key & _WORD for key in third)),
        array("B", (_cost(triples.kept[key]) for key in third)),
    )
    body = b"".join((json.dumps(head).encode(), b"\n", words, *(one.tobytes() for one in arrays)))
    return lzma.compress(body, preset=9)


def _cost(probability: float) -> int:
    return min(255, round(-math.log(probability) * STEPS))


def _weight(back: float) -> int:
    return max(0, min(255, 128 + round(math.log(back) * STEPS)))


def perplexity(model: Ngrams, lines: Iterable[str]) -> float:
    """Per token, of those in the vocabulary.

    Raises ZeroDivisionError where there are none.
    """
    number = model.vocabulary.number
    total, count = 0.0, 0
    for sentence in sentences(lines):
        before = previous = number(BOUNDARY)
        for word in map(number, sentence):
            if model.vocabulary.words[word] not in (UNKNOWN, NAME):
                total += model.score(before, previous, word)
                count += 1
            before, previous = previous, word
    return math.exp(-total / count)


if __name__ == "__main__":
    main()
