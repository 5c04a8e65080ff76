"""Inline content: text with the elements around it, cut at sentences, joined again, written as HTML.

An element that a sentence boundary cuts becomes two spans with one `element` number; joining makes them one again,
so that a block translated sentence by sentence keeps the multiset of its tags.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from service.article.types import ATOM, Atom, Inline, Span


def escape_text(text: str) -> str:
    """Escape text for HTML content (WHATWG HTML 13.3: &, no-break space, <, >)."""
    return text.replace("&", "&amp;").replace("\u00a0", "&nbsp;").replace("<", "&lt;").replace(">", "&gt;")


def escape_attribute(value: str) -> str:
    """Escape an attribute value for double quotes (WHATWG HTML 13.3)."""
    return escape_text(value).replace('"', "&quot;")


def cut(content: Inline, start: int, end: int) -> Inline:
    """The piece `text[start:end]` with the spans and atoms inside it, offsets relative to the piece."""
    first = content.text.count(ATOM, 0, start)
    count = content.text.count(ATOM, start, end)
    spans = tuple(
        replace(span, start=max(span.start, start) - start, end=min(span.end, end) - start)
        for span in content.spans
        if span.start < end and span.end > start
    )
    return Inline(content.text[start:end], spans, content.atoms[first : first + count])


def join(pieces: Iterable[Inline]) -> Inline:
    """Pieces one after the other; the pieces of one element become one span from its first to its last character."""
    texts: list[str] = []
    atoms: list[Atom] = []
    spans: dict[int, Span] = {}
    offset = 0
    for piece in pieces:
        for span in piece.spans:
            moved = replace(span, start=span.start + offset, end=span.end + offset)
            earlier = spans.get(span.element)
            spans[span.element] = moved if earlier is None else replace(earlier, end=moved.end)
        texts.append(piece.text)
        atoms.extend(piece.atoms)
        offset += len(piece.text)
    return Inline("".join(texts), nested(spans.values()), tuple(atoms))


def nested(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans in document order, outermost first; where two cross, the later one starts where the earlier ends.

    Elements are numbered in document order, so that of two with the same extent the lower number is the outer one.
    """
    result: list[Span] = []
    open_: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end, span.element)):
        while open_ and open_[-1].end <= span.start and (span.end > span.start or open_[-1].end < span.start):
            open_.pop()
        while open_ and open_[-1].end < span.end:
            span = replace(span, start=min(max(span.start, open_[-1].end), span.end))
            open_.pop()
        open_.append(span)
        result.append(span)
    return tuple(sorted(result, key=lambda span: (span.start, -span.end, span.element)))


def to_html(content: Inline) -> str:
    """The content as an HTML fragment."""
    atoms = iter(content.atoms)

    def text(start: int, end: int) -> str:
        return "".join(
            next(atoms).html if character == ATOM else escape_text(character) for character in content.text[start:end]
        )

    def emit(start: int, end: int, spans: Sequence[Span]) -> str:
        out: list[str] = []
        position = start
        index = 0
        while index < len(spans):
            span = spans[index]
            index += 1
            inner = index
            while index < len(spans) and spans[index].start < span.end:
                index += 1
            out.append(text(position, span.start))
            out.append(span.open + emit(span.start, span.end, spans[inner:index]) + span.close)
            position = span.end
        out.append(text(position, end))
        return "".join(out)

    return emit(0, len(content.text), content.spans)


def to_text(content: Inline) -> str:
    """The content as a reader sees it, atoms by the text that they show."""
    atoms = iter(content.atoms)
    return "".join(next(atoms).text if character == ATOM else character for character in content.text)
