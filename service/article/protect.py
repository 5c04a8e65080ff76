"""What a translator must not touch: addresses, handles, placeholders, shortcodes, emoji.

They become atoms, like `<code>` does in the markup, so that one mechanism carries everything that is carried
through (see `transfer`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from service.article.inline import escape_text
from service.article.types import ATOM, Atom, Inline, Term

_PROTECTED = re.compile(
    r"""
    \ufffc
    | https?://[^\s<>"'“”]*[^\s<>"'“”.,;:!?)\]}…]           # web address, without the sentence's own punctuation
    | www\.[^\s<>"'“”]*[^\s<>"'“”.,;:!?)\]}…]
    | [\w.+-]+@[\w-]+(?:\.[\w-]+)+                        # e-mail address
    | (?<![\w/])@\w[\w.]*\w                               # @handle
    | (?<![\w&])\#(?=\w*[^\W\d])\w+                       # #tag, but not #1
    | \{\{.*?\}\} | \{%.*?%\} | \$\{[\w.]+\} | \{[\w.]*\}  # {{template}}, {% tag %}, ${name}, {placeholder}
    | %\(\w+\)[sdif] | %(?:\d+\$)?[sdif]\b                # %s, %1$s, %(name)s
    | \[/?[a-z][\w-]*(?:\s+[\w-]+=(?:"[^"]*"|'[^']*'|[^\s\]]+))+\s*/?\]   # [gallery id=1]
    | \[/[a-z][\w-]*\]
    | (?<![\w+])(?:\+\d{1,3}[\s.-]?(?:\(\d{1,4}\)|\d{1,4})(?:[\s.-]\d{2,5}){1,4}   # telephone: +62 812-3456-7890
        | \(0\d{1,3}\)\s?\d{3,5}(?:[\s-]?\d{3,5})? | 0\d{2,3}-\d{3,4}-?\d{3,5})(?![\w-])   # (021) 555-1234
    | (?<![\w.,])\d*[½¼¾](?!\w)                            # ½, which tokenizers make 1/2 of
    | [\U0001F000-\U0001FAFF\u2600-\u27BF\u2B50\u2B55][\uFE0F\u200D\U0001F000-\U0001FAFF\u2640\u2642]*  # emoji
    """,
    re.VERBOSE,
)


def text(raw: str) -> tuple[str, tuple[Atom, ...]]:
    """Plain text with what must survive replaced by ATOM, and the atoms in order.

    An ATOM that the text has of its own is carried as well, as one that shows nothing.
    """
    atoms: list[Atom] = []

    def keep(match: re.Match[str]) -> str:
        atoms.append(Atom(escape_text(match[0]), match[0].replace(ATOM, "")))
        return ATOM

    return _PROTECTED.sub(keep, raw), tuple(atoms)


def terms(content: Inline, glossary: Sequence[Term]) -> Inline:
    """The content with the glossary's terms replaced by atoms that carry their targets.

    Longer terms win. A term inside an element stays inside it; one that an element's edge cuts is left alone.
    """
    if not glossary:
        return content
    by_source = {(t.source if t.case_sensitive else t.source.casefold()): t for t in glossary}
    pattern = re.compile(
        r"(?<!\w)(?:"
        + "|".join(re.escape(t.source) for t in sorted(glossary, key=lambda t: -len(t.source)))
        + r")(?!\w)",
        re.IGNORECASE if any(not t.case_sensitive for t in glossary) else 0,
    )
    edges = {edge for span in content.spans for edge in (span.start, span.end)}
    for match in reversed(list(pattern.finditer(content.text))):
        term = by_source.get(match[0]) or by_source.get(match[0].casefold())
        if term is None or any(match.start() < edge < match.end() for edge in edges):
            continue
        target = term.target if term.target is not None else match[0]
        content = replaced(content, match.start(), match.end(), Atom(escape_text(target), target))
    return content


def replaced(content: Inline, start: int, end: int, atom: Atom) -> Inline:
    """The content with an atom in place of `text[start:end]`, which holds no edge of an element."""
    shift = end - start - 1

    def move(offset: int) -> int:
        return offset - shift if offset >= end else offset

    index = content.text.count(ATOM, 0, start)
    return Inline(
        content.text[:start] + ATOM + content.text[end:],
        tuple(type(s)(move(s.start), move(s.end), s.element, s.open, s.close) for s in content.spans),
        (*content.atoms[:index], atom, *content.atoms[index:]),
    )
