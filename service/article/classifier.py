"""A small classifier of languages: which of two dozen do these words look like?

Made for what langdetect cannot do: it knows Malay, Javanese and Indonesian's other neighbours, and it is asked about
headlines and captions. Multinomial logistic regression over words and hashed n-grams within a word (2 to 5 bytes, its
edges marked), rounded to eight bits; after Cavnar and Trenkle (1994) and Lui and Baldwin (langid.py, 2012).
`training/languages.py` makes `service/data/languages.npz` and says of what.

Case is not looked at, so that a headline in capitals is no other text. Rows are found by CRC-32 and not by Python's own
`hash`, so that every process gives the same answer.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

NAMES: Final = "zxx"
"""The class of names and other words of no language."""

OTHERS: Final = "und"
"""The class of languages that are not told apart here."""

BITS: Final = 17
"""The table has 2 ** BITS rows."""

_HALF: Final = 1 << BITS - 1
_SIZES: Final = range(2, 6)
_LONGEST_WORD: Final = 40


def word_row(word: str) -> int:
    """The row of a whole word: in the second half of the table, where no n-gram is."""
    return _HALF + zlib.crc32(word.encode()) % _HALF


@lru_cache(maxsize=16_384)
def _rows(word: str) -> tuple[int, ...]:
    marked = f" {word[:_LONGEST_WORD]} ".encode()
    grams = (marked[start : start + size] for size in _SIZES for start in range(len(marked) - size + 1))
    return (word_row(word), *(zlib.crc32(gram) % _HALF for gram in grams))


def features(words: Sequence[str]) -> list[int]:
    """The rows of the table that words in lower case stand for, one for each occurrence."""
    return [row for word in words for row in _rows(word)]


@dataclass(frozen=True, slots=True)
class Classifier:
    """The table and what its numbers mean."""

    languages: tuple[str, ...]
    """Tags (BCP 47), `NAMES` and `OTHERS`."""

    table: NDArray[np.int8]
    """A row for each hash, a column for each language."""

    scale: NDArray[np.float32]
    """What one unit of a column is worth."""

    bias: NDArray[np.float32]

    def scores(self, words: Sequence[str]) -> NDArray[np.float32]:
        """Log odds of each language, up to a constant; of words in lower case."""
        rows = features(words)
        if not rows:
            return self.bias
        met = self.table.take(rows, axis=0).astype(np.float32)
        summed = np.ones(len(rows), np.float32) @ met  # whole numbers below 2 ** 24: exact in any order
        return summed * (self.scale / np.float32(len(rows) ** 0.5)) + self.bias

    def probabilities(self, words: Sequence[str]) -> dict[str, float]:
        """The probability of each language."""
        scores = self.scores(words).astype(np.float64)
        odds = np.exp(scores - scores.max())
        return dict(zip(self.languages, (odds / odds.sum()).tolist(), strict=True))

    def dump(self) -> bytes:
        """As `load` takes it; the same bytes for the same numbers."""
        out = io.BytesIO()
        arrays: dict[str, Any] = {"table": self.table, "scale": self.scale, "bias": self.bias}
        np.savez_compressed(out, languages=np.array(self.languages), **arrays)
        return out.getvalue()

    @classmethod
    def load(cls, packed: bytes) -> Classifier:
        """Raises ValueError for a file that is no table of ours."""
        with np.load(io.BytesIO(packed), allow_pickle=False) as stored:
            return cls(tuple(stored["languages"].tolist()), stored["table"], stored["scale"], stored["bias"])


@cache
def bundled() -> Classifier:
    """The one in `service/data/languages.npz`."""
    return Classifier.load(files("service").joinpath("data", "languages.npz").read_bytes())
