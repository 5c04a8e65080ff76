"""Blocks to sentences: sentencex splits; we join what abbreviations cut and cut what a stray quote joined.

sentencex (MIT, https://github.com/wikimedia/sentencex) never splits between a pair of quotation marks or
brackets. That is right for `"It is good. Really," he said` and wrong where the first of the two is a slip:
then thousands of characters become one "sentence", more than the translation model can take.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from sentencex import get_sentence_boundaries

from service.article.abbreviations import ABBREVIATIONS, DOMAINS, Abbreviations
from service.article.types import ATOM, Inline

LONG = 400
"""Characters beyond which a sentence is looked at twice."""

LIMIT = 600
"""Characters that no sentence exceeds: some 150 pieces of sound text, of the model's 512 positions."""

_TRIES = 6

_BREAK = re.compile(r"<br[\s/>]", re.IGNORECASE)
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_EDGE = re.compile(r"\[|[^\w<]+\Z")
"""An atom at the edge of a run that is no part of a sentence: a shortcode, emoji."""
_BLANK = re.compile(r"[\s\ud800-\udfff]")  # a lone surrogate cannot cross into Rust
_OPENERS = "\"'“‘«„‚‹([{¿¡"
_QUOTE = re.compile(r"[\"“”„«»‹›()\[\]{}‘]|(?<!\w)'|'(?!\w)|(?<!\w)’|’(?!\w)")
_END = re.compile(r"[.?!…][\"'”’»)\]]*\s+\S")
_WORD_STOP = re.compile(r"(?<!\w)(\w+)\.(?=\s+[\"“‘'(\[]?(\w))")
_TOKEN = re.compile(r"[^\s:/\"'“‘«(\[]*\Z")
_CLAUSES = tuple(re.compile(pattern) for pattern in (r";\s+", r",\s+|:\s+|\s+(?=[–—]\s)", r"\s+"))
_NONE = Abbreviations()


def split(content: Inline, language: str) -> tuple[tuple[int, int], ...]:
    """The sentences of a block as (start, end) in code points, in order, none overlapping another.

    They hold every character but white space and line breaks: a `<br>` ends a sentence and is part of none, and so
    does a blank line, which is a paragraph's end to the CMSs that send it. Shortcodes and emoji that stand before the
    first sentence or behind the last are in none; other atoms are part of theirs. White space of any other kind, a
    line feed too, is a space, as HTML has it.
    `language` is a subtag or a locale; for one that sentencex does not know it uses English rules.
    """
    subtag = language.partition("-")[0].lower()
    return tuple(span for start, end in _runs(content) for span in _run(content.text, start, end, subtag))


def _runs(content: Inline) -> Iterator[tuple[int, int]]:
    """The pieces between the line breaks, without what stands at their edges and is no part of a sentence."""
    text, start = content.text, 0
    atoms = dict(zip((match.start() for match in re.finditer(ATOM, text)), content.atoms, strict=False))
    breaks = [(place, place + 1) for place, atom in atoms.items() if _BREAK.match(atom.html)]
    breaks += [match.span() for match in _BLANK_LINE.finditer(text)]
    edges = {place for place, atom in atoms.items() if _EDGE.match(atom.html)}
    for stop, behind in (*sorted(breaks), (len(text), len(text))):
        left, right = start, stop
        while left < right and (text[left].isspace() or left in edges):
            left += 1
        while left < right and (text[right - 1].isspace() or right - 1 in edges):
            right -= 1
        yield left, right
        start = behind


def _run(text: str, start: int, end: int, language: str) -> Iterator[tuple[int, int]]:
    """The sentences of a text without line breaks, as offsets into `text`."""
    run = text[start:end]
    edges = _sentences(run, language)
    edges = _speaking(run, edges)
    edges += [left + at for left, right in pairwise(edges) for at in _clauses(run[left:right])]
    edges.sort()
    for left, right in pairwise(edges):
        piece = run[left:right]
        if piece.strip():
            yield start + right - len(piece.lstrip()), start + left + len(piece.rstrip())


def _speaking(run: str, edges: list[int]) -> list[int]:
    """The edges without those of pieces that say nothing: a lone "—" or `"` goes with what is before it."""
    kept = [0]
    for left, right in pairwise(edges):
        if any(char.isalnum() or char == ATOM for char in run[left:right]):
            kept.append(right)
        elif len(kept) > 1:
            kept[-1] = right
    return kept if len(kept) > 1 else [0, len(run)]


# --- where sentences end ------------------------------------------------------------------------------------


_HALVES = frozenset({"a.m", "p.m"})
_ZONE = re.compile(r"(?:WI[BT]|WITA|GMT|UTC|[ECMPB]?[SD]?T|CEST|CET|AES?T|[JS][SG]T)\b")
"""A time zone behind the hour: "2:30 p.m. WIB"."""


