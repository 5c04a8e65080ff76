"""Parallel text: files of english<TAB>indonesian[<TAB>links], what is wrong with a pair, the parts of a recipe.

`links` are alignments by piece of the vocabulary in Pharaoh's notation, `0-0 1-2`, English first (training/links.py).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Literal

from service.article.check import repetition
from service.article.numbers import compare

Language = Literal["en", "id"]

MAX_WORDS: Final = 100
"""Longest side of a pair, in words: the trainer's batches hold about 2,000 pieces."""

MAX_RATIO: Final = 2.2
"""How many times the words of one side the other may have. News pairs are near 1.0, and few sound ones over 2."""

MIN_COVERAGE: Final = 0.7
"""Links for each word pair, below which the sides say different things (see `covered`)."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence in both languages. `into` is the one direction that it may be trained in; None is both."""

    english: str
    indonesian: str
    links: str = ""
    into: Language | None = None

    @property
    def sides(self) -> tuple[str, str]:
        return self.english, self.indonesian


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a recipe; recipe.toml says what each field means."""

    files: str
    times: int = 1
    most: int | None = None
    sentences: bool = False
    seed: bool = False
    made: bool = False
    into: Language | None = None


def recipe(file: Path) -> list[Part]:
    """The parts of a recipe. Raises TypeError for a field that no part has."""
    return [Part(**part) for part in tomllib.loads(file.read_text(encoding="utf-8"))["part"]]


def read(file: Path) -> list[Pair]:
    """The pairs of a file, white space folded. Lines without a tab are no pairs and left out."""
    with file.open(encoding="utf-8") as lines:
        rows = [[" ".join(field.split()) for field in line.split("\t")] for line in lines]
    return [Pair(row[0], row[1], row[2] if len(row) > 2 else "") for row in rows if len(row) > 1]


def write(file: Path, pairs: Iterable[Pair]) -> None:
    """Write pairs as `read` takes them; the file is replaced at once, since a trainer may read it at any time."""
    making = file.with_name(file.name + ".making")
    with making.open("w", encoding="utf-8") as out:
        for pair in pairs:
            out.write("\t".join(filter(None, (*pair.sides, pair.links))) + "\n")
    making.replace(file)


def flaw(pair: Pair) -> str | None:
    """Why a pair must not be learnt from, or None.

    Figures are compared as the product compares them, as values: a model that learns from `US$1.8 billion` beside
    `2,4 miliar dolar Singapura` learns to make figures up.

    >>> flaw(Pair("It cost 1.5 million dollars.", "Biayanya 1,5 juta dolar."))
    >>> flaw(Pair("It cost 1.5 million dollars.", "Biayanya 2,5 juta dolar."))
    'figures'
    """
    english, indonesian = pair.sides
    ours, theirs = len(english.split()), len(indonesian.split())
    if not ours or not theirs:
        return "empty"
    if english == indonesian and ours > 3:
        return "copy"
    if max(ours, theirs) > MAX_WORDS:
        return "long"
    if max(ours, theirs) > 5 and not 1 / MAX_RATIO < (ours + 1) / (theirs + 1) < MAX_RATIO:
        return "ratio"
    if compare(english, indonesian, "en", "id"):
        return "figures"
    if any(repetition(english, indonesian, "en", "id")) or any(repetition(indonesian, english, "id", "en")):
        return "loop"
    return None


_STUTTER: Final = re.compile(r"(\w)\1{3}|(\w{2,4})\2{2}")
_NAME: Final = re.compile(r"(?<=[\w,] )[A-Z][a-z]{3,}")


def synthetic_flaw(pair: Pair) -> str | None:
    """Why a pair whose source a machine wrote must not be learnt from: `flaw`, and what small models do to names.

    A third of the capitalised words within the target has to stand in the source too. Many do not, since countries
    and offices have other names, but a source that has none of them was made up.

    >>> synthetic_flaw(Pair("Minister Lutut was in Jakarta.", "Menteri Luhut berada di Jakarta.", into="id"))
    >>> synthetic_flaw(Pair("He was in Jajajarta.", "Menteri Luhut berada di Jakarta.", into="id"))
    'names'
    """
    source, target = pair.sides if pair.into == "id" else pair.sides[::-1]
    if "⁇" in source:
        return "unknown"
    if _STUTTER.search(source) and not _STUTTER.search(target):
        return "loop"
    words = set(target.casefold().split())
    if len(words & set(source.casefold().split())) > 0.6 * len(words):
        return "copy"
    names = _NAME.findall(target)
    if 3 * sum(name in source for name in names) < len(names):
        return "names"
    return flaw(pair)


def covered(pair: Pair) -> bool:
    """Whether enough of a pair's words are linked for its sides to say the same.

    Links are of the kind that both directions of a model agree on. Short pairs are not judged, since their links are
    few; nor are pairs without any, which were not aligned. In the news of the corpus this finds pairs whose sides
    are neighbours in their articles and no translations: 7 % of the business news, under 1 % of the rest.
    """
    words = sum(len(side.split()) for side in pair.sides)
    return words < 14 or not pair.links or 2 * len(pair.links.split()) >= MIN_COVERAGE * words


def told_apart(pairs: Iterable[Pair], never: frozenset[str]) -> Iterator[tuple[Pair, str | None]]:
    """Each pair with its flaw; `seen` and `test` are those of pairs met before and of sentences in `never`."""
    seen: set[tuple[str, str]] = set()
    for pair in pairs:
        if not never.isdisjoint(pair.sides):
            yield pair, "test"
        elif pair.sides in seen:
            yield pair, "seen"
        else:
            yield pair, synthetic_flaw(pair) if pair.into else flaw(pair)
        seen.add(pair.sides)


def mixture(parts: Iterable[Part], folder: Path) -> list[Pair]:
    """What an epoch shows: the pairs of all parts, as often as the recipe says. A part not made yet is left out."""
    return [
        replace(pair, into=part.into)
        for part in parts
        for file in sorted(folder.glob(part.files))
        for pair in read(file) * part.times
    ]
