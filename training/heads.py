"""Which heads of a decoder align: `python -m training.heads WORK` tells of WORK/last.pt.

CTranslate2 gives out the mean attention of the first `alignment_heads` heads of one layer, `alignment_layer`; since
the order of a layer's heads means nothing, any set of them can be made the first.
"""

from __future__ import annotations

import argparse
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sentencepiece
import torch
from torch import Tensor

from training.alignment import Gold, Links, both_ways, error_rate, gold, linked, words_of
from training.model import Model, load
from training.vocabulary import PREFIXES


@dataclass(frozen=True, slots=True)
class Choice:
    """Heads of a layer, counted from 0, and the alignment error of their mean."""

    error: float
    layer: int
    heads: tuple[int, ...]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work", type=Path)
    work: Path = parser.parse_args().work
    tokenizer = sentencepiece.SentencePieceProcessor(model_file=str(work / "sentencepiece.model"))
    for choice in choices(load(torch.load(work / "last.pt", map_location="cpu")), tokenizer, gold()):
        print(f"{choice.error:.3f}  layer {choice.layer}, heads {' '.join(map(str, choice.heads))}")


def choose(model: Model, tokenizer: Any, pairs: Iterable[Gold]) -> Choice:
    """The heads with the least alignment error."""
    return choices(model, tokenizer, pairs)[0]


@torch.no_grad()
def choices(model: Model, tokenizer: Any, pairs: Iterable[Gold]) -> list[Choice]:
    """Every set of up to four heads of every layer, the best first."""
    model.eval()
    seen: list[tuple[Gold, list[int | None], list[int | None], list[Tensor]]] = []
    for language, pair in both_ways(pairs):
        source, target = (tokenizer.encode(side.text) for side in (pair.source, pair.target))
        start = [tokenizer.bos_id(), tokenizer.piece_to_id(PREFIXES[language])]
        _, attention = model(
            torch.tensor([[*source, tokenizer.eos_id()]]), torch.tensor([start + target]), watched=None
        )
        # Piece j is predicted where the one before it is read; </s> is no place to come from.
        rows = [layer[0, :, 1 : 1 + len(target), : len(source)].exp() for layer in attention]
        ours, theirs = (
            words_of(side, tokenizer.encode(side.text, out_type=str)) for side in (pair.source, pair.target)
        )
        seen.append((pair, ours, theirs, rows))
    sets = [s for size in range(1, 5) for s in itertools.combinations(range(model.cfg["h"]), size)]
    return sorted(
        (
            Choice(error_rate(_found(seen, layer, heads)), layer, heads)
            for layer in range(model.cfg["dec"])
            for heads in sets
        ),
        key=lambda choice: (choice.error, len(choice.heads)),
    )


def _found(
    seen: Iterable[tuple[Gold, Any, Any, list[Tensor]]], layer: int, heads: Sequence[int]
) -> list[tuple[Gold, Links]]:
    return [
        (pair, linked(ours, theirs, rows[layer][list(heads)].mean(0).argmax(-1).tolist()))
        for pair, ours, theirs, rows in seen
    ]


@torch.no_grad()
def put_first(model: Model, choice: Choice) -> None:
    """Put the chosen heads before the others of their layer; what the model computes stays the same."""
    attention: Any = model.dec[choice.layer].ca
    order = [*choice.heads, *(head for head in range(attention.heads) if head not in choice.heads)]
    for linear in (attention.q, attention.k, attention.v):
        for values in (linear.weight, linear.bias):
            chunks = values.chunk(attention.heads)
            values.copy_(torch.cat([chunks[head] for head in order]))
    chunks = attention.o.weight.chunk(attention.heads, 1)
    attention.o.weight.copy_(torch.cat([chunks[head] for head in order], 1))


if __name__ == "__main__":
    main()
