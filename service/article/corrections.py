"""The corrections of an article as an edition shows them: at once, whichever text of the article readers see there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from service.article import repair
from service.article.types import Article, Dossier, Edition, Part, Text, Variant


@dataclass(frozen=True, slots=True)
class Shown:
    """A correction: the part `name` of `variant`, which is the source's own where nothing is `translated` yet."""

    at: datetime
    name: str
    variant: Variant
    translated: bool

    @property
    def text(self) -> Text:
        """What it says."""
        return self.variant.parts[self.name]


def shown(dossier: Dossier, edition: Edition, variant: Variant) -> Iterator[Shown]:
    """The corrections beside `variant`, which `edition` shows.

    Where that is of an older text, newer corrections are taken from what was made of them first, or from the proposal
    that waits, and until there is one from the source; a correction is known by its sentences, not by its place among
    the others.
    """
    article = dossier.article
    original = dossier.edition(article.locale) if article.locale else None
    stale = edition.state == "stale"
    older = [(one, _by_sentences(one)) for one in (variant, variant.early) if one and stale]
    parts = repair.working(article).parts if stale else ()
    sentences = {part.name: _ids(part) for part in parts}
    for number, correction in enumerate(article.corrections):
        name = f"corrections.{number}"
        places = [(one, known.get(sentences.get(name, ()), "")) for one, known in older] or [(variant, name)]
        if stale and edition.proposal:
            places.append((edition.proposal, name))
        if stale and original and original.variant:
            places.append((original.variant, name))
        found = next((place for place in places if place[1] in place[0].parts), None)
        if found:
            yield Shown(correction.at, found[1], found[0], found[0] is variant or found[0].state != "source")


def new(article: Article, variant: Variant) -> Article | None:
    """The article with nothing in it but the corrections that a variant of an older text has not; None where it has
    them all."""
    known = {ids for one in (variant, variant.early) if one for ids in _by_sentences(one)}
    article = repair.working(article)
    parts = tuple(part for part in article.parts if _is_correction(part.name) and _ids(part) not in known)
    return replace(article, parts=parts) if parts else None


def _is_correction(part: str) -> bool:
    return part.startswith("corrections.")


def _ids(part: Part) -> tuple[str, ...]:
    return tuple(piece.id for block in part.blocks for piece in block.segments)


def _by_sentences(variant: Variant) -> dict[tuple[str, ...], str]:
    """The parts that are corrections, by the ids of their sentences, which are made from the source's text."""
    parts: dict[str, list[str]] = {}
    for one in variant.segments:
        name = one.block.rpartition(".")[0]
        if _is_correction(name):
            parts.setdefault(name, []).append(one.segment)
    return {tuple(ids): name for name, ids in parts.items()}
