"""Fixtures for the tests of training/. They need nothing of the service's, so that they run where torch is:
`make training-test`, or python -m pytest --confcutdir=tests/training tests/training.

toy        pairs of ours, those of training/gold.txt, and a vocabulary of them in a work folder: its path
tokenizer  that vocabulary
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import sentencepiece

from training import vocabulary
from training.alignment import gold
from training.corpus import Pair, write


@pytest.fixture(scope="session")
def pairs() -> list[Pair]:
    return [Pair(pair.source.text, pair.target.text) for pair in gold()]


@pytest.fixture(scope="session")
def _vocabulary(tmp_path_factory: pytest.TempPathFactory, pairs: list[Pair]) -> Path:
    file = tmp_path_factory.mktemp("vocabulary") / "sentencepiece.model"
    vocabulary.train([side for pair in pairs for side in pair.sides], file, 400)
    return file


@pytest.fixture
def toy(tmp_path: Path, pairs: list[Pair], _vocabulary: Path) -> Path:
    (tmp_path / "data").mkdir()
    write(tmp_path / "data" / "toy.tsv", pairs)
    (tmp_path / "recipe.toml").write_text('[[part]]\nfiles = "toy.tsv"\n', encoding="utf-8")
    (tmp_path / "sentencepiece.model").write_bytes(_vocabulary.read_bytes())
    return tmp_path


@pytest.fixture(scope="session")
def tokenizer(_vocabulary: Path) -> Any:
    return sentencepiece.SentencePieceProcessor(model_file=str(_vocabulary))
