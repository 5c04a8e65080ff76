"""Which of the available languages a reader gets where the address does not say: cookie, then
Accept-Language.

RFC 4647, 3.4 (lookup) over the weights of RFC 9110, 12.5.4. A reader always gets a page: never 406.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from service.article.locale import parse_locale

MAX_HEADER: Final = 1000
"""Characters of Accept-Language that are read; browsers send fewer than 200."""

_RANGE: Final = re.compile(
    r"(?P<range>\*|[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*)\s*(;\s*q\s*=\s*(?P<q>[01](\.\d{0,3})?))?", re.IGNORECASE
)
_LEGACY: Final = {"in": "id", "iw": "he", "ji": "yi", "jw": "jv"}
"""Codes that ISO 639 withdrew; old Java and Android clients still send them."""


@dataclass(frozen=True, slots=True)
class Range:
    """A language range, in lower case, and its weight between 0 (not acceptable) and 1."""

    tag: str
    weight: float


def negotiate(
    cookie: str | None, accept_language: str | None, available: Sequence[str], default: str | None = None
) -> str:
    """The locale of `available` (not empty) that the reader gets.

    A cookie wins if it names an available language. Without a match it is `default`, or the first one, unless
    the reader refuses just that (`q=0`) and not another.
    """
    if cookie and (chosen := _match(_modern(cookie.lower()), available)):
        return chosen
    ranges = parse_accept_language(accept_language or "")
    acceptable = [tag for tag in available if not _refused(tag, ranges)]
    ordered = sorted((r for r in ranges if r.weight > 0), key=lambda r: -r.weight)
    for wanted in ordered:
        if wanted.tag != "*" and (chosen := _match(wanted.tag, acceptable)):
            return chosen
    fallback = default if default is not None and default in available else available[0]
    return fallback if fallback in acceptable or not acceptable else acceptable[0]


def parse_accept_language(header: str) -> list[Range]:
    """The ranges in the order given; what is malformed is passed over, as RFC 9110 lets a server do."""
    matches = (_RANGE.fullmatch(part.strip()) for part in header[:MAX_HEADER].split(","))
    return [Range(_modern(match["range"].lower()), min(1.0, float(match["q"] or 1))) for match in matches if match]


def _match(wanted: str, available: Sequence[str]) -> str | None:
    """Lookup: the range, then shortened from its end, against each available tag.

    Both sides are completed first (`zh-Hans` is `zh-CN`), and any region serves who asks for the language
    alone or for a region that is not there: `en-GB` and `en` are well served with `en-US`.
    """
    subtags = wanted.split("-")
    while subtags:
        candidate = "-".join(subtags)
        for tag in available:
            if candidate == tag.lower() or _full(candidate) == _full(tag):
                return tag
        if len(subtags) == 1:
            return next((tag for tag in available if _language(tag) == candidate), None)
        subtags.pop()
        if len(subtags[-1]) == 1:  # a singleton introduces what was just cut off (RFC 4647, 3.4)
            subtags.pop()
    return None


def _refused(tag: str, ranges: Sequence[Range]) -> bool:
    """Whether the most specific range that covers the tag has `q=0`."""
    covering = [r for r in ranges if _covers(r.tag, tag)]
    return bool(covering) and max(covering, key=lambda r: len(r.tag.strip("*"))).weight == 0


def _covers(wanted: str, tag: str) -> bool:
    """Basic filtering (RFC 4647, 3.3.1): `id` covers `id-ID`, `*` covers all."""
    return wanted == "*" or f"{_full(tag).lower()}-".startswith(f"{wanted}-")


def _full(tag: str) -> str:
    try:
        return parse_locale(tag)
    except ValueError:
        return tag


def _language(tag: str) -> str:
    return _full(tag).partition("-")[0].lower()


def _modern(tag: str) -> str:
    head, dash, rest = tag.replace("_", "-").partition("-")
    return _LEGACY.get(head, head) + dash + rest
