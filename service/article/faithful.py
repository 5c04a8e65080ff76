"""Translating sentences and not trusting it: first pass, checks, other decoding options, and the best by the checks.

What stays bad is never passed off as a translation: a sentence that came back empty, looping or untranslated keeps
its source text, with the findings that say why.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from service.article import alignment, check, figures, protect, transfer
from service.article.inline import cut, to_html, to_text
from service.article.sentences import Sentence
from service.article.types import Decoding, Finding, Hypothesis, Severity, Term, Translate, Translation

RETRIES = (
    Decoding(beam_size=4, no_repeat_ngram=3),
    Decoding(beam_size=6, no_repeat_ngram=3, repetition_penalty=1.2),
)
"""What a sentence that fails a check is decoded with again, one after the other, while it fails; then in halves."""

RETRY_SHARE = 0.5
"""Share of an article's sentences that each retry is for at most, the worst first: what bounds its cost."""

_RETRIED = frozenset({"omitted", "negation-changed", "quotes-changed", "office-changed"})
"""Warnings for which a sentence is decoded again all the same: a reader would be misled by what they tell."""

_CLAUSE = re.compile(
    r"(?<=[;:—–])\s+|(?<=,)\s+(?=(?:but|and|while|which|who|although|because|as|tetapi|dan|namun|yang|sementara"
    r"|sedangkan|karena|meskipun|walaupun|sehingga)\b)"
)
_HALF = 25
"""Characters that each half of a divided sentence has at least."""

_HOPELESS = frozenset({"empty", "repetition", "untranslated"})
"""Findings after which a reader is better served by the source sentence than by the target."""


def translate(
    sentences: Sequence[Sentence],
    source: str,
    target: str,
    *,
    model: Translate,
    glossary: Sequence[Term] = (),
    genders: frozenset[str] | None = None,
    retry_share: float = RETRY_SHARE,
    progress: Callable[[int], None] | None = None,
) -> list[Translation]:
    """Translations of the sentences, in order, each with the findings that remain after retries.

    `genders` are those of which the whole article speaks (see `gender`), None where that is not known. At most
    `retry_share` of the sentences are tried again at each retry, the worst first. `progress` is told how many more
    sentences are done, 0 during retries: it also keeps a lease alive.
    """
    if not sentences:
        return []
    alive = (lambda _: progress(0)) if progress else None
    at_most = math.ceil(retry_share * len(sentences))
    translated = partial(_pass, languages=(source, target), model=model, glossary=glossary, genders=genders)
    best = translated(sentences, decoding=Decoding(), progress=progress)

    def retry(again: Callable[[Sequence[Sentence]], Sequence[Translation | None]]) -> None:
        failing = sorted((i for i, one in enumerate(best) if _bad(one)), key=lambda i: -check.badness(best[i].findings))
        tried = sorted(failing[:at_most])
        for index, candidate in zip(tried, again([sentences[i] for i in tried]) if tried else (), strict=True):
            if candidate and check.badness(candidate.findings) < check.badness(best[index].findings):
                best[index] = candidate

    for decoding in RETRIES:
        retry(partial(translated, decoding=decoding, progress=alive))
    retry(lambda failing: _in_halves(failing, partial(translated, decoding=RETRIES[0], progress=alive)))
    return [_honest(translation, sentence) for translation, sentence in zip(best, sentences, strict=True)]


def _bad(translation: Translation) -> bool:
    return any(finding.severity is Severity.ERROR or finding.code in _RETRIED for finding in translation.findings)


def _in_halves(
    sentences: Sequence[Sentence], translated: Callable[[Sequence[Sentence]], Sequence[Translation]]
) -> list[Translation | None]:
    """The sentences that can be divided between clauses, outside of any element, translated half by half."""
    halves = [_halves(sentence) for sentence in sentences]
    pieces = [half for pair in halves if pair for half in pair]
    made = iter(translated(pieces) if pieces else ())
    return [_joined(sentence, next(made), next(made)) if pair else None
            for sentence, pair in zip(sentences, halves, strict=True)]  # fmt: skip


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


def _joined(sentence: Sentence, first: Translation, second: Translation) -> Translation:
    """Both halves as one translation; the second begins small, as in the source."""
    rest = second.target
    if second.source[:1].islower() and rest[1:2].islower():
        rest = rest[:1].lower() + rest[1:]
    findings = tuple(dict.fromkeys(first.findings + second.findings))
    return replace(first, source=sentence.source, target=f"{first.target} {rest}", findings=findings)


def _pass(
    sentences: Sequence[Sentence],
    languages: tuple[str, str],
    model: Translate,
    glossary: Sequence[Term],
    genders: frozenset[str] | None,
    decoding: Decoding,
    progress: Callable[[int], None] | None,
) -> list[Translation]:
    contents = [protect.terms(sentence.content, glossary) for sentence in sentences]
    ready = [alignment.plain(content) for content in contents]
    translations: dict[int, Translation] = {}
    for place, hypothesis in model([plain.text for plain in ready], *languages, decoding=decoding):
        sentence, content, plain = sentences[place], contents[place], ready[place]
        hypothesis, repaired = figures.repair(plain.text, _ended_alike(plain.text, hypothesis), *languages)
        placed, findings = transfer.transfer(content, plain, hypothesis)
        original, written = to_text(sentence.content), to_text(placed)
        findings += repaired + check.check(original, written, *languages)
        findings += tuple(check.aligned(plain.text, hypothesis))
        if genders is not None:
            findings += tuple(check.gendered(original, written, languages, genders))
        translations[place] = Translation(
            sentence.segment.id, sentence.block.id, sentence.source, to_html(placed), "model",
            _about(sentence, findings), hypothesis.model,
        )  # fmt: skip
        if progress:
            progress(1)
    return [translations[place] for place in range(len(sentences))]


def _ended_alike(source: str, hypothesis: Hypothesis) -> Hypothesis:
    """The hypothesis without the full stop that small models put behind headings and captions."""
    if re.search(r"[^\W\d_]{4,}\.$", hypothesis.text) and re.search(r"\w$", source):
        return replace(hypothesis, text=hypothesis.text[:-1])
    return hypothesis


def _about(sentence: Sentence, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    return tuple(replace(finding, segment=sentence.segment.id) for finding in findings)


def _honest(translation: Translation, sentence: Sentence) -> Translation:
    if any(finding.code in _HOPELESS for finding in translation.findings):
        return replace(translation, target=sentence.source, origin="source")
    return translation
