"""Attributes that are text: shown or read out to people, and so translated; all others are the caller's own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from service.article import protect
from service.article.inline import escape_attribute

ROLE: Final = "attribute"
"""The role of a block that is the value of one."""

_TEXTS: Final = frozenset({"alt", "aria-label", "placeholder", "title"})

_UNSEEN: Final = frozenset({"link", "meta", "script", "style"})
"""Elements that nobody sees; the `title` of a link or style names a style sheet (WHATWG HTML 4.2.4)."""

_FILE: Final = re.compile(
    r".*\.(?:jpe?g|png|gif|webp|avif|heic|svg|bmp|tiff?|mp[34]|m4[av]|mov|webm|pdf)"
    r"|(?=\S*(?:[\d_]|-[^-\s]*-))\S*",  # IMG_0042, boats-at-the-quay
    re.IGNORECASE,
)
"""What a CMS puts into `alt` or `title` when nobody wrote one: the name of a file."""


def tag(name: str, attributes: Mapping[str, str], *, texts: bool) -> list[str]:
    """A start tag as markup, text, markup…: where `texts`, the values that are text are apart, and not escaped."""
    pieces = [f"<{name}"]
    for attribute, value in attributes.items():
        pieces[-1] += f' {attribute}="'
        if texts and _is_text(name, attribute, value):
            pieces += [value, '"']
        else:
            pieces[-1] += f'{escape_attribute(value)}"'
    pieces[-1] += ">"
    return pieces


def within(html: str, name: str, attributes: Mapping[str, str]) -> list[str]:
    """The same for an element that is there as markup, as a parser writes it, and is not to be written anew."""
    pieces = [html]
    for attribute, value in attributes.items():
        before, found, behind = pieces[-1].partition(f' {attribute}="{escape_attribute(value)}"')
        if found and _is_text(name, attribute, value):
            pieces[-1:] = [f'{before} {attribute}="', value, f'"{behind}']
    return pieces


def whole(pieces: list[str]) -> str:
    """Markup, text, markup… as the markup that it was made of."""
    return "".join(escape_attribute(piece) if index % 2 else piece for index, piece in enumerate(pieces))


def chained(runs: list[list[str]]) -> list[str]:
    """Several such lists as one."""
    pieces = [""]
    for first, *rest in runs:
        pieces[-1] += first
        pieces += rest
    return pieces


def _is_text(name: str, attribute: str, value: str) -> bool:
    """Whether the value is for a translator: words, and no name of a file.

    >>> [_is_text("img", "alt", value) for value in ("A boat", "IMG_0042", "My boat.jpg", "https://a.example/", "")]
    [True, False, False, False, False]
    """
    if attribute not in _TEXTS or name in _UNSEEN or _FILE.fullmatch(value.strip()):
        return False
    return any(character.isalpha() for character in protect.text(value)[0])
