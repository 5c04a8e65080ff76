"""Texts by language: what is held out, and that nothing but the language tells them apart."""

from __future__ import annotations

import lzma
import random
from collections import Counter
from pathlib import Path

import pytest

from service.article.classifier import NAMES, OTHERS
from training.texts import Text, drawn, gather, names, ntrex, plain, side, words_of

ENGLISH = "The boats of Bogor came back to the harbour with fish on day {}."
INDONESIAN = "Perahu dari Bogor kembali ke pelabuhan membawa ikan pada hari ke {}."
MALAY = "Bot dari Bogor kembali ke jeti kerana membawa ikan pada hari ke {}."
DUTCH = "De boten van Bogor kwamen op dag {} terug in de haven met vis."
RUSSIAN = "Лодки вернулись в гавань с рыбой на {} день."


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """A corpus and an NTREX of twenty documents of two lines."""
    corpus, news = tmp_path / "corpus", tmp_path / "ntrex" / "NTREX-128"
    for folder in (corpus / "train", corpus / "mono", corpus / "lid", news):
        folder.mkdir(parents=True)
    pairs = "".join(f"{ENGLISH.format(n)}\t{INDONESIAN.format(n)}\n" for n in range(100))
    for name in ("train/tico19.tsv", "train/nusax.tsv", "train/talks.tsv", "news-valid.tsv"):
        (corpus / name).write_text(pairs, encoding="utf-8")
    for language, text in (("en", ENGLISH), ("id", INDONESIAN)):
        (corpus / "mono" / f"{language}.txt.xz").write_bytes(lzma.compress(text.format(7).encode()))
    (corpus / "lid" / "others.tsv").write_text(
        "".join(f"msa\t{MALAY.format(n)}\n" for n in range(100)), encoding="utf-8"
    )
    (news.parent / "DOCUMENT_IDS.tsv").write_text("".join(f"{n // 2}\n" for n in range(40)), encoding="utf-8")
    for code, text in (("msa", MALAY), ("ind", INDONESIAN), ("eng-GB", ENGLISH), ("nld", DUTCH), ("rus", RUSSIAN)):
        lines = "".join(text.format(n) + "\n" for n in range(40))
        (news / f"newstest2019-ref.{code}.txt").write_text(lines, encoding="utf-8")
    return corpus, news


def test_parallel_sentences_are_on_one_side_in_every_language(folders: tuple[Path, Path]) -> None:
    texts = gather(*folders, seed=1)
    for source in ("tico19", "nusax", "ntrex"):
        sides: dict[str, set[str]] = {}
        for text in texts:
            if text.source == source:
                sides.setdefault("".join(filter(str.isdigit, text.text)), set()).add(text.side)
        assert sides
        assert all(len(found) == 1 for found in sides.values())


def test_news_is_held_out_by_document_and_its_first_lines_are_headlines(folders: tuple[Path, Path]) -> None:
    texts = [text for text in ntrex(folders[1]) if text.language == "ms" and text.text]
    assert [text.title for text in texts[:4]] == [True, False, True, False]
    assert Counter(text.side for text in texts) == {"train": 28, "valid": 4, "test": 8}


def test_other_scripts_are_left_out_and_other_languages_are_one_class(folders: tuple[Path, Path]) -> None:
    assert {text.language for text in ntrex(folders[1])} == {"ms", "id", "en", "nl"}
    folders[1].joinpath("newstest2019-ref.swe.txt").write_text("Båtarna kom tillbaka.\n", encoding="utf-8")
    assert OTHERS in {text.language for text in ntrex(folders[1])}


def test_runs_are_held_out() -> None:
    assert Counter(side(number, 50) for number in range(50)) == {"train": 35, "valid": 5, "test": 10}


def test_names_are_words_that_are_never_small() -> None:
    said = ["Then Lukas Berg met the minister.", "Then the Minister of Bogor left.", "All Lukas Had To Say"]
    found = names([Text("en", text, "train", "talks") for text in said])
    assert {text.text for text in found} == {"Lukas Berg", "Bogor"}
    assert {text.language for text in found} == {NAMES}


def test_pieces_are_short_small_and_mostly_without_names(folders: tuple[Path, Path]) -> None:
    texts = gather(*folders, seed=1)
    pieces = [piece for piece in drawn(texts, 1000, random.Random(1)) if piece[0] != NAMES]
    assert all(word == word.casefold() for _, words in pieces for word in words)
    assert {language for language, _ in pieces} == {"en", "id", "ms", "nl"}
    assert sum(len(words) <= 8 for _, words in pieces) > len(pieces) / 2
    assert 0 < sum("bogor" in words for _, words in pieces) < len(pieces) / 3
    assert pieces == [piece for piece in drawn(texts, 1000, random.Random(1)) if piece[0] != NAMES]


def test_addresses_are_no_words_and_diacritics_can_be_left_out() -> None:
    assert words_of("See https://example.org/beras or @kompas, don’t you?") == ["See", "or", "don't", "you"]
    assert plain("tělo à Đà Nẵng") == "telo a Đa Nang"
