"""What is made of pairs, for what articles hold."""

from __future__ import annotations

import random
import re

import pytest

from service.article.numbers import compare
from training import augment
from training.corpus import Pair


def chance() -> random.Random:
    return random.Random(1)


def test_quotes_become_typographic_on_both_sides_alike() -> None:
    pair = augment.curly(Pair('He said: "It\'s late."', 'Ia berkata: "Sudah larut."'))
    assert pair.sides == ("He said: “It’s late.”", "Ia berkata: “Sudah larut.”")


def test_quotes_that_do_not_pair_up_stay() -> None:
    pair = Pair('"Wait.', '"Tunggu."')
    assert augment.curly(pair) == pair


def test_curled_pairs_lose_links_that_were_counted_in_other_pieces() -> None:
    assert augment.curly(Pair('"Yes."', '"Ya."', "0-0")).links == ""


def test_headlines_have_no_stop_and_come_in_three_cases() -> None:
    pair = Pair("Floods cut the road to Semarang.", "Banjir memutus jalan ke Semarang.")
    made = [*augment.headlines([pair] * 60, chance())]
    assert {each.english for each in made} == {
        "Floods cut the road to Semarang",
        "Floods Cut the Road to Semarang",
        "FLOODS CUT THE ROAD TO SEMARANG",
    }
    assert all(each.english.isupper() == each.indonesian.isupper() for each in made)
    assert not any(each.indonesian.endswith(".") for each in made)


@pytest.mark.parametrize("english", ["Yes.", "Is it true that he left?", "word " * 20 + "."])
def test_what_is_no_short_statement_becomes_no_headline(english: str) -> None:
    assert [*augment.headlines([Pair(english, "Ya.")], chance())] == []


@pytest.mark.parametrize(
    ("english", "indonesian"),
    [
        ("It rose 5.1 percent to 1,234 in 2019.", "Naik 5,1 persen menjadi 1.234 pada 2019."),
        ("He is 36 and has won 87 of 120 games.", "Ia berusia 36 dan menang 87 dari 120 laga."),
    ],
)
def test_changed_figures_agree_on_both_sides_in_each_languages_notation(english: str, indonesian: str) -> None:
    made = [*augment.figures([Pair(english, indonesian)] * 30, chance())]
    assert len({each.english for each in made}) > 20
    for each in made:
        assert not compare(*each.sides, "en", "id"), each
        assert re.sub(r"\d", "0", each.english) == re.sub(r"\d", "0", english), "the shape stays"
        assert not re.search(r"(?<![\d.,])0\d", each.english)


@pytest.mark.parametrize(
    ("english", "indonesian"),
    [
        ("Nobody came.", "Tidak ada yang datang."),
        ("It was 8 July.", "Saat itu Juli."),
        ("The A380 seats 500.", "A380 memuat 500."),
    ],
)
def test_figures_that_do_not_match_one_to_one_are_left_alone(english: str, indonesian: str) -> None:
    assert [*augment.figures([Pair(english, indonesian)], chance())] == []


def test_stand_ins_are_numbered_as_in_the_source_and_stand_on_both_sides() -> None:
    pair = Pair("Toyota sold 300 cars in Surabaya.", "Di Surabaya, Toyota menjual 300 mobil.")
    for made in augment.stand_ins([pair] * 40, chance()):
        ours, theirs = (re.findall(r"\b[XZQ]\d\b", side) for side in made.sides)
        assert ours == sorted(theirs)
        assert [each[1:] for each in ours] == [str(n) for n in range(1, len(ours) + 1)]
        assert ours


def test_no_stand_in_where_nothing_is_spelt_alike() -> None:
    assert [*augment.stand_ins([Pair("The minister left.", "Menteri itu pergi.")], chance())] == []


def test_part_of_a_word_is_no_stand_in() -> None:
    assert [*augment.stand_ins([Pair("Bali is full.", "Balikpapan penuh.")], chance())] == []
