"""Sentences that differ in their figures, addresses and placeholders alone: what was made of one serves the other.

Only where nothing is left to judge: each of them stands once in the remembered target, as the target's language
writes it, and the checks find nothing in the result. Otherwise the model translates.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from service.article import check, markup, protect, separators
from service.article.inline import to_text
from service.article.types import ATOM, Severity

_MARKUP: Final = re.compile(r"<!--.*?-->|<[^>]*>", re.DOTALL)
_DIGIT: Final = re.compile(r"\d")
_SLOT: Final = re.compile(
    rf"""
    {_MARKUP.pattern}                                                     # markup is never a slot
    | (?P<slot>
        {protect.PROTECTED.pattern}
        | (?:(?<![\w.,:/\#&]) | (?<=\bRp)) \d+(?:[.,:]\d+)* (?![\w/]|[.,:]\d)  # 1,200 or 14.30, but not 21st, F16, 4/11
    )
    """,
    re.VERBOSE | re.DOTALL,
)
_ONE: Final = re.compile(r"1(?:[.,]0+)?")
"""Its noun is in the singular in English, so it stays a part of the sentence."""
_ARTICLE: Final = re.compile(r"\ban?[ \u00a0]$", re.IGNORECASE)
"""A figure behind it decides whether it is *a* or *an* (an 8, a 7)."""


def pattern(source: str) -> str:
    """A sentence (inline HTML) with what may differ blanked; empty where there is nothing of that kind.

    >>> pattern("It cost 300 rupiah in <b>2024</b>.") == pattern("It cost 12 rupiah in <b>1998</b>.")
    True
    >>> pattern("1 boat"), pattern("No boats")
    ('', '')
    """
    blanked: list[str] = []
    end = 0
    for match in _slots(source):
        blanked += source[end : match.start()], _kind(match[0])
        end = match.end()
    return "".join((*blanked, source[end:])) if blanked else ""


def filled(
    source: str, remembered_source: str, remembered_target: str, source_language: str, target_language: str
) -> str | None:
    """The target of a remembered sentence of the same pattern, with what `source` has in its slots; None where it is
    not sure what goes where, or a check finds something. All are inline HTML."""

    slots = [[match[0] for match in _slots(html)] for html in (remembered_source, source)]
    if any(slot[0].isdigit() and separators.doubtful(slot, source_language) for found in slots for slot in found):
        return None
    before, new = (
        [separators.converted(one, source_language, target_language) if one[0].isdigit() else one for one in found]
        for found in slots
    )
    after = dict(zip(before, new, strict=True))
    places = list(_slots(remembered_target))
    if len(after) < len(before) or sorted(match[0] for match in places) != sorted(before):
        return None
    target, end = "", 0
    for match in places:
        target += remembered_target[end : match.start()]
        if target_language == "en" and match[0] != after[match[0]] and _ARTICLE.search(target):
            return None
        target += after[match[0]]
        end = match.end()
    target += remembered_target[end:]
    texts = [to_text(markup.parse_inline(html, None)) for html in (source, target)]
    found = check.check(texts[0], texts[1], source_language, target_language)
    return None if any(finding.severity is not Severity.INFO for finding in found) else target


def _slots(html: str) -> Iterator[re.Match[str]]:
    shown = _MARKUP.sub("", html) if "<" in html else html
    if not (_DIGIT.search(shown) or protect.hinted(shown)):  # as in most: quick to see
        return
    for match in _SLOT.finditer(html):
        if match["slot"] and not _ONE.fullmatch(match[0]):
            yield match


def _kind(slot: str) -> str:
    """A figure's form is kept (14:30 is never 1,430), an address is one like the other."""
    return "\0" + re.sub(r"\d+", "0", slot) if slot[0].isdigit() else "\0" + ATOM
