"""What a translator must not touch: addresses, handles, placeholders, shortcodes, emoji.

They become atoms, like `<code>` does in the markup, so that one mechanism carries everything that is carried
through (see `transfer`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from heapq import merge
from itertools import pairwise
from operator import itemgetter

from service.article.inline import escape_text
from service.article.types import ATOM, Atom, Inline

_SIGN = (
    r"\u00a7\u00a9\u00ae\u00b6\u00b7\u2020-\u2023\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u23ff\u25a0-\u27bf"
    r"\u2900-\u297f\u2b00-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
)
"""Emoji, arrows, bullets, © and the like: models of our size know none of them."""

PROTECTED = re.compile(
    r"""
    \ufffc
    | https?://[^\s<>"'“”]*[^\s<>"'“”.,;:!?)\]}…]           # web address, without the sentence's own punctuation
    | www\.[^\s<>"'“”]*[^\s<>"'“”.,;:!?)\]}…]
    | (?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+       # e-mail address
    | (?<![\w/])@\w[\w.]*\w                               # @handle
    | (?<![\w&])\#(?=\w*[^\W\d])\w+                       # #tag, but not #1
    | \{\{.{0,200}?\}\} | \{%.{0,200}?%\} | \$?\{[\w.]*\}  # {{template}}, {% tag %}, ${name}, {placeholder}
    | \{/?[a-z]+[ :=|][^{}\n]{0,100}\}(?!\w)                # {loadposition sidebar}
    | \[[a-z_]+(?::[\w-]+)+\]                             # [node:title]
    | %\(\w+\)[sdif] | %(?:\d+\$)?(?:\.\d+)?[sdif]\b | %@  # %s, %1$s, %.2f, %(name)s
    | \[/?[a-z][\w-]*(?:\s+(?:[\w-]+=(?:"[^"]*"|'[^']*'|[^\s\]]+)|https?://[^\s\]]+))+\s*/?\]  # [gallery id=1]
    | \[/[a-z][\w-]*\] | \[(?:gallery|playlist|[a-z]+_\w+)\]
    | \[(?P<code>[a-z][\w-]*)\](?=[^\0]{0,500}?\[/(?P=code)\])  # [embed], where an [/embed] follows
    | ^\[[a-z][\w-]*\](?=[^\S\n]*$)                       # [my-code], alone on its line
    | </?[A-Za-z][^<>]{0,200}>                            # <tag>, written about
    | (?<![\w+])(?:\+\d{1,3}[\s.-]?(?:\(\d{1,4}\)|\d{1,4})(?:[\s.-]\d{2,5}){1,4}   # telephone: +62 812-3456-7890
        | \(0\d{1,3}\)\s?\d{3,5}(?:[\s-]?\d{3,5})? | 0\d{2,3}-\d{3,4}-?\d{3,5})(?![\w-])   # (021) 555-1234
    | [0-9*\#]\ufe0f?\u20e3                               # keycap
    | (?<!\w)\w{0,12}[\u00b2\u00b3\u00b9\u00bc-\u00be\u2070-\u209c\u2150-\u215e]+  # m², 5½
    | [SIGN][SIGN\ufe0f\u200d\U000e0020-\U000e007f]*
    """.replace("SIGN", _SIGN),
    re.VERBOSE | re.MULTILINE,
)

_HINT = re.compile(
    rf"[\ufffc@#{{%\[<+\u20e3\u00b2\u00b3\u00b9\u00bc-\u00be\u2070-\u209c\u2150-\u215e{_SIGN}]|//|www\.|\(0|0\d\d\d?-"
)
"""What all of PROTECTED has something of and few texts have, quick to look for."""


def hinted(text: str) -> bool:
    """Whether a text may have something to be protected: False is sure, and takes a fiftieth of the time to tell.

    >>> hinted("He paid Rp5,000 (10 dollars)."), hinted("He wrote to @dewi.")
    (False, True)
    """
    return _HINT.search(text) is not None


def text(raw: str) -> tuple[str, tuple[Atom, ...]]:
    """Plain text with what must survive replaced by ATOM, and the atoms in order.

    An ATOM that the text has of its own is carried as well, as one that shows nothing.
    """
    if not hinted(raw):
        return raw, ()
    atoms: list[Atom] = []

    def keep(match: re.Match[str]) -> str:
        atoms.append(Atom(escape_text(match[0]), match[0].replace(ATOM, "")))
        return ATOM

    return PROTECTED.sub(keep, raw), tuple(atoms)


def replaced(content: Inline, start: int, end: int, atom: Atom) -> Inline:
    """The content with an atom in place of `text[start:end]`, which holds no edge of an element."""
    index = content.text.count(ATOM, 0, start)
    return _substituted(content, [(start, end, ATOM)], (*content.atoms[:index], atom, *content.atoms[index:]))


def opened(content: Inline) -> Inline:
    """The content with the text of what is protected in its place again: what a reader sees, and one character for each
    atom of markup.

    >>> opened(Inline("a ￼ b", (), (Atom("©", "©"),))).text
    'a © b'
    """
    places = [match.start() for match in re.finditer(ATOM, content.text)]
    texts = [atom.text if atom.html == escape_text(atom.text) else None for atom in content.atoms]
    edits = [(at, at + 1, text) for at, text in zip(places, texts, strict=True) if text is not None]
    atoms = (atom for atom, text in zip(content.atoms, texts, strict=True) if text is None)
    return _substituted(content, edits, tuple(atoms))


def closed(content: Inline) -> Inline:
    """The content with what must not be translated protected, between the edges of its elements."""
    edges = sorted({0, len(content.text), *(edge for span in content.spans for edge in (span.start, span.end))})
    found = [
        match
        for start, end in pairwise(edges)
        for match in PROTECTED.finditer(content.text, start, end)
        if ATOM not in match[0]
    ]
    there = zip((match.start() for match in re.finditer(ATOM, content.text)), content.atoms, strict=True)
    put = ((match.start(), Atom(escape_text(match[0]), match[0])) for match in found)
    atoms = (atom for _, atom in merge(there, put, key=itemgetter(0)))
    return _substituted(content, [(*match.span(), ATOM) for match in found], tuple(atoms))


def _substituted(content: Inline, edits: Sequence[tuple[int, int, str]], atoms: tuple[Atom, ...]) -> Inline:
    """The content with `text[start:end]` replaced for each of `edits`, in order, none of which holds an edge."""
    pieces, ends, shifts = list[str](), [0], [0]
    for start, end, new in edits:
        pieces += content.text[ends[-1] : start], new
        ends.append(end)
        shifts.append(shifts[-1] + len(new) - (end - start))

    def move(offset: int) -> int:
        return offset + shifts[bisect_right(ends, offset) - 1]

    spans = tuple(type(s)(move(s.start), move(s.end), s.element, s.open, s.close) for s in content.spans)
    return Inline("".join((*pieces, content.text[ends[-1] :])), spans, atoms)
