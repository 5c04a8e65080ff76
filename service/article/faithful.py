"""Translating sentences and not trusting it: first pass, checks, other decoding options, and the best by the checks.

What stays bad is never passed off as a translation: a sentence that came back empty, looping or untranslated keeps
its source text, with the findings that say why.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice, repeat

from service.article import alignment, check, figures, glossary, headlines, masking, names, transfer
from service.article.alignment import Plain
from service.article.forms import Style
from service.article.glossary import Glossary, Use
from service.article.inline import cut, to_html, to_text
from service.article.markup import parse_inline
from service.article.sentences import Sentence
from service.article.types import Decoding, Finding, Hypothesis, Inline, Severity, Translate, Translation

RETRIES = (
    Decoding(beam_size=4, no_repeat_ngram=3),
    Decoding(beam_size=6, no_repeat_ngram=3, repetition_penalty=1.2),
)
"""What a sentence that fails a check is decoded with again, one after the other, while it fails; then in halves."""

RETRY_SHARE = 0.5
"""Share of an article's sentences that each retry is for at most, the worst first: what bounds its cost."""

_RETRIED = frozenset(
    {"omitted", "negation-changed", "quotes-changed", "office-changed", "non-word", "doubled-word", "left-word"}
)
"""Warnings for which a sentence is decoded again all the same: a reader would be misled by what they tell."""

_CLAUSE = re.compile(
    r"(?<=[;:—–])\s+|(?<=,)\s+(?=(?:but|and|while|which|who|although|because|as|tetapi|dan|namun|yang|sementara"
    r"|sedangkan|karena|meskipun|walaupun|sehingga)\b)"
)
_HALF = 25
"""Characters that each half of a divided sentence has at least."""

_HOPELESS = frozenset({"empty", "repetition", "untranslated", "wrong-language"})
"""Findings after which a reader is better served by the source sentence than by the target."""

_FIGURES = frozenset({"numbers-changed", "unit-changed"})
"""Findings after which a sentence is first decoded again with its figures masked. Of 1,637 sentences with invented
figures 118 stayed flagged after two retries without masks, 10 with masks in both or in the second, 6 in the first."""


_Way = Callable[
    [Sequence[Sentence], Decoding, Callable[[int], None] | None, Sequence[frozenset[str]]],
    Sequence[Translation | None],
]

_LACKS = frozenset({"name-missing", "term-missing"})
"""Findings after which a sentence is translated again with stand-ins for what its translation lacks."""

_NO_TERMS = Glossary()


def translate(
    sentences: Sequence[Sentence],
    source: str,
    target: str,
    *,
    model: Translate,
    terms: Glossary = _NO_TERMS,
    style: Style | None = None,
    genders: frozenset[str] | None = None,
    retry_share: float = RETRY_SHARE,
    progress: Callable[[int], None] | None = None,
) -> list[Translation]:
    """Translations of the sentences, in order, each with the findings that remain after retries.

    `style` says how figures are read and written, by default as in the bare languages. `genders` are those of which
    the whole article speaks (see `gender`), None where that is not known. At most `retry_share` of the sentences are
    tried again at each retry, the worst first. `progress` is told how many more sentences are done, 0 during retries:
    it also keeps a lease alive.
    """
    if not sentences:
        return []
    work = _Work(style or Style(source, target), model, terms, genders)
    best = work.translated(sentences, Decoding(), progress)
    alive = (lambda _: progress(0)) if progress else None
    at_most = math.ceil(retry_share * len(sentences))

    def retry(fails: Callable[[Translation], object], decoding: Decoding, way: _Way, *, masks: bool = True) -> None:
        failing = sorted(
            (i for i, one in enumerate(best) if fails(one)), key=lambda i: -check.badness(best[i].findings)
        )
        again = sorted(failing[:at_most])
        lacking = [_lacks(best[i]) if masks else frozenset() for i in again]
        made = way([sentences[i] for i in again], decoding, alive, lacking) if again else ()
        for index, candidate in zip(again, made, strict=True):
            if candidate and check.badness(candidate.findings) < check.badness(best[index].findings):
                best[index] = candidate

    retry(lambda one: any(finding.code in _LACKS for finding in one.findings), Decoding(), work.translated)
    for number, decoding in enumerate(RETRIES):
        retry(_bad, decoding, work.translated, masks=number == 0)
    retry(_bad, RETRIES[0], work.in_halves)
    return [_honest(translation, sentence) for translation, sentence in zip(best, sentences, strict=True)]


