"""What people do to a variant: their own translation, an edit of one sentence, approval. Each one transaction.

People outrank machines: what is written here is never replaced by a machine (see `Variant.protected`), and each
sentence goes into the memory as a person's. Nobody vouches for what they have not read: an edit or an approval of
what is of an older text, or of another than the one that was read, is refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from service import pipeline
from service.article import check, fragment, intake, markup, own, repair, reuse, sentences, tree
from service.article import locale as locales
from service.article.inline import to_text
from service.article.types import (
    Article,
    Dossier,
    Finding,
    Format,
    Refusal,
    Severity,
    Submission,
    Translation,
    Variant,
)
from service.jobs.submit import publish_variant
from service.store import articles, jobs, memory, variants
from service.store.variants import Stored


class NotMade(Exception):
    """Nothing is made of this locale yet."""


class Stale(Exception):
    """What is to be changed is of an older text. `waiting`: the proposal of the current text is there already, else
    it is being made, or that failed."""

    def __init__(self, *, waiting: bool) -> None:
        super().__init__()
        self.waiting = waiting


class UnknownSegment(Exception):
    """There is no such sentence here; `elsewhere`: but there is in the other one of proposal and what readers see."""

    def __init__(self, *, elsewhere: bool) -> None:
        super().__init__()
        self.elsewhere = elsewhere


class OtherRevision(Exception):
    """What would be approved is of another revision, `args[0]`, than the one that was read."""


def own_translation(
    connection: Connection,
    dossier: Dossier,
    locale: str,
    now: datetime,
    *,
    submission: Submission,
    by: str | None,
) -> None:
    """Make a person's translation of the article what readers see, and withdraw the job that would make one.

    What it has the source's sentences for is remembered, sentence by sentence. Raises Refusal.
    """
    article = repair.working(dossier.article)
    sent = sentences.segmented(intake.read(submission).parts, locales.language(locale))
    stored = variants.get(connection, article.id, locale)
    earlier = stored.variant.own if stored is not None and stored.revision == dossier.revision else ()
    parts, translations = own.framed(article, sent, earlier, _known(stored))
    made = replace(
        pipeline.variant(own.frame(article, parts), locale, translations),
        state="reviewed" if by else "needs_review",
        own=parts,
        repaired=0,
        by_person=True,
        reviewed_by=by,
        reviewed_at=now if by else None,
    )
    names = {part.name for part in sent}
    theirs = {block.id for part in parts if part.name in names for block in part.blocks}
    jobs.withdraw(connection, article.id, locale)
    _remember(connection, article, locale, [one for one in translations if one.block in theirs], now)
    publish_variant(connection, article, made, dossier.revision, now)


def edit(
    connection: Connection, dossier: Dossier, locale: str, now: datetime, *, segment: str, target: str, by: str | None
) -> None:
    """Replace one sentence of what readers see.

    Where it is reviewed, `by` vouches for it from now on: nobody may stand for words that another wrote.
    Raises NotMade, UnknownSegment, Stale, and Refusal for a target that is none.
    """
    article = repair.working(dossier.article)
    stored = _made(connection, dossier, locale)
    variant = stored.variant
    _check_segment(segment, variant, stored.proposal)
    if stored.revision != dossier.revision:
        raise Stale(waiting=stored.proposal_revision == dossier.revision)
    reviewed = variant.state == "reviewed"
    if reviewed and not by:
        raise Refusal("by-missing", "by", f"{variant.reviewed_by} approved the variant; say in `by` who edits it")
    made = _with_edit(connection, article, variant, segment, target, now)
    if variant.protected:
        made = replace(made, state=variant.state, own=variant.own, by_person=variant.by_person,
                       repaired=variant.repaired,
                       reviewed_by=by if reviewed else None, reviewed_at=now if reviewed else None)  # fmt: skip
    publish_variant(connection, article, made, stored.revision, now)


def edit_proposal(
    connection: Connection, dossier: Dossier, locale: str, now: datetime, *, segment: str, target: str
) -> None:
    """Replace one sentence of the proposal that waits. Raises NotMade, UnknownSegment, Stale and Refusal."""
    article = repair.working(dossier.article)
    stored = _made(connection, dossier, locale)
    _check_segment(segment, stored.proposal, stored.variant)
    if stored.proposal is None or stored.proposal_revision != dossier.revision:
        raise Stale(waiting=False)
    made = _with_edit(connection, article, stored.proposal, segment, target, now)
    variants.propose(connection, article.id, made, dossier.revision)
    articles.touch(connection, article.id, now)


def approve(connection: Connection, dossier: Dossier, locale: str, now: datetime, *, by: str, read: int | None) -> None:
    """Make the proposal, or else what readers see, a reviewed variant.

    `read` is the article's revision that the person read it in. Raises NotMade, OtherRevision, and Stale where it is
    not of the current text: to approve that would keep the newer text from readers.
    """
    stored = _made(connection, dossier, locale)
    variant, revision = stored.variant, stored.revision
    if stored.proposal is not None and stored.proposal_revision is not None:
        variant, revision = stored.proposal, stored.proposal_revision
    if read not in (None, revision):
        raise OtherRevision(revision)
    if revision != dossier.revision:
        raise Stale(waiting=False)
    segments = tuple(
        replace(one, origin="approved") if one.origin in ("model", "memory") else one for one in variant.segments
    )
    approved = replace(variant, state="reviewed", segments=segments, unreviewed=(),
                       reviewed_by=by, reviewed_at=now)  # fmt: skip
    vouched = [
        replace(new, reused=False) for new, old in zip(segments, variant.segments, strict=True) if new is not old
    ]
    _remember(connection, repair.working(dossier.article), locale, vouched, now)
    publish_variant(connection, dossier.article, approved, revision, now)


def _made(connection: Connection, dossier: Dossier, locale: str) -> Stored:
    stored = variants.get(connection, dossier.article.id, locale)
    if stored is None or stored.variant.state == "source":
        raise NotMade
    return stored


def _check_segment(segment: str, variant: Variant | None, other: Variant | None) -> None:
    def has(one: Variant | None) -> bool:
        return one is not None and any(each.segment == segment for each in one.segments)

    if not has(variant):
        raise UnknownSegment(elsewhere=has(other))


def _with_edit(
    connection: Connection, article: Article, variant: Variant, segment: str, target: str, now: datetime
) -> Variant:
    """The variant with a sentence that a person wrote, which is remembered."""
    frame = own.frame(article, variant.own) if variant.own else article
    formats = {block.id: block.format for block in frame.blocks()}
    edited = [
        _edited(one, target, formats[one.block], article, variant.locale) if one.segment == segment else one
        for one in variant.segments
    ]
    _remember(connection, article, variant.locale, [one for one in edited if one.segment == segment], now)
    made = pipeline.variant(frame, variant.locale, edited)
    counts = replace(made.counts, reused=variant.counts.reused, translated=variant.counts.translated)
    unreviewed = tuple(one for one in variant.unreviewed if one != segment)
    return replace(made, counts=counts, unreviewed=unreviewed, state="needs_review" if unreviewed else made.state)


def _edited(one: Translation, target: str, format: Format, article: Article, locale: str) -> Translation:
    """The sentence with a person's target. What checks see in it is told, but is no error: people outrank them."""
    source = markup.parse_inline(one.source, None)
    try:
        stored = fragment.checked(target, source, format)
    except tree.MarkupError as error:
        raise Refusal("target-refused", "target", str(error)) from error
    content = markup.parse_inline(stored, [atom.html for atom in source.atoms])
    found = list(check.check(to_text(source), to_text(content), article.language or "", locales.language(locale)))
    if sorted(span.open for span in content.spans) != sorted(span.open for span in source.spans):
        found.append(Finding("markup-changed", "the inline elements differ from the source's"))
    told = tuple(replace(finding, severity=Severity.INFO, segment=one.segment) for finding in found)
    return replace(one, target=stored, origin="person", findings=told, model=None, reused=False, conversions=())


def _known(stored: Stored | None) -> dict[str, Translation]:
    """What was made of sentences, by segment; what readers see before what waits beside it."""
    if stored is None:
        return {}
    proposed = stored.proposal.segments if stored.proposal else ()
    return {one.segment: one for one in (*proposed, *stored.variant.segments)}


def _remember(
    connection: Connection, article: Article, locale: str, translations: Sequence[Translation], now: datetime
) -> None:
    """Keep what people wrote or approved, but for whole blocks: only sentences are ever looked up."""
    languages = (article.language or "", locales.language(locale))
    found = [one for one in translations if one.segment != one.block]
    items = list(sentences.of(article))
    keys = reuse.keys([item.source for item in items], *languages)
    contexts = {item.segment.id: under.context for item, under in zip(items, keys, strict=True)}
    memory.remember(connection, article.site, languages, found, now, contexts)
