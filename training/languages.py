"""Train the classifier of languages: `python -m training.languages CORPUS NTREX service/data/languages.npz`.

What CORPUS and NTREX hold is said in `texts.py`. A few minutes on one core. The same data, seed and torch give the same
file.
"""

from __future__ import annotations

import argparse
import random
from array import array
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

import numpy as np
import torch
from torch import Tensor, nn

from service.article.classifier import BITS, Classifier, features, word_row
from training.texts import Text, drawn, gather, words_of

PRIOR: Final = 20_000
WORTH: Final = 3.0
"""What a word's log odds are multiplied by to begin with, since scores are divided by the root of how many rows."""

LEVELS: Final = 127
"""Weights are rounded to so many steps each way."""


class Pieces:
    """Pieces as numbers: for each its rows, end to end, and its class."""

    def __init__(self, pieces: Iterable[tuple[str, list[str]]], classes: Sequence[str]) -> None:
        numbers = {name: number for number, name in enumerate(classes)}
        rows, ends, labels = array("H" if BITS <= 16 else "I"), [0], []
        for language, words in pieces:
            rows.extend(features(words))
            ends.append(len(rows))
            labels.append(numbers[language])
        self._rows = torch.from_numpy(np.array(rows, np.int32))
        self._ends = torch.tensor(ends)
        self.labels = torch.tensor(labels)

    def __len__(self) -> int:
        return len(self.labels)

    def batches(self, order: Tensor, size: int) -> Iterator[tuple[Tensor, Tensor, Tensor, Tensor]]:
        """Rows of some pieces, where each piece begins among them, what each row weighs, and the pieces' numbers."""
        for chosen in order.split(size):
            begins, ends = self._ends[chosen], self._ends[chosen + 1]
            rows = torch.cat([self._rows[a:b] for a, b in zip(begins.tolist(), ends.tolist(), strict=True)])
            lengths = ends - begins
            weights = (lengths**-0.5).repeat_interleave(lengths)
            yield rows, (lengths.cumsum(0) - lengths).int(), weights, chosen


class Regression(nn.Module):
    """Scores of pieces: the sum of their rows over the root of how many there are."""

    def __init__(self, classes: int) -> None:
        super().__init__()
        self.table = nn.Parameter(torch.zeros(1 << BITS, classes))
        self.bias = nn.Parameter(torch.zeros(classes))

    def forward(self, rows: Tensor, begins: Tensor, weights: Tensor) -> Tensor:
        return self.bias + nn.functional.embedding_bag(rows, self.table, begins, mode="sum", per_sample_weights=weights)


def begun(texts: Iterable[Text], classes: Sequence[str]) -> Regression:
    """A regression that knows words as naive Bayes does: how much more often each class has them than all together.

    Far more text can be counted than learnt from, and what tells Malay from Indonesian is many words that are rare.
    With `PRIOR` words of all classes together added to each, a word that was hardly seen says little.
    """
    numbers = {name: number for number, name in enumerate(classes)}
    half = 1 << BITS - 1
    counts = np.zeros((half, len(classes)))
    for text in texts:
        for word in words_of(text.text):
            counts[word_row(word.casefold()) - half, numbers[text.language]] += 1
    whole = counts.sum(axis=0)
    common = (counts / whole).mean(axis=1, keepdims=True) + 1e-7
    common /= common.sum()
    model = Regression(len(classes))
    told = np.log((counts + PRIOR * common) / (whole + PRIOR)) - np.log(common)
    with torch.no_grad():
        model.table[half:] = torch.from_numpy(WORTH * told)
    return model


def learnt(model: Regression, pieces: Pieces, *, epochs: int, rate: float = 0.1, size: int = 1024) -> Regression:
    """The regression fitted to pieces by Adam, with a rate that falls to nothing."""
    optimiser = torch.optim.Adam(model.parameters(), rate)
    steps = epochs * -(-len(pieces) // size)
    schedule = torch.optim.lr_scheduler.LinearLR(optimiser, 1.0, 0.0, steps)
    for epoch in range(epochs):
        total = 0.0
        for *batch, chosen in pieces.batches(torch.randperm(len(pieces)), size):
            loss = nn.functional.cross_entropy(model(*batch), pieces.labels[chosen])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
            total += float(loss.detach()) * len(chosen)
        print(f"epoch {epoch + 1}: {total / len(pieces):.4f} nats a piece", flush=True)
    return model


def rounded(model: Regression, classes: Sequence[str], pieces: Pieces) -> Classifier:
    """The model in whole numbers, its scores divided by the temperature that fits pieces that it has not seen best
    (Guo et al. 2017)."""
    table, bias = model.table.detach(), model.bias.detach()
    unit = float(table.abs().max()) / LEVELS
    whole = (table / unit).round().clamp(-LEVELS, LEVELS)
    with torch.no_grad():
        model.table.copy_(whole * unit)
        scores = torch.cat([model(*batch) for *batch, _ in pieces.batches(torch.arange(len(pieces)), 4096)])
    temperatures = [0.5 + 0.02 * step for step in range(100)]
    fits = [float(nn.functional.cross_entropy(scores / heat, pieces.labels)) for heat in temperatures]
    best = temperatures[fits.index(min(fits))]
    right = float((scores.argmax(1) == pieces.labels).float().mean())
    print(f"temperature {best:.2f}: {min(fits):.4f} nats a piece, {right:.4f} right")
    scale = np.full(len(classes), unit / best, np.float32)
    return Classifier(tuple(classes), whole.numpy().astype(np.int8), scale, (bias / best).numpy())


def train(texts: Sequence[Text], *, count: int, epochs: int, seed: int) -> Classifier:
    """A classifier of the classes that the texts are in. One thread, or sums come out otherwise each time."""
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    chance = random.Random(seed)
    classes = sorted({text.language for text in texts})
    sides = {used: [text for text in texts if text.side == used] for used in ("train", "valid")}
    pieces = Pieces(drawn(sides["train"], count, chance), classes)
    held_out = Pieces(drawn(sides["valid"], max(1, count // 10), chance), classes)
    print(f"{len(pieces):,} pieces to learn from, {len(held_out):,} held out", flush=True)
    return rounded(learnt(begun(sides["train"], classes), pieces, epochs=epochs), classes, held_out)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("ntrex", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--pieces", type=int, default=400_000, help="default: %(default)s")
    parser.add_argument("--epochs", type=int, default=1, help="default: %(default)s")
    parser.add_argument("--seed", type=int, default=1, help="default: %(default)s")
    given = parser.parse_args(arguments)
    texts = gather(given.corpus, given.ntrex, given.seed)
    packed = train(texts, count=given.pieces, epochs=given.epochs, seed=given.seed).dump()
    given.out.write_bytes(packed)
    print(f"{given.out}: {len(packed):,} bytes")


if __name__ == "__main__":
    main()
