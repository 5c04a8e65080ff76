"""A variant beside its original, sentence by sentence, as readers may see it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from service.article import repair
from service.article.sanitize import words_for_our_pages
from service.article.types import Article, Origin, Severity, Translation, Variant

_SHOWN: Final = frozenset({"fields.kicker", "title", "dek", "body", "image.alt", "image.caption"})
"""The parts that an article's page has, but for the corrections; other fields are the CMS's own."""

_VOUCHED: Final[frozenset[Origin]] = frozenset({"person", "approved"})


@dataclass(frozen=True, slots=True)
class Sentence:
    """One side of a pair, and what it is in: a locale, or a language that is neither of the two's."""

    words: Markup
    tag: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence as it was and as it is now. `id` is the fragment that leads to it; `starts` a new block, in the role
    `role`; `doubts` are the codes of what the checks found in it and no person has vouched for since."""

    id: str
    source: Sentence
    target: Sentence
    origin: Origin
    doubts: tuple[str, ...]
    role: str
    starts: bool


def pairs(article: Article, variant: Variant, corrections: Collection[str] = ()) -> Iterator[Pair]:
    """The sentences of a variant in reading order, each with the text that it was made from: a stale variant is
    beside the original as that was then. `corrections` are the parts with those of them that readers see beside it.

    Nothing of a variant that a person wrote is shown beside what it does not stand for.
    """
    original = article.locale or variant.locale
    spoken = {
        segment.id: segment.language or block.language or original
        for block in repair.working(article).blocks()
        for segment in block.segments
    }
    roles = {block.id: block.role for block in variant.blocks}
    parts = _SHOWN.union(corrections)
    last = ""
    for one in variant.segments:
        if one.block.rpartition(".")[0] not in parts:
            continue
        was = spoken.get(one.segment, original)
        same = one.origin in ("source", "kept")
        yield Pair(
            fragment(one),
            Sentence(words_for_our_pages(one.source), was),
            Sentence(words_for_our_pages(one.target), was if same else variant.locale),
            one.origin,
            doubts(one),
            roles.get(one.block, "p"),
            one.block != last,
        )
        last = one.block


def doubts(one: Translation) -> tuple[str, ...]:
    """The codes of what makes a sentence doubtful, the gravest first."""
    if one.origin in _VOUCHED:
        return ()
    found = sorted(
        (finding for finding in one.findings if finding.severity is not Severity.INFO),
        key=lambda finding: finding.severity is not Severity.ERROR,
    )
    return tuple(dict.fromkeys(finding.code for finding in found))


def first_doubt(variant: Variant) -> str | None:
    """The fragment of the sentence to look at first: one with an error, else one that was left in the original's
    language, else one with a warning."""

    def grave(one: Translation) -> int:
        if one.origin not in _VOUCHED and any(finding.severity is Severity.ERROR for finding in one.findings):
            return 0
        return 1 if one.origin == "source" else 2

    shown = (one for one in variant.segments if one.block.rpartition(".")[0] in _SHOWN)
    found = min((one for one in shown if one.origin == "source" or doubts(one)), key=grave, default=None)
    return fragment(found) if found else None


def fragment(one: Translation) -> str:
    """The sentence's place in the page. A sentence may stand in an article twice, in two blocks."""
    return f"{one.block}-{one.segment}"
