"""A job, in three steps: claim, localise, complete. The one path in every mode.

No transaction is open while a model works. Completing is one transaction, fenced by the lease's token: the variant,
the memory and the job's end are there together or not at all, and only for the worker that still holds the lease.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from threading import Event

import structlog
from sqlalchemy import Connection

from service import pipeline
from service.article import corrections
from service.article import locale as locales
from service.article.faithful import RETRY_SHARE
from service.article.types import Article, Keys, Progress, Recall, Remembered, Site, Variant
from service.engine.pool import Pool
from service.jobs import faults
from service.jobs.submit import publish_variant
from service.store import articles, glossary, jobs, memory, sites, variants
from service.store.database import Database
from service.store.jobs import Job

LEASE = timedelta(seconds=60)
"""How long a worker may be silent; each sentence renews it."""

_RENEW_EVERY = 0.5

log = structlog.get_logger()


class LeaseLost(Exception):
    """Another worker has the job, or a newer revision replaced it: this one's work is void."""


class Stopping(Exception):
    """The worker is asked to stop; the job goes back."""


def claim(database: Database, *, only_urgent: bool = False) -> tuple[Job, Article] | None:
    """Claim the next job, None where none is due. What time alone has made public is told on the way."""
    with database.write() as connection:
        articles.lift_embargoes(connection, _now())
        job = jobs.claim(connection, _now(), LEASE, only_urgent)
        article = articles.get(connection, job.article) if job else None
    return (job, article) if job and article else None


def do(
    database: Database, pool: Pool, stop: Event, job: Job, article: Article, *, retry_share: float = RETRY_SHARE
) -> None:
    """Do a job that was claimed. `retry_share` is that of `pipeline.localise`."""
    started = time.perf_counter()
    told = log.bind(article=job.article, locale=job.locale, revision=job.revision, failures=job.attempts)
    try:
        localise = partial(_localise, database, pool, job, retry_share=retry_share)
        progress = _progress(database, job, stop)
        _correct(database, job, article, partial(localise, progress=lambda *_: progress(0, 0)))
        variant = localise(article, progress=progress)
        complete(database, job, variant, _now())
        told.info("job.done", seconds=round(time.perf_counter() - started, 3), counts=str(variant.counts))
    except Stopping:
        with database.write() as connection:
            jobs.give_back(connection, job, _now())
        told.info("job.given_back")
    except LeaseLost:
        told.info("job.lease_lost")
    except Exception as error:
        told.warning("job.failed", **faults.logged(error))
        failures = job.attempts + 1
        again = _now() + jobs.back_off(failures) if failures < faults.tries(error) else None
        with database.write() as connection:
            if jobs.fail(connection, job, faults.told(error), again) and again is None:
                articles.touch(connection, job.article, _now())  # it is no longer on its way, as answers have said


def next_moment(connection: Connection, only_urgent: bool = False) -> datetime | None:
    """When there is something to do next: a job is due, a lease runs out or an embargo ends."""
    moments = jobs.next_due(connection, only_urgent), articles.next_public(connection)
    return min((moment for moment in moments if moment is not None), default=None)


def complete(database: Database, job: Job, variant: Variant, now: datetime) -> None:
    """Store what a job made, once. Raises LeaseLost, and changes nothing, where the lease is no longer the job's.

    The article is read anew: what is not its text (its status, its dates) may have changed while the model worked.
    """
    with database.write() as connection:
        revision = jobs.finish(connection, job)
        article = articles.get(connection, job.article)
        if revision is None or article is None:
            raise LeaseLost
        assert article.language is not None  # noqa: S101 - else its jobs would be withdrawn
        languages = (article.language, locales.language(variant.locale))
        memory.remember(connection, article.site, languages, variant.segments, now)
        before = variants.get(connection, article.id, variant.locale)
        if before is not None and (before.variant.protected or before.variant.unreviewed):
            variant = replace(variant, unreviewed=_unreviewed(variant, before.variant))
        site = sites.get(connection, article.site) or Site(article.site)
        if before is None or not before.variant.protected:
            publish_variant(connection, article, _waiting(variant), revision, now)
        elif _approved(variant, before.variant):
            approved = replace(
                variant,
                state=before.variant.state,
                reviewed_by=before.variant.reviewed_by,
                reviewed_at=before.variant.reviewed_at,
            )
            publish_variant(connection, article, approved, revision, now)
        elif site.publish_unreviewed and not before.variant.by_person:
            publish_variant(connection, article, replace(variant, state="needs_review"), revision, now)
        else:
            variants.propose(connection, article.id, variant, revision)
            articles.touch(connection, article.id, now)


