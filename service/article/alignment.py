"""A sentence as a model reads it, and the words of its answer with the places in the source that they come from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from service.article.types import ATOM, Atom, Hypothesis, Inline, Link

WORD = re.compile(rf"\w+(?:[-'’.,]\w+)*|{ATOM}|[^\w\s]")


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
    letter = free_letter(content.text)
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


def free_letter(text: str) -> str:
    """A letter for stand-ins that the text has none of yet."""
    free = (letter for letter in "XZQVYKW" if not re.search(rf"{letter}\d", text, re.IGNORECASE))
    return next(free, "X")


@dataclass(frozen=True, slots=True)
class Word:
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
class Piece:
    """What will be a word: its text, whether white space is before it, what it is aligned with."""

    text: str
    spaced: bool
    aligned: frozenset[int]
    atom: int | None = None


def pieces(source: Inline, ready: Plain, hypothesis: Hypothesis) -> Iterator[Piece]:
    """The target's words; one that is spelt as in the source is cut where an element's edge cuts it there."""
    text, found = _find_atoms(ready, hypothesis.text)
    offsets = atom_offsets(source)
    edges = {edge for span in source.spans for edge in (span.start, span.end)}
    position = 0
    for start, end in _tokens(text, found):
        spaced = position < start
        position = end
        atom = found.get((start, end))
        if atom is not None:
            yield Piece(ATOM, spaced, frozenset((offsets[atom],)), atom)
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
                yield Piece(text[start + left : start + right], spaced and not left, frozenset(origin[left:right]))
        else:
            yield Piece(text[start:end], spaced, frozenset(origin))


def _tokens(text: str, found: dict[tuple[int, int], int]) -> Iterator[tuple[int, int]]:
    position = 0
    for start, end in sorted(found):
        yield from (match.span() for match in WORD.finditer(text, position, start))
        yield start, end
        position = end
    yield from (match.span() for match in WORD.finditer(text, position))


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


def atom_offsets(source: Inline) -> list[int]:
    return [offset for offset, character in enumerate(source.text) if character == ATOM]


def stick(left: str, right: str) -> bool:
    """Whether two characters would make one word of an atom and what is beside it."""
    return ATOM in (left, right) and all(each == ATOM or each.isalnum() for each in (left, right))


def is_address(atom: Atom) -> bool:
    """Whether an atom is a web address in the text: what follows it without a space would be read as part of it."""
    return atom.html[:1] != "<" and ("://" in atom.text or atom.text.startswith("www."))


def ends_in_address(content: Inline) -> bool:
    """Whether what stands behind the last white space holds a web address."""
    return ATOM in re.split(r"\s", content.text)[-1] and is_address(content.atoms[-1])


def is_mark(text: str) -> bool:
    return len(text) == 1 and text != ATOM and not text.isalnum()


def reworded(hypothesis: Hypothesis, start: int, end: int, text: str, source: tuple[int, int]) -> Hypothesis:
    """The hypothesis with `text` for `text[start:end]`, linked to the source range; the other links move along."""
    shift = len(text) - (end - start)
    links = [
        replace(
            link,
            target_start=link.target_start + (shift if link.target_start >= end else 0),
            target_end=link.target_end + (shift if link.target_start >= end else 0),
        )
        for link in hypothesis.links if link.target_end <= start or link.target_start >= end
    ]  # fmt: skip
    links.append(Link(*source, start, start + len(text)))
    links.sort(key=lambda link: link.target_start)
    return replace(hypothesis, text=hypothesis.text[:start] + text + hypothesis.text[end:], links=tuple(links))
