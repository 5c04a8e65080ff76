"""What a person may write as one sentence: inline HTML, or plain text where its part is plain text.

Parsers mend broken markup in silence; a sentence that an editor believes to be right would then read otherwise. So
what a parser would change is refused, and so is what has no place within a sentence or would run on a page.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from html import unescape
from typing import Final

from service.article import markup
from service.article.inline import escape_text, to_html, to_text
from service.article.sanitize import INLINES
from service.article.tree import MarkupError
from service.article.types import Format, Inline

_TAG: Final = re.compile(
    r"""<!--.*?(?:-->|\Z) | <(/?)([a-z][^\s/<>]*+)(?:[^<>"']++ | "[^"]*+" | '[^']*+')*+>""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
"""A comment or a tag. Possessive, so that no text takes longer than it is long."""
_OPENS: Final = re.compile(r"<[a-z/!?]", re.IGNORECASE)
"""Where a parser sees the beginning of markup; any other `<` is text (WHATWG HTML 13.2.5.6)."""
_ATTRIBUTE: Final = re.compile(r'\s([^\s="]+)="([^"]*)"')
_ADDRESSES: Final = frozenset({"action", "cite", "formaction", "href", "longdesc", "src", "srcset"})
_RUNS: Final = re.compile(r"(?:javascript|vbscript|data):", re.IGNORECASE)
_REMEDY: Final = "send inline HTML, such as <a>, <em> or <strong>, each element closed, and < as &lt;"


def checked(target: str, source: Inline, format: Format) -> str:
    """The target of a sentence as it is stored, inline HTML.

    For a part of plain text `target` is plain text, so that `<` in it is a character. Markup that the source sentence
    has may always stand in its target, whatever it is.

    Raises MarkupError, saying what is wrong and the remedy.
    """
    words = stored = target = target.replace("\r\n", "\n").replace("\r", "\n").strip()
    if format == "text":
        stored = escape_text(target)
    else:
        content = markup.parse_inline(target, [atom.html for atom in source.atoms])
        _check(target, content, source)
        words, stored = to_text(content), to_html(content)
    if not _shows(words):
        raise MarkupError("the target has no text; to leave a sentence out, revise the article")
    return stored


def shown(stored: str, format: Format) -> str:
    """A stored sentence in the form that `checked` takes it in: plain text where its part is plain text."""
    return to_text(markup.parse_inline(stored)) if format == "text" else stored


def _check(target: str, content: Inline, source: Inline) -> None:
    carried = sorted({atom.html for atom in source.atoms if "<" in atom.html}, key=len, reverse=True)
    sent, read = _without(target, carried), _without(to_html(content), carried)
    stray = _OPENS.search(_TAG.sub("", sent))
    if stray:
        raise MarkupError(f"{stray.string[stray.start() : stray.start() + 40]!r} is no whole tag; {_REMEDY}")
    if [name for name, _ in _tags(sent)] != [name for name, _ in _tags(read)]:
        raise MarkupError(f"an element is not closed, or stands where it cannot; {_REMEDY}")
    own = {span.open for span in source.spans}
    for name, tag in _tags(read):
        if name.startswith("/") or tag in own:
            continue
        if name not in INLINES:
            raise MarkupError(f"{tag if name else 'a comment'} has no place within a sentence; {_REMEDY}")
        for attribute, value in _ATTRIBUTE.findall(tag):
            address = "".join(unescape(value).split()) if attribute in _ADDRESSES else ""
            if attribute.startswith("on") or _RUNS.match(address):
                raise MarkupError(f"the attribute {attribute} of <{name}> would run a script; leave it out")


def _without(html: str, pieces: list[str]) -> str:
    for piece in pieces:
        html = html.replace(piece, "")
    return html


def _tags(html: str) -> Iterator[tuple[str, str]]:
    """Each tag as (its name in lower case, with `/` before that of an end tag; all of it); a comment has no name."""
    for match in _TAG.finditer(html):
        yield ((match[1] + match[2]).lower() if match[2] else "", match[0])


def _shows(text: str) -> bool:
    return any(unicodedata.category(character)[0] not in "CZ" for character in text)
