"""Figures that a model miswrote, put right by the alignment: 877 that came out as 8777 is 877 again.

Only where the evidence is sure: the source has a figure that the target lacks, the target has one that the source
lacks, and the model's attention says that the second was written for the first. Each repair is told in a finding,
with what stood there, so that it can be undone; what cannot be repaired stays a finding of `check`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from babel.dates import format_skeleton

from service.article import numbers, separators
from service.article.numbers import Difference, Figure
from service.article.numerals import SCALES
from service.article.types import Finding, Hypothesis, Link, Severity

_DIGITS = re.compile(r"\d[\d.,]*\d|\d")
_WORD = re.compile(r"[^\W\d_]{4,}")
"""A word beside a figure that is no currency: a month."""

_YEAR = 2000
"""A leap year, so that February 29 can be written."""


def repair(
    source: str, hypothesis: Hypothesis, source_language: str, target_language: str
) -> tuple[Hypothesis, tuple[Finding, ...]]:
    """The hypothesis with the source's figures where it miswrote them, and a finding for each repair.

    `source` is the plain sentence that the hypothesis translates; its links say which figure was written for which.
    """
    repaired: list[Finding] = []
    difference = numbers.compare(source, hypothesis.text, source_language, target_language)
    while step := _one(source, hypothesis, difference, source_language, target_language):
        hypothesis, difference, was, now = step
        message = "a figure that the model miswrote was put right from the source"
        repaired.append(Finding("number-repaired", message, Severity.INFO, f"{was} → {now}"))
    return hypothesis, tuple(repaired)


def _one(
    source: str, hypothesis: Hypothesis, difference: Difference, source_language: str, target_language: str
) -> tuple[Hypothesis, Difference, str, str] | None:
    """The hypothesis with one figure put right, the smaller difference, what stood there, and what stands there now."""
    for wanted in difference.missing:
        wrong = _aligned(wanted, difference.added, hypothesis.links)
        written = _written(wanted, source_language, target_language) if wrong else None
        if wrong is None or written is None or written == wrong.text:
            continue
        better = _replaced(hypothesis, wrong.start, wrong.end, written)
        after = numbers.compare(source, better.text, source_language, target_language)
        if len(after.missing) < len(difference.missing) and len(after.added) < len(difference.added):
            return better, after, wrong.text, written
    return None


def _aligned(wanted: Figure, added: tuple[Figure, ...], links: tuple[Link, ...]) -> Figure | None:
    """The one figure of the target that the links lead to from the wanted one; None where that is none or doubtful."""
    reached = {
        figure
        for link in links
        if link.source_start < wanted.end and link.source_end > wanted.start
        for figure in added
        if link.target_start < figure.end and link.target_end > figure.start
    }
    return reached.pop() if len(reached) == 1 else None


def _written(figure: Figure, source: str, target: str) -> str | None:
    """A figure as the language `target` writes it; None for one that may be a time, which has many forms."""
    if any(reading.kind == "time" for reading in figure.readings):
        return None
    first = figure.readings[0]
    if first.kind == "date":
        return _date(int(first.value), int(first.minor), target) if "/" not in figure.text else None
    digits = _DIGITS.search(figure.text)
    if digits is None:
        return None
    before, after = figure.text[: digits.start()], figure.text[digits.end() :].strip()
    value = separators.converted(digits[0], source, target)
    if figure.scale == 1 and (_WORD.search(before) or _WORD.search(after)):
        return value  # "November 4", whose month stands beside the wrong figure
    if not after:
        return before + value
    scale = next((word for word, factor in SCALES.get(target, {}).items() if factor == figure.scale), None)
    return f"{before}{value} {scale}" if scale and figure.scale >= 1000 else None


def _date(day: int, month: int, language: str) -> str | None:
    try:
        return str(format_skeleton("MMMMd", date(_YEAR, month, day), locale=language))
    except ValueError:
        return None


def _replaced(hypothesis: Hypothesis, start: int, end: int, written: str) -> Hypothesis:
    """The hypothesis with `written` for `text[start:end]`, its links moved along."""
    shift = len(written) - (end - start)

    def move(offset: int, inside: int) -> int:
        return offset if offset <= start else offset + shift if offset >= end else inside

    links = tuple(
        replace(
            link,
            target_start=move(link.target_start, start),
            target_end=move(link.target_end, start + len(written)),
        )
        for link in hypothesis.links
    )
    text = hypothesis.text[:start] + written + hypothesis.text[end:]
    return replace(hypothesis, text=text, links=links)
