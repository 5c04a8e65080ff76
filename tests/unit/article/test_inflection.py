"""Which words a word may be a form of."""

from __future__ import annotations

import pytest

from service.article.inflection import stems


@pytest.mark.parametrize(
    ("word", "stem"),
    [
        ("bukunya", "buku"),
        ("bukulah", "buku"),
        ("bukukah", "buku"),
        ("bukupun", "buku"),
        ("bukunyalah", "buku"),
        ("buku-buku", "buku"),
        ("buku-bukunya", "buku"),
        ("KPK-nya", "KPK"),
        ("KPK-lah", "KPK"),
        ("di-PHK", "PHK"),
        ("se-Jawa", "Jawa"),
    ],
)
def test_what_hangs_on_an_indonesian_word_is_told_from_it(word: str, stem: str) -> None:
    assert stem in stems(word, "id")


@pytest.mark.parametrize(
    ("word", "stem"),
    [
        ("membeli", "beli"),
        ("memakai", "pakai"),
        ("menulis", "tulis"),
        ("mengirim", "kirim"),
        ("menyapu", "sapu"),
        ("mengebor", "bor"),
        ("melatih", "latih"),
        ("mengambil", "ambil"),
        ("pembelian", "beli"),
        ("penyitaan", "sita"),
        ("perbankan", "bank"),
        ("bersekolah", "sekolah"),
        ("kementerian", "menteri"),
        ("dituliskannya", "tulis"),
        ("ditulis", "tulis"),
        ("tertulis", "tulis"),
        ("menginvestasikan", "investasi"),
        ("diperbaiki", "baik"),
    ],
)
def test_what_makes_another_indonesian_word_is_told_where_that_is_asked(word: str, stem: str) -> None:
    assert stem in stems(word, "id", derived=True)
    assert stem not in stems(word, "id")


@pytest.mark.parametrize(
    ("word", "stem"),
    [("mayors", "mayor"), ("mayor's", "mayor"), ("mayors’", "mayor"), ("agencies", "agency"), ("taxes", "tax")],
)
def test_english_plurals_and_possessives(word: str, stem: str) -> None:
    assert stem in stems(word, "en")


@pytest.mark.parametrize(("word", "language"), [("nya", "id"), ("is", "en"), ("bukunya", "en"), ("mayors", "de")])
def test_a_word_that_is_nothing_else_is_itself(word: str, language: str) -> None:
    assert stems(word, language, derived=False) == {word}
