"""From a sentence with markup to the plain text that a model reads, and from its answer back to markup.

A sentence is translated whole, in its context, and its inline elements are put around the words that the model's
attention aligns with the words they stood around. Every element and atom of the source is in the target exactly
once; where alignment says nothing, the nearest well-formed place is taken and the segment is flagged.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from service.article.inline import nested
from service.article.types import ATOM, Atom, Finding, Hypothesis, Inline, Link, Severity, Span

_WORD = re.compile(rf"\w+(?:[-'’.,]\w+)*|{ATOM}|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Plain:
    """A sentence as the model reads it.

    `origin[i]` is the offset in the content's text that character i came from; `stand_ins` are the words that stand
    for atoms, by the atom's index. Atoms that show no text (an image, a comment) are left out.
    """

    text: str
    origin: tuple[int, ...]
    stand_ins: dict[int, str]


def plain(content: Inline) -> Plain:
    """The content as plain text, white space folded; `X1`, `X2`… stand for atoms that show text, as words apart.

    A letter and a digit are what small models copy most often (91-94 % of the time with the bundled model).
    """
    free = (letter for letter in "XZQVYKW" if not re.search(rf"{letter}\d", content.text, re.IGNORECASE))
    letter = next(free, "X")
    out: list[str] = []
    origin: list[int] = []
    stand_ins: dict[int, str] = {}
    atoms = iter(enumerate(content.atoms))
    for offset, character in enumerate(content.text):
        piece = character
        if character == ATOM:
            index, atom = next(atoms)
            piece = stand_ins.setdefault(index, f"{letter}{len(stand_ins) + 1}") if atom.text else ""
        elif character.isspace():
            piece = " " if out and out[-1] != " " else ""
        stuck = bool(out) and out[-1].isalnum() and piece[:1].isalnum()
        if stuck and ATOM in (character, content.text[origin[-1]]):
            piece = " " + piece
        for part in piece:
            out.append(part)
            origin.append(offset)
    if out and out[-1] == " ":
        out.pop()
        origin.pop()
    return Plain("".join(out), tuple(origin), stand_ins)


def transfer(source: Inline, ready: Plain, hypothesis: Hypothesis) -> tuple[Inline, tuple[Finding, ...]]:
    """The hypothesis with the source's elements and atoms in it, and what could not be placed exactly."""
    hypothesis = replace(hypothesis, text=hypothesis.text.replace(ATOM, " "))  # one of the model's own is none
    draft = _Draft(source)
    for piece in _pieces(source, ready, hypothesis):
        draft.add(piece)
    draft.end()
    placed, approximate = _place_spans(source, draft.words)
    result, words = Inline(draft.text, nested(placed), draft.inline_atoms()), draft.words
    lost: list[str] = []
    for index, atom in enumerate(source.atoms):
        if index not in draft.atoms:
            result, words = _insert(result, source, index, words)
            if atom.text:
                lost.append(atom.text)
    findings: list[Finding] = []
    if approximate:
        message = "inline elements were placed by position, not by alignment"
        findings.append(Finding("markup-approximate", message, Severity.WARNING, " ".join(approximate)))
    if lost:
        message = "protected text was put back by position"
        findings.append(Finding("placeholder-moved", message, Severity.WARNING, " ".join(lost)))
    return result, tuple(findings)


def rewritten(content: Inline, rewrite: Callable[[str], str]) -> Inline:
    """The content with what a rule makes of its text; words that stay the same keep their elements."""
    ready = plain(content)
    text = rewrite(ready.text)
    if text == ready.text:
        return content
    places = {match[0].casefold(): match.span() for match in _WORD.finditer(ready.text)}
    links = [
        Link(*places[match[0].casefold()], *match.span())
        for match in _WORD.finditer(text) if match[0].casefold() in places
    ]  # fmt: skip
    return transfer(content, ready, Hypothesis(text, 0.0, tuple(links), ""))[0]


# --- words and atoms -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Word:
    """A word, mark or atom of the target: its place, and the source offsets that it is aligned with.

    `gap` is white space, or an atom that shows nothing, between words that are neighbours in the source too.
    `atom` is the index of the source's atom that it is.
    """

    start: int
    end: int
    aligned: frozenset[int]
    mark: bool = False
    gap: bool = False
    atom: int | None = None


@dataclass(frozen=True, slots=True)
class _Piece:
    """What will be a word: its text, whether white space is before it, what it is aligned with."""

    text: str
    spaced: bool
    aligned: frozenset[int]
    atom: int | None = None


