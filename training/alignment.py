"""How well a model's attention aligns words: `python -m training.alignment PACKAGE.argosmodel...`.

Measured on sentences aligned by hand (gold.txt), as the product uses it: the model is given the human translation
as its own, and each piece of it is linked to the piece of the source that CTranslate2 says it attended to most.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from training.corpus import Language
from training.pack import unpacked

GOLD: Final = Path(__file__).with_name("gold.txt")

_LABELS: Final = re.compile(r"/(\d+\??(?:\+\d+\??)*)")
_WORD: Final = re.compile(r"[\w$][\w$.,'-]*$")

Links = frozenset[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, and where its labelled words are: text[start:end]. `labels` tells of each whether it is sure."""

    text: str
    words: tuple[tuple[int, int], ...]
    labels: tuple[dict[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Gold:
    """A pair aligned by hand. Links are (source word, target word)."""

    source: Sentence
    target: Sentence

    def links(self, sure: bool) -> Links:
        """The links that both words are sure of, or all."""
        return frozenset(
            (i, j)
            for i, ours in enumerate(self.source.labels)
            for j, theirs in enumerate(self.target.labels)
            if any((ours[label] and theirs[label]) or not sure for label in ours.keys() & theirs.keys())
        )


def parse(line: str) -> Sentence:
    """A line of gold.txt.

    >>> parse("The/1? court/2 ruled/3.")
    Sentence(text='The court ruled.', words=((0, 3), (4, 9), (10, 15)), labels=({'1': False}, {'2': True}, {'3': True}))
    """
    text, words, labels = "", [], []
    position = 0
    for match in _LABELS.finditer(line):
        text += line[position : match.start()]
        position = match.end()
        word = _WORD.search(text)
        if word is None:
            raise ValueError(f"{line!r}: no word before {match[0]}")
        words.append(word.span())
        labels.append({label.rstrip("?"): not label.endswith("?") for label in match[1].split("+")})
    return Sentence(text + line[position:], tuple(words), tuple(labels))


def gold(file: Path = GOLD) -> list[Gold]:
    """The pairs of a file, English first. Raises ValueError, naming the line, for a label that one side lacks."""
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    pairs = [block.splitlines() for block in "\n".join(lines).strip().split("\n\n")]
    found = [Gold(parse(english), parse(indonesian)) for english, indonesian in pairs]
    for pair in found:
        ours, theirs = (set[str]().union(*side.labels) for side in (pair.source, pair.target))
        if lone := ours ^ theirs:
            raise ValueError(f"{pair.source.text!r}: {', '.join(sorted(lone))} is on one side only")
    return found


def both_ways(pairs: Iterable[Gold]) -> Iterator[tuple[Language, Gold]]:
    """Each pair in each direction, with its target's language."""
    for pair in pairs:
        yield "id", pair
        yield "en", Gold(pair.target, pair.source)


def error_rate(pairs: Iterable[tuple[Gold, Links]]) -> float:
    """The alignment error rate of the links found (Och and Ney 2003): 0 is best. Links of unlabelled words, marks
    mostly, do not count."""
    right = all_ = 0
    for pair, found in pairs:
        sure, possible = pair.links(sure=True), pair.links(sure=False)
        right += len(found & sure) + len(found & possible)
        all_ += len(found) + len(sure)
    return 1 - right / all_


def words_of(sentence: Sentence, pieces: Sequence[str]) -> list[int | None]:
    """For each piece the word that it is part of. The gold's sentences are as sentencepiece normalises them."""
    found: list[int | None] = []
    position = -1  # the first piece begins with the mark of a space
    for piece in pieces:
        start, position = position + (piece.startswith("▁")), position + len(piece)
        place = (start, position)
        found.append(next((n for n, (a, b) in enumerate(sentence.words) if place[0] < b and place[1] > a), None))
    return found


def linked(sources: Sequence[int | None], targets: Sequence[int | None], best: Sequence[int]) -> Links:
    """Links by word. `best[j]` is the source piece that target piece j attends to most."""
    links = ((sources[place], target) for target, place in zip(targets, best, strict=True))
    return frozenset((source, target) for source, target in links if source is not None and target is not None)


def measure(folder: Path, pairs: Iterable[Gold], prefix: str) -> float:
    """The error rate of an unpacked package that translates the pairs' first side into their second."""
    import ctranslate2
    import sentencepiece

    tokenizer: Any = sentencepiece.SentencePieceProcessor(model_file=str(folder / "sentencepiece.model"))
    model = ctranslate2.Translator(str(folder / "model"), compute_type="int8")
    found: list[tuple[Gold, Links]] = []
    for pair in pairs:
        source, target = (tokenizer.encode(side.text, out_type=str) for side in (pair.source, pair.target))
        start = [prefix] if prefix else []
        result = model.translate_batch([source], target_prefix=[start + target], beam_size=1, return_attention=True)[0]
        rows = result.attention[0][len(start) : len(start) + len(target)]
        best = [max(range(len(source)), key=row.__getitem__) for row in rows]
        found.append((pair, linked(words_of(pair.source, source), words_of(pair.target, target), best)))
    return error_rate(found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("packages", type=Path, nargs="+")
    for file in parser.parse_args().packages:
        with unpacked(file) as package:
            pairs = [pair for target, pair in both_ways(gold()) if target == package.target]
            print(
                f"{file.name}: alignment error {measure(package.folder, pairs, package.prefix):.3f}, {len(pairs)} pairs"
            )


if __name__ == "__main__":
    main()
