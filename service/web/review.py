"""What people do to a variant: their own translation, an edit of one sentence, approval. Each one transaction.

People outrank machines: what is written here is never replaced by a machine (see `Variant.protected`), and each
sentence goes into the memory as a person's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from service import pipeline
from service.article import check, compose, intake, markup, sentences
from service.article import locale as locales
from service.article.inline import to_html, to_text
from service.article.types import (
    Article,
    Dossier,
    Finding,
    Severity,
    Submission,
    Text,
    Translation,
    Variant,
)
from service.jobs.submit import publish_variant
from service.store import articles, jobs, memory, variants


class Stale(Exception):
    """The variant is of an older text; it is being made anew, or that failed."""


def own_translation(
    connection: Connection,
    dossier: Dossier,
    locale: str,
    submission: Submission,
    by: str | None,
    now: datetime,
) -> None:
    """Make a person's translation of the whole article what readers see, and withdraw the job that would make one.

    Where it has the source's blocks and sentences, its sentences are remembered one by one.
    """
    article = dossier.article
    parts = sentences.segmented(intake.read(submission).parts, locales.language(locale))
    theirs = replace(article, parts=parts, locale=locale)
    by_segment = {one.segment: one for one in compose.source_translations(theirs)}
    blocks = compose.blocks(theirs, by_segment, locales.language(locale))
    own = compose.parts(theirs, blocks)
    made = Variant(
        locale=locale,
        state="reviewed" if by else "needs_review",
        parts={**_defaults(connection, article, locale), **own},
        segments=_aligned(article, theirs),
        blocks=blocks,
        by_person=True,
        reviewed_by=by,
        reviewed_at=now if by else None,
    )
    jobs.withdraw(connection, article.id, locale)
    _remember(connection, article, locale, made.segments, now)
    publish_variant(connection, article, made, dossier.revision, now)


def edit(
    connection: Connection,
    dossier: Dossier,
    locale: str,
    segment: str,
    target: str,
    by: str | None,
    now: datetime,
) -> bool:
    """Replace one sentence, in the proposal where one waits, else in what readers see; False for no such sentence.

    Raises Stale where that was made from an older text than the article's: its sentences are not these.
    """
    stored = variants.get(connection, dossier.article.id, locale)
    if stored is None:
        return False
    variant, revision = stored.variant, stored.revision
    if stored.proposal is not None and stored.proposal_revision is not None:
        variant, revision = stored.proposal, stored.proposal_revision
    if revision != dossier.revision:
        raise Stale
    if segment not in {one.segment for one in variant.segments}:
        return False
    article = dossier.article
    edited = [_edited(one, target, article, locale) if one.segment == segment else one for one in variant.segments]
    made = pipeline.variant(article, locale, edited)
    made = replace(
        made, counts=replace(made.counts, reused=variant.counts.reused, translated=variant.counts.translated)
    )
    if variant.protected:
        made = replace(made, state=variant.state, by_person=variant.by_person, reviewed_by=by or variant.reviewed_by,
                       reviewed_at=now if by else variant.reviewed_at)  # fmt: skip
    _remember(connection, article, locale, [one for one in edited if one.segment == segment], now)
    if variant is stored.proposal:
        variants.propose(connection, article.id, made, revision)
        articles.touch(connection, article.id, now)
    else:
        publish_variant(connection, article, made, revision, now)
    return True


def approve(connection: Connection, dossier: Dossier, locale: str, by: str, now: datetime) -> bool:
    """Make the proposal, or else what readers see, a reviewed variant; False where nothing is made yet."""
    stored = variants.get(connection, dossier.article.id, locale)
    if stored is None or stored.variant.state == "source":
        return False
    variant, revision = stored.variant, stored.revision
    if stored.proposal is not None:
        variant, revision = stored.proposal, stored.proposal_revision or dossier.revision
    approved = replace(variant, state="reviewed", reviewed_by=by, reviewed_at=now)
    vouched = [
        replace(one, origin="person", reused=False) for one in variant.segments if one.origin in ("model", "memory")
    ]
    _remember(connection, dossier.article, locale, vouched, now)
    publish_variant(connection, dossier.article, approved, revision, now)
    return True


def _edited(one: Translation, target: str, article: Article, locale: str) -> Translation:
    """The sentence with a person's target. What checks see in it is told, but is no error: people outrank them."""
    content = markup.parse_inline(target)
    source = markup.parse_inline(one.source)
    found = list(check.check(to_text(source), to_text(content), article.language or "", locales.language(locale)))
    if sorted(span.open for span in content.spans) != sorted(span.open for span in source.spans):
        found.append(Finding("markup-changed", "the inline elements differ from the source's"))
    told = tuple(replace(finding, severity=Severity.INFO, segment=one.segment) for finding in found)
    return replace(one, target=to_html(content), origin="person", findings=told, model=None, reused=False)


def _aligned(article: Article, theirs: Article) -> tuple[Translation, ...]:
    """Sentence by sentence where both have the same blocks with the same number of sentences, else nothing."""
    ours, own = list(sentences.of(article)), list(sentences.of(theirs))
    if [(one.block.id, one.block.role) for one in ours] != [(one.block.id, one.block.role) for one in own]:
        return ()
    return tuple(
        Translation(one.segment.id, one.block.id, one.source, other.source, "person")
        for one, other in zip(ours, own, strict=True)
    )


def _defaults(connection: Connection, article: Article, locale: str) -> dict[str, Text]:
    """The parts that a person did not send (a caption, a field): as the machine made them, else as the source has."""
    stored = variants.get(connection, article.id, locale)
    source = variants.get(connection, article.id, article.locale or "")
    return {
        **(dict(source.variant.parts) if source else {}),
        **(dict(stored.variant.parts) if stored else {}),
    }


def _remember(
    connection: Connection, article: Article, locale: str, translations: Sequence[Translation], now: datetime
) -> None:
    languages = (article.language or "", locales.language(locale))
    memory.remember(connection, article.site, languages, translations, now)