def _pieces(source: Inline, ready: Plain, hypothesis: Hypothesis) -> Iterator[_Piece]:
    """The target's words; one that is spelt as in the source is cut where an element's edge cuts it there."""
    text, found = _find_atoms(ready, hypothesis.text)
    offsets = _atom_offsets(source)
    edges = {edge for span in source.spans for edge in (span.start, span.end)}
    position = 0
    for start, end in _tokens(text, found):
        spaced = position < start
        position = end
        atom = found.get((start, end))
        if atom is not None:
            yield _Piece(ATOM, spaced, frozenset((offsets[atom],)), atom)
            continue
        aligned = {
            place
            for link in hypothesis.links
            if link.target_start < end and link.target_end > start
            for place in range(link.source_start, min(link.source_end, len(ready.origin)))
            if ready.text[place] != " "
        }
        origin = [ready.origin[place] for place in sorted(aligned)]
        first = min(aligned, default=0)
        cuts = [0]
        if len(aligned) == end - start and ready.text[first : first + len(aligned)] == text[start:end]:
            cuts += [n for n in range(1, len(origin)) if origin[n] in edges or origin[n] != origin[n - 1] + 1]
            for left, right in pairwise([*cuts, len(origin)]):
                yield _Piece(text[start + left : start + right], spaced and not left, frozenset(origin[left:right]))
        else:
            yield _Piece(text[start:end], spaced, frozenset(origin))


def _tokens(text: str, found: dict[tuple[int, int], int]) -> Iterator[tuple[int, int]]:
    position = 0
    for start, end in sorted(found):
        yield from (match.span() for match in _WORD.finditer(text, position, start))
        yield start, end
        position = end
    yield from (match.span() for match in _WORD.finditer(text, position))


def _find_atoms(ready: Plain, target: str) -> tuple[str, dict[tuple[int, int], int]]:
    """Where each stand-in is in the target; one that the model misspelt (`X2` for `X1`) takes what is left.

    What is left then stands for nothing, and is blanked in the text that comes back.
    """
    if not ready.stand_ins:
        return target, {}
    letter = next(iter(ready.stand_ins.values()))[0]
    matches = list(re.finditer(rf"{letter}\d+", target, re.IGNORECASE))
    found: dict[int, tuple[int, int]] = {}
    for index, stand_in in ready.stand_ins.items():
        exact = next((match for match in matches if match[0].upper() == stand_in), None)
        if exact:
            found[index] = exact.span()
            matches.remove(exact)
    for index in ready.stand_ins:
        if index not in found and matches:
            found[index] = matches.pop(0).span()
    for match in matches:
        target = target[: match.start()] + " " * len(match[0]) + target[match.end() :]
    return target, {span: index for index, span in found.items()}


def _atom_offsets(source: Inline) -> list[int]:
    return [offset for offset, character in enumerate(source.text) if character == ATOM]


@dataclass(slots=True)
class _Draft:
    """The target being written, word by word: between two that are neighbours in the source, as it is there."""

    source: Inline
    text: str = ""
    words: list[_Word] = field(default_factory=list)
    atoms: list[int] = field(default_factory=list)
    position: int | None = 0
    """The source offset that comes next, None where that is not known."""

    def add(self, piece: _Piece) -> None:
        begin = min(piece.aligned, default=None)
        if not self._as_in_source(begin, piece) and (piece.spaced or _stick(self.text[-1:], piece.text[0])):
            self.text += " " if self.text else ""
        self._append(piece.text, piece.aligned, atom=piece.atom)
        self.position = max(piece.aligned) + 1 if piece.aligned else None

    def end(self) -> None:
        """What the source has behind its last word, if that is the last here too."""
        self._as_in_source(len(self.source.text))

    def inline_atoms(self) -> tuple[Atom, ...]:
        return tuple(self.source.atoms[index] for index in self.atoms)

    def _as_in_source(self, until: int | None, piece: _Piece | None = None) -> bool:
        """Write what is between the last word and the source's offset `until`, if it says nothing.

        White space must be where the target has some too; but a stand-in is a word apart where the atom was not.
        """
        if until is None or self.position is None or until < self.position:
            return False
        between = self.source.text[self.position : until]
        first = self.source.text.count(ATOM, 0, self.position)
        indices = range(first, first + between.count(ATOM))
        white = any(character.isspace() for character in between)
        if between.replace(ATOM, "").strip() or any(self.source.atoms[i].text or i in self.atoms for i in indices):
            return False
        if self.words and piece and white != piece.spaced and (white or ATOM not in (piece.text, self.text[-1])):
            return False
        atoms = iter(indices)
        for offset, character in enumerate(between, self.position):
            atom = next(atoms) if character == ATOM else None
            self._append(character, frozenset((offset,)), gap=True, atom=atom)
        return True

    def _append(self, text: str, aligned: frozenset[int], *, gap: bool = False, atom: int | None = None) -> None:
        end = len(self.text) + len(text)
        self.words.append(_Word(len(self.text), end, aligned, not gap and _is_mark(text), gap, atom))
        self.text += text
        if atom is not None:
            self.atoms.append(atom)


def _stick(left: str, right: str) -> bool:
    """Whether two characters would make one word of an atom and what is beside it."""
    return ATOM in (left, right) and all(each == ATOM or each.isalnum() for each in (left, right))


def _is_mark(text: str) -> bool:
    return len(text) == 1 and text != ATOM and not text.isalnum()


