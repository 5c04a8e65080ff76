"""Translating sentences and not trusting it: first pass, checks, other decoding options, and the best by the checks.

What stays bad is never passed off as a translation: a sentence that came back empty, looping or untranslated keeps
its source text, with the findings that say why.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from itertools import chain, repeat

from service.article import alignment, check, figures, glossary, masking, names, transfer
from service.article.glossary import Glossary
from service.article.inline import to_html, to_text
from service.article.sentences import Sentence
from service.article.types import Decoding, Finding, Hypothesis, Severity, Translate, Translation

RETRIES = (
    Decoding(beam_size=4, no_repeat_ngram=3),
    Decoding(beam_size=6, no_repeat_ngram=3, repetition_penalty=1.2),
)
"""What a sentence that fails a check is decoded with again, one after the other, while it fails."""

_HOPELESS = frozenset({"empty", "repetition", "untranslated"})
"""Findings after which a reader is better served by the source sentence than by the target."""

_NO_TERMS = Glossary()


def translate(
    sentences: Sequence[Sentence],
    source: str,
    target: str,
    *,
    model: Translate,
    terms: Glossary = _NO_TERMS,
    progress: Callable[[int], None] | None = None,
) -> list[Translation]:
    """Translations of the sentences, in order, each with the findings that remain after retries.

    `progress` is told how many more sentences are done, 0 during retries: it also keeps a lease alive.
    """
    if not sentences:
        return []
    best = _pass(sentences, source, target, model, terms, Decoding(), progress)
    alive = (lambda _: progress(0)) if progress else None
    for fails, decoding in ((_lacks, Decoding()), *((_bad, one) for one in RETRIES)):
        failing = [index for index, translation in enumerate(best) if fails(translation)]
        if not failing:
            continue
        lacking = [_lacks(best[index]) for index in failing]
        again = _pass([sentences[i] for i in failing], source, target, model, terms, decoding, alive, lacking)
        for index, candidate in zip(failing, again, strict=True):
            if check.badness(candidate.findings) < check.badness(best[index].findings):
                best[index] = candidate
    return [_honest(translation, sentence) for translation, sentence in zip(best, sentences, strict=True)]


def _bad(translation: Translation) -> bool:
    return any(finding.severity is Severity.ERROR for finding in translation.findings)


def _lacks(translation: Translation) -> frozenset[str]:
    """The terms that it lacks, as `Use.told` has them."""
    return frozenset(finding.evidence for finding in translation.findings if finding.code == "term-missing")


def _pass(
    sentences: Sequence[Sentence],
    source: str,
    target: str,
    model: Translate,
    terms: Glossary,
    decoding: Decoding,
    progress: Callable[[int], None] | None,
    lacking: Iterable[Collection[str]] = (),
) -> list[Translation]:
    """One translation of each sentence; the terms that it is `lacking` are masked."""
    ready = [alignment.plain(sentence.content) for sentence in sentences]
    used = [terms.uses(plain.text) for plain in ready]
    masked = [
        masking.mask(plain, [use.place for use in uses if use.told in lost and not use.inflected])
        for plain, uses, lost in zip(ready, used, chain(lacking, repeat(())), strict=False)
    ]
    hypotheses = model([plain.text for plain, _ in masked], source, target, decoding=decoding, progress=progress)
    translations: list[Translation] = []
    for sentence, uses, (plain, masks), raw in zip(sentences, used, masked, hypotheses, strict=True):
        hypothesis = masking.unmask(_ended_alike(plain.text, raw), masks)
        hypothesis, repaired = figures.repair(plain.text, hypothesis, source, target)
        hypothesis, restored = names.repair(plain.text, hypothesis, (source, target))
        hypothesis, written = glossary.written(terms.uses(plain.text) if masks else uses, hypothesis)
        placed, findings = transfer.transfer(sentence.content, plain, hypothesis)
        text = to_text(placed)
        findings += repaired + restored + written + glossary.findings(uses, text)
        findings += check.check(to_text(sentence.content), text, source, target)
        translations.append(
            Translation(sentence.segment.id, sentence.block.id, sentence.source, to_html(placed), "model",
                        _about(sentence, findings), hypothesis.model)
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
        return replace(translation, target=sentence.source, origin="source")
    return translation
