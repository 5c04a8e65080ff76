"""Where the elements of a sentence go in its translation, and the atoms that the model lost."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from service.article.alignment import SILENT, Word, atom_offsets, is_address, is_mark, stick
from service.article.inline import nested
from service.article.types import ATOM, Inline, Span


def place_spans(source: Inline, words: Sequence[Word]) -> tuple[list[Span], list[str]]:
    """Each span around the words aligned with it: inside its parent, beside its siblings."""
    placed: list[Span] = []
    approximate: list[str] = []

    def place(spans: Sequence[Span], low: int, high: int, empty: int) -> None:
        """Place the spans on words[low:high], or at `empty` where that is none."""
        taken: set[int] = set()
        index = 0
        while index < len(spans):
            span = spans[index]
            inner = index + 1
            index = inner
            while index < len(spans) and spans[index].start < span.end:
                index += 1
            window = _window(span, source, words, low, high, taken)
            if window is None:
                approximate.append(span.open)
                window = _nearest(span, source, words, low, high, taken)
            first, last = window
            taken.update(range(first, last))
            end = words[last - 1].end if last > low else words[low].start if low < high else empty
            start = words[first].start if first < last else end
            placed.append(replace(span, start=start, end=end))
            place(spans[inner:index], first, last, end)

    place(source.spans, 0, len(words), words[-1].end if words else 0)
    return placed, approximate


def _window(
    span: Span, source: Inline, words: Sequence[Word], low: int, high: int, taken: set[int]
) -> tuple[int, int] | None:
    """The run of words that best matches the span (maximum subarray: inside counts for it, outside against)."""
    head, tail = source.text[: span.start], source.text[span.end :]
    if not re.search(rf"[\w{ATOM}]", head + tail) and not taken:
        # The span is around the whole sentence; marks at its edges are inside it or outside, as in the source.
        first, last = low, high
        before, after = len("".join(head.split())), len("".join(tail.split()))
        while first < last - 1 and _weight(words[first], span) < 0 and (words[first].gap or before):
            before -= not words[first].gap
            first += 1
        while last > first + 1 and _weight(words[last - 1], span) < 0 and (words[last - 1].gap or after):
            after -= not words[last - 1].gap
            last -= 1
        return (first, last) if last > first else None
    best, best_window = 0.0, None
    total, start, spoken = 0.0, low, False
    silent = not _speaks(span, source)
    carried = not silent and not source.text[span.start : span.end].translate(SILENT).strip()
    for index in range(low, high):
        word = words[index]
        weight = -1000.0 if index in taken or _is_strange(word, span, source) else _weight(word, span)
        if carried and word.atom is None and not word.gap:
            weight = min(weight, -0.8)  # what is around a stand-in is no word, whatever a model looked at
        if total <= 0:
            total, start, spoken = 0.0, index, silent
        total += weight
        spoken = spoken or (weight > 0 and not word.gap)
        if total > best and spoken:
            best, best_window = total, (start, index + 1)
    return _trimmed(best_window, span, source.text, words) if best_window else None


def _weight(word: Word, span: Span) -> float:
    """How much a word speaks for being in the span; what is between words only tips the scales."""
    inside = max(0, min(word.aligned.stop, span.end) - max(word.aligned.start, span.start))
    outside = len(word.aligned) - inside
    if word.gap:
        return 0.001 if inside else -0.001
    return 1.0 if inside > outside else -0.8 if outside else -0.1


def _is_strange(word: Word, span: Span, source: Inline) -> bool:
    """Whether a word is an element that was not in the span: a link may not get into a link."""
    return word.atom is not None and source.atoms[word.atom].html.startswith("<") and _weight(word, span) < 0


def _speaks(span: Span, source: Inline) -> bool:
    """Whether the span holds words, or atoms that show text."""
    before = source.text.count(ATOM, 0, span.start)
    inner = source.text[span.start : span.end]
    atoms = source.atoms[before : before + inner.count(ATOM)]
    return bool(inner.translate(SILENT).strip()) or any(atom.text for atom in atoms)


def _trimmed(window: tuple[int, int], span: Span, text: str, words: Sequence[Word]) -> tuple[int, int]:
    """The window without punctuation at its edges, where the source's element has none at that edge."""
    first, last = window
    inner = text[span.start : span.end].strip()

    def loose(word: Word, edge: str) -> bool:
        return _weight(word, span) < 0 if word.gap else word.mark and not is_mark(edge)

    while first < last - 1 and loose(words[first], inner[:1]):
        first += 1
    while last > first + 1 and loose(words[last - 1], inner[-1:]):
        last -= 1
    return first, last