@dataclass(frozen=True, slots=True)
class _Work:
    """What all tries at the sentences of an article have in common."""

    style: Style
    model: Translate
    terms: Glossary
    genders: frozenset[str] | None

    @property
    def languages(self) -> tuple[str, str]:
        return self.style.languages

    def translated(
        self,
        sentences: Sequence[Sentence],
        decoding: Decoding,
        progress: Callable[[int], None] | None,
        lacking: Iterable[Collection[str]] = (),
    ) -> list[Translation]:
        """One translation of each sentence; the names, terms and figures that it is `lacking` are masked."""
        lacks = list(islice(chain(lacking, repeat(frozenset[str]())), len(sentences)))
        contents = [self._content(sentence, lost) for sentence, lost in zip(sentences, lacks, strict=True)]
        ready = [alignment.plain(content) for content in contents]
        used = [self.terms.uses(plain.text) for plain in ready]
        masked = [
            masking.mask(
                plain,
                [use.place for use in uses if use.told in lost and not use.inflected] + names.places(plain.text, lost),
            )
            for plain, uses, lost in zip(ready, used, lacks, strict=True)
        ]
        made: dict[int, Translation] = {}
        again = decoding != Decoding()
        read = [headlines.as_sentence(plain.text, self.languages[0], always=again) for plain, _ in masked]
        for place, raw in self.model(read, *self.languages, decoding=decoding):
            plain, masks = masked[place]
            hypothesis = masking.unmask(_ended_alike(plain.text, raw), masks)
            uses = self.terms.uses(plain.text) if masks else used[place]
            made[place] = self._finished(sentences[place], contents[place], plain, hypothesis, uses, used[place])
            if progress:
                progress(1)
        return [made[place] for place in range(len(sentences))]

    def _content(self, sentence: Sentence, lost: Collection[str]) -> Inline:
        content = figures.masked(sentence.content, self.style, figures.EXPLAINED_ZONE)
        return content if _FIGURES.isdisjoint(lost) else figures.masked(content, self.style)

    def _finished(
        self,
        sentence: Sentence,
        content: Inline,
        plain: Plain,
        hypothesis: Hypothesis,
        uses: Sequence[Use],
        wanted: Sequence[Use],
    ) -> Translation:
        """A hypothesis put right where that is sure, in the sentence's markup, with what the checks find in it."""
        settled = figures.settle(plain.text, hypothesis, self.style)
        hypothesis, restored = names.repair(plain.text, settled.hypothesis, self.languages)
        hypothesis, written = glossary.written(uses, hypothesis)
        placed, findings = transfer.transfer(content, plain, hypothesis)
        source, target = to_text(sentence.content), to_text(placed)
        findings += settled.findings + figures.doubtful(source, self.style)
        findings += restored + written + glossary.findings(wanted, target)
        findings += names.findings(source, target, self.languages, [use.term.source for use in wanted])
        findings += check.check(source, target, *self.languages)
        findings += tuple(check.aligned(plain.text, hypothesis))
        if self.genders is not None:
            findings += tuple(check.gendered(source, target, self.languages, self.genders))
        log = figures.log(sentence.content, placed, self.style, settled.changes, plain.text, hypothesis.text)
        return Translation(
            sentence.segment.id, sentence.block.id, sentence.source, to_html(placed), "model",
            _about(sentence, findings), hypothesis.model, conversions=log,
        )  # fmt: skip

    def in_halves(
        self,
        sentences: Sequence[Sentence],
        decoding: Decoding,
        progress: Callable[[int], None] | None,
        lacking: Iterable[Collection[str]] = (),
    ) -> list[Translation | None]:
        """The sentences that can be divided between clauses, outside of any element, translated half by half."""
        halves = [_halves(sentence) for sentence in sentences]
        pieces = [half for pair in halves if pair for half in pair]
        lost = [terms for pair, terms in zip(halves, lacking, strict=False) if pair for _ in pair]
        made = iter(self.translated(pieces, decoding, progress, lost) if pieces else ())
        return [_joined(sentence, pair[1], next(made), next(made)) if pair else None
                for sentence, pair in zip(sentences, halves, strict=True)]  # fmt: skip


def _bad(translation: Translation) -> bool:
    return any(finding.severity is Severity.ERROR or finding.code in _RETRIED for finding in translation.findings)


def _halves(sentence: Sentence) -> tuple[Sentence, Sentence] | None:
    content = sentence.content
    size = len(content.text)
    places = [
        match.span() for match in _CLAUSE.finditer(content.text, _HALF, max(_HALF, size - _HALF))
        if not any(span.start < match.start() < span.end for span in content.spans)
    ]  # fmt: skip
    if not places:
        return None
    end, start = min(places, key=lambda place: abs(place[0] - size / 2))
    first, second = cut(content, 0, end), cut(content, start, size)
    return (
        replace(sentence, content=first, source=to_html(first)),
        replace(sentence, content=second, source=to_html(second)),
    )


def _joined(sentence: Sentence, rear: Sentence, first: Translation, second: Translation) -> Translation:
    """Both halves as one translation; the second begins small, as in the source."""
    rest = second.target
    if second.source[:1].islower() and rest[1:2].islower():
        rest = rest[:1].lower() + rest[1:]
    findings = tuple(dict.fromkeys(first.findings + second.findings))
    read = len(to_text(sentence.content)) - len(to_text(rear.content))
    written = len(to_text(parse_inline(first.target, [atom.html for atom in sentence.content.atoms]))) + 1
    conversions = first.conversions + tuple(
        replace(
            one,
            source_start=one.source_start + read,
            source_end=one.source_end + read,
            target_start=one.target_start + written,
            target_end=one.target_end + written,
        )
        for one in second.conversions
    )
    target = f"{first.target} {rest}"
    return replace(first, source=sentence.source, target=target, findings=findings, conversions=conversions)


def _lacks(translation: Translation) -> frozenset[str]:
    """The names and the terms (as `Use.told` has them) that it lacks, and the codes of `_FIGURES` that it has."""
    return frozenset(
        finding.code if finding.code in _FIGURES else finding.evidence
        for finding in translation.findings if finding.code in _LACKS | _FIGURES
    )  # fmt: skip


def _ended_alike(source: str, hypothesis: Hypothesis) -> Hypothesis:
    """The hypothesis without the full stop that small models put behind headings and captions."""
    if re.match(r"\w", source[-1:]) and re.match(r"[^\W\d_]{4}\.", hypothesis.text[-5:]):
        return replace(hypothesis, text=hypothesis.text[:-1])
    return hypothesis


def _about(sentence: Sentence, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    return tuple(replace(finding, segment=sentence.segment.id) for finding in findings)


def _honest(translation: Translation, sentence: Sentence) -> Translation:
    if any(finding.code in _HOPELESS for finding in translation.findings):
        return replace(translation, target=sentence.source, origin="source", conversions=())
    return translation
