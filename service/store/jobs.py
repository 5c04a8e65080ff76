"""The job table: one row for each article and locale holds state, tries, back-off, lease and progress.

A lease is held by a random token (a fencing token): every later write of the job names it, so that a worker that
stalled past its lease changes nothing.

What went wrong is counted apart. `attempts` are tries that ended in an exception: the job's own fault, most often.
`deaths` are tries whose worker went away, as a power cut or a restart has it: of these it takes many in a row, with
no try that ended of itself between them, until the job is taken for what kills its workers.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Update, delete, func, insert, select, union_all, update

from service.store import tables

MAX_DEATHS = 10
"""Deaths in a row after which a job is `failed`."""

_DEATHS_FREE = 3
"""Deaths after which a job is due again at once: accepted work should not wait for what is no fault of its own."""

_SHORTEST, _LONGEST = timedelta(seconds=5), timedelta(hours=1)

_job = tables.job


@dataclass(frozen=True, slots=True)
class Job:
    """A claimed job. `attempts` is how many tries have failed before; `token` is its lease.

    `urgent` is one that somebody waits for.
    """

    article: str
    locale: str
    revision: int
    attempts: int
    token: str
    urgent: bool = False


def back_off(times: int) -> timedelta:
    """How long to wait after something went wrong for the `times`th time: 5 s, doubled each time, up to an hour."""
    return min(_SHORTEST * 2.0 ** min(times - 1, 10), _LONGEST)


def enqueue(connection: Connection, article: str, locales: Iterable[str], revision: int, now: datetime) -> None:
    """Ask for variants of a revision. What was asked for before, running or not, is replaced by this."""
    for locale in locales:
        connection.execute(delete(_job).where(_job.c.article == article, _job.c.locale == locale))
        connection.execute(
            insert(_job).values(
                article=article, locale=locale, revision=revision, state="queued", urgent=False, attempts=0, deaths=0,
                run_after=now, done=0, total=0, created_at=now,
            )
        )  # fmt: skip


def hurry(connection: Connection, article: str) -> None:
    """Somebody waits for what is still to be made of an article: it goes before the rest."""
    open_ = (_job.c.article == article) & _job.c.state.in_(("queued", "running"))
    connection.execute(update(_job).where(open_).values(urgent=True))


def claim(connection: Connection, now: datetime, lease: timedelta, only_urgent: bool = False) -> Job | None:
    """Take the oldest job that is due, urgent ones first. One whose lease has run out is due again."""
    _count_deaths(connection, now, _job.c.lease_until < now)
    due = (_job.c.state == "queued") & (_job.c.run_after <= now)
    if only_urgent:
        due &= _job.c.urgent
    order = (_job.c.urgent.desc(), _job.c.run_after, _job.c.created_at)
    row = connection.execute(select(_job).where(due).order_by(*order).limit(1)).first()
    if row is None:
        return None
    token = secrets.token_hex(16)
    taken = connection.execute(
        update(_job)
        .where(_job.c.article == row.article, _job.c.locale == row.locale, _job.c.revision == row.revision, due)
        .values(state="running", lease_token=token, lease_until=now + lease, done=0, total=0)
    )
    if taken.rowcount == 0:
        return None
    return Job(row.article, row.locale, row.revision, row.attempts, token, row.urgent)


def renew(connection: Connection, job: Job, done: int, total: int, until: datetime) -> bool:
    """Tell progress and prolong the lease; False where the lease is no longer ours."""
    return _held(connection, job, done=done, total=total, lease_until=until)


def finish(connection: Connection, job: Job) -> int | None:
    """The job is done; None where the lease is no longer ours (then the caller's transaction must roll back).

    Returns the revision that it is about: a later one than was claimed where only metadata changed meanwhile.
    """
    done = _mine(job).values(state="done", error=None, lease_token=None, lease_until=None)
    revision: int | None = connection.execute(done.returning(_job.c.revision)).scalar()
    return revision


def fail(connection: Connection, job: Job, error: str, again_at: datetime | None) -> bool:
    """The try ended in an exception: the job is due again at `again_at`, or failed for good where that is None.

    `error` is shown to clients: no article text may be in it.
    """
    tried: dict[str, object] = {"attempts": job.attempts + 1, "deaths": 0, "error": error}
    if again_at is None:
        return _end(connection, job, state="failed", **tried)
    return _end(connection, job, state="queued", run_after=again_at, **tried)


def give_back(connection: Connection, job: Job, now: datetime) -> bool:
    """The job was stopped through no fault of its own: due at once, and the try counts as nothing."""
    return _end(connection, job, state="queued", run_after=now)


def void_leases(connection: Connection, now: datetime) -> int:
    """Every running job died with its worker: for the one owner of a database, at its start. Returns how many."""
    return _count_deaths(connection, now)


def pending(connection: Connection, article: str) -> bool:
    """Whether anything of an article is still to be made."""
    mine = (_job.c.article == article) & _job.c.state.in_(("queued", "running"))
    return connection.execute(select(_job.c.locale).where(mine).limit(1)).first() is not None


def next_due(connection: Connection, only_urgent: bool = False) -> datetime | None:
    """When the next queued job is due, or the next lease runs out; None where there is nothing to wait for."""
    due = _job.c.state == "queued"
    if only_urgent:
        due &= _job.c.urgent
    queued = select(func.min(_job.c.run_after)).where(due)
    leased = select(func.min(_job.c.lease_until)).where(_job.c.state == "running")
    moments = connection.execute(union_all(queued, leased)).scalars()
    return min((moment for moment in moments if moment is not None), default=None)


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


def _mine(job: Job) -> Update:
    """A change of the job's row, as long as its lease is held."""
    return update(_job).where(
        _job.c.article == job.article, _job.c.locale == job.locale, _job.c.lease_token == job.token
    )


def _held(connection: Connection, job: Job, **values: object) -> bool:
    return bool(connection.execute(_mine(job).values(**values)).rowcount == 1)


def _end(connection: Connection, job: Job, **values: object) -> bool:
    """The worker's last word on a job that it holds: its lease is over."""
    return _held(connection, job, lease_token=None, lease_until=None, **values)


def _count_deaths(connection: Connection, now: datetime, *which: ColumnElement[bool]) -> int:
    """Running jobs whose workers are no more: due again, in time, or failed after too many of it in a row."""
    dead = connection.execute(
        select(_job.c.article, _job.c.locale, _job.c.deaths).where(_job.c.state == "running", *which)
    ).all()
    for row in dead:
        deaths = row.deaths + 1
        values: dict[str, object] = {"state": "queued", "run_after": now}
        if deaths > _DEATHS_FREE:
            values["run_after"] = now + back_off(deaths - _DEATHS_FREE)
        if deaths >= MAX_DEATHS:
            values = {"state": "failed", "error": f"the service died {deaths} times in a row while it worked on this"}
        connection.execute(
            update(_job)
            .where(_job.c.article == row.article, _job.c.locale == row.locale)
            .values(deaths=deaths, lease_token=None, lease_until=None, **values)
        )
    return len(dead)