def _nearest(
    span: Span, source: Inline, words: Sequence[Word], low: int, high: int, taken: set[int]
) -> tuple[int, int]:
    """One free word at about the span's relative place, or an empty place at the end where none is free."""
    free = [
        index for index in range(low, high)
        if index not in taken and not words[index].gap and not _is_strange(words[index], span, source)
    ]  # fmt: skip
    if not free or not _speaks(span, source):
        return high, high
    wanted = low + (span.start + span.end) / 2 / max(len(source.text), 1) * (high - low)
    index = min(free, key=lambda index: abs(index + 0.5 - wanted))
    return index, index + 1


# --- atoms that the target lacks -----------------------------------------------------------------------------------


def insert(content: Inline, source: Inline, index: int, words: list[Word]) -> tuple[Inline, list[Word]]:
    """The content with an atom of the source that it lacks, after what it followed there; and the words, moved."""
    offset = atom_offsets(source)[index]
    owners = {span.element for span in source.spans if span.start <= offset < span.end}
    later = {span.element for span in source.spans if span.start > offset}
    place = _place(content, source, offset, owners, words)
    before, after = content.text[:place][-1:], content.text[place : place + 1]
    shown = bool(source.atoms[index].text)
    left = source.text[:offset][-1:].isspace() or (shown and stick(before, ATOM))
    runs_on = is_address(source.atoms[index]) and re.match(r"\S*\w", content.text[place:]) is not None
    right = source.text[offset + 1 : offset + 2].isspace() or (shown and stick(ATOM, after)) or runs_on
    glue = " " if left and before and not before.isspace() else ""
    inserted = glue + ATOM + (" " if right and not after.isspace() and place < len(content.text) else "")

    def starts_after(span: Span) -> bool:
        if span.start == span.end == place:
            return span.element in later
        return span.start > place or (span.start == place and span.element not in owners)

    def ends_after(span: Span) -> bool:
        return span.end > place or (span.end == place and span.element in owners) or starts_after(span)

    shift = len(inserted)
    spans = [
        replace(span, start=span.start + shift * starts_after(span), end=span.end + shift * ends_after(span))
        for span in content.spans
    ]
    atoms = list(content.atoms)
    atoms.insert(content.text.count(ATOM, 0, place), source.atoms[index])
    moved = [
        replace(word, start=word.start + shift, end=word.end + shift) if word.start >= place else word for word in words
    ]
    at = place + len(glue)
    moved.append(Word(at, at + 1, range(offset, offset + 1), atom=index))
    return Inline(content.text[:place] + inserted + content.text[place:], nested(spans), tuple(atoms)), moved


def _place(content: Inline, source: Inline, offset: int, owners: set[int], words: Sequence[Word]) -> int:
    """Where an atom goes: nearest to behind what it followed, in the elements that it was in and in no other."""
    if not source.text[offset + 1 :].strip():
        wanted = len(content.text)
    else:
        followed = ((word.aligned.stop, word.end) for word in words if word.aligned and word.aligned.stop <= offset)
        wanted = max(followed, default=(0, 0))[1]

    def fits(place: int) -> bool:
        return all(
            span.start <= place <= span.end if span.element in owners else not span.start < place < span.end
            for span in content.spans
        )

    edges = {0, len(content.text)}
    edges.update(edge for word in words for edge in (word.start, word.end))
    edges.update(edge for span in content.spans for edge in (span.start, span.end))
    return min(filter(fits, edges), key=lambda place: (abs(place - wanted), place), default=wanted)
