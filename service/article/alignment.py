"""A sentence as a model reads it, and the words of its answer with the places in the source that they come from."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from service.article.types import ATOM, Atom, Hypothesis, Inline, Link
from service.article.words import FUNCTION_WORDS

WORD = re.compile(rf"\w+(?:[-'’.,]\w+)*|{ATOM}|\.{{3,}}|[^\w\s]")

_DOTS = re.compile(r"\.{3,}")

_INVISIBLE = "\u00ad\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
"""Soft hyphens, zero-width spaces, marks of direction: they tear words apart for a model that sees them."""

SILENT = dict.fromkeys(map(ord, (ATOM, *_INVISIBLE)))
"""For `str.translate`: what says nothing."""

_PARTICLES = frozenset().union(*FUNCTION_WORDS.values())

_READ_AS = {"\u2010": "-", "\u2011": "-"}
"""Characters that models do not know, and the one that they read instead; a word that stays keeps its own."""

_UNREAD = re.compile(rf"^\s|\s\s|[^\S ]|\s$|[{ATOM}{_INVISIBLE}{''.join(_READ_AS)}]")
"""What a sentence has that is not read as it is."""


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
    """The content as plain text, white space folded, what is invisible left out; `X1`, `X2`… stand for atoms that show
    text, as words apart.

    A letter and a digit are what small models copy most often (91-94 % of the time with the bundled model).
    """
    if not _UNREAD.search(content.text):
        return Plain(content.text, tuple(range(len(content.text))), {})
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
        elif character in _INVISIBLE:
            continue
        elif character in _READ_AS:
            piece = _READ_AS[character]
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
    aligned: range
    mark: bool = False
    gap: bool = False
    atom: int | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """What will be a word: its text, whether white space is before it, what it is aligned with."""

    text: str
    spaced: bool
    aligned: range
    atom: int | None = None


def pieces(source: Inline, ready: Plain, hypothesis: Hypothesis) -> Iterator[Piece]:
    """The target's words; one that is spelt as in the source is cut where an element's edge cuts it there."""
    text, found = _find_atoms(ready, hypothesis.text)
    offsets = atom_offsets(source)
    edges = {edge for span in source.spans for edge in (span.start, span.end)}
    tokens = list(_tokens(text, found))
    read = ready.text
    if ready.stand_ins:  # they are no words, nor part of one
        read = "".join(ATOM if source.text[place] == ATOM else read[n] for n, place in enumerate(ready.origin))
    position = 0
    for (start, end), aligned in zip(tokens, _aligned(tokens, text, read, hypothesis.links), strict=True):
        spaced = position < start
        position = end
        atom = found.get((start, end))
        if atom is not None:
            yield Piece(ATOM, spaced, range(offsets[atom], offsets[atom] + 1), atom)
            continue
        kept = _kept(text[start:end], read, aligned) if aligned else None
        if not kept:
            own = range(ready.origin[aligned[0]], ready.origin[aligned[-1]] + 1) if aligned else aligned
            yield Piece(ellipses(text[start:end], source.text), spaced, own)
            continue
        origin = ready.origin[kept.start : kept.stop]
        cuts = [n for n in range(1, len(origin)) if origin[n] in edges or origin[n] != origin[n - 1] + 1]
        for left, right in pairwise([0, *cuts, len(origin)]):
            own = range(origin[left], origin[right - 1] + 1)
            yield Piece(source.text[own.start : own.stop], spaced and not left, own)


def ellipses(text: str, source: str) -> str:
    """The text with the one character for three dots where the source has that: tokenizers make three of it (NFKC)."""
    return _DOTS.sub("…", text) if "…" in source and "..." not in source else text


def _kept(word: str, text: str, aligned: range) -> range | None:
    """Where in the plain source a word stands that the model let stay."""
    at = text.find(word, max(0, aligned.start - len(word) + 1), aligned.stop + len(word) - 1)
    end = at + len(word)
    whole = at >= 0 and not (text[at - 1 : at].isalnum() or text[end : end + 1].isalnum())
    return range(at, end) if whole or aligned == range(at, end) else None


def _aligned(tokens: list[tuple[int, int]], target: str, source: str, links: Iterable[Link]) -> list[range]:
    """For each token of the target the places in the plain source of the word that it comes from.

    That is the word which most of its letters are linked to: attention strays at the ends of words.
    """
    words = [range(*match.span()) for match in WORD.finditer(source)]
    starts, ends = [word.start for word in words], [end for _, end in tokens]
    votes: list[dict[int, int]] = [{} for _ in tokens]
    for link in links:
        token = bisect_right(ends, link.target_start)
        first = max(0, bisect_right(starts, link.source_start) - 1)
        last = bisect_right(starts, link.source_end - 1)
        while token < len(tokens) and tokens[token][0] < link.target_end:
            share = min(ends[token], link.target_end) - max(tokens[token][0], link.target_start)
            for word in range(first, last):
                votes[token][word] = votes[token].get(word, 0) + share
            token += 1
    chosen = [max(each, key=each.__getitem__) if each else None for each in votes]
    orphans = _orphans(set(chosen), [source[word.start : word.stop] for word in words])
    aligned: list[range] = []
    for said, (start, end) in zip(chosen, tokens, strict=True):
        if said in orphans and target[start:end].casefold() not in _PARTICLES:
            said = orphans[said]
        aligned.append(range(0) if said is None else words[said])
    return aligned


def _orphans(spoken: Collection[int | None], words: Sequence[str]) -> dict[int, int]:
    """Particles, and the word behind each that is not `spoken`: more than a particle that is said for it is that.

    Models look at `The` while they write "Presiden".
    """
    found: dict[int, int] = {}
    particle: int | None = None
    for word, letters in enumerate(words):
        if not letters[0].isalnum():
            particle = None
        elif letters.casefold() in _PARTICLES:
            particle = word
        elif particle is not None and word not in spoken:
            found[particle] = word
            particle = None
    return found


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
    return text != ATOM and not text.isalnum() and not any(character.isalnum() for character in text)


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
