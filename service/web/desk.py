"""What the web works with: the database, the models, the workers, and where we are on the web."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import cast

from flask import current_app
from sqlalchemy import Connection

from service import pipeline
from service.article import repair
from service.article.faithful import RETRY_SHARE
from service.article.types import Article, Dossier, Refusal, Severity, Site, Submission
from service.engine.pool import Pool
from service.jobs import submit
from service.jobs.embedded import Ownership, Workers
from service.store import articles, documents, jobs, sites, variants
from service.store.articles import Saved
from service.store.database import FILE, Database, sqlite_url
from service.store.variants import Stored
from service.web.kept import Kept, Watch

_UNSETTLED = ("queued", "translating")


@dataclass
class Desk:
    """The parts of a running service. `open` makes one; `start` sets it to work; `close` stops it."""

    database: Database
    pool: Pool
    workers: Workers
    kept: Kept
    public_url: str
    max_wait: int = 120
    waiting: threading.BoundedSemaphore = field(default_factory=lambda: threading.BoundedSemaphore(16))
    ready: bool = False
    retry_share: float = RETRY_SHARE
    ownership: Ownership | None = None

    @classmethod
    def open(
        cls,
        data: Path,
        *,
        public_url: str,
        threads: int,
        model_memory: int | None,
        retry_share: float,
        page_memory: int,
        workers: int,
        max_wait: int,
        may_wait: int,
    ) -> Desk:
        """Own a data folder and open what is in it. Raises FolderInUse where another service owns it."""
        ownership = Ownership(data)
        database = Database(sqlite_url(data / FILE))
        pool = Pool(data / "models", threads, model_memory)
        return cls(
            database,
            pool,
            Workers(database, pool, workers, retry_share),
            Kept(database, page_memory),
            public_url,
            max_wait,
            threading.BoundedSemaphore(may_wait),
            retry_share=retry_share,
            ownership=ownership,
        )

    def start(self) -> None:
        """Load the models, each of which must translate its canary, start the workers; ready from then on."""
        self.pool.load()
        self.workers.start()
        self.ready = True

    def close(self, seconds: float) -> None:
        """Stop the workers, giving back what they have in hand, and let the folder go."""
        self.ready = False
        self.workers.stop(seconds)
        self.database.close()
        if self.ownership:
            self.ownership.release()

    # --- what readers and clients ask for ---------------------------------------------------------------------------

    def dossier(self, article_id: str) -> Dossier | None:
        """An article with its editions, None where there is none of that id."""
        with self.database.read() as connection:
            return articles.dossier(connection, article_id)

    def watched(self, article_id: str) -> tuple[Dossier | None, Watch]:
        """The same, and what tells whether it still is."""
        with self.database.read() as connection:
            watch = Watch.set(connection, partial(articles.versions, ids=[article_id]))
            return articles.dossier(connection, article_id), watch

    def stored(self, article_id: str, locale: str) -> Stored | None:
        """A variant as stored, with its proposal; None while nothing is made."""
        with self.database.read() as connection:
            return variants.get(connection, article_id, locale)

    def recent(
        self, limit: int = 100, offset: int = 0, *, locale: str | None = None, language: str | None = None
    ) -> list[Dossier]:
        """Public articles, newest first; of a locale, or by the language they were written in."""
        with self.database.read() as connection:
            return articles.recent(connection, datetime.now(UTC), limit, offset, locale=locale, language=language)

    def listed(self, limit: int, offset: int) -> list[Dossier]:
        """Articles in the order in which they came, public or not, without their texts."""
        with self.database.read() as connection:
            return articles.listed(connection, limit, offset)

    def parts(self, size: int) -> list[datetime]:
        """When something changed last among each `size` of them."""
        with self.database.read() as connection:
            return articles.parts(connection, size)

    def watch(self, ask: Callable[[Connection], object]) -> Watch:
        """Begin to watch something in the store."""
        with self.database.read() as connection:
            return Watch.set(connection, ask)

    def empty(self) -> bool:
        """Whether no article is stored, public or not."""
        with self.database.read() as connection:
            return articles.empty(connection)

    def site(self, site_id: str = "default") -> Site:
        """A site's settings. Raises LookupError where there is none of that id."""
        with self.database.read() as connection:
            site = sites.get(connection, site_id)
        if site is None:
            raise LookupError(site_id)
        return site

    def read(self, submission: Submission) -> Article:
        """Read a submission for the default site. Raises Refusal, also where the site refuses unsound sources."""
        site, stored = self.site(), None
        refuses = site.source_policy == "refuse"
        if refuses or submission.language is None:
            with self.database.read() as connection:
                stored = articles.get(connection, submission.id)
        known = stored.locale if stored and submission.language is None else None
        article = pipeline.receive(submission, site, self.pool.pairs(), known)
        accepted = repair.carried(stored, article) if refuses and stored else article
        if refuses and not accepted.source_quality.trusted:
            raise _unsound(article)
        return article  # as it came: what a person decides meanwhile is asked for when it is stored

    def accept(self, submission: Submission, revisions: Collection[int] | None = None, urgent: bool = False) -> Saved:
        """Read, store and queue an article, in one transaction. Raises Refusal, and StaleRevision for If-Match.

        `revisions` are those that the caller means to replace: one of them has to be the stored one. `urgent` is
        what somebody waits for.
        """
        article = self.read(submission)
        digest = _digest(submission, article.targets)
        with self.database.write() as connection:
            if revisions is not None:
                stored = articles.revision(connection, article.id)
                if stored is None or stored not in revisions:
                    raise StaleRevision(stored)
            saved = submit.accept(connection, article, digest, datetime.now(UTC))
            if urgent:
                jobs.hurry(connection, article.id)
        self.workers.wake()
        return saved

    def wait_until_settled(self, article_id: str, seconds: float) -> float | None:
        """Wait until no variant of an article is being made. None where too many wait already, else the seconds
        granted."""
        granted = min(seconds, self.max_wait)
        if granted <= 0 or not self.waiting.acquire(blocking=False):
            return None
        try:
            self.workers.wait(lambda: not self._pending(article_id), granted)
        finally:
            self.waiting.release()
        return granted

    def _pending(self, article_id: str) -> bool:
        with self.database.read() as connection:
            return jobs.pending(connection, article_id)


class StaleRevision(Exception):
    """If-Match named a revision that is not the stored one. `args[0]` is the stored one, None for no article."""


def _unsound(article: Article) -> Refusal:
    findings = article.source_quality.findings
    grave = " ".join(finding.message for finding in findings if finding.severity is Severity.ERROR)
    remedy = "send the original text; or set the site's `source_policy` to `hold`, send it again and have it accepted"
    return Refusal("source-unsound", "body", f"this site refuses unsound sources: {grave} Remedy: {remedy}", findings)


def unsettled(dossier: Dossier) -> Sequence[str]:
    """The locales that are still to be made, or made again."""
    return [
        edition.locale
        for edition in dossier.editions
        if edition.error is None
        and (edition.state in _UNSETTLED or (edition.state == "stale" and edition.progress < 1))
    ]


def desk() -> Desk:
    """The desk of the current app."""
    return cast(Desk, current_app.extensions["alihbahasa"])


def _digest(submission: Submission, targets: Sequence[str]) -> str:
    text = documents.dump(Submission, submission) + "\x1f" + ",".join(targets)
    return hashlib.sha256(text.encode()).hexdigest()
