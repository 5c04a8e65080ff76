"""What a translator must not touch: addresses, handles, placeholders, shortcodes, emoji.

They become atoms, like `<code>` does in the markup, so that one mechanism carries everything that is carried
through (see `transfer`).
"""

from __future__ import annotations

import re

from service.article.inline import escape_text
from service.article.types import ATOM, Atom

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
