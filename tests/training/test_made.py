"""What else is made on the way: start vectors, back-translations, shares of broken output."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import numpy
import pytest

from training.backtranslate import chosen, translated
from training.faults import faults, stand_ins_lost
from training.pack import unpacked
from training.vectors import lexicon, vectors

MODELS = Path(__file__).parents[2] / "models"


@pytest.fixture(scope="module")
def sentences() -> list[tuple[Any, Any]]:
    """Sentences of a made-up language of 20 words and their translations, word n by word n + 20 in the same order."""
    chance = random.Random(1)
    drawn = [[chance.randrange(20) for _ in range(chance.randrange(4, 9))] for _ in range(400)]
    return [(numpy.array(words), numpy.array(words) + 20) for words in drawn]


def test_a_lexicon_finds_what_translates_what(sentences: list[tuple[Any, Any]]) -> None:
    found = lexicon(sentences, 41)
    assert [*found[:20].argmax(1)] == [*range(20, 40)]
    assert [*found[20:40].argmax(1)] == [*range(20)]
    assert found[40].sum() == 0, "never met"


def test_a_word_begins_beside_its_translation(sentences: list[tuple[Any, Any]]) -> None:
    # Words in an order that tells them apart: each is followed by the next.
    chained = [(numpy.arange(start, start + 6) % 20, numpy.arange(start, start + 6) % 20 + 20) for start in range(20)]
    found = vectors([*chained * 10], 40, 16)
    found /= numpy.linalg.norm(found, axis=1, keepdims=True)
    near = found[:20] @ found[20:].T
    assert near.diagonal().mean() > 2 * near.mean() + 0.3


def test_only_whole_sentences_of_prose_are_translated_each_once() -> None:
    whole = "Harga beras naik lagi pekan ini."
    lines = [
        whole,
        f"  {whole} ",
        "Baca juga: harga beras naik lagi",
        "Kunjungi https://contoh.example hari ini juga ya.",
        "Naik.",
    ]
    assert [*chosen([*lines, "12 34 56 78 90 12 34 56 78."])] == [whole]


@pytest.mark.slow
def test_a_persons_sentence_is_the_target_and_the_machines_the_source() -> None:
    sentence = "Presiden bertemu para menteri di Jakarta."
    with unpacked(next(MODELS.glob("translate-id_en-*"))) as package:
        (pair,) = translated(package, [sentence], threads=1)
    assert (pair.indonesian, pair.into) == (sentence, "id")
    assert "Jakarta" in pair.english
    assert pair.english != sentence


def test_shares_are_of_what_the_checks_find() -> None:
    sources = ["He won 12 games.", "He won 3 games.", "He left the city.", "He stayed."]
    told = faults(sources, ["Ia menang 15 laga.", "Ia menang 3 laga.", "", "Ia ia ia ia."], "en", "id")
    assert (told.with_figures, told.lost) == (2, 1)
    assert (told.empty, told.loops) == (1, 1)
    assert told.told() == ["25.0%", "25.0%", "0.0%", "0.0%", "50.0%"]


def test_a_stand_in_is_lost_where_its_own_translation_lacks_it() -> None:
    assert stand_ins_lost(["X1 met X2 and X3.", "Q1 left."], ["X1 bertemu X2 dan X22.", "X3 pergi."]) == 0.5
