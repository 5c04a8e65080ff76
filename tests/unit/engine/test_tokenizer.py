"""Tokenizers: each piece led back to where it came from, whichever way the package cuts sentences."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.article.types import Decoding
from service.engine import installer, tokenizer
from service.engine.batcher import Batcher
from service.engine.tokenizer import BytePairs, SentencePiece
from service.engine.translator import Translator
from tests.unit.engine import tiny


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> installer.Installed:
    """A package whose tokenizer is Moses with byte pairs."""
    folder = tmp_path_factory.mktemp("pairs")
    return installer.install(tiny.package(folder, "en-de", byte_pairs=True), folder / "models")


@pytest.fixture
def pairs(package: installer.Installed) -> BytePairs:
    return BytePairs(package)


def traced(cut: tokenizer.Tokenizer, sentence: str) -> list[tuple[str, str]]:
    pieces, spans = cut.encode(sentence)
    return [(piece, sentence[start:end]) for piece, (start, end) in zip(pieces, spans, strict=True)]


def test_the_package_says_which_tokenizer_it_is(package: installer.Installed, tmp_path: Path) -> None:
    assert isinstance(tokenizer.load(package), BytePairs)
    (package_path := tmp_path / "package").mkdir()
    (package_path / "sentencepiece.model").write_bytes(tiny.pieces()[0])
    other = installer.Installed("en", "id", "en-id", "1.0", "a" * 64, "", package_path)
    assert isinstance(tokenizer.load(other), SentencePiece)


def test_pieces_of_words_lead_to_their_letters(pairs: BytePairs) -> None:
    assert traced(pairs, "  good  morning.") == [
        ("go@@", "go"),
        ("od", "od"),
        ("mo@@", "mo"),
        ("rn@@", "rn"),
        ("ing", "ing"),
        (".", "."),
    ]


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("“the” … the", ["“", "the", "”", "…", "the"]),
        ("the — the", ["the", "—", "the"]),
        ("the & the", ["the", "&", "the"]),
        ("[the] <the>", ["[", "the", "]", "<", "the", ">"]),
        ("the,” the", ["the", ",", "”", "the"]),
    ],
)
def test_what_moses_writes_its_own_way_leads_to_what_was_written(
    pairs: BytePairs, sentence: str, words: list[str]
) -> None:
    assert [sentence[start:end] for start, end in dict.fromkeys(pairs.encode(sentence)[1])] == words


@pytest.mark.parametrize("sentence", ["", " ", "”", "good ½ ﬁne é🎉, “no…” ‘x’ 100 % d'accord & AT&T; the"])
def test_spans_are_in_order_and_within_the_sentence(pairs: BytePairs, sentence: str) -> None:
    pieces, spans = pairs.encode(sentence)
    assert len(pieces) == len(spans)
    assert all(0 <= start <= end <= len(sentence) for start, end in spans)
    assert spans == sorted(spans)


@pytest.mark.parametrize(
    ("pieces", "text"),
    [
        (["go@@", "od", "mo@@", "rn@@", "ing", "."], "good morning."),
        (["the", "&quot;", "the", "&quot;", ",", "the"], 'the "the", the'),
        (["(", "the", ")", "<unk>", "&amp;", "the"], "(the) <unk> & the"),
        (["<unk>", "&ap@@", "os@@", ";", "the"], "<unk> 'the"),
        (["go@@"], "go"),
        ([], ""),
    ],
)
def test_what_a_model_made_is_put_together_as_text(pairs: BytePairs, pieces: list[str], text: str) -> None:
    marked = pairs.marked(pieces)
    assert len(marked) == len(pieces)
    assert "".join(marked).replace("▁", " ").strip() == text


def test_a_package_of_byte_pairs_translates(package: installer.Installed) -> None:
    sentence = "good morning, the é."
    ((_, made),) = Translator(package, Batcher(1), threads=1).translate([sentence], Decoding())
    assert made.text
    assert "@@" not in made.text
    assert made.links
    assert all(link.source_end <= len(sentence) and link.target_end <= len(made.text) for link in made.links)