# --- spans ---------------------------------------------------------------------------------------------------------


def _place_spans(source: Inline, words: Sequence[_Word]) -> tuple[list[Span], list[str]]:
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
    span: Span, source: Inline, words: Sequence[_Word], low: int, high: int, taken: set[int]
) -> tuple[int, int] | None:
    """The run of words that best matches the span (maximum subarray: inside counts for it, outside against)."""
    head, tail = source.text[: span.start], source.text[span.end :]
    if not re.search(rf"[\w{ATOM}]", head + tail) and not taken:
        # The span is around the whole sentence; marks at its edges are inside it or outside, as in the source.
        first, last = low, high
        for _ in "".join(head.split()):
            first += first < last - 1 and _weight(words[first], span) < 0
        for _ in "".join(tail.split()):
            last -= last > first + 1 and _weight(words[last - 1], span) < 0
        return (first, last) if last > first else None
    best, best_window = 0.0, None
    total, start, spoken = 0.0, low, False
    silent = not _speaks(span, source)
    for index in range(low, high):
        word = words[index]
        weight = -1000.0 if index in taken or _is_strange(word, span, source) else _weight(word, span)
        if total <= 0:
            total, start, spoken = 0.0, index, silent
        total += weight
        spoken = spoken or (weight > 0 and not word.gap)
        if total > best and spoken:
            best, best_window = total, (start, index + 1)
    return _trimmed(best_window, span, source.text, words) if best_window else None


def _weight(word: _Word, span: Span) -> float:
    """How much a word speaks for being in the span; what is between words only tips the scales."""
    inside = sum(span.start <= offset < span.end for offset in word.aligned)
    outside = len(word.aligned) - inside
    if word.gap:
        return 0.001 if inside else -0.001
    return 1.0 if inside > outside else -0.8 if outside else -0.1


def _is_strange(word: _Word, span: Span, source: Inline) -> bool:
    """Whether a word is an element that was not in the span: a link may not get into a link."""
    return word.atom is not None and source.atoms[word.atom].html.startswith("<") and _weight(word, span) < 0


def _speaks(span: Span, source: Inline) -> bool:
    """Whether the span holds words, or atoms that show text."""
    before = source.text.count(ATOM, 0, span.start)
    inner = source.text[span.start : span.end]
    atoms = source.atoms[before : before + inner.count(ATOM)]
    return bool(inner.replace(ATOM, "").strip()) or any(atom.text for atom in atoms)


def _trimmed(window: tuple[int, int], span: Span, text: str, words: Sequence[_Word]) -> tuple[int, int]:
    """The window without punctuation at its edges, where the source's element has none at that edge."""
    first, last = window
    inner = text[span.start : span.end].strip()

    def loose(word: _Word, edge: str) -> bool:
        return _weight(word, span) < 0 if word.gap else word.mark and not _is_mark(edge)

    while first < last - 1 and loose(words[first], inner[:1]):
        first += 1
    while last > first + 1 and loose(words[last - 1], inner[-1:]):
        last -= 1
    return first, last


def _nearest(
    span: Span, source: Inline, words: Sequence[_Word], low: int, high: int, taken: set[int]
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


def _insert(content: Inline, source: Inline, index: int, words: list[_Word]) -> tuple[Inline, list[_Word]]:
    """The content with an atom of the source that it lacks, after what it followed there; and the words, moved."""
    offset = _atom_offsets(source)[index]
    owners = {span.element for span in source.spans if span.start <= offset < span.end}
    later = {span.element for span in source.spans if span.start > offset}
    place = _place(content, source, offset, owners, words)
    before, after = content.text[:place][-1:], content.text[place : place + 1]
    shown = bool(source.atoms[index].text)
    left = source.text[:offset][-1:].isspace() or (shown and _stick(before, ATOM))
    right = source.text[offset + 1 : offset + 2].isspace() or (shown and _stick(ATOM, after))
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
    moved.append(_Word(at, at + 1, frozenset((offset,)), atom=index))
    return Inline(content.text[:place] + inserted + content.text[place:], nested(spans), tuple(atoms)), moved


def _place(content: Inline, source: Inline, offset: int, owners: set[int], words: Sequence[_Word]) -> int:
    """Where an atom goes: nearest to behind what it followed, in the elements that it was in and in no other."""
    if not source.text[offset + 1 :].strip():
        wanted = len(content.text)
    else:
        wanted = max((word.end for word in words if word.aligned and max(word.aligned) < offset), default=0)

    def fits(place: int) -> bool:
        return all(
            span.start <= place <= span.end if span.element in owners else not span.start < place < span.end
            for span in content.spans
        )

    edges = {0, len(content.text)}
    edges.update(edge for word in words for edge in (word.start, word.end))
    edges.update(edge for span in content.spans for edge in (span.start, span.end))
    return min(filter(fits, edges), key=lambda place: (abs(place - wanted), place), default=wanted)
