"""What a spinner may have put for what: `python -m training.substitutions /usr/share/wordnet service/data/spun.xz`.

Two sources: substitutions.txt, written by hand, and WordNet's synonym sets, for a spinner replaces a
word by any synonym of any of its senses. The same files, with the same service/data/ngrams.xz, give the same table.
"""

from __future__ import annotations

import argparse
import lzma
import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import takewhile
from pathlib import Path
from typing import Final

from service.article.ngrams import Vocabulary, english
from service.article.substitutions import STEPS
from service.article.words import FUNCTION_WORDS
from training import wordnet
from training.wordnet import Irregular

BY_HAND: Final = Path(__file__).with_name("substitutions.txt")

COMMON: Final = 16_000
"""Originals are among so many commonest words of the language model: spinners replace what readers know."""

MOST: Final = 24
"""Originals for a word: the likeliest."""

ALWAYS, OFTEN = 0.9, 0.75
"""How often a spinner puts a word of the list by hand, where it replaces at all: `x!`, and the others."""

Table = dict[str, dict[str, float]]
"""By a spinner's word, the originals with the probability that it puts the word for them."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("wordnet", type=Path)
    parser.add_argument("file", type=Path)
    arguments = parser.parse_args()
    known = english().vocabulary
    irregular = wordnet.irregular(arguments.wordnet)
    own = by_hand(BY_HAND, irregular)
    others = synonyms(wordnet.mates(arguments.wordnet), irregular, known)
    packed = pack(own, others)
    arguments.file.write_bytes(packed)
    for name, table in (("by hand", own), ("WordNet", others)):
        print(f"{name}: {len(table):,} words, {sum(map(len, table.values())):,} pairs")
    print(f"{len(packed):,} bytes")


def by_hand(file: Path, irregular: Irregular) -> Table:
    """The pairs of substitutions.txt, with the forms of nouns and verbs."""
    table: Table = defaultdict(dict)
    for line in file.read_text("utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        kind, _, rule = line.partition(" ")
        spun, _, originals = rule.partition(" = ")
        for original in originals.split(", "):
            part = kind if kind in ("n", "v") else ""
            for one, other in _paired(spun, original, part, irregular):
                table[one][other] = ALWAYS if kind == "x!" else OFTEN
    return table


def synonyms(mates: wordnet.Mates, irregular: Irregular, known: Vocabulary) -> Table:
    """The pairs of WordNet whose original is a common word."""
    common = frozenset(known.words[:COMMON])
    table: Table = defaultdict(dict)
    for (original, part), others in mates.items():
        if " " in original or len(original) < 2 or original in FUNCTION_WORDS["en"]:
            continue
        whole = sum(others.values())
        for spun, weight in others.items():
            for one, other in _paired(spun, original, part, irregular):
                if other in common and not kindred(one, other):
                    table[one][other] = max(table[one].get(other, 0.0), weight / whole)
    return table


def kindred(one: str, other: str) -> bool:
    """Whether two words are spellings or derivations of one: either says what the other does.

    >>> kindred("defence", "defense"), kindred("signalled", "signed"), kindred("acme", "summit")
    (True, True, False)
    """
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
    return same >= 3 and same >= 0.6 * min(len(one), len(other))


def _paired(spun: str, original: str, part: str, irregular: Irregular) -> Iterator[tuple[str, str]]:
    """Each form of the one with the same form of the other."""
    if not part:
        yield spun, original
        return
    ones, others = wordnet.forms(spun, part, irregular), wordnet.forms(original, part, irregular)
    for kind in ones.keys() & others.keys():
        yield from ((one, other) for one in ones[kind] for other in others[kind])


def pack(own: Table, others: Table) -> bytes:
    """The file that `Substitutions` reads: a line for each word, with originals and costs from either source."""
    lines = (f"{spun}\t{_said(own.get(spun, {}))}\t{_said(others.get(spun, {}))}" for spun in sorted({*own, *others}))
    return lzma.compress("\n".join(lines).encode(), preset=9)


def _said(originals: Mapping[str, float]) -> str:
    ranked = sorted(originals.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST]
    return "/".join(f"{original}={round(-math.log(share) * STEPS)}" for original, share in ranked)


if __name__ == "__main__":
    main()
