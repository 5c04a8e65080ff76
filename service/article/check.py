"""Does a translation show that something went wrong? Small pure checks over one sentence.

Each takes the source and the target as plain text with their languages, and gives the findings it makes.
They are deterministic and blind to the model, so they hold for a remembered or a person's translation too.
A check flags what a reader would be misled by, and says in the evidence what it saw.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from service.article import coverage, detect, gender, nonwords, offices, quotes, units
from service.article import negation as negations
from service.article.numbers import Difference, compare
from service.article.types import Finding, Hypothesis, Severity
from service.article.words import FUNCTION_WORDS, WORD, folded, share, tokens, without_addresses

Check = Callable[[str, str, str, str], Iterable[Finding]]

_LONGER_AT_MOST: Final = 2
_LONGER_BY: Final = 40
"""Characters: with both, 0.46 % of human news pairs are out of bounds, nearly all of them misaligned."""

_OWN: Final = {"en": 0.15, "id": 0.05}
"""Share of a language's function words from which nothing more is asked: a text is in it. Others are not told apart."""

_LEFT_OUT: Final = 5
_LEFT_OUT_FAR: Final = 8
"""Words in a row that nothing came from: 2 % of sentences have five, and what they say is missing in nearly all."""

_UNLIKELY: Final = -100.0
_UNSURE: Final = -1.2
"""Bounds of a mean log-probability of a piece that is worth a look: the lowest hundredth with the bundled models."""

_OF_NAMES: Final = frozenset({"of", "the", "and", "for", "dan", "untuk"})
"""Function words that names are made with: Centre for Eastern Studies, Coalition of the Willing."""

_BOTH: Final = frozenset({"per", "in", "at", "a"})
"""Function words of one language that are words of the other too."""

_TWICE: Final = re.compile(r"\b(?!had\b|that\b)([^\W\d_]{3,})\s+\1\b", re.IGNORECASE)
_LETTERS_AGAIN: Final = re.compile(r"([^\W\d_])\1{4,}|(?=[^\W\d_]{8})([^\W\d_]{2,12}?)\2{3,}")
"""The eight letters are what four times two are: looked for first, they save most words the rest."""
_LOST: Final = re.compile("[\u2047\ufffd]")
_TOKEN: Final = re.compile(r"\w+(?:['’\-]\w+)*")
"""A word or a figure: "6.4 percent, 6.5 percent" is no loop."""


def empty(source: str, target: str, source_language: str, target_language: str) -> Iterator[Finding]:
    """A source with words, and nothing in its place.

    >>> [finding.code for finding in empty("Prices rose.", " ", "en", "id")]
    ['empty']
    """
    if _TOKEN.search(source) and not target.strip():
        yield Finding("empty", "The translation is empty.", Severity.ERROR, source)


def untranslated(source: str, target: str, source_language: str, target_language: str) -> Iterator[Finding]:
    """The source again, or words of its language where those of the target's should be.

    Names, figures, addresses and titles stay the same with good reason: only a source with prose in it (words
    in lower case, or function words other than those of names) can be untranslated.

    >>> [finding.code for finding in untranslated("The talks are over.", "The talks are over.", "en", "id")]
    ['untranslated']
    >>> list(untranslated("Centre for Eastern Studies", "Centre for Eastern Studies", "en", "id"))
    []
    """
    if source_language == target_language:
        return
    source, target = without_addresses(source), without_addresses(target)
    listed = FUNCTION_WORDS.get(source_language, frozenset())
    written = WORD.findall(source)
    words, theirs = folded(written), tokens(target)
    there = set(theirs)
    lower = [word for word in written if word.islower()]
    if sum(word in there for word in lower) >= 0.8 * len(lower):  # as it is of few translations: now exactly
        prose = Counter(lower)
        content = Counter({word: count for word, count in prose.items() if word not in listed})
        kept, kept_content = (prose & Counter(theirs)).total(), (content & Counter(theirs)).total()
        telling = content.total() >= 2 or not (listed - _OF_NAMES).isdisjoint(words)
        same = len(words) >= 4 and words == theirs and telling
        nearly = kept >= 0.8 * prose.total() and kept_content >= 0.7 * content.total()
        if same or (prose.total() >= 3 and content and nearly):
            yield Finding("untranslated", "The sentence was not translated.", Severity.ERROR, target)
            return
    foreign = [word for word in theirs if word in listed]
    own = sum(word in FUNCTION_WORDS.get(target_language, frozenset()) for word in theirs)
    if len(foreign) >= 4 and len(set(foreign)) >= 3 and len(foreign) > 2 * own:
        found = ", ".join(dict.fromkeys(foreign))
        message = "Much of the translation is in the language of the source."
        yield Finding("untranslated", message, Severity.ERROR, found)
        return
    yield from _left_word(frozenset(words), target, source_language, target_language)


