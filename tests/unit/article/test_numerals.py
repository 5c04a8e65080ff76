"""Numbers in words."""

from __future__ import annotations

import pytest

from service.article.numerals import roman, spelled


@pytest.mark.parametrize(
    ("text", "language", "values"),
    [
        ("one", "en", ["1"]),
        ("twenty-first", "en", ["21"]),
        ("three hundred and five thousand two hundred", "en", ["305200"]),
        ("five million two hundred thousand and one", "en", ["5200001"]),
        ("two and a half", "en", ["2.5"]),
        ("one-and-half percent", "en", ["1.5"]),
        ("three point one four", "en", ["3.14"]),
        ("one and two", "en", ["1", "2"]),
        ("two, three", "en", ["2", "3"]),
        ("four-nil", "en", ["4", "0"]),
        ("a hundred", "en", ["100"]),
        ("the hundredth", "en", ["100"]),
        ("the seventies", "en", ["1970"]),
        ("hundreds of millions", "en", []),
        ("someone often told us", "en", []),
        ("sebelas", "id", ["11"]),
        ("dua belas juta", "id", ["12000000"]),
        ("seratus dua puluh lima ribu tiga ratus", "id", ["125300"]),
        ("dua ribu dua puluh lima", "id", ["2025"]),
        ("satu juta seribu", "id", ["1001000"]),
        ("seribu lima ratus", "id", ["1500"]),
        ("kedua puluh", "id", ["20"]),
        ("satu koma tiga miliar", "id", ["1300000000"]),
        ("ratusan juta", "id", []),
        ("drei", "de", []),
    ],
)
def test_numbers_in_words(text: str, language: str, values: list[str]) -> None:
    assert [f"{numeral.value.normalize():f}" for numeral in spelled(text, language)] == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("abad XIX", [19]),
        ("Perang Dunia II", [2]),
        ("Pasal XL", [40]),
        ("I am", []),
        ("CIVIL", []),
        ("IIII", []),
    ],
)
def test_roman_numerals_of_two_letters_or_more(text: str, values: list[int]) -> None:
    assert [int(numeral.value) for numeral in roman(text)] == values


def test_where_a_number_stands() -> None:
    (numeral,) = spelled("some six and a half million people", "en")
    assert (numeral.start, numeral.end) == (5, 27)
