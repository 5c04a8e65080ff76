"""The judge of spun English beyond the sample: other spinners' words, and those that it has not seen."""

from __future__ import annotations

import pytest

from service.article.spun import TELLS, spun, tells

LONG = ["Leaders from 30 nations met in Madrid to talk over what comes after this war and who pays for it."] * 5
"""Nothing but "the" is missing, which another spinner may have a word for that nobody knows."""


def test_two_tells_and_no_the_in_a_hundred_words_are_enough() -> None:
    two = "It cost much than prices of this twelvemonth."
    assert spun(LONG) is None
    assert spun([*LONG, "It cost much than that."]) is None
    assert spun([*LONG, two]) is not None
    assert spun([*LONG, two, "Nobody asked the minister."]) is None


@pytest.mark.parametrize(
    "text",
    [
        "Helium said that it volition beryllium closed, oregon sold.",
        "He mightiness beryllium there this twelvemonth, oregon volition not.",
    ],
)
def test_words_of_other_spinners_tell(text: str) -> None:
    assert spun([text]) is not None


@pytest.mark.parametrize(
    "text",
    [
        "He left of his own volition, and Oregon won.",
        "Helium is a gas. The mightiness of the river is known in Oregon.",
    ],
)
def test_in_their_own_place_they_do_not(text: str) -> None:
    assert tells([text]).total() == 0


def test_only_the_tells_asked_for_are_looked_for() -> None:
    text = ["It tin beryllium seen connected Monday, arsenic nan mayor said, aliases astatine nan port."]
    assert spun(text) is not None
    assert spun(text, [tell for tell in TELLS if tell.word == "nan"]) is None
