"""Bilingual start vectors: `python -m training.vectors WORK` writes WORK/vectors.npy.

In them *government* begins beside *pemerintah*. IBM model 1 (Brown et al. 1993) with a prior for the diagonal (Dyer et
al. 2013) and agreement of both directions (Liang et al. 2006) tells what translates what; contexts in one language are
counted for the translations in the other, too; positive mutual information of piece and context, made dense by a
singular value decomposition (Levy and Goldberg 2014). Minutes; a model from nothing saves a thousand steps by them.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy
import sentencepiece
from numpy.typing import NDArray

from training.corpus import mixture, recipe
from training.prepare import RECIPE

Matrix = NDArray[numpy.float32]
Pieces = NDArray[numpy.int64]

_ROUNDS: Final = 4
_LONGEST: Final = 80
_STEEP: Final = 6.0
_WINDOW: Final = ((1, 1.0), (2, 0.6), (3, 0.4))
_OTHERS: Final = 0.8
"""What a context counts for the translation of its piece, beside 1 for the piece itself."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work", type=Path)
    parser.add_argument("--width", type=int, default=256)
    parser.add_argument("--recipe", type=Path, default=RECIPE)
    arguments = parser.parse_args()
    tokenizer: Any = sentencepiece.SentencePieceProcessor(model_file=str(arguments.work / "sentencepiece.model"))
    pairs = [pair for pair in mixture(recipe(arguments.recipe), arguments.work / "data") if pair.into is None]
    english, indonesian = (tokenizer.encode([*side]) for side in zip(*(pair.sides for pair in pairs), strict=True))
    sentences = [
        (numpy.array(ours[:_LONGEST]), numpy.array(theirs[:_LONGEST]))
        for ours, theirs in zip(english, indonesian, strict=True)
        if ours and theirs
    ]
    numpy.save(arguments.work / "vectors.npy", vectors(sentences, tokenizer.get_piece_size(), arguments.width))


def vectors(sentences: Sequence[tuple[Pieces, Pieces]], vocabulary: int, width: int) -> Matrix:
    """Vectors of about unit length for each piece, [vocabulary, width]; those of pieces never met are only noise."""
    translations = lexicon(sentences, vocabulary)
    counts = _contexts(sentences, vocabulary)
    counts = counts + _OTHERS * (counts @ translations)
    counts = counts + _OTHERS * (translations @ counts)
    return _dense(_information(counts), width)


def lexicon(sentences: Sequence[tuple[Pieces, Pieces]], vocabulary: int) -> Matrix:
    """What each piece is translated by, both ways over the one vocabulary; rows sum to 1, or 0 for pieces never met."""
    ours = theirs = numpy.ones((vocabulary, vocabulary), numpy.float32)
    for iteration in range(_ROUNDS):
        ours, theirs = _expected(sentences, _shares(ours), _shares(theirs), agreeing=iteration > 1)
    found = ours + theirs.T
    found[found < 0.3] = 0
    found = found + found.T
    return found / (found.sum(1, keepdims=True) + 1e-9)


def _shares(counts: Matrix) -> Matrix:
    return counts / counts.sum(1, keepdims=True)


def _expected(
    sentences: Sequence[tuple[Pieces, Pieces]], forth: Matrix, back: Matrix, agreeing: bool
) -> tuple[Matrix, Matrix]:
    """How often each piece is translated by which, each way, by the shares that were thought before."""
    ours, theirs = numpy.full_like(forth, 1e-6), numpy.full_like(back, 1e-6)
    for english, indonesian in sentences:
        near = _diagonal(len(english), len(indonesian))
        one = forth[numpy.ix_(english, indonesian)] * near
        one /= one.sum(0, keepdims=True)
        two = back[numpy.ix_(indonesian, english)].T * near
        two /= two.sum(1, keepdims=True)
        if agreeing:
            one = two = one * two
        numpy.add.at(ours, numpy.ix_(english, indonesian), one)
        numpy.add.at(theirs, numpy.ix_(indonesian, english), two.T)
    return ours, theirs


@cache
def _diagonal(ours: int, theirs: int) -> Matrix:
    """How likely place i of `ours` goes with place j of `theirs`."""
    rows, columns = numpy.arange(ours)[:, None] / ours, numpy.arange(theirs)[None] / theirs
    return numpy.exp(-_STEEP * numpy.abs(rows - columns)).astype(numpy.float32)


def _contexts(sentences: Sequence[tuple[Pieces, Pieces]], vocabulary: int) -> Matrix:
    """How often pieces stand near each other, nearer ones counting more."""
    counts = numpy.zeros((vocabulary, vocabulary), numpy.float32)
    for sides in sentences:
        for side in sides:
            for distance, weight in _WINDOW:
                numpy.add.at(counts, (side[:-distance], side[distance:]), weight)
                numpy.add.at(counts, (side[distance:], side[:-distance]), weight)
    return counts


def _information(counts: Matrix) -> Matrix:
    """Positive pointwise mutual information, frequent contexts damped."""
    rows, columns = counts.sum(1, keepdims=True), counts.sum(0, keepdims=True) ** 0.75
    with numpy.errstate(divide="ignore", invalid="ignore"):
        found = numpy.log(counts / rows / (columns / columns.sum()))
    return numpy.maximum(numpy.nan_to_num(found, nan=0.0, neginf=0.0), 0)


def _dense(matrix: Matrix, width: int) -> Matrix:
    """A randomised singular value decomposition (Halko et al. 2011), turned at random, at unit length, with noise."""
    random = numpy.random.default_rng(0)
    span = matrix @ random.normal(size=(len(matrix), width + 40)).astype(numpy.float32)
    for _ in range(4):
        span, _ = numpy.linalg.qr(span)
        span = matrix @ (matrix.T @ span)
    span, _ = numpy.linalg.qr(span)
    left, values, _ = numpy.linalg.svd(span.T @ matrix, full_matrices=False)
    found = (span @ left[:, :width]) * values[:width] ** 0.5
    turn, _ = numpy.linalg.qr(random.normal(size=(width, width)))
    found = found @ turn
    length = numpy.linalg.norm(found, axis=1, keepdims=True)
    found = numpy.where(length > 1e-6, found / (length + 1e-6), 0) + random.normal(0, 0.15 * width**-0.5, found.shape)
    result: Matrix = found.astype(numpy.float32)
    return result


if __name__ == "__main__":
    main()
