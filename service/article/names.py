"""Names that a model misspelt, put back from the source by the alignment: `Wido` for Widodo is Widodo again.

Small models write names piece by piece and lose some. A capitalised word of the source that is in neither language's
dictionary is a name; where the model's attention leads from it to a word that is in no dictionary either and looks
like it, the name belongs there. A word that the target language knows (`Hezbollah` for Hizbullah) is a translation
and stays. A name of which the translation has nothing is told, and the sentence is to be translated again.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Final

from service.article import lexicon
from service.article.alignment import reworded
from service.article.inflection import stems
from service.article.masking import Place
from service.article.types import Finding, Hypothesis, Severity

_WORD: Final = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_CAPITAL: Final = re.compile(r"[^\W\d_a-zß-öø-ÿ](?<![^\W_].)(?<![^\W\d_][-'’].)[^\W\d_]*(?:[-'’][^\W\d_]+)*")
"""Those that begin with what may be a capital: few. The class is first, so that a sentence is read in one go."""

_ENDING: Final = re.compile(r"(?:['’]s|(?<=s)['’]|-?nya)$")
"""What may hang on a name in either language, and is no part of it."""

_ALIKE: Final = 0.6
"""Least similarity (Ratcliff and Obershelp's ratio) of a name and what it was misspelt to."""

_AKIN: Final = 0.5
"""Least similarity of a name and what may be its translation: Yesus is Jesus, Koreans are Korea."""

_WITHIN: Final = re.compile(r"(?:[\w,]\s+|[\w(/-])$")
"""What is before a word that has its capital for another reason than that a sentence begins."""


@lru_cache(maxsize=1 << 14)
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
    absent = [
        match
        for match in _CAPITAL.finditer(source)
        if is_name(_bare(match[0]), *languages) and not _has(target, match[0])
    ]
    if absent:
        words = {part for word in _WORD.findall(target) for part in {word, *word.split("-")}}
        there = {form for word in words for form in stems(word, languages[1])}
        yield from (match for match in absent if there.isdisjoint(stems(match[0], languages[0])))


def dropped(source: str, target: str, languages: tuple[str, str]) -> Iterator[re.Match[str]]:
    """The names within a sentence of which its translation has nothing, not even a word akin to them.

    Abbreviations are not among them: most have another one, or a full name, in the other language.
    """
    if not lexicon.LANGUAGES.issuperset(languages):
        return
    for match in lost(source, target, languages):
        if not match[0].isupper() and _WITHIN.search(source, 0, match.start()):
            new = set(_WORD.findall(target.casefold())).difference(_WORD.findall(source.casefold()))
            if not any(_akin(_bare(match[0]).casefold(), word) for word in new):
                yield match


def findings(source: str, target: str, languages: tuple[str, str], terms: Sequence[str] = ()) -> tuple[Finding, ...]:
    """A finding for each name that was dropped, but for the words of the sentence's terms."""
    message = "a name of the source is not in the translation"
    known = {word for term in terms for word in _WORD.findall(term)}
    told = dict.fromkeys(_bare(match[0]) for match in dropped(source, target, languages) if match[0] not in known)
    return tuple(Finding("name-missing", message, Severity.WARNING, name) for name in told)


def places(source: str, wanted: Collection[str]) -> list[Place]:
    """Where the sentence has the names that are wanted as they are."""
    if not wanted:
        return []
    found = ((match.start(), _bare(match[0])) for match in _WORD.finditer(source))
    return [Place(start, start + len(name), name) for start, name in found if name in wanted]


def repair(source: str, hypothesis: Hypothesis, languages: tuple[str, str]) -> tuple[Hypothesis, tuple[Finding, ...]]:
    """The hypothesis with the names that the model misspelt as the source has them, and a finding for each.

    `source` is the plain sentence that the hypothesis translates. One that is a single name is that name again, unless
    what the model made of it are ordinary words all. Of languages whose words are not listed nothing is a name.
    """
    if not lexicon.LANGUAGES.issuperset(languages):
        return hypothesis, ()
    repaired: list[Finding] = []
    message = "a name that the model misspelt was put back from the source"
    single = _WORD.fullmatch(source)
    if single and is_name(_bare(source), *languages):
        if hypothesis.text == source or _is_translation(hypothesis.text, languages[1]):
            return hypothesis, ()
        told = Finding("name-restored", message, Severity.INFO, f"{hypothesis.text} → {source}")
        return reworded(hypothesis, 0, len(hypothesis.text), source, single.span()), (told,)
    for match in lost(source, hypothesis.text, languages):
        name = _bare(match[0])
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
    led = [
        (link.target_start, link.target_end)
        for link in hypothesis.links
        if link.source_start < place.end() and link.source_end > place.start()
    ]
    own = {word.casefold() for word in _WORD.findall(source)}
    best: tuple[float, re.Match[str]] | None = None
    for match in _WORD.finditer(hypothesis.text):
        if not any(start < match.end() and end > match.start() for start, end in led):
            continue
        word = _bare(match[0])
        if word.casefold() in own or lexicon.known(word, language):
            continue
        alike = _alike(name, word)
        if alike >= _ALIKE and (best is None or alike > best[0]):
            best = alike, match
    return best[1] if best else None


def _is_translation(text: str, language: str) -> bool:
    words = _WORD.findall(text)
    return bool(words) and all(lexicon.ordinary(word, language) for word in words)


def _alike(name: str, word: str) -> float:
    """How much a word looks like a name, from 0 to 1; 1 where it is the name with something behind it."""
    name, word = name.casefold(), word.casefold()
    return 1.0 if word.startswith(name) else SequenceMatcher(None, name, word, autojunk=False).ratio()


def _has(text: str, word: str) -> bool:
    """Whether a text plainly has a word as it is: where in doubt it has not."""
    start = text.find(word)
    return start >= 0 and not (text[start - 1 : start].isalnum() or text[start + len(word) :][:1].isalnum())


def _akin(name: str, word: str) -> bool:
    """Whether a word has some letters of a name, and in much the same order; both in lower case."""
    return (
        any(name[index : index + 2] in word for index in range(len(name) - 1))
        and SequenceMatcher(None, name, word, autojunk=False).ratio() >= _AKIN
    )


@lru_cache(maxsize=1 << 14)
def _bare(word: str) -> str:
    return _ENDING.sub("", word) or word
