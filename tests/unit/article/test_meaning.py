"""Checks of what a sentence says: negation, offices, quotations, gender, words left out."""

from __future__ import annotations

import pytest

from service.article import check, coverage, gender, negation, nonwords, offices, quotes
from service.article.types import Hypothesis, Link, Severity


def links(source: str, target: str, pairs: dict[str, str]) -> tuple[Link, ...]:
    """Links between words, in the order of the target."""
    found = [
        Link(source.index(one), source.index(one) + len(one), target.index(other), target.index(other) + len(other))
        for one, other in pairs.items()
    ]
    return tuple(sorted(found, key=lambda link: link.target_start))


# --- negation --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "target", "pair", "found"),
    [
        ("The talks did not fail.", "Perundingan itu berhasil.", "en-id", "not"),
        ("They haven’t signed.", "Mereka menandatangani.", "en-id", "n’t"),
        ("He left without a word.", "Ia pergi dengan sepatah kata.", "en-id", "without"),
        ("Mereka belum datang.", "They came.", "id-en", "belum"),
        ("Harga tidak naik.", "Prices rose.", "id-en", "tidak"),
        ("The talks did not fail.", "Perundingan itu tidak gagal.", "en-id", None),
        ("It is not true, he said.", "Ia membantahnya.", "en-id", None),
        ("Not only Bandung was flooded.", "Bandung juga kebanjiran.", "en-id", None),
        ("Paling tidak lima orang tewas.", "At least five people died.", "id-en", None),
        ("Itu tidak mungkin.", "That is impossible.", "id-en", None),
        ("Mereka tidak datang.", "They failed to come.", "id-en", None),
        ("No. 5 is open.", "Nomor 5 dibuka.", "en-id", None),
        ("Nicht wahr.", "Tidak benar.", "de-id", None),
    ],
)
def test_a_negation_that_is_lost_is_seen(source: str, target: str, pair: str, found: str | None) -> None:
    assert negation.lost(source, target, *pair.split("-")) == found


def test_a_negation_that_is_made_up_is_seen_too() -> None:
    codes = [finding.code for finding in check.check("Dia akan datang.", "He will not come.", "id", "en")]
    assert codes == ["negation-changed"]


@pytest.mark.parametrize(
    ("source", "target", "pair", "severity"),
    [
        ("He will not come.", "Dia akan datang.", "en-id", Severity.ERROR),
        ("Dia tidak akan datang.", "He will come.", "id-en", Severity.ERROR),
        ("Dia akan datang.", "He will not come.", "id-en", Severity.ERROR),
        ("Ia menyalahkan pasar yang tidak menentu.", "He blamed the volatile markets.", "id-en", Severity.WARNING),
        ("He blamed the volatile markets.", "Ia menyalahkan pasar yang tidak menentu.", "en-id", Severity.WARNING),
    ],
)
def test_a_lost_negation_is_an_error_but_for_qualities(source: str, target: str, pair: str, severity: Severity) -> None:
    (found,) = check.check(source, target, *pair.split("-"))
    assert (found.code, found.severity) == ("negation-changed", severity)


# --- non-words -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "found"),
    [
        ("He asked for reimbursation of the tampunged water.", ["reimbursation", "tampunged"]),
        ("The unforgettable swimmers were rehydrated in the roadside warehouses.", []),
        ("Petrokimia sells the kerupuk at kerupuk.example.", []),
    ],
)
def test_words_that_there_are_not(target: str, found: list[str]) -> None:
    assert [*nonwords.found("Ia membeli kerupuk.", target)] == found


# --- offices ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "target", "pair", "found"),
    [
        ("The prime minister spoke.", "Presiden itu berbicara.", "en-id", ("prime minister", "Presiden")),
        ("Wakil Presiden Ma'ruf hadir.", "The mayor was present.", "id-en", ("Wakil Presiden", "mayor")),
        ("Letjen Soeharto tiba.", "Colonel Soeharto arrived.", "id-en", ("Letjen", "Colonel")),
        ("Wakil Presiden hadir.", "The vice president was present.", "id-en", None),
        ("Wali Kota Bandung hadir.", "The mayor of Bandung was present.", "id-en", None),
        ("The attorney general resigned.", "Jaksa agung mundur.", "en-id", None),
        ("A major road was closed.", "Jalan utama ditutup gubernur.", "en-id", None),
        ("Presiden hadir.", "He was present.", "id-en", None),
    ],
)
def test_another_office_is_seen(source: str, target: str, pair: str, found: tuple[str, str] | None) -> None:
    assert offices.changed(source, target, *pair.split("-")) == found