def _left_word(said: frozenset[str], target: str, source_language: str, target_language: str) -> Iterator[Finding]:
    """A function word of the source's language that was left as it is, however well the rest is translated. Beside a
    capital English ones are passed over in Indonesian, where titles stay English (*Call of Duty*)."""
    theirs = FUNCTION_WORDS.get(source_language, frozenset()) - FUNCTION_WORDS.get(target_language, frozenset()) - _BOTH
    left, words = theirs & said, WORD.findall(target)
    if left.isdisjoint(words):
        return
    near = zip(["", *words], words, [*words[1:], ""], strict=False)
    for before, word, after in near:
        title = target_language == "id" and (before[:1].isupper() or after[:1].isupper())
        if word in left and not title:
            yield Finding("left-word", "A word was left in the source's language.", Severity.WARNING, word)
            return


def wrong_language(source: str, target: str, source_language: str, target_language: str) -> Iterator[Finding]:
    """A translation that is surely in some third language, where the source is not in it, too (a title, a quotation).

    >>> said = "Le gouvernement a annoncé que les nouvelles écoles seront construites cette année dans la province."
    >>> [finding.evidence for finding in wrong_language("Sekolah baru akan dibangun.", said, "id", "en")]
    ['fr']
    """
    if share(tokens(target), target_language) >= _OWN.get(target_language, 0.0):
        return
    found = detect.block_language(target, target_language)
    near = {source_language, "ms"}  # of Malay and Indonesian a headline may be either
    if found and found not in near and found != detect.block_language(source, source_language):
        yield Finding("wrong-language", "The translation is in another language.", Severity.ERROR, found)


def repetition(source: str, target: str, source_language: str, target_language: str) -> Iterator[Finding]:
    """A loop: the same words, or the same letters, over and over where the source does not repeat itself.

    >>> [finding.evidence for finding in repetition("At the end.", "di akhir di akhir di akhir", "en", "id")]
    ['di akhir di akhir di akhir']
    >>> [finding.evidence for finding in repetition("Help!", "ZZZZZZZZ", "en", "id")]
    ['ZZZZZZZZ']
    >>> list(repetition("Ha ha ha ha!", "Ha ha ha ha!", "en", "id"))
    []
    """
    looped = _loop(_TOKEN.findall(target.casefold()))
    if looped and not _loop(_TOKEN.findall(source.casefold())):
        yield Finding("repetition", "The translation repeats itself.", Severity.ERROR, " ".join(looped))
        return
    letters = _LETTERS_AGAIN.search(target)
    if letters and not _LETTERS_AGAIN.search(source):
        yield Finding("repetition", "The translation repeats itself.", Severity.ERROR, letters[0])


def doubled_word(source: str, target: str, source_language: str, target_language: str) -> Iterator[Finding]:
    """An English word said twice on end, where the source says none twice. Not so in Indonesian, where that may be how
    a plural or an adverb is written in haste (*pelan pelan*).

    >>> said = "The governor officially officially opened the bridge."
    >>> [finding.evidence for finding in doubled_word("Gubernur resmi membuka jembatan.", said, "id", "en")]
    ['officially officially']
    """
    if target_language == "en" and (twice := _TWICE.search(target)) and not _TWICE.search(source):
        yield Finding("doubled-word", "A word is said twice.", Severity.WARNING, twice[0])


def _loop(words: list[str]) -> list[str]:
    """The longest run of one to eight words repeated at once, as it stands; empty where there is none.

    Up to three words may be said twice ("baik baik saja"); three times, or four words twice, is a loop.
    """
    best: list[str] = []
    if len(words) - len(set(words)) < 2:
        return best
    for size in range(1, 9):
        needed = 3 if size < 4 else 2
        same = 0
        for index in range(size, len(words)):
            same = same + 1 if words[index] == words[index - size] else 0
            if same >= size * (needed - 1) and same + size > len(best):
                best = words[index - same - size + 1 : index + 1]
    return best


