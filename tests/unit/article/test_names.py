"""Names that a model misspelt are put back, and nothing else is."""

from __future__ import annotations

import pytest

from service.article import lexicon, names
from service.article.alignment import WORD
from service.article.masking import Place
from service.article.types import Hypothesis, Link, Severity

ID_EN = ("id", "en")


def hypothesis(source: str, target: str, **leads: str) -> Hypothesis:
    """`target`, its words linked in order to those of the source; `leads` says of which word another one comes."""
    words = {match[0]: match.span() for match in WORD.finditer(source)}
    order = list(words)
    links = []
    for index, match in enumerate(WORD.finditer(target)):
        came = leads.get(match[0]) or order[min(index, len(order) - 1)]
        links.append(Link(*words[came], *match.span()))
    return Hypothesis(target, 0.0, tuple(links), "m")


def repaired(source: str, target: str, languages: tuple[str, str] = ID_EN, **leads: str) -> tuple[str, list[str]]:
    after, told = names.repair(source, hypothesis(source, target, **leads), languages)
    return after.text, [finding.evidence for finding in told]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [("Wido", "Wido"), ("Widodotur", "Widodotur"), ("Widdodo's", "Widdodo"), ("Wodidodo", "Wodidodo")],
)
def test_a_misspelt_name_is_put_back_and_told(wrong: str, told: str) -> None:
    ending = "'s" if wrong.endswith("'s") else ""
    assert repaired("Kata Widodo", f"Said {wrong}") == (f"Said Widodo{ending}", [f"{told} → Widodo"])


def test_its_links_lead_to_the_name() -> None:
    after, _ = names.repair("Kata Widodo lagi", hypothesis("Kata Widodo lagi", "Said Wido again"), ID_EN)

    assert after.links == (Link(0, 4, 0, 4), Link(5, 11, 5, 11), Link(12, 16, 12, 17))


@pytest.mark.parametrize(
    ("source", "target", "why"),
    [
        ("Kata Widodo", "Said Widodo's", "it is there"),
        ("Kata Hizbullah", "Said Hezbollah", "the other language's own form"),
        ("Dari Jerman", "From Germany", "a country"),
        ("Kata Gubernur", "Said Governer", "an ordinary word, misspelt or not"),
        ("Kata widodo", "Said wido", "not written as a name"),
        ("Kata Widodo", "Said swimming", "an ordinary word"),
        ("Kata Widodo", "Said Kusumo", "does not look like it"),
        ("Sudirmo dan Sudirman", "Sudirmo and Sudirmo", "the name of another"),
    ],
)
def test_is_left_as_it_is(source: str, target: str, why: str) -> None:
    assert repaired(source, target) == (target, []), why


def test_a_word_that_the_model_wrote_for_another_is_left() -> None:
    assert repaired("Kata Widodo", "Said Wido", Wido="Kata") == ("Said Wido", [])


def test_of_languages_that_are_not_listed_nothing_is_a_name() -> None:
    assert repaired("Die Regierung", "The Regierun", ("de", "en")) == ("The Regierun", [])


@pytest.mark.parametrize(
    ("target", "after"),
    [
        ("Sutansto", "Sutanto"),
        ("The Sutan is", "Sutanto"),
        ("", "Sutanto"),
        ("Sutanto Adi", "Sutanto"),
        ("Tourism", "Tourism"),
    ],
)
def test_a_sentence_of_a_single_name_is_that_name(target: str, after: str) -> None:
    assert repaired("Sutanto", target)[0] == after


def test_what_is_a_name() -> None:
    assert names.is_name("Widodo", *ID_EN)
    assert not names.is_name("Pembangunannya", *ID_EN)
    assert not names.is_name("Inggris", *ID_EN)
    assert names.is_name("London", *ID_EN)
    assert not names.is_name("Germany", "en", "id")


# --- the lexicon -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("word", "language"), [("house", "en"), ("Houses", "en"), ("rumahnya", "id"), ("RUMAH", "id")])
def test_ordinary_words(word: str, language: str) -> None:
    assert lexicon.ordinary(word, language)


@pytest.mark.parametrize("word", ["Widodo", "Obama", "Boston", "Jakarta"])
def test_names_are_no_ordinary_words(word: str) -> None:
    assert not lexicon.ordinary(word, "en")
    assert not lexicon.ordinary(word, "id")


@pytest.mark.parametrize(
    ("word", "language"), [("Syria", "en"), ("Suriah", "id"), ("Desember", "id"), ("Boston", "en")]
)
def test_names_that_are_known_to_be_written_so(word: str, language: str) -> None:
    assert lexicon.known(word, language)


# --- names of which the translation has nothing ----------------------------------------------------------------------


def told(source: str, target: str, *terms: str) -> list[str]:
    found = names.findings(source, target, ID_EN, terms)
    assert {(one.code, one.severity) for one in found} <= {("name-missing", Severity.WARNING)}
    return [one.evidence for one in found]


def test_a_name_that_was_dropped_is_told_once() -> None:
    assert told("Kata Prabowo, kata Prabowo", "he said") == ["Prabowo"]
    assert told("Kata Prabowo", "said Prabowo") == []


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("murid Yesus pergi", "the pupils of Jesus left"),  # translated by a word akin to it
        ("gedung MPR penuh", "the building is full"),  # an abbreviation
        ("Prabowo pergi", "he left"),  # the capital may be the sentence's
        ("Ia pergi. Prabowo pergi", "he left"),
        ("kata prabowo", "he said"),
    ],
)
def test_what_may_be_there_otherwise_or_be_no_name_is_not_told(source: str, target: str) -> None:
    assert told(source, target) == []


def test_a_word_that_both_sentences_have_is_no_translation_of_a_name() -> None:
    assert told("Wibowo dan Wibawo pergi", "Wibowo left") == ["Wibawo"]


def test_what_a_term_stands_for_is_the_glossarys_to_tell() -> None:
    assert told("kata Kapolri kemarin", "he said") == ["Kapolri"]
    assert told("kata Kapolri kemarin", "he said", "Kapolri") == []


def test_the_places_of_names_are_without_what_hangs_on_them() -> None:
    assert names.places("mobil Widodo's dan Prabowo", {"Widodo"}) == [Place(6, 12, "Widodo")]
    assert names.places("mobil Widodo", ()) == []
