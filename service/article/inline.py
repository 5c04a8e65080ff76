"""Inline content: text with the elements around it, cut at sentences, joined again, written as HTML.

An element that a sentence boundary cuts becomes two spans with one `element` number; joining makes them one again,
so that a block translated sentence by sentence keeps the multiset of its tags.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from heapq import heapify, heappop, heappush
from itertools import starmap

from service.article.types import ATOM, Atom, Inline, Span

_LINK = re.compile(r"<(?!!|script).*<a\s|<a\s", re.DOTALL | re.IGNORECASE)
"""An atom that is or holds a link."""


def escape_text(text: str) -> str:
    """Escape text for HTML content (WHATWG HTML 13.3: &, no-break space, <, >)."""
    return text.replace("&", "&amp;").replace("\u00a0", "&nbsp;").replace("<", "&lt;").replace(">", "&gt;")


def escape_attribute(value: str) -> str:
    """Escape an attribute value for double quotes (WHATWG HTML 13.3)."""
    return escape_text(value).replace('"', "&quot;")


def cut(content: Inline, start: int, end: int) -> Inline:
    """The piece `text[start:end]` with the spans and atoms inside it, offsets relative to the piece."""
    if not (content.spans or content.atoms):
        return Inline(content.text[start:end])
    first = content.text.count(ATOM, 0, start)
    count = content.text.count(ATOM, start, end)
    spans = tuple(
        Span(max(span.start, start) - start, min(span.end, end) - start, span.element, span.open, span.close)
        for span in content.spans
        if span.start < end and span.end > start
    )
    return Inline(content.text[start:end], spans, content.atoms[first : first + count])


def edited(content: Inline, edits: Iterable[tuple[int, int, str]]) -> Inline:
    """The content with `text[start:end]` replaced, for each (start, end, text) of `edits`, none of which overlap.

    Elements keep their words; an edge within what differs stays as far from its start as there is room. Neither side of
    an edit holds an atom.

    >>> to_html(edited(Inline("nan UK", (Span(0, 3, 0, "<i>", "</i>"),)), [(0, 3, "the")]))
    '<i>the</i> UK'
    """
    starts, ends, pieces, shifts = [0], [0], list[str](), [0]
    for start, end, new in sorted(starmap(partial(_core, content.text), edits)):
        pieces += (content.text[ends[-1] : start], new)
        starts.append(start)
        ends.append(end)
        shifts.append(shifts[-1] + len(new) - (end - start))

    def moved(offset: int) -> int:
        at = bisect_right(starts, offset) - 1
        within = min(offset + shifts[at - 1], ends[at] + shifts[at]) if at else offset
        return offset + shifts[at] if offset >= ends[at] else within

    spans = tuple(replace(span, start=moved(span.start), end=moved(span.end)) for span in content.spans)
    return Inline("".join((*pieces, content.text[ends[-1] :])), spans, content.atoms)


def _core(text: str, start: int, end: int, new: str) -> tuple[int, int, str]:
    """What of an edit differs from the text."""
    old = text[start:end]
    head = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    rest = zip(reversed(old[head:]), reversed(new[head:]), strict=False)
    tail = next((n for n, (a, b) in enumerate(rest) if a != b), min(len(old), len(new)) - head)
    return start + head, end - tail, new[head : len(new) - tail]


def join(pieces: Iterable[Inline], source: Inline) -> Inline:
    """Pieces one after the other; the pieces of one element become one span from its first to its last character.

    `source` is the content that the pieces are made from. An element is never stretched over one that it did not
    hold there (a link over a link): it then stays around the longest of its pieces.
    """
    texts: list[str] = []
    atoms: list[Atom] = []
    spans: dict[int, list[Span]] = {}
    offset = 0
    for piece in pieces:
        for span in piece.spans:
            moved = Span(span.start + offset, span.end + offset, span.element, span.open, span.close)
            spans.setdefault(span.element, []).append(moved)
        texts.append(piece.text)
        atoms.extend(piece.atoms)
        offset += len(piece.text)
    text = "".join(texts)
    if not spans:
        return Inline(text, (), tuple(atoms))
    places = (match.start() for match in re.finditer(ATOM, text))
    links = [place for place, atom in zip(places, atoms, strict=True) if _LINK.match(atom.html)]
    return Inline(text, nested(_whole(spans, source, links)), tuple(atoms))


def _whole(pieces: dict[int, list[Span]], source: Inline, links: Sequence[int]) -> Iterable[Span]:
    """Each element as one span; `links` are the places of atoms that are links."""
    whole = {element: replace(spans[0], end=spans[-1].end) for element, spans in pieces.items()}
    related = {
        frozenset((outer.element, inner.element))
        for number, outer in enumerate(source.spans) for inner in source.spans[number + 1 :]
        if outer.start <= inner.start and inner.end <= outer.end
    }  # fmt: skip
    known = {span.element for span in source.spans}.intersection(whole)
    for element in known:
        hull = whole[element]
        strangers = [whole[other] for other in known if other != element and {element, other} not in related]
        places = [(span.start, span.end) for span in strangers]
        places += [(place, place + 1) for place in links if hull.open.startswith("<a")]
        if len(pieces[element]) > 1 and any(start < hull.end and end > hull.start for start, end in places):
            whole[element] = max(pieces[element], key=lambda span: span.end - span.start)
    return whole.values()


def nested(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans in the order in which they are written, outer ones first; where two cross, the later starts where the
    earlier ends.

    Elements are numbered in document order, so that of two with the same extent the lower number is the outer one.
    An empty one is written before what starts at its place and after what ends there.
    """
    waiting = [(span.start, span.end > span.start, -span.end, span.element, n, span) for n, span in enumerate(spans)]
    heapify(waiting)
    result: list[Span] = []
    open_: list[Span] = []
    while waiting:
        *_, number, span = heappop(waiting)
        while open_ and open_[-1].end <= span.start:
            open_.pop()
        if open_ and open_[-1].end < span.end:
            span = replace(span, start=open_[-1].end)
            heappush(waiting, (span.start, True, -span.end, span.element, number, span))
            continue
        open_.append(span)
        result.append(span)
    return tuple(result)


def to_html(content: Inline) -> str:
    """The content as an HTML fragment."""
    if not content.spans and not content.atoms:
        return escape_text(content.text)
    atoms = iter(content.atoms)

    def text(start: int, end: int) -> str:
        first, *rest = content.text[start:end].split(ATOM)
        return escape_text(first) + "".join(next(atoms).html + escape_text(piece) for piece in rest)

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
    if not content.atoms:
        return content.text
    atoms = iter(content.atoms)
    first, *rest = content.text.split(ATOM)
    return first + "".join(next(atoms).text + piece for piece in rest)