def numbers_changed(source: str, target: str, source_language: str, target_language: str) -> Iterator[Finding]:
    """Figures lost or made up. Words for numbers, other notations and another order are no change.

    >>> [finding.evidence for finding in numbers_changed("1.5 million, 20%", "1,5 miliar, 20%", "en", "id")]
    ['missing: 1.5 million; added: 1,5 miliar']
    """
    difference = compare(source, target, source_language, target_language)
    if difference:
        message = "The numbers of the translation are not those of the source."
        yield Finding("numbers-changed", message, Severity.ERROR, _said(difference))


def _said(difference: Difference) -> str:
    sides = {"missing": difference.missing, "added": difference.added}
    texts = {side: {f.start: f.text for f in figures}.values() for side, figures in sides.items() if figures}
    return "; ".join(f"{side}: {', '.join(each)}" for side, each in texts.items())


def unit_changed(source: str, target: str, source_language: str, target_language: str) -> Iterator[Finding]:
    """A unit beside a figure (percent, currency, measure, time zone) that is nowhere in the target; a currency made up.

    >>> [finding.evidence for finding in unit_changed("It cost $28.", "Biayanya Rp28.", "en", "id")]
    ['missing: dollar; added: rupiah']
    """
    sides = {"missing": units.lost(source, target), "added": units.gained(source, target)}
    if evidence := "; ".join(f"{side}: {', '.join(kinds)}" for side, kinds in sides.items() if kinds):
        message = "The units of the translation are not those of the source."
        yield Finding("unit-changed", message, Severity.ERROR, evidence)


def length(source: str, target: str, source_language: str, target_language: str) -> Iterator[Finding]:
    """Far longer or shorter than the source: something was made up, or the end is missing.

    >>> [finding.message for finding in length("Well. " * 40, "Baik.", "en", "id")]
    ['The translation is much shorter than the source.']
    """
    ours, theirs = len(source.strip()), len(target.strip())
    evidence = f"{ours} characters became {theirs}"
    if theirs > _LONGER_AT_MOST * ours + _LONGER_BY:
        yield Finding("length", "The translation is much longer than the source.", Severity.WARNING, evidence)
    elif ours > _LONGER_AT_MOST * theirs + _LONGER_BY:
        yield Finding("length", "The translation is much shorter than the source.", Severity.WARNING, evidence)


def unknown_characters(source: str, target: str, source_language: str, target_language: str) -> Iterator[Finding]:
    """Characters that the model did not know: a reader sees `⁇` or `\ufffd` in their place.

    >>> [finding.evidence for finding in unknown_characters("Erdoğan 😀", "Erdoğan ⁇", "en", "id")]
    ['Erdoğan ⁇']
    """
    lost = _LOST.search(target)
    if lost and not _LOST.search(source):
        evidence = target[max(0, lost.start() - 20) : lost.end() + 20]
        yield Finding("unknown-characters", "A character was lost in translation.", Severity.ERROR, evidence)


def negation(source: str, target: str, source_language: str, target_language: str) -> Iterator[Finding]:
    """A negation that one side has and nothing on the other side can stand for.

    >>> [finding.message for finding in negation("He will not come.", "Dia akan datang.", "en", "id")]
    ['A negation of the source is missing.']
    >>> [finding.evidence for finding in negation("Dia akan datang.", "He will never come.", "id", "en")]
    ['never']
    """
    if said := negations.lost(source, target, source_language, target_language):
        severity = _gravity(source, source_language)
        yield Finding("negation-changed", "A negation of the source is missing.", severity, said)
    elif said := negations.lost(target, source, target_language, source_language):
        severity = _gravity(target, target_language)
        yield Finding("negation-changed", "The translation denies what the source does not.", severity, said)


def _gravity(denying: str, language: str) -> Severity:
    return Severity.ERROR if negations.sure(denying, language) else Severity.WARNING


def quotation(source: str, target: str, source_language: str, target_language: str) -> Iterator[Finding]:
    """Quotation marks lost or made up: where somebody's words begin and end.

    >>> [finding.evidence for finding in quotation("“Yes,” he said.", "“Ya, katanya.", "en", "id")]
    ['2 marks became 1']
    """
    ours, theirs = quotes.marks(source), quotes.marks(target)
    if ours != theirs:
        message = "The quotation marks are not those of the source."
        yield Finding("quotes-changed", message, Severity.WARNING, f"{ours} marks became {theirs}")


