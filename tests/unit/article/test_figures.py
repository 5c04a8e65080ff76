"""Figures that a model miswrote are put right where the alignment is sure, and nowhere else."""

from __future__ import annotations

import pytest

from service.article import figures
from service.article.types import Hypothesis, Link


def hypothesis(source: str, target: str, *pairs: tuple[str, str]) -> Hypothesis:
    """A hypothesis whose links join these pieces of source and target."""
    links = tuple(
        Link(source.index(a), source.index(a) + len(a), target.index(b), target.index(b) + len(b)) for a, b in pairs
    )
    return Hypothesis(target, -0.3, links, "m")


@pytest.mark.parametrize(
    ("source", "target", "pair", "repaired"),
    [
        ("It has 877 rooms.", "Ini memiliki 8777 kamar.", ("877", "8777"), "Ini memiliki 877 kamar."),
        ("It rose 3.5 percent.", "Naik 35 persen.", ("3.5", "35"), "Naik 3,5 persen."),
        ("It cost 1.5 million rupiah.", "Biayanya 15 juta rupiah.", ("1.5", "15"), "Biayanya 1,5 juta rupiah."),
        ("It has 12,500 seats.", "Ada 12.00 kursi.", ("12,500", "12.00"), "Ada 12.500 kursi."),
        ("They meet on November 4.", "Mereka bertemu 40 November.", ("4", "40"), "Mereka bertemu 4 November."),
    ],
)
def test_a_miswritten_figure_is_the_sources_again(
    source: str, target: str, pair: tuple[str, str], repaired: str
) -> None:
    better, findings = figures.repair(source, hypothesis(source, target, pair), "en", "id")
    assert better.text == repaired
    assert [finding.code for finding in findings] == ["number-repaired"]


def test_indonesian_figures_become_english_ones() -> None:
    source, target = "Anggarannya Rp1,2 triliun.", "The budget is Rp12 trillion."
    better, _ = figures.repair(source, hypothesis(source, target, ("1,2", "12")), "id", "en")
    assert better.text == "The budget is Rp1.2 trillion."


def test_a_repair_says_what_stood_there() -> None:
    source, target = "It has 877 rooms.", "Ini memiliki 8777 kamar."
    _, (finding,) = figures.repair(source, hypothesis(source, target, ("877", "8777")), "en", "id")
    assert finding.evidence == "8777 → 877"


def test_links_behind_a_repair_move_along() -> None:
    source, target = "It has 877 rooms.", "Ini memiliki 8777 kamar."
    better, _ = figures.repair(source, hypothesis(source, target, ("877", "8777"), ("rooms", "kamar")), "en", "id")
    rooms = better.links[1]
    assert better.text[rooms.target_start : rooms.target_end] == "kamar"


@pytest.mark.parametrize(
    ("source", "target", "pairs"),
    [
        ("It has 877 rooms.", "Ini memiliki 8777 kamar.", []),  # no evidence
        ("It has 877 rooms.", "Ini memiliki kamar.", []),  # dropped: there is nothing to put right
        ("It has 877 rooms.", "Ini 87 dan 77 kamar.", [("877", "87"), ("877", "77")]),  # two candidates
        ("It began at 2:30 p.m.", "Dimulai pukul 3.20.", [("2:30", "3.20")]),  # times have many forms
        ("It has 877 rooms.", "Ini memiliki 877 kamar.", [("877", "877")]),  # nothing wrong
    ],
)
def test_without_sure_evidence_nothing_is_touched(source: str, target: str, pairs: list[tuple[str, str]]) -> None:
    given = hypothesis(source, target, *pairs)
    assert figures.repair(source, given, "en", "id") == (given, ())