def _sentences(run: str, language: str) -> list[int]:
    """Where sentences begin and end in `run`; sees to it that no stray quote or bracket holds many together.

    Marks that do are hidden from sentencex: one at a time, since behind a single stray mark the sound pairs
    pair up again; after some tries all of them.
    """
    masked, edges = run, list[int]()
    for tried in range(_TRIES + 1):
        edges = [0, *_cuts(run, masked, language), len(run)]
        held = [(left, right) for left, right in pairwise(edges) if _is_held(masked, left, right)]
        if not held:
            break
        for left, right in held[:1] if tried + 1 < _TRIES else held:
            count = 1 if tried + 1 < _TRIES else 0
            masked = masked[:left] + _QUOTE.sub(" ", masked[left:right], count=count) + masked[right:]
    return edges


def _is_held(masked: str, left: int, right: int) -> bool:
    """Whether a piece is long, has several ends of sentences in it, and a mark that may be why."""
    if right - left <= LONG or not _QUOTE.search(masked, left, right):
        return False
    return len(_END.findall(masked, left, right)) > 1


def _cuts(run: str, masked: str, language: str) -> list[int]:
    """Where new sentences begin in `run`; `masked` is, character for character, what sentencex is to see."""
    known = ABBREVIATIONS.get(language, _NONE)
    shown = _BLANK.sub(" ", masked)
    if known.words:
        shown = _WORD_STOP.sub(lambda match: _plain(match, known), shown)
    cuts, begin = [], 0
    for boundary in get_sentence_boundaries(language, shown)[1:]:
        at = _before_openers(run, boundary["start_index"])
        if at > begin and not _goes_on(run[begin:at], run[at : at + 40], known):
            cuts.append(at)
            begin = at
    return cuts


def _plain(match: re.Match[str], known: Abbreviations) -> str:
    """An ordinary word that sentencex takes for an abbreviation ("kan." as in Kansas), made unlike one."""
    word = match[1]
    return "z" * len(word) + "." if word in known.words and match[2].isupper() else match[0]


def _before_openers(run: str, at: int) -> int:
    """Moves a cut back over opening quotes that were left with the sentence before: `said. "|Another`."""
    back = at
    while back and run[back - 1] in _OPENERS:
        back -= 1
    return back if back and run[back - 1].isspace() else at


def _goes_on(left: str, right: str, known: Abbreviations) -> bool:
    """Whether the sentence `left` only seems to end: an abbreviation, a site's name, a question inside it."""
    before, after = left.rstrip(), right.lstrip()
    if not before or not after:
        return False
    if before[-1] in "?!":
        return after[0].islower()
    if before[-1] != ".":
        return False
    token = _last(before[:-1])
    if before == left and after == right and after[0].isalnum():
        return _inside_name(token, after, known)
    return (
        (before[:-1].strip().isdecimal() and len(before) < 5)  # "1. First things first"
        or token in known.leading
        or (len(token) == 1 and token.isupper() and before[-3:-2] == ":")  # "Oleh:M. Rizal"
        or (token in known.numbering and after[0].isdecimal())
        or (token in _HALVES and _ZONE.match(after) is not None)
        or (token in known.closing and (after[0].islower() or after.split()[0].rstrip(".,") in known.closing))
    )


def _last(text: str) -> str:
    """The last word, from the last space, colon, slash or opening quote on."""
    found = _TOKEN.search(text, max(0, len(text) - 40))
    return found[0] if found else ""


def _inside_name(token: str, after: str, known: Abbreviations) -> bool:
    """Whether a full stop without a space is a name's: "TEMPO.CO", "Sp.OT", but not "fase 3.Sementara"."""
    following = re.split(r"[\W_]", after, maxsplit=1)[0]
    return (
        following.lower() in DOMAINS or token in known.leading | known.closing or (len(token) == 1 and token.isalpha())
    )


# --- sentences that are too long ----------------------------------------------------------------------------


def _clauses(piece: str) -> list[int]:
    """Cuts a sentence over `LONG` at semicolons; over `LIMIT` at commas and dashes, at last between words.

    Up to `LIMIT` a comma is left alone: the halves of a clause translate worse than a long sentence.
    """
    cuts, begin = [], 0
    while len(piece) - begin > LONG:
        size = len(piece) - begin
        goal = begin + size // -(-size // LONG)
        window = _CLAUSES if size > LIMIT else _CLAUSES[:1]
        at = next((near for rank in window if (near := _nearest(rank, piece, begin, goal))), None)
        if at is None:
            if size <= LIMIT:
                break
            at = begin + LIMIT
            at = next((near for near in range(at, at - 20, -1) if not unicodedata.combining(piece[near])), at)
        cuts.append(at)
        begin = at
    return cuts


def _nearest(rank: re.Pattern[str], piece: str, begin: int, goal: int) -> int | None:
    """The boundary nearest to `goal` with 80 to `LIMIT` characters before it, and 80 or more behind."""
    last = min(begin + LIMIT, len(piece) - 80)
    found = (match.end() for match in rank.finditer(piece, begin + 80, last))
    return min(found, key=lambda at: abs(at - goal), default=None)
