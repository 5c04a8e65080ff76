"""The terms of a house: where a sentence uses them, and whether its translation has them, in whatever form.

A sentence is translated as it is, for the model reads it best so. A term that the model left as it stood is written
over; where the translation lacks one otherwise, the sentence is translated again with a stand-in in the term's place
(`masking`), and what is still not there is told. Measured in docs/terms.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from service.article.alignment import reworded
from service.article.inflection import stems
from service.article.masking import ARTICLE, Place, fitting
from service.article.types import Finding, Hypothesis, Severity, Term

_TOKEN: Final = re.compile(r"\w+(?:[-'’]\w+)*|[^\w\s]")

_NO_OTHER_WORDS: Final = frozenset({"name", "noun"})
"""Parts of speech for which a translation must have the target itself: kementerian is no form of menteri for them."""


@dataclass(frozen=True, slots=True)
class Use:
    """A term where a sentence uses it, `text[start:end]`; `target` is what its translation must have for that."""

    start: int
    end: int
    term: Term
    target: str
    inflected: bool = False

    @property
    def told(self) -> str:
        """What a finding has as evidence for it."""
        return f"{self.term.source} → {self.target}"

    @property
    def place(self) -> Place:
        """Where a stand-in may be for it. What hangs on an inflected term would be lost with it."""
        return Place(self.start, self.end, self.target)


class Glossary:
    """The terms from one language to another, ready to be looked up: a sentence costs a look for each of its words.

    Where two are for the same words, the one that comes first counts.
    """

    def __init__(self, terms: Iterable[Term] = ()) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], Term]]] = {}
        self._by_word: dict[str, list[tuple[tuple[str, ...], Term]]] = {}
        self._whole: dict[str, list[Term]] = {}
        for term in terms:
            tokens = tuple(_tokens(term.source))
            self._by_first.setdefault(tokens[0].casefold(), []).append((tokens, term))
            self._whole.setdefault(term.source.casefold(), []).append(term)

    def whole(self, text: str) -> str | None:
        """The target of a text that is one term and nothing else; None where it is none."""
        for term in self._whole.get(text.casefold(), ()):
            if term.source == text or not term.case_sensitive:
                target = ARTICLE.sub("", _cased(term, text, initial=True))
                return target[:1].upper() + target[1:] if text[:1].isupper() else target
        return None

    def uses(self, text: str) -> list[Use]:
        """The terms that a sentence uses, in order; where two overlap the first, then the longer."""
        if not self._by_first:
            return []
        words = _tokens(text)
        if not any(map(self._beginning, words)):
            return []
        found: list[Use] = []
        matches = list(_TOKEN.finditer(text))
        index = 0
        while index < len(matches):
            term, size = self._at(words, index)
            if term:
                found.append(_use(term, text, matches[index].start(), matches[index + size - 1].end()))
            index += size
        return found

    def _at(self, words: Sequence[str], index: int) -> tuple[Term | None, int]:
        """The longest term that the words from `index` on are, and how many they are."""
        best, size = None, 1
        for tokens, term in self._beginning(words[index]):
            window = words[index : index + len(tokens)]
            if (best is None or len(tokens) > size) and _same(window, tokens, term, term.source_language):
                best, size = term, len(tokens)
        return best, size

    def _beginning(self, word: str) -> Sequence[tuple[tuple[str, ...], Term]]:
        """The terms whose first word this may be a form of. Most words are in many sentences, and begin none."""
        known = self._by_word.get(word)
        if known is None:
            firsts = _any_stems(word) & self._by_first.keys()
            known = self._by_word[word] = [one for first in sorted(firsts) for one in self._by_first[first]]
        return known


def kept(uses: Sequence[Use], target: str, told: Iterable[Finding]) -> bool:
    """Whether a translation that was made earlier lacks no terms but those that were told of it."""
    return {one.evidence for one in findings(uses, target)} == {
        one.evidence for one in told if one.code == "term-missing"
    }


def missing(uses: Sequence[Use], target: str) -> list[Use]:
    """The uses whose target is not in the translation in any form."""
    if not uses:
        return []
    words = _tokens(target)
    return [use for use in uses if not _has(words, use)]


def findings(uses: Sequence[Use], target: str) -> tuple[Finding, ...]:
    """A finding for each term that the translation lacks."""
    lost = dict.fromkeys(use.told for use in missing(uses, target))
    message = "a term of the glossary is not in the translation"
    return tuple(Finding("term-missing", message, Severity.WARNING, evidence) for evidence in lost)


def written(uses: Sequence[Use], hypothesis: Hypothesis) -> tuple[Hypothesis, tuple[Finding, ...]]:
    """The hypothesis with the targets of terms that the model left as they were in the source, and a finding for each.

    `uses` are those of the plain sentence that it translates.
    """
    told: list[Finding] = []
    for use in missing(uses, hypothesis.text):
        match = re.search(rf"(?<![\w-]){re.escape(use.term.source)}(?!-?\w)", hypothesis.text)
        if match:
            target = fitting(use.target, hypothesis.text[: match.start()])
            hypothesis = reworded(hypothesis, match.start(), match.end(), target, (use.start, use.end))
            message = "a term that the model left as it was is written as the glossary has it"
            told.append(Finding("term-written", message, Severity.INFO, f"{match[0]} → {target}"))
    return hypothesis, tuple(told)


def _use(term: Term, text: str, start: int, end: int) -> Use:
    said = text[start:end]
    defined = re.fullmatch(r"[A-Z\d-]+", said) and text[:start].endswith("(") and text[end:].startswith(")")
    target = said if defined else _cased(term, said, initial=not text[:start].strip())
    return Use(start, end, term, target, _straight(said).casefold() != _straight(term.source).casefold())


def _cased(term: Term, said: str, *, initial: bool = False) -> str:
    """A term's target: where case does not count for the term, in the case of what it stands for."""
    if term.target is None:
        return term.source if term.case_sensitive else said
    if term.case_sensitive or said[:1] == term.source[:1]:
        return term.target
    if said.isupper() and len(said) > 1:
        return term.target.upper()
    words = said.split()
    if all(word[0].isupper() for word in words) and (len(words) > 1 or not initial):  # a title before a name
        return re.sub(r"\b[a-z](?=\w{3})", lambda match: match[0].upper(), term.target)
    return term.target[:1].upper() + term.target[1:]


