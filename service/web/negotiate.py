"""Which of the available languages a reader gets where the address does not say: cookie, then Accept-Language.

RFC 4647, 3.4 (lookup) over the weights of RFC 9110, 12.5.4. A reader always gets a page: never 406.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from service.article.locale import parse_locale, script

MAX_HEADER: Final = 1000
"""Characters of Accept-Language that are read; browsers send fewer than 200."""

_RANGE: Final = re.compile(
    r"(?P<range>\*|[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*)\s*(;\s*q\s*=\s*(?P<q>0(\.\d{0,3})?|1(\.0{0,3})?))?",
    re.IGNORECASE,
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

    A cookie wins if it names an available language. A language in another script than the one asked for comes after
    all that match. Without a match it is `default`, or the first one, unless the reader refuses just that (`q=0`) and
    not another.
    """
    if cookie and (chosen := _best([_modern(cookie.lower())], available)):
        return chosen
    ranges = parse_accept_language(accept_language or "")
    acceptable = [tag for tag in available if not _refused(tag, ranges)]
    ordered = sorted((r for r in ranges if r.weight > 0 and r.tag != "*"), key=lambda r: -r.weight)
    if chosen := _best([r.tag for r in ordered], acceptable):
        return chosen
    fallback = default if default is not None and default in available else available[0]
    return fallback if fallback in acceptable or not acceptable else acceptable[0]


def parse_accept_language(header: str) -> list[Range]:
    """The ranges in the order given; what is malformed is passed over, as RFC 9110 lets a server do."""
    if len(header) > MAX_HEADER:
        header = header[:MAX_HEADER].rpartition(",")[0]  # half of `id;q=0.9` would be a refusal
    matches = (_RANGE.fullmatch(part.strip()) for part in header.split(","))
    return [Range(_modern(match["range"].lower()), float(match["q"] or 1)) for match in matches if match]


def _best(wanted: Sequence[str], available: Sequence[str]) -> str | None:
    """The first match of the ranges, which are in the order of preference."""
    exact = (found for one in wanted if (found := _lookup(one, available)))
    near = (tag for one in wanted for tag in available if _language(tag) == one.partition("-")[0])
    return next(exact, None) or next(near, None)


def _lookup(wanted: str, available: Sequence[str]) -> str | None:
    """The range, then shortened from its end, against each available tag in the same script (`zh-HK` is in Hant).

    Both sides are completed first (`zh-Hans` is `zh-CN`), and any region serves who asks for the language
    alone or for a region that is not there: `en-GB` and `en` are well served with `en-US`.
    """
    candidates = list(_shortened(wanted))
    written = next((script(one) for one in candidates if "-" in one and _known(one)), None)
    readable = [tag for tag in available if written in (None, script(tag))]
    for candidate in candidates:
        for tag in readable:
            if candidate == tag.lower() or _full(candidate) == _full(tag):
                return tag
    return next((tag for tag in readable if _language(tag) == candidates[-1]), None)


def _shortened(wanted: str) -> Iterator[str]:
    """RFC 4647, 3.4: a range without its last subtag, and so on, and without a singleton that nothing follows."""
    subtags = wanted.split("-")
    while subtags:
        yield "-".join(subtags)
        subtags.pop()
        if len(subtags) > 1 and len(subtags[-1]) == 1:
            subtags.pop()


def _refused(tag: str, ranges: Sequence[Range]) -> bool:
    """Whether the most specific range that covers the tag has `q=0`."""
    covering = [r for r in ranges if _covers(r.tag, tag)]
    return bool(covering) and max(covering, key=lambda r: len(r.tag.strip("*"))).weight == 0


def _covers(wanted: str, tag: str) -> bool:
    """Basic filtering (RFC 4647, 3.3.1) of the tag with and without its script: `zh-Hant` covers `zh-TW`."""
    full = _full(tag).lower()
    forms = full, f"{_language(tag)}-{script(tag).lower()}-{full.rpartition('-')[2]}"
    return wanted == "*" or any(f"{form}-".startswith(f"{wanted}-") for form in forms)


def _known(tag: str) -> bool:
    try:
        return bool(parse_locale(tag))
    except ValueError:
        return False


def _full(tag: str) -> str:
    return parse_locale(tag) if _known(tag) else tag


def _language(tag: str) -> str:
    return _full(tag).partition("-")[0].lower()


def _modern(tag: str) -> str:
    head, dash, rest = tag.replace("_", "-").partition("-")
    return _LEGACY.get(head, head) + dash + rest
