"""The classifier of languages, learnt from invented lines: it tells them apart, and is the same each time."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

pytest.importorskip("torch", reason="needs torch, which the product does without: make training-test")
pytestmark = [pytest.mark.torch, pytest.mark.slow]

from service.article.classifier import Classifier  # noqa: E402
from training.languages import train  # noqa: E402
from training.texts import Text  # noqa: E402

WORDS = {
    "en": "the of and rice price government road people town water because they will open".split(),
    "id": "yang dan beras harga pemerintah jalan orang kota air karena mereka akan membuka di".split(),
    "ms": "yang dan beras harga kerajaan jalan orang bandar air kerana mereka akan membuka di".split(),
}


def texts(seed: int) -> list[Text]:
    chance = random.Random(seed)
    return [
        Text(language, " ".join(chance.sample(words, 9)), "valid" if number % 5 == 0 else "train", "made")
        for language, words in WORDS.items()
        for number in range(60)
    ]


@pytest.fixture(scope="module")
def learnt() -> Classifier:
    return train(texts(1), count=1500, epochs=2, seed=1)


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("the price of rice", "en"),
        ("pemerintah membuka kota karena air", "id"),
        ("kerajaan membuka bandar kerana air", "ms"),
    ],
)
def test_it_tells_the_languages_that_it_learnt(learnt: Classifier, said: str, language: str) -> None:
    odds = learnt.probabilities(said.split())
    assert max(odds, key=lambda name: odds[name]) == language
    assert odds[language] > 0.8


def test_what_two_languages_share_is_left_open(learnt: Classifier) -> None:
    odds = learnt.probabilities("mereka akan membuka jalan".split())
    assert odds["en"] < 0.1
    assert max(odds.values()) < 0.95


def test_the_same_texts_and_seed_give_the_same_file(learnt: Classifier, tmp_path: Path) -> None:
    assert train(texts(1), count=1500, epochs=2, seed=1).dump() == learnt.dump()
