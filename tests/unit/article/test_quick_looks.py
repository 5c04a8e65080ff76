"""What is looked for first, to save a slow pattern: it never hides what the pattern would have found."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.article import check, dates, numbers, offices, patterns, protect, words

SNIPPETS = (
    *"aAZz05½ .,:;-–/()[]{}<>%#&@$+*_²€ é\"'\n",
    "Rp", "US$", "pukul", "at", "p.m.", "12", "1.500", "2018/19", "14.30", "Senin", "4 November", "Mei", "MAY", "May 4",
    "4/11/2025", "million", "https://", "www.", "(021) 555-1234", "0812-3456-7890", "[gallery id=1]", "{{ a }}", "%s",
    "x@y.id", "#tag", "😀", "→", "<b>", '<a href="/1#a">', "</a>", "<!-- 7 -->", "&amp;", "&#39;", "1️⃣", "\ufffc",
)  # fmt: skip

texts = st.one_of(st.lists(st.sampled_from(SNIPPETS), max_size=12).map("".join), st.text(max_size=30))


def matches(pattern: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    return [match.span() for match in pattern.finditer(text)]


def unaided(pattern: re.Pattern[str]) -> re.Pattern[str]:
    """A pattern without the characters that it says it begins with."""
    plain = re.sub(r"^\(\?=\[\^?[^\]]*\]\)", "", pattern.pattern)
    assert plain != pattern.pattern
    return re.compile(plain, pattern.flags)


@given(texts)
def test_nothing_protected_is_missed(text: str) -> None:
    assert protect.hinted(text) or not protect.PROTECTED.search(text)


@settings(max_examples=30)
@given(st.from_regex(protect.PROTECTED))
def test_all_that_is_protected_is_hinted_at(text: str) -> None:
    assert protect.hinted(text)


@given(texts)
def test_no_slot_is_missed(html: str) -> None:
    assert bool(patterns.pattern(html)) == any(
        match["slot"] and not re.fullmatch(r"1(?:[.,]0+)?", match[0]) for match in patterns._SLOT.finditer(html)
    )


@pytest.mark.parametrize(
    "pattern",
    [
        pytest.param(numbers._NUMBER, id="number"),
        pytest.param(numbers._TIME, id="time"),
        pytest.param(dates._pattern("en"), id="English date"),
        pytest.param(dates._pattern("id"), id="Indonesian date"),
        pytest.param(dates._hint("id"), id="hint of a date"),
    ],
)
@given(texts)
def test_figures_begin_where_they_are_looked_for(pattern: re.Pattern[str], text: str) -> None:
    assert matches(pattern, text) == matches(unaided(pattern), text)


@given(st.text("abA ", max_size=60))
def test_loops_of_letters_are_seen(text: str) -> None:
    slow = re.compile(r"([^\W\d_])\1{4,}|([^\W\d_]{2,12}?)\2{3,}")
    assert matches(check._LETTERS_AGAIN, text) == matches(slow, text)


@given(texts)
def test_words_are_folded_alike_at_once_and_one_by_one(text: str) -> None:
    assert words.tokens(text) == [word.replace("’", "'").casefold() for word in words.WORD.findall(text)]


@given(texts)
def test_no_address_is_missed(text: str) -> None:
    assert words.without_addresses(text) == words.ADDRESS.sub(lambda match: " " * len(match[0]), text)


@pytest.mark.parametrize(("column", "language", "ending"), [(0, "en", "s"), (1, "id", "nya")])
def test_no_office_is_missed(column: int, language: str, ending: str) -> None:
    names = {
        spelt + end
        for office in offices._OFFICES
        for name in re.sub(r"\(\?-i:|\)", "", office[column]).split("|")
        for spelt in (name.replace(" ?", ""), name.replace(" ?", " "))
        for end in ("", ending)
    }
    assert [name for name in names if name not in offices.named(f"({name})", language).values()] == []
