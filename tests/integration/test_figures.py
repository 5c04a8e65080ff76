"""Figures through the bundled models: each sentence of tests/figures comes out right, or says that it is not."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from bench import figures
from service.engine.pool import Pool


@pytest.fixture(scope="module")
def verdicts(models: Path) -> dict[figures.Case, str]:
    every = figures.cases()
    made = figures.translated(every, Pool(models, 2).translate)
    return {case: figures.verdict(case, one) for case, one in zip(every, made, strict=True)}


def test_every_sentence_is_right_or_flagged(verdicts: dict[figures.Case, str]) -> None:
    assert [case.sentence for case, verdict in verdicts.items() if verdict == "wrong"] == []


def test_nearly_all_are_right(verdicts: dict[figures.Case, str]) -> None:
    assert Counter(verdicts.values())["flagged"] <= 0.05 * len(verdicts)


def test_there_are_enough_of_every_kind_both_ways(verdicts: dict[figures.Case, str]) -> None:
    kinds = {direction: Counter[str]() for direction in (("en", "id"), ("id", "en"))}
    for case in verdicts:
        kinds[case.style.languages][case.kind] += 1
    assert all(count.total() >= 75 for count in kinds.values())
    assert {"scale", "money", "percent", "ordinal", "time", "date", "range", "score"} <= kinds["en", "id"].keys()
    assert kinds["en", "id"].keys() == kinds["id", "en"].keys()


@pytest.mark.parametrize(
    ("needed", "translation", "right"),
    [
        ("Rp1,2 triliun", "Anggarannya Rp1,2 triliun.", True),
        ("Rp1,2 triliun", "Anggarannya Rp11,2 triliun.", False),
        ("1,5 juta", "Ada 21,5 juta orang.", False),
        ("20%|20 persen", "Naik 20 persen.", True),
        ("2019", "Dibuka pada 2019 dan 2020.", False),
        ("5;5", "Lima dari 5.", False),
        ("2-1", "Menang 1-2.", False),
    ],
)
def test_the_judge_knows_right_from_wrong(needed: str, translation: str, right: bool) -> None:
    groups = tuple(tuple(group.split("|")) for group in needed.split(";"))
    assert figures.Case("en", "id", "x", "x", groups).right(translation) is right
