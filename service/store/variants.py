"""Variants: what readers see in each locale, and the proposal that waits where a person approved what they see."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, Row, delete, insert, or_, select, update

from service.article.plain import plain
from service.article.slug import slug
from service.article.types import Edition, Variant, VariantState
from service.store import documents, tables

_variant = tables.variant
_job = tables.job


_WAITING: Final[dict[str, VariantState]] = {"queued": "queued", "running": "translating", "failed": "failed"}
"""What a job's state means for a variant that nothing is made of yet."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A variant as stored. `proposal` is what a machine made of a later revision while `variant` is approved."""

    variant: Variant
    revision: int
    proposal: Variant | None
    proposal_revision: int | None
    first_published_at: datetime | None
    modified_at: datetime


def get(connection: Connection, article: str, locale: str) -> Stored | None:
    """A variant of an article, None while nothing is made."""
    where = (_variant.c.article == article) & (_variant.c.locale == locale)
    row = connection.execute(select(_variant).where(where)).first()
    return _stored(row) if row else None


def editions(connection: Connection, articles: Sequence[tuple[str, int]]) -> dict[str, list[Edition]]:
    """The editions of articles given as (id, revision): all variants made, and all that jobs are to make."""
    ids = [article for article, _ in articles]
    made: dict[tuple[str, str], Row[tuple[object, ...]]] = {
        (row.article, row.locale): row
        for row in connection.execute(select(_variant).where(_variant.c.article.in_(ids)))
    }
    asked: dict[tuple[str, str], Row[tuple[object, ...]]] = {
        (row.article, row.locale): row for row in connection.execute(select(_job).where(_job.c.article.in_(ids)))
    }
    revisions = dict(articles)
    found: dict[str, list[Edition]] = {article: [] for article in ids}
    for article, locale in made.keys() | asked.keys():
        edition = _edition(locale, made.get((article, locale)), asked.get((article, locale)), revisions[article])
        found[article].append(edition)
    return found


def listed(connection: Connection, articles: Mapping[str, int]) -> dict[str, list[Edition]]:
    """What is made of articles, given with their revisions, without its text; what is on its way is left out."""
    columns = (_variant.c.article, _variant.c.locale, _variant.c.state, _variant.c.revision,
               _variant.c.first_published_at, _variant.c.modified_at)  # fmt: skip
    found: dict[str, list[Edition]] = {}
    for row in connection.execute(select(*columns).where(_variant.c.article.in_(list(articles)))):
        bare = Variant(row.locale, row.state, parts={}, segments=())
        state: VariantState = "stale" if row.revision < articles[row.article] else row.state
        edition = Edition(row.locale, state, bare, 1.0, row.first_published_at, row.modified_at)
        found.setdefault(row.article, []).append(edition)
    return found


def put(
    connection: Connection,
    article: str,
    variant: Variant,
    revision: int,
    now: datetime,
    *,
    published_at: datetime | None,
) -> None:
    """Make this what readers see. `published_at` is when the first text of this locale becomes public, if it does; what
    was public before it came here was not changed by coming.

    It gets a slug made of its title where it brings none, the one that it has where that is public: an address that was
    made of it must not break.
    """
    before = get(connection, article, variant.locale)
    kept = before.variant.slug if before and before.first_published_at and before.first_published_at <= now else None
    variant = replace(variant, slug=variant.slug or kept or slug(plain(variant.parts.get("title"))))
    values = {
        "revision": revision,
        "state": variant.state,
        "document": documents.dump(Variant, variant),
        "proposal": None,
        "proposal_revision": None,
    }
    if before is None:
        connection.execute(
            insert(_variant).values(
                article=article,
                locale=variant.locale,
                modified_at=min(now, published_at or now),
                first_published_at=published_at,
                **values,
            )
        )
        return
    visible = before.variant.parts != variant.parts
    first = before.first_published_at
    connection.execute(
        update(_variant)
        .where(_variant.c.article == article, _variant.c.locale == variant.locale)
        .values(
            modified_at=now if visible else before.modified_at,
            first_published_at=first if first is not None and first <= now else published_at,
            **values,
        )
    )


def propose(connection: Connection, article: str, proposal: Variant, revision: int) -> None:
    """Keep a machine's variant of a later revision beside what a person approved."""
    connection.execute(
        update(_variant)
        .where(_variant.c.article == article, _variant.c.locale == proposal.locale)
        .values(proposal=documents.dump(Variant, proposal), proposal_revision=revision)
    )


def put_early(connection: Connection, article: str, stored: Stored, early: Variant) -> None:
    """Keep what was made of a newer text's corrections beside what readers see."""
    document = documents.dump(Variant, replace(stored.variant, early=early))
    where = (_variant.c.article == article) & (_variant.c.locale == early.locale)
    connection.execute(update(_variant).where(where).values(document=document))


def carry_over(connection: Connection, article: str, before: int, revision: int) -> None:
    """The article's text is in `revision` what it was in `before`: what is made of it stays what it is, and so do its
    jobs. What was made of older texts stays as old as it is."""
    for column in (_variant.c.revision, _variant.c.proposal_revision, _job.c.revision):
        where = (column.table.c.article == article) & (column == before)
        connection.execute(update(column.table).where(where).values({column: revision}))


def publish(connection: Connection, article: str, at: datetime | None, now: datetime) -> None:
    """The article is public from `at` on (None: not at all). When a variant was first published never changes; what
    still lies ahead is a plan, and plans do."""
    first = _variant.c.first_published_at
    planned = (_variant.c.article == article) & or_(first.is_(None), first > now)
    connection.execute(update(_variant).where(planned).values(first_published_at=at))


def keep_only(connection: Connection, article: str, locales: Iterable[str]) -> None:
    """Remove the variants of locales that are no longer wanted, but for those that a person wrote or approved."""
    unwanted = (_variant.c.article == article) & _variant.c.locale.not_in(list(locales))
    rows = connection.execute(select(_variant.c.locale, _variant.c.document).where(unwanted)).all()
    gone = [row.locale for row in rows if not documents.load_variant(row.document).protected]
    if gone:
        connection.execute(delete(_variant).where(_variant.c.article == article, _variant.c.locale.in_(gone)))


def _stored(row: Row[tuple[object, ...]]) -> Stored:
    return Stored(
        documents.load_variant(row.document),
        row.revision,
        documents.load_variant(row.proposal) if row.proposal else None,
        row.proposal_revision,
        row.first_published_at,
        row.modified_at,
    )


def _edition(
    locale: str, made: Row[tuple[object, ...]] | None, job: Row[tuple[object, ...]] | None, revision: int
) -> Edition:
    """An edition from its variant's row and its job's row, at least one of them given."""
    waiting: VariantState = "queued"
    progress = 1.0
    if job is not None and job.state != "done":
        waiting = _WAITING[job.state]
        # translating the last sentence is not storing it
        progress = min(0.99, job.done / job.total) if job.total else 0.0
    error = job.error if job is not None and job.state == "failed" else None
    if made is None:
        return Edition(locale, waiting, None, progress, error=error)
    variant = documents.load_variant(made.document)
    stale = made.revision < revision
    return Edition(
        locale,
        "stale" if stale else variant.state,
        variant,
        progress,
        made.first_published_at,
        made.modified_at,
        error,
        documents.load_variant(made.proposal) if made.proposal and made.proposal_revision == revision else None,
    )