def office(source: str, target: str, source_language: str, target_language: str) -> Iterator[Finding]:
    """Another office, rank or title than the source names.

    >>> [f.evidence for f in office("Gubernur Anies datang.", "President Anies came.", "id", "en")]
    ['Gubernur became President']
    """
    if found := offices.changed(source, target, source_language, target_language):
        message = "An office or a title is not that of the source."
        yield Finding("office-changed", message, Severity.WARNING, f"{found[0]} became {found[1]}")


def non_word(source: str, target: str, source_language: str, target_language: str) -> Iterator[Finding]:
    """Words that there are not: the model put pieces together that make none.

    >>> [f.evidence for f in non_word("Dia meminta penggantian.", "He asked for reimbursation.", "id", "en")]
    ['reimbursation']
    """
    if target_language == "en" and (words := ", ".join(dict.fromkeys(nonwords.found(source, target)))):
        yield Finding("non-word", "The translation has words that there are not.", Severity.WARNING, words)


CHECKS: Final[tuple[Check, ...]] = (
    empty,
    untranslated,
    wrong_language,
    repetition,
    doubled_word,
    numbers_changed,
    unit_changed,
    length,
    unknown_characters,
    negation,
    quotation,
    office,
    non_word,
)
"""What can be seen of any translation, whoever made it."""


def check(source: str, target: str, source_language: str, target_language: str) -> tuple[Finding, ...]:
    """What all checks find; an empty translation has no other fault than that.

    Quotations that were in the target's language already are nobody's translation.
    """
    findings: list[Finding] = []
    source, target = quotes.without_carried(source, target, source_language, target_language)
    for each in CHECKS:
        findings += each(source, target, source_language, target_language)
        if findings and findings[-1].code == "empty":
            break
    return tuple(findings)


def aligned(source: str, hypothesis: Hypothesis) -> Iterator[Finding]:
    """What only the alignment and the score of a model's own answer can tell: words it left out, speakers that it
    confused, and that it was not sure. `source` is the plain sentence that it was given."""
    count, words = coverage.left_out(source, hypothesis)
    if count >= _LEFT_OUT and hypothesis.text:
        severity = Severity.ERROR if count >= _LEFT_OUT_FAR else Severity.WARNING
        yield Finding("omitted", "Words of the source are left out of the translation.", severity, words)
    for quotation in quotes.moved(source, hypothesis):
        message = "A quotation has words in it that are not quoted in the source."
        yield Finding("quotes-changed", message, Severity.WARNING, quotation)
    if _UNLIKELY <= hypothesis.score < _UNSURE:
        evidence = f"log-probability {hypothesis.score:.2f}"
        yield Finding("low-confidence", "The model was not sure of this translation.", Severity.WARNING, evidence)


def gendered(source: str, target: str, languages: tuple[str, str], told: frozenset[str]) -> Iterator[Finding]:
    """A *he* or *she* for an Indonesian *dia* where the article, which speaks of the genders `told`, bears neither out.

    >>> [f.evidence for f in gendered("Dia datang.", "She came.", ("id", "en"), frozenset({"male"}))]
    ['She']
    """
    if languages == ("id", "en") and (pronoun := gender.guessed(source, target, told)):
        message = "The source does not say whether this is a man or a woman."
        yield Finding("gender-guessed", message, Severity.WARNING, pronoun)


_ORDER: Final = (Severity.INFO, Severity.WARNING, Severity.ERROR)

_BADNESS: Final = {
    "empty": 1000,
    "untranslated": 300,
    "wrong-language": 300,
    "repetition": 300,
    "numbers-changed": 100,
    "unknown-characters": 50,
    "term-missing": 40,
    "omitted": 90,
    "length": 20,
}


def worst(findings: Iterable[Finding]) -> Severity | None:
    """The gravest severity among the findings, None where there are none.

    >>> worst([Finding("length", "…"), Finding("empty", "…", Severity.ERROR)])
    <Severity.ERROR: 'error'>
    """
    return max((finding.severity for finding in findings), key=_ORDER.index, default=None)


def badness(findings: Iterable[Finding]) -> int:
    """A sort key for choosing between translations of one sentence: less is better, 0 is without findings."""
    other = {Severity.ERROR: 100, Severity.WARNING: 20, Severity.INFO: 1}
    return sum(_BADNESS.get(finding.code, other[finding.severity]) for finding in findings)
