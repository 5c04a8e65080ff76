"""From a sentence with markup to the plain text that a model reads, and from its answer back to markup.

A sentence is translated whole, in its context, and its inline elements are put around the words that the model's
attention aligns with the words they stood around. Every element and atom of the source is in the target exactly
once; where alignment says nothing, the nearest well-formed place is taken and the segment is flagged.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from service.article import tree
from service.article.alignment import (
    SILENT,
    WORD,
    Piece,
    Plain,
    Word,
    ellipses,
    ends_in_address,
    is_mark,
    pieces,
    plain,
    stick,
)
from service.article.inline import nested, to_html
from service.article.placing import insert, place_spans
from service.article.types import ATOM, Atom, Finding, Hypothesis, Inline, Link, Severity


def transfer(source: Inline, ready: Plain, hypothesis: Hypothesis) -> tuple[Inline, tuple[Finding, ...]]:
    """The hypothesis with the source's elements and atoms in it, and what could not be placed exactly."""
    hypothesis = replace(hypothesis, text=hypothesis.text.replace(ATOM, " "))  # one of the model's own is none
    if not source.spans and ready.text == source.text:  # nothing to be put back
        return Inline(ellipses(" ".join(hypothesis.text.split()), source.text)), ()
    draft = _Draft(source)
    for piece in pieces(source, ready, hypothesis):
        draft.add(piece)
    draft.end()
    placed, approximate = place_spans(source, draft.words)
    result, words = Inline(draft.text, nested(placed), draft.inline_atoms()), draft.words
    lost: list[str] = []
    for index, atom in enumerate(source.atoms):
        if index not in draft.atoms:
            result, words = insert(result, source, index, words)
            if atom.text:
                lost.append(atom.text)
    findings: list[Finding] = []
    if approximate:
        message = "inline elements were placed by position, not by alignment"
        findings.append(Finding("markup-approximate", message, Severity.WARNING, " ".join(approximate)))
    if lost:
        message = "protected text was put back by position"
        findings.append(Finding("placeholder-moved", message, Severity.WARNING, " ".join(lost)))
    if tree.tags(to_html(result)) != tree.tags(to_html(source)):
        message = "the markup of the translation is not the source's"
        findings.append(Finding("markup-changed", message, Severity.ERROR))
    return result, tuple(findings)


def rewritten(content: Inline, rewrite: Callable[[str], str]) -> Inline:
    """The content with what a rule makes of its text; words that stay the same keep their elements."""
    ready = plain(content)
    text = rewrite(ready.text)
    if text == ready.text:
        return content
    places = {match[0].casefold(): match.span() for match in WORD.finditer(ready.text)}
    links = [
        Link(*places[match[0].casefold()], *match.span())
        for match in WORD.finditer(text) if match[0].casefold() in places
    ]  # fmt: skip
    return transfer(content, ready, Hypothesis(text, 0.0, tuple(links), ""))[0]


@dataclass(slots=True)
class _Draft:
    """The target being written, word by word: between two that are neighbours in the source, as it is there."""

    source: Inline
    text: str = ""
    words: list[Word] = field(default_factory=list)
    atoms: list[int] = field(default_factory=list)
    position: int | None = 0
    """The source offset that comes next, None where that is not known."""

    def add(self, piece: Piece) -> None:
        begin = piece.aligned.start if piece.aligned else None
        if not self._as_in_source(begin, piece) and (piece.spaced or self._sticks(piece)):
            self.text += " " if self.text else ""
        self._append(piece.text, piece.aligned, atom=piece.atom)
        self.position = piece.aligned.stop if piece.aligned else None

    def _sticks(self, piece: Piece) -> bool:
        """Whether the piece would make one word with an atom, or be read as part of an address."""
        run_on = piece.text.isalnum() and ends_in_address(Inline(self.text, (), self.inline_atoms()))
        return stick(self.text[-1:], piece.text[0]) or run_on

    def end(self) -> None:
        """What the source has behind its last word, if that is the last here too."""
        self._as_in_source(len(self.source.text))

    def inline_atoms(self) -> tuple[Atom, ...]:
        return tuple(self.source.atoms[index] for index in self.atoms)

    def _as_in_source(self, until: int | None, piece: Piece | None = None) -> bool:
        """Write what is between the last word and the source's offset `until`, if it says nothing.

        White space must be where the target has some too; but a stand-in is a word apart where the atom was not.
        """
        if until is None or self.position is None or until < self.position:
            return False
        between = self.source.text[self.position : until]
        if between.translate(SILENT).strip():
            return False
        first = self.source.text.count(ATOM, 0, self.position)
        indices = range(first, first + between.count(ATOM))
        white = any(character.isspace() for character in between)
        if any(self.source.atoms[i].text or i in self.atoms for i in indices):
            return False
        if self.words and piece and white != piece.spaced and (white or ATOM not in (piece.text, self.text[-1])):
            return False
        together = stick(self.source.text[: self.position][-1:], self.source.text[until : until + 1])
        if piece and not white and not together and stick(self.text[-1:], piece.text[0]):
            return False  # the word is not the one that was there, whatever it was linked to
        atoms = iter(indices)
        for offset, character in enumerate(between, self.position):
            atom = next(atoms) if character == ATOM else None
            self._append(character, range(offset, offset + 1), gap=True, atom=atom)
        return True

    def _append(self, text: str, aligned: range, *, gap: bool = False, atom: int | None = None) -> None:
        end = len(self.text) + len(text)
        self.words.append(Word(len(self.text), end, aligned, not gap and is_mark(text), gap, atom))
        self.text += text
        if atom is not None:
            self.atoms.append(atom)
