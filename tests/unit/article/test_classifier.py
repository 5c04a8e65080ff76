"""The classifier of languages: what it counts, and that its file says all of it."""

from __future__ import annotations

import io

import numpy as np
import pytest

from service.article.classifier import BITS, Classifier, bundled, features, word_row

TOY = Classifier(
    ("en", "id"),
    np.arange(2 << BITS, dtype=np.int64).reshape(-1, 2).astype(np.int8),
    np.array([0.5, 0.25], np.float32),
    np.array([0.0, 1.0], np.float32),
)


def test_the_rows_of_a_word_are_the_same_in_every_process() -> None:
    assert features(["di"]) == [91552, 37660, 26016, 58073, 59565, 19144, 58360]
    assert all(0 <= row < 1 << BITS for row in features(["beras", "naik"]))


def test_whole_words_have_rows_of_their_own() -> None:
    half = 1 << BITS - 1
    rows = features(["beras", "naik"])
    assert [row for row in rows if row >= half] == [word_row("beras"), word_row("naik")]


def test_a_word_without_end_costs_no_more_than_a_long_one() -> None:
    assert len(features(["a" * 100_000])) == len(features(["a" * 40]))


def test_nothing_is_as_probable_as_it_was_before() -> None:
    odds = TOY.probabilities([])
    assert odds["id"] == pytest.approx(1 / (1 + np.exp(-1)))
    assert sum(odds.values()) == pytest.approx(1)


def test_a_file_holds_all_of_it_in_the_same_bytes() -> None:
    packed = TOY.dump()
    again = Classifier.load(packed)
    assert again.languages == TOY.languages
    assert again.probabilities(["harga", "beras"]) == TOY.probabilities(["harga", "beras"])
    assert again.dump() == packed


def test_a_file_may_not_hold_code() -> None:
    out = io.BytesIO()
    np.savez_compressed(out, languages=np.array([print], dtype=object), table=TOY.table, scale=TOY.scale, bias=TOY.bias)
    with pytest.raises(ValueError, match="allow_pickle"):
        Classifier.load(out.getvalue())


def test_ours_is_small_and_knows_the_neighbours() -> None:
    ours = bundled()
    assert {"en", "id", "ms", "jv", "su", "min", "fil", "nl", "zxx", "und"} <= set(ours.languages)
    assert ours.table.nbytes < 4_000_000