def _has(words: Sequence[str], use: Use) -> bool:
    wanted = _tokens(ARTICLE.sub("", use.target))
    size = len(wanted)
    derived = use.term.part_of_speech not in _NO_OTHER_WORDS
    return any(
        _same(words[start : start + size], wanted, use.term, use.term.target_language, derived=derived)
        for start in range(len(words) - size + 1)
    )


def _same(words: Sequence[str], wanted: Sequence[str], term: Term, language: str, *, derived: bool = False) -> bool:
    """Whether words are the wanted ones, each as it is or in a form of it."""
    derived = derived or term.part_of_speech == "verb"
    return len(words) == len(wanted) and all(
        word == one or _is_form(word, one, language, derived, term.case_sensitive)
        for word, one in zip(words, wanted, strict=True)
    )


def _is_form(word: str, wanted: str, language: str, derived: bool, case_sensitive: bool) -> bool:
    if case_sensitive:
        word = word[:1].lower() + word[1:] if wanted[:1].islower() else word  # at the start of a sentence
        return wanted in stems(word, language, derived=derived)
    return wanted.casefold() in stems(word.casefold(), language, derived=derived)


@lru_cache(maxsize=1 << 14)
def _any_stems(word: str) -> frozenset[str]:
    """What a word may be a form of, casefolded: `_same` looks closer, by the language and the part of speech."""
    return frozenset(stem.casefold() for stem in stems(word, "en") | stems(word, "id", derived=True))


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(_straight(text))


def _straight(text: str) -> str:
    return text.replace("’", "'")