def _approved(made: Variant, before: Variant) -> bool:
    """Whether all that a machine made of a new text stands, sentence by sentence, in what a person approved of the
    last one: then it is approved. A person's own translation as a whole is never replaced."""
    seen = _reviewed(before)
    return not before.by_person and all((one.source, one.target) in seen for one in made.segments)


def _unreviewed(made: Variant, before: Variant) -> tuple[str, ...]:
    """The sentences of what a machine made that are not as a person approved them in the last text, or elsewhere."""
    seen = _reviewed(before)
    return tuple(
        one.segment
        for one in made.segments
        if (one.source, one.target) not in seen and one.origin not in ("person", "approved")
    )


def _reviewed(variant: Variant) -> set[tuple[str, str]]:
    return {(one.source, one.target) for one in variant.segments if one.segment not in variant.unreviewed}


def _waiting(variant: Variant) -> Variant:
    """What readers see of a text that once was approved waits for a person as long as any of it does."""
    return replace(variant, state="needs_review") if variant.unreviewed else variant


def _correct(database: Database, job: Job, article: Article, localise: Callable[[Article], Variant]) -> None:
    """Corrections come first: readers of the older text have them while the rest is still being made.

    What is made of them is not remembered: whom they speak of is told by the whole article.
    """
    with database.read() as connection:
        stored = variants.get(connection, job.article, job.locale)
    new = corrections.new(article, stored.variant) if stored and stored.revision < job.revision else None
    if new is None:
        return
    made = localise(new)
    with database.write() as connection:
        stored = variants.get(connection, job.article, job.locale)
        if stored is None or not jobs.renew(connection, job, 0, 0, _now() + LEASE):
            raise LeaseLost
        variants.put_early(connection, job.article, stored, made)
        articles.touch(connection, job.article, _now())


def _localise(
    database: Database, pool: Pool, job: Job, article: Article, *, retry_share: float, progress: Progress
) -> Variant:
    languages = (article.language or "", locales.language(job.locale))
    with database.read() as connection:
        site = sites.get(connection, article.site) or Site(article.site)
        terms = glossary.applied(connection, site, *languages)
    return pipeline.localise(
        article,
        job.locale,
        translate=partial(pool.translate, urgent=job.urgent),
        recall=_recall(database, pool, article, job.locale),
        terms=lambda *_: terms,
        progress=progress,
        retry_share=retry_share,
        rupiah=site.rupiah,
    )


def _recall(database: Database, pool: Pool, article: Article, target: str) -> Recall:
    model = pool.model(article.language or "", locales.language(target))

    def recall(keys: Sequence[Keys]) -> Mapping[str, Remembered]:
        with database.read() as connection:
            return memory.recall(connection, article.site, keys, model)

    return recall


def _progress(database: Database, job: Job, stop: Event) -> Progress:
    """Writes progress and renews the lease now and then; raises to end work that is no longer wanted."""
    last = time.monotonic()  # the claim is news enough

    def progress(done: int, total: int) -> None:
        nonlocal last
        if stop.is_set():
            raise Stopping
        if time.monotonic() - last < _RENEW_EVERY:
            return
        last = time.monotonic()
        with database.write() as connection:
            articles.lift_embargoes(connection, _now())  # every worker may be busy for minutes
            if not jobs.renew(connection, job, done, total, _now() + LEASE):
                raise LeaseLost

    return progress


def _now() -> datetime:
    return datetime.now(UTC)
