"""Names that a model misspelt, put back from the source by the alignment: `Wido` for Widodo is Widodo again.

Small models write names piece by piece and lose some. A capitalised word of the source that is in neither language's
dictionary is a name; where the model's attention leads from it to a word that is in no dictionary either and looks
like it, the name belongs there. A word that the target language knows (`Hezbollah` for Hizbullah) is a translation
and stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Final

from service.article import lexicon
from service.article.alignment import reworded
from service.article.inflection import stems
from service.article.types import Finding, Hypothesis, Severity

LANGUAGES: Final = frozenset({"en", "id"})
"""Those of the lexicon."""

_WORD: Final = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_ENDING: Final = re.compile(r"(?:['’]s|(?<=s)['’]|-?nya)$")
"""What may hang on a name in either language, and is no part of it."""

_ALIKE: Final = 0.6
"""Least similarity (Ratcliff and Obershelp's ratio) of a name and what it was misspelt to."""


def is_name(word: str, source: str, target: str) -> bool:
    """Whether a word of the source is a name that is the same in both languages.

    >>> is_name("Widodo", "id", "en"), is_name("Menteri", "id", "en"), is_name("Jerman", "id", "en")
    (True, False, False)
    """
    return (
        len(word) > 2
        and word[0].isupper()
        and not lexicon.ordinary(word, source, derived=True)
        and not lexicon.ordinary(word, target)
        and not lexicon.translated(word, source, target)
    )


def lost(source: str, target: str, languages: tuple[str, str]) -> Iterator[re.Match[str]]:
    """The names of a sentence that are not in its translation as they are."""
    same = set(_WORD.findall(target))
    absent = [
        match for match in _WORD.finditer(source)
        if match[0][0].isupper() and match[0] not in same and is_name(_bare(match[0]), *languages)
    ]  # fmt: skip
    if absent:  # rarely
        words = [part for word in same for part in {word, *word.split("-")}]
        there = {form for word in words for form in stems(word, languages[1])}
        yield from (match for match in absent if there.isdisjoint(stems(match[0], languages[0])))


def repair(source: str, hypothesis: Hypothesis, languages: tuple[str, str]) -> tuple[Hypothesis, tuple[Finding, ...]]:
    """The hypothesis with the names that the model misspelt as the source has them, and a finding for each.

    `source` is the plain sentence that the hypothesis translates. One that is a single name is that name again, unless
    what the model made of it are ordinary words all. Of languages whose words are not listed nothing is a name.
    """
    if not LANGUAGES.issuperset(languages):
        return hypothesis, ()
    repaired: list[Finding] = []
    message = "a name that the model misspelt was put back from the source"
    for match in lost(source, hypothesis.text, languages):
        name = _bare(match[0])
        if match[0] == source.strip() and not _is_translation(hypothesis.text, languages[1]):
            told = Finding("name-restored", message, Severity.INFO, f"{hypothesis.text} → {source}")
            return reworded(hypothesis, 0, len(hypothesis.text), source, match.span()), (told,)
        wrong = _misspelt(name, match, source, hypothesis, languages[1])
        if wrong is None:
            continue
        start, end = wrong.start(), wrong.start() + len(_bare(wrong[0]))
        was = hypothesis.text[start:end]
        hypothesis = reworded(hypothesis, start, end, name, match.span())
        repaired.append(Finding("name-restored", message, Severity.INFO, f"{was} → {name}"))
    return hypothesis, tuple(repaired)


def _misspelt(
    name: str, place: re.Match[str], source: str, hypothesis: Hypothesis, language: str
) -> re.Match[str] | None:
    """The word that the model wrote for a name, where it is no word and looks like the name."""
    own = {word.casefold() for word in _WORD.findall(source)}
    best: tuple[float, re.Match[str]] | None = None
    for match in _WORD.finditer(hypothesis.text):
        word = _bare(match[0])
        if not _linked(match, place, hypothesis) or word.casefold() in own or lexicon.known(word, language):
            continue
        alike = _alike(name, word)
        if alike >= _ALIKE and (best is None or alike > best[0]):
            best = alike, match
    return best[1] if best else None


def _is_translation(text: str, language: str) -> bool:
    words = _WORD.findall(text)
    return bool(words) and all(lexicon.ordinary(word, language) for word in words)


def _linked(match: re.Match[str], place: re.Match[str], hypothesis: Hypothesis) -> bool:
    return any(
        link.source_start < place.end() and link.source_end > place.start()
        and link.target_start < match.end() and link.target_end > match.start()
        for link in hypothesis.links
    )  # fmt: skip


def _alike(name: str, word: str) -> float:
    """How much a word looks like a name, from 0 to 1; 1 where it is the name with something behind it."""
    name, word = name.casefold(), word.casefold()
    return 1.0 if word.startswith(name) else SequenceMatcher(None, name, word, autojunk=False).ratio()


def _bare(word: str) -> str:
    return _ENDING.sub("", word) or word
