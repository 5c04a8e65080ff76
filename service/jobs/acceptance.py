"""A person accepts a source, with the changes that mend it or as it was posted; or takes that back.

Each is one transaction; indexing, feeds and the banner follow from who accepted the article, so they change in it too.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection

from service.article import repair
from service.article.types import Article, Dossier, Refusal
from service.jobs import submit
from service.jobs.review import OtherRevision
from service.store import articles
from service.store.articles import Saved


def accept(
    connection: Connection,
    dossier: Dossier,
    now: datetime,
    *,
    by: str,
    changes: Collection[str] | None,
    read: int | None,
) -> None:
    """Make the source, with the changes of these ids (None: all) and no other, a revision that `by` stands for.

    `read` is the revision that the person read. Raises OtherRevision where it is another by now, and Refusal.
    """
    if dossier.article.locale is None:
        raise Refusal("language-unsure", "language", "the article's language is unsure; PUT it with `language` first")
    if read not in (None, dossier.revision):
        raise OtherRevision(dossier.revision)
    amended = repair.accepted(dossier.article, changes, by, now)
    if dossier.article.source_quality.sound and not repair.proposals(dossier.article):
        return  # there is nothing to stand for, and no revision to make of it
    _amend(connection, dossier, amended, now)


def reopen(connection: Connection, dossier: Dossier, now: datetime) -> None:
    """Nobody stands for the source any more: it is as it was posted, and all changes are proposals again."""
    if dossier.article.source_quality.accepted_by is not None:
        _amend(connection, dossier, repair.reopened(dossier.article), now)


def _amend(connection: Connection, dossier: Dossier, article: Article, now: datetime) -> None:
    """What is made stays where the text that is translated is the same."""
    changed = repair.working(dossier.article).parts != repair.working(article).parts
    revision = articles.amend(connection, article, now)
    submit.settle(connection, article, Saved("revised", revision, text_changed=changed), now)
