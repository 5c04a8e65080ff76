"""Spun English repaired: what comes back, what is left and marked, and what must not be touched."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.unspun import puts_between, sample, score
from service.article import substitutions
from service.article.unspin import Change, repaired

SPUN = "He said successful March that nan port tin beryllium seen connected Monday, arsenic nan mayor said."
"""Stands before a sentence under test: how much of an article is spun is read off all of it."""


def repair(text: str) -> str:
    return repaired([SPUN, text])[1].text


@pytest.mark.parametrize(
    ("spun", "original"),
    [
        (SPUN, "He said in March that the port can be seen on Monday, as the mayor said."),
        ("Arsenic nan mayor said, nan port was closed.", "As the mayor said, the port was closed."),
        ("“Arsenic nan mayor said, it is closed.”", "“As the mayor said, it is closed.”"),
        ("AS NAN PORT CLOSED, NAN MAYOR LEFT", "AS THE PORT CLOSED, THE MAYOR LEFT"),
        ("More than 30 heads of state came to nan acmes.", "More than 30 heads of state came to the summits."),
        ("The acme’s host is Spain.", "The summit’s host is Spain."),
        ("They person met much than 30 mayors.", "They have met more than 30 mayors."),
        ("They had to time off phones extracurricular nan room.", "They had to leave phones outside the room."),
        ("It was an acme alternatively than a caller road.", "It was a summit rather than a new road."),
        ("It is subject support pinch information guarantees.", "It is military support with security guarantees."),
    ],
)  # fmt: skip
def test_the_original_comes_back_in_its_form_and_case(spun: str, original: str) -> None:
    assert repair(spun) == original


@pytest.mark.parametrize(
    "text",
    [
        "He met Nan Goldin, Rick Person and Indiana Pinch.",  # names, not the, have, in and with
        "Oregon and Maine voted for it.",
        "“Tin Man” is a film of Nan Person’s.",
    ],
)
def test_names_and_titles_are_left(text: str) -> None:
    assert repair(text) == text


def test_changes_make_the_text_and_can_be_taken_back() -> None:
    for posted, repair in zip(sample()[0], repaired(sample()[0]), strict=True):
        text = repair.text
        assert all(posted[one.start : one.end] == one.before and 0 < one.confidence <= 1 for one in repair.changes)
        for change in repair.changes:  # each before it is as in the posted text by now
            assert text[change.start : change.start + len(change.after)] == change.after
            text = text[: change.start] + change.before + text[change.start + len(change.after) :]
        assert text == posted


def test_what_is_surely_spun_and_not_surely_repaired_is_marked() -> None:
    posted = "Nan group’s work was praised astatine nan guild."
    repair = repaired([SPUN, posted])[1]
    assert [(one.word, one.guess) for one in repair.marks] == [("guild", "club")]
    assert posted[repair.marks[0].start : repair.marks[0].end] == "guild"
    assert repair.text == "The group’s work was praised at the guild."


def test_the_sample_comes_back_for_the_most_part() -> None:
    posted, original = sample()
    puts = [puts_between(*pair) for pair in zip(posted, original, strict=True)]
    found = score(posted, puts, repaired(posted))
    assert found.function_right >= 0.95 * found.function
    assert found.function_right + found.other_right >= 0.8 * (found.function + found.other)
    assert found.wrong <= 3


def test_function_words_come_back_without_what_was_seen_of_others() -> None:
    posted, original = sample()
    puts = [puts_between(*pair) for pair in zip(posted, original, strict=True)]
    found = score(posted, puts, repaired(posted, substitutions.table().blinded()))
    assert found.function_right >= 0.95 * found.function
    assert found.wrong <= 3


def test_the_same_word_is_the_same_elsewhere_in_the_article() -> None:
    """Alone, "acme" says too little; beside others of it that are clear it comes back."""
    unclear = "It was an acme."
    clear = ["Leaders of 30 states met astatine nan European Union acme connected Monday."] * 3
    alone = repaired([SPUN, unclear])[-1]
    together = repaired([SPUN, *clear, unclear])[-1]
    assert together.text == "It was a summit."
    assert max(one.confidence for one in together.changes) > max([0.0, *(one.confidence for one in alone.changes)])


CLEAN = [
    "The government said on Monday that it would cut the price of rice in all provinces.",
    "A person of 30 can be a successful baker; add a pinch of salt and keep the tin.",
    "The summit of the mountain was seen at noon, with some clouds about it.",
    "More than 400 people have left the town since the river rose, and nobody knows when they may return.",
    "She stated that the caller had rung from next door, down by the harbour, besides the two from last year.",
    "Arsenic in the wells has poisoned a generation, and the beryllium mine was closed as a result.",
    "Security forces and the military were on the streets at night; information about arrests was scarce.",
]


def test_clean_english_comes_through_untouched() -> None:
    assert [repaired([text])[0].text for text in CLEAN] == CLEAN
    assert not any(one.changes for one in repaired(sample()[1]))


@given(st.lists(st.sampled_from(CLEAN), max_size=8))
@settings(max_examples=25, deadline=None)
def test_clean_english_comes_through_in_any_article(texts: list[str]) -> None:
    assert [one.text for one in repaired(texts)] == texts


@given(
    st.lists(st.sampled_from([*CLEAN, SPUN, "", "nan", "\ufffc nan \ufffc", "A a AN an.", "…", "Nan’s"]), max_size=4)
)
@settings(max_examples=25, deadline=None)
def test_anything_gives_a_repair_for_each_text(texts: list[str]) -> None:
    first = repaired(texts)
    assert len(first) == len(texts)
    assert first == repaired(texts)
    for posted, one in zip(texts, first, strict=True):
        assert one.text.count("\ufffc") == posted.count("\ufffc")
        assert [*one.changes] == sorted(one.changes, key=lambda change: change.start)
        assert all(earlier.end <= later.start for earlier, later in pairwise(one.changes))


def test_a_text_without_an_end_takes_no_more_than_its_length_asks() -> None:
    """Sentences are read one by one; one that never ends is cut."""
    text = "nan port " * 400
    assert repaired([text])[0].text == "the port " * 400


def test_a_change_tells_what_was_there() -> None:
    (change,) = repaired([SPUN, "It is nan port."])[1].changes
    assert change == Change(6, 9, "nan", "the", change.confidence)
