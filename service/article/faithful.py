"""Translating sentences and not trusting it: first pass, checks, other decoding options, and the best by the checks.

What stays bad is never passed off as a translation: a sentence that came back empty, looping or untranslated keeps
its source text, with the findings that say why.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import compress

from service.article import alignment, check, figures, protect, transfer
from service.article.forms import Style
from service.article.inline import to_html, to_text
from service.article.sentences import Sentence
from service.article.types import Decoding, Finding, Hypothesis, Severity, Term, Translate, Translation

RETRIES = (
    Decoding(beam_size=4, no_repeat_ngram=3),
    Decoding(beam_size=6, no_repeat_ngram=3, repetition_penalty=1.2),
)
"""What a sentence that fails a check is decoded with again, one after the other, while it fails."""

_HOPELESS = frozenset({"empty", "repetition", "untranslated"})
"""Findings after which a reader is better served by the source sentence than by the target."""

_FIGURES = frozenset({"numbers-changed", "unit-changed"})
"""Findings after which a sentence is first decoded again with its figures masked. Of 1,637 sentences with invented
figures 118 stayed flagged after two retries without masks, 10 with masks in both or in the second, 6 in the first."""


def translate(
    sentences: Sequence[Sentence],
    source: str,
    target: str,
    *,
    model: Translate,
    glossary: Sequence[Term] = (),
    style: Style | None = None,
    progress: Callable[[int], None] | None = None,
) -> list[Translation]:
    """Translations of the sentences, in order, each with the findings that remain after retries.

    `style` says how figures are read and written, by default as in the bare languages. `progress` is told how many
    more sentences are done, 0 during retries: it also keeps a lease alive.
    """
    if not sentences:
        return []
    style = style or Style(source, target)
    best = _pass(sentences, style, model, glossary, Decoding(), progress)
    alive = (lambda _: progress(0)) if progress else None
    for number, decoding in enumerate(RETRIES):
        failing = [index for index, translation in enumerate(best) if _bad(translation)]
        if not failing:
            break
        masked = [
            number == 0 and not _FIGURES.isdisjoint(finding.code for finding in best[i].findings) for i in failing
        ]
        again = _pass([sentences[i] for i in failing], style, model, glossary, decoding, alive, masked)
        for index, candidate in zip(failing, again, strict=True):
            if check.badness(candidate.findings) < check.badness(best[index].findings):
                best[index] = candidate
    return [_honest(translation, sentence) for translation, sentence in zip(best, sentences, strict=True)]


def _bad(translation: Translation) -> bool:
    return any(finding.severity is Severity.ERROR for finding in translation.findings)


def _pass(
    sentences: Sequence[Sentence],
    style: Style,
    model: Translate,
    glossary: Sequence[Term],
    decoding: Decoding,
    progress: Callable[[int], None] | None,
    masked: Sequence[bool] = (),
) -> list[Translation]:
    """One pass over the sentences; those that are `masked` without their figures in the text."""
    source, target = style.languages
    contents = [protect.terms(sentence.content, glossary) for sentence in sentences]
    contents = [figures.masked(content, style, figures.EXPLAINED_ZONE) for content in contents]
    for index in compress(range(len(contents)), masked):
        contents[index] = figures.masked(contents[index], style)
    ready = [alignment.plain(content) for content in contents]
    hypotheses = model([plain.text for plain in ready], source, target, decoding=decoding, progress=progress)
    translations: list[Translation] = []
    for sentence, content, plain, hypothesis in zip(sentences, contents, ready, hypotheses, strict=True):
        settled = figures.settle(plain.text, _ended_alike(plain.text, hypothesis), style)
        placed, findings = transfer.transfer(content, plain, settled.hypothesis)
        ours, theirs = to_text(sentence.content), to_text(placed)
        findings += settled.findings + figures.doubtful(ours, style) + check.check(ours, theirs, source, target)
        log = figures.log(sentence.content, placed, style, settled.changes, plain.text, settled.hypothesis.text)
        translations.append(
            Translation(sentence.segment.id, sentence.block.id, sentence.source, to_html(placed), "model",
                        _about(sentence, findings), hypothesis.model, conversions=log)
        )  # fmt: skip
    return translations


def _ended_alike(source: str, hypothesis: Hypothesis) -> Hypothesis:
    """The hypothesis without the full stop that small models put behind headings and captions."""
    if re.search(r"[^\W\d_]{4,}\.$", hypothesis.text) and re.search(r"\w$", source):
        return replace(hypothesis, text=hypothesis.text[:-1])
    return hypothesis


def _about(sentence: Sentence, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    return tuple(replace(finding, segment=sentence.segment.id) for finding in findings)


def _honest(translation: Translation, sentence: Sentence) -> Translation:
    if any(finding.code in _HOPELESS for finding in translation.findings):
        return replace(translation, target=sentence.source, origin="source", conversions=())
    return translation
