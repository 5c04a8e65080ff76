"""Slugs: short, ASCII, cut between words."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.article.slug import MAX, slug


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Harga beras naik 4,5 persen", "harga-beras-naik-4-5-persen"),
        ("Jum’at: “Prof. Dr. Müller” & ko-lega", "jumat-prof-dr-muller-ko-lega"),
        ("ŞEHİR Çağı — Łódź", "sehir-cagi-lodz"),
        ("北京", "beijing"),
        ("<b>Bold</b>", "b-bold-b"),
        ("!!!", None),
        ("", None),
    ],
)
def test_titles(title: str, expected: str | None) -> None:
    assert slug(title) == expected


def test_a_long_title_ends_with_a_whole_word() -> None:
    found = slug("pemerintah daerah " * 20)
    assert found is not None
    assert len(found) <= MAX
    assert set(found.split("-")) == {"pemerintah", "daerah"}
    assert slug("a" * 300) == "a" * MAX


@given(st.text())
def test_whatever_the_title(title: str) -> None:
    found = slug(title)
    assert found is None or (re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", found) and len(found) <= MAX)
