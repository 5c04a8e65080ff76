"""Clean a corpus and add what articles need: `python -m training.prepare CORPUS WORK`.

CORPUS holds `train/*.tsv`, english<TAB>indonesian, and may hold `test/*.tsv` and `*.tsv` beside them, whose sentences
are kept out. WORK/data gets the same files cleaned, and `made-*.tsv`. Prints what was dropped, and why.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final

from training import augment
from training.corpus import Pair, Part, read, recipe, told_apart, write

RECIPE: Final = Path(__file__).with_name("recipe.toml")

_MADE: Final[dict[str, tuple[Callable[[Iterable[Pair], random.Random], Iterator[Pair]], int]]] = {
    "headlines": (augment.headlines, 6000),
    "figures": (augment.figures, 9000),
    "standins": (augment.stand_ins, 8000),
}
"""How each file of made pairs is made, and how many pairs it has at most: a few in a hundred of an epoch."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--recipe", type=Path, default=RECIPE)
    arguments = parser.parse_args()
    prepare(arguments.corpus, arguments.work / "data", recipe(arguments.recipe))


def held_out(corpus: Path) -> frozenset[str]:
    """Every sentence of the corpus' test and validation sets."""
    return frozenset(
        side for file in (*corpus.glob("test/*.tsv"), *corpus.glob("*.tsv")) for p in read(file) for side in p.sides
    )


def prepare(corpus: Path, data: Path, parts: Iterable[Part]) -> None:
    """Write the parts of a recipe to `data`. The same corpus gives the same files.

    Raises FileNotFoundError, naming it, for a part of which the corpus has no file.
    """
    data.mkdir(parents=True, exist_ok=True)
    never = held_out(corpus)
    seeds: list[Pair] = []
    for part in parts:
        if part.made:
            continue
        files = sorted((corpus / "train").glob(part.files))
        if not files:
            raise FileNotFoundError(f"{corpus / 'train' / part.files}: no such file; take the part out of the recipe")
        for file in files:
            pairs = sound(read(file), never, file.stem)
            if part.sentences:
                pairs = [pair for pair in pairs if 6 <= len(pair.english.split()) <= 30 and pair.english.endswith(".")]
            if part.most is not None and part.most < len(pairs):
                pairs = random.Random(file.stem).sample(pairs, part.most)
            seeds += pairs if part.seed else []
            write(data / file.name, (augment.curly(pair) if n % 2 else pair for n, pair in enumerate(pairs)))
    for name, (make, most) in _MADE.items():
        made = [*make(seeds, random.Random(name))]
        random.Random(name).shuffle(made)
        write(data / f"made-{name}.tsv", made[:most])
        print(f"made-{name}: {min(len(made), most)} of {len(made)}")


def sound(pairs: Iterable[Pair], never: frozenset[str], name: str) -> list[Pair]:
    """The pairs without flaw; prints how many had which."""
    told = [*told_apart(pairs, never)]
    counts = Counter(why or "kept" for _, why in told)
    print(f"{name}: " + ", ".join(f"{why} {count}" for why, count in counts.most_common()))
    return [pair for pair, why in told if why is None]


if __name__ == "__main__":
    main()
