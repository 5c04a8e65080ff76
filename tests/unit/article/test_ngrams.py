"""Tokens, and how likely they are after one another."""

from __future__ import annotations

from math import exp

import pytest

from service.article.ngrams import BOUNDARY, NAME, NUMBER, UNKNOWN, YEAR, english, read, runs


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Spain’s ministers' cars", ["Spain", "'s", "ministers", "cars"]),
        ("on 4 November 2025, 3.5 million", ["on", NUMBER, "November", YEAR, ",", NUMBER, "million"]),
        ("(post-war) “peace” – now!", ["post-war", "peace", ",", "now", BOUNDARY]),
        ("don't \ufffc", ["don't", NAME]),
        ("", []),
    ],
)
def test_tokens(text: str, words: list[str]) -> None:
    assert [token.word for token in read(text)] == words


def test_tokens_stand_where_they_say() -> None:
    text = "The mayor’s “port” (new) is open."
    assert [text[one.start : one.end] for one in read(text)] == ["The", "mayor", "’s", "port", "new", "is", "open", "."]


def test_runs_are_sentences_and_never_endless() -> None:
    assert [len(run) for run in runs("One is here. Two came")] == [4, 2]
    assert max(len(run) for run in runs("word " * 1000)) == 200


def said(text: str) -> float:
    model = english()
    number = model.vocabulary.number
    before = previous = number(BOUNDARY)
    total = 0.0
    for token in read(text):
        word = number(token.word)
        total += model.score(before, previous, word)
        before, previous = previous, word
    return total


@pytest.mark.parametrize(
    ("likely", "unlikely"),
    [
        ("the end of the year", "the end of nan year"),
        ("he has been in the country", "he has been the in country"),
        ("leaders are to meet behind closed doors", "leaders are to meet down closed doors"),
    ],
)
def test_english_is_likelier_than_what_is_not(likely: str, unlikely: str) -> None:
    assert said(likely) > said(unlikely) + 2


def test_probabilities_of_all_words_make_one() -> None:
    """As far as quantisation lets them, in contexts that were seen, seen in part and never seen."""
    model = english()
    number = model.vocabulary.number
    for before, previous in (("of", "the"), ("the", "mayor"), ("zebra", "of"), (UNKNOWN, UNKNOWN)):
        words = range(len(model.vocabulary.words))
        whole = sum(exp(model.score(number(before), number(previous), word)) for word in words)
        assert whole == pytest.approx(1, abs=0.06)


def test_words_have_numbers() -> None:
    words = english().vocabulary
    assert words.number("an") == words.number("a") == words.number("A")
    assert words.number("US") != words.number("us") == words.number("Us")
    assert words.words[words.number("Qwrtp")] == NAME
    assert words.words[words.number("qwrtp")] == UNKNOWN
    assert words.number("qwrtp-led") == words.number("led")


def test_a_run_of_dots_within_a_word_is_no_boundary_however_long() -> None:
    assert [token.word for token in read("the " + "." * 50_000 + "a")] == ["the", "a"]
