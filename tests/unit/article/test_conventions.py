"""Figures, amounts, quotations, lists and the order of words."""

from __future__ import annotations

from decimal import Decimal

import pytest

from service.article.conventions import amount, joined, number, percent, quotation_marks, separators, sort_key


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("en-US", "1,234,567.125"),
        ("id-ID", "1.234.567,125"),
        ("de-DE", "1.234.567,125"),
        ("ar-EG", "1,234,567.125"),
        ("fr", "1\u202f234\u202f567,125"),
    ],
)
def test_numbers_keep_their_decimals_and_have_latin_digits(tag: str, words: str) -> None:
    assert number(Decimal("1234567.125"), tag) == words


def test_what_stands_within_numbers() -> None:
    assert [separators(tag) for tag in ("en-US", "id-ID")] == [(".", ","), (",", ".")]


def test_shares_are_whole_percents() -> None:
    assert [percent(0.87, tag) for tag in ("en", "id", "de")] == ["87%", "87%", "87\xa0%"]


@pytest.mark.parametrize(
    ("value", "currency", "tag", "words"),
    [
        ("1500000", "IDR", "id-ID", "Rp1.500.000"),
        ("1500000", "IDR", "en-US", "Rp1,500,000"),
        ("-2500.5", "IDR", "id-ID", "-Rp2.500,5"),
        ("12", "USD", "en-US", "$12"),
        ("12", "USD", "id-ID", "US$12"),
        ("12.5", "EUR", "de-DE", "12,50\xa0€"),
        ("1234567", "JPY", "en-GB", "JP¥1,234,567"),
    ],
)
def test_amounts_stay_in_their_currency(value: str, currency: str, tag: str, words: str) -> None:
    assert amount(Decimal(value), currency, tag) == words


def test_the_house_says_how_rupiah_are_written() -> None:
    assert amount(1500, "IDR", "id-ID", "Rp 1") == "Rp 1.500"


@pytest.mark.parametrize(
    ("tag", "marks"),
    [
        ("en-US", "“”‘’"),
        ("id-ID", "“”‘’"),
        ("de-DE", "„“‚‘"),
        ("fr-FR", "«»«»"),
        ("fr-CH", "«»‹›"),
        ("pt-PT", "«»“”"),
        ("pt-BR", "“”‘’"),
        ("zh-CN", "“”‘’"),
        ("zh-TW", "「」『』"),
        ("zh-Hant-CN", "「」『』"),
        ("sr-Latn", "„”’’"),
        ("ar-EG", "”“’‘"),
    ],
)
def test_quotation_marks_are_the_locales(tag: str, marks: str) -> None:
    assert "".join(quotation_marks(tag)) == marks


def test_lists_are_joined_as_the_language_joins_them() -> None:
    assert joined([], "id") == ""
    assert joined(["A"], "id") == "A"
    assert joined(["A", "B", "C"], "id-ID") == "A, B, dan C"
    assert joined(["A", "B", "C"], "en-GB") == "A, B and C"


def test_words_are_in_the_order_of_a_dictionary() -> None:
    written = ["Zebra", "état", "apel", "Eta", "Apel", "co-op", "coop", "eta"]
    assert sorted(written, key=sort_key) == ["Apel", "apel", "co-op", "coop", "Eta", "eta", "état", "Zebra"]
