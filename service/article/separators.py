"""Figures that stand alone (a table's cell), rewritten with another language's separators: 1,234.5 is 1.234,5."""

from __future__ import annotations

import re
from functools import cache

from babel.numbers import get_decimal_symbol, get_group_symbol

from service.article import numbers

_ROUND = re.compile(r"\d{1,3}(?:[.,]\d{3})*[.,]\d00")


def converted(text: str, source: str, target: str) -> str:
    """The text with its numbers as the language `target` writes them.

    What may be a time, a date, an address or the other language's notation (13.000 in English) stays as it is.

    >>> converted("$1,234.50 (3.5%)", "en", "id"), converted("14.30", "id", "en")
    ('$1.234,50 (3,5%)', '14.30')
    """
    point, group = _symbols(source)
    if _symbols(target) != (group, point) or {point, group} != {".", ","}:
        return text
    own = re.compile(rf"\d{{1,3}}(?:\{group}\d{{3}})+(?:\{point}\d+)?|\d+\{point}\d+")
    for figure in numbers.figures(text, source):
        digits = re.search(r"\d[\d.,]*\d", figure.text)
        beside = text[: figure.start][-1:] + text[figure.end : figure.end + 1]
        if digits is None or any(reading.kind != "number" for reading in figure.readings) or ":" in beside:
            continue
        written = digits[0]
        if not own.fullmatch(written) or (group not in written and _ROUND.fullmatch(written)):
            continue
        start = figure.start + digits.start()
        text = text[:start] + written.translate({ord("."): ",", ord(","): "."}) + text[start + len(written) :]
    return text


def doubtful(figure: str, language: str) -> bool:
    """Whether a figure's separators are not what the language has them for: 100.000 in English may be a thousand times
    as much as it says, and so may 867.878, for nobody counts in thousandths.

    >>> doubtful("100.000", "en"), doubtful("867.878", "en"), doubtful("2,400,000.5", "en"), doubtful("100.000", "id")
    (True, True, False, False)
    """
    point, group = _symbols(language)
    if not {".", ","}.intersection(figure) or {point, group} != {".", ","}:
        return False
    strict = re.compile(rf"\d{{1,3}}(?:\{group}\d{{3}})+(?:\{point}\d+)?|\d+\{point}(?:\d{{1,2}}|\d{{4,}})")
    return strict.fullmatch(figure) is None


@cache
def _symbols(language: str) -> tuple[str, str]:
    """What stands before decimals and between thousands."""
    return get_decimal_symbol(language), get_group_symbol(language)
