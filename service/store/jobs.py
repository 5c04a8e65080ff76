"""The job table: one row for each article and locale holds state, attempts, back-off, lease and progress.

A lease is held by a random token (a fencing token): every later write of the job names it, so that a worker that
stalled past its lease changes nothing.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, func, insert, or_, select, update

from service.store import tables

MAX_ATTEMPTS = 3
"""Tries of one job; after the last one it is `failed` and says why."""

_job = tables.job


@dataclass(frozen=True, slots=True)
class Job:
    """A claimed job. `token` is its lease."""

    article: str
    locale: str
    revision: int
    attempts: int
    token: str


def enqueue(connection: Connection, article: str, locales: Iterable[str], revision: int, now: datetime) -> None:
    """Ask for variants of a revision. What was asked for before, running or not, is replaced by this."""
    for locale in locales:
        connection.execute(delete(_job).where(_job.c.article == article, _job.c.locale == locale))
        connection.execute(
            insert(_job).values(
                article=article, locale=locale, revision=revision, state="queued", attempts=0, run_after=now,
                done=0, total=0, created_at=now,
            )
        )  # fmt: skip


def claim(connection: Connection, now: datetime, lease: timedelta) -> Job | None:
    """Take the oldest job that is due, or one whose lease has run out."""
    due = or_(
        (_job.c.state == "queued") & (_job.c.run_after <= now),
        (_job.c.state == "running") & (_job.c.lease_until < now),
    )
    row = connection.execute(select(_job).where(due).order_by(_job.c.run_after, _job.c.created_at).limit(1)).first()
    if row is None:
        return None
    if row.attempts >= MAX_ATTEMPTS:  # its worker died with it each time
        connection.execute(
            update(_job)
            .where(_job.c.article == row.article, _job.c.locale == row.locale)
            .values(state="failed", error=row.error or "its worker died each time it was tried", lease_token=None)
        )
        return claim(connection, now, lease)
    token = secrets.token_hex(16)
    taken = connection.execute(
        update(_job)
        .where(
            _job.c.article == row.article,
            _job.c.locale == row.locale,
            _job.c.revision == row.revision,
            _job.c.attempts == row.attempts,
            due,
        )
        .values(state="running", attempts=row.attempts + 1, lease_token=token, lease_until=now + lease)
    )
    if taken.rowcount == 0:
        return None
    return Job(row.article, row.locale, row.revision, row.attempts + 1, token)


def renew(connection: Connection, job: Job, done: int, total: int, until: datetime) -> bool:
    """Tell progress and prolong the lease; False where the lease is no longer ours."""
    return _held(connection, job, done=done, total=total, lease_until=until)


def finish(connection: Connection, job: Job) -> int | None:
    """The job is done; None where the lease is no longer ours (then the caller's transaction must roll back).

    Returns the revision that it is about: a later one than was claimed where only metadata changed meanwhile.
    """
    mine = (_job.c.article == job.article) & (_job.c.locale == job.locale)
    revision: int | None = connection.execute(select(_job.c.revision).where(mine)).scalar()
    held = _held(connection, job, state="done", lease_token=None, lease_until=None, error=None)
    return revision if held else None


def fail(connection: Connection, job: Job, error: str, again_at: datetime | None) -> bool:
    """The job failed: tried again at `again_at`, or for good where that is None."""
    if again_at is None or job.attempts >= MAX_ATTEMPTS:
        return _held(connection, job, state="failed", error=error, lease_token=None, lease_until=None)
    return _held(connection, job, state="queued", error=error, lease_token=None, lease_until=None, run_after=again_at)


def give_back(connection: Connection, job: Job, now: datetime) -> bool:
    """The job was stopped through no fault of its own: due at once, and the try does not count."""
    return _held(
        connection,
        job,
        state="queued",
        attempts=job.attempts - 1,
        lease_token=None,
        lease_until=None,
        run_after=now,
    )


def void_leases(connection: Connection, now: datetime) -> int:
    """Every running job is due now: for the one owner of a database, at its start. Returns how many there were."""
    done = connection.execute(
        update(_job)
        .where(_job.c.state == "running")
        .values(state="queued", lease_token=None, lease_until=None, run_after=now)
    )
    return int(done.rowcount)


def next_due(connection: Connection) -> datetime | None:
    """When the next queued job is due, or the next lease runs out; None where there is nothing to wait for."""
    queued = connection.execute(select(func.min(_job.c.run_after)).where(_job.c.state == "queued")).scalar()
    leased = connection.execute(select(func.min(_job.c.lease_until)).where(_job.c.state == "running")).scalar()
    return min((moment for moment in (queued, leased) if moment is not None), default=None)


def withdraw(connection: Connection, article: str, locale: str) -> None:
    """Nobody wants this variant made any more; a worker that has the job finds its lease gone."""
    connection.execute(delete(_job).where(_job.c.article == article, _job.c.locale == locale))


def keep_only(connection: Connection, article: str, locales: Iterable[str]) -> None:
    """Withdraw the jobs of all other locales."""
    connection.execute(delete(_job).where(_job.c.article == article, _job.c.locale.not_in(list(locales))))


def depth(connection: Connection) -> dict[str, int]:
    """How many jobs there are in each state."""
    rows = connection.execute(select(_job.c.state, func.count()).group_by(_job.c.state))
    return {str(state): int(number) for state, number in rows}


def _held(connection: Connection, job: Job, **values: object) -> bool:
    done = connection.execute(
        update(_job)
        .where(_job.c.article == job.article, _job.c.locale == job.locale, _job.c.lease_token == job.token)
        .values(**values)
    )
    return bool(done.rowcount == 1)