# --- quotations ------------------------------------------------------------------------------------------------------


def test_quotation_marks_of_every_kind_are_counted_and_inches_are_none() -> None:
    assert quotes.marks('„Ja“ «oui» “yes” "no" it\'s a 5" screen') == 8
    assert [finding.code for finding in check.check("“Yes.”", "“Ya.", "en", "id")] == ["quotes-changed"]
    assert check.check("“Yes.”", '"Ya."', "en", "id") == ()


SAID = "“We will build a new road,” said Sri in Bandung yesterday morning."


def test_a_quotation_that_takes_in_others_words_is_seen() -> None:
    target = "Kami akan membangun jalan baru, “kata Sri di Bandung kemarin pagi.”"
    words = {"said": "kata", "Sri": "Sri", "in": "di", "Bandung": "Bandung", "yesterday": "kemarin", "morning": "pagi"}
    hypothesis = Hypothesis(target, -0.5, links(SAID, target, words), "m")
    found = [finding for finding in check.aligned(SAID, hypothesis) if finding.code == "quotes-changed"]
    assert [finding.evidence for finding in found] == ["“kata Sri di Bandung kemarin pagi.”"]


def test_a_quotation_in_its_place_is_well() -> None:
    target = "“Kami akan membangun jalan baru,” kata Sri di Bandung kemarin pagi."
    words = {"We": "Kami", "will": "akan", "build": "membangun", "road": "jalan", "new": "baru", "said": "kata"}
    assert list(quotes.moved(SAID, Hypothesis(target, -0.5, links(SAID, target, words), "m"))) == []


# --- what the model left out, and how sure it was -------------------------------------------------------------------


def test_words_that_nothing_came_from_are_seen() -> None:
    source = "The mayor opened the bridge, which took four years and forty million to build."
    target = "Wali kota membuka jembatan."
    hypothesis = Hypothesis(
        target, -0.5, links(source, target, {"mayor": "Wali kota", "opened": "membuka", "bridge": "jembatan"}), "m"
    )
    assert coverage.left_out(source, hypothesis) == (9, "which took four years and forty million to build")
    (finding,) = check.aligned(source, hypothesis)
    assert (finding.code, finding.severity) == ("omitted", Severity.ERROR)


def test_a_model_without_an_alignment_is_not_blamed() -> None:
    assert coverage.left_out("One two three four five six.", Hypothesis("Satu.", -0.5, (), "m")) == (0, "")


@pytest.mark.parametrize(("score", "codes"), [(-0.4, []), (-1.5, ["low-confidence"]), (float("-inf"), [])])
def test_a_model_that_was_not_sure_says_so(score: float, codes: list[str]) -> None:
    hypothesis = Hypothesis("Satu", score, (Link(0, 3, 0, 4),), "m")
    assert [finding.code for finding in check.aligned("One", hypothesis)] == codes


# --- gender ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("article", "source", "target", "found"),
    [
        ("Dia datang.", "Dia datang.", "He came.", "He"),
        ("Ibunya sakit.", "Katanya begitu.", "He said so.", "He"),
        ("Ibu Sri datang.", "Dia menolak.", "He refused.", "He"),
        ("Ibu Sri datang.", "Dia menolak.", "She refused.", None),
        ("Pak Budi dan istrinya.", "Dia menolak.", "She refused.", None),
        ("Dia datang.", "Dia datang.", "They came.", None),
        ("Orang datang.", "Orang datang.", "He came.", None),
    ],
)
def test_a_gender_that_the_article_does_not_tell_is_a_guess(
    article: str, source: str, target: str, found: str | None
) -> None:
    assert gender.guessed(source, target, gender.told(article)) == found
