"""The job table: one holder at a time, and whoever lost the lease changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, select

from service.store import articles, jobs, tables
from service.store.database import Database
from service.store.jobs import MAX_DEATHS, Job, back_off
from tests.unit.store.small import NOW, article

LEASE = timedelta(seconds=60)
PAST_LEASE = NOW + LEASE + timedelta(seconds=1)

Rows = Callable[[str], list[Any]]


@pytest.fixture
def connection(database: Database) -> Iterator[Connection]:
    """A transaction with three articles and no jobs."""
    with database.write() as connection:
        for number in range(3):
            articles.save(connection, article(f"a{number}"), "1", NOW)
        yield connection


def ask(connection: Connection, article_id: str = "a0", at: datetime = NOW, revision: int = 1) -> None:
    jobs.enqueue(connection, article_id, ["id-ID"], revision, at)


def take(connection: Connection, at: datetime = NOW) -> Job:
    job = jobs.claim(connection, at, LEASE)
    assert job is not None
    return job


def test_nothing_is_claimed_where_nothing_is_asked(connection: Connection) -> None:
    assert jobs.claim(connection, NOW, LEASE) is None
    assert jobs.next_due(connection) is None
    assert jobs.depth(connection) == {}


def test_the_longest_due_is_claimed_first_and_only_once(connection: Connection) -> None:
    for number in (1, 0, 2):
        ask(connection, f"a{number}", NOW + timedelta(seconds=number))
    later = NOW + timedelta(seconds=5)
    assert [take(connection, later).article for _ in range(3)] == ["a0", "a1", "a2"]
    assert jobs.claim(connection, later, LEASE) is None


def test_what_is_not_due_yet_waits(connection: Connection) -> None:
    ask(connection, at=NOW + timedelta(seconds=5))
    assert jobs.claim(connection, NOW, LEASE) is None
    assert jobs.next_due(connection) == NOW + timedelta(seconds=5)


def test_an_expired_lease_is_claimed_with_another_token(connection: Connection) -> None:
    ask(connection)
    first = take(connection)
    assert jobs.next_due(connection) == NOW + LEASE
    assert jobs.claim(connection, NOW + LEASE, LEASE) is None
    second = take(connection, PAST_LEASE)
    assert (second.article, second.attempts) == (first.article, 0)
    assert second.token != first.token


def test_a_renewed_lease_is_not_claimed(connection: Connection) -> None:
    ask(connection)
    job = take(connection)
    assert jobs.renew(connection, job, 1, 2, PAST_LEASE + LEASE)
    assert jobs.claim(connection, PAST_LEASE, LEASE) is None


@pytest.mark.parametrize(
    "late",
    [
        lambda connection, job: jobs.renew(connection, job, 1, 2, PAST_LEASE + LEASE),
        lambda connection, job: jobs.finish(connection, job),
        lambda connection, job: jobs.fail(connection, job, "late", None),
        lambda connection, job: jobs.give_back(connection, job, PAST_LEASE),
    ],
)
@pytest.mark.parametrize("lost", ["expired", "replaced", "withdrawn", "done", "voided"])
def test_an_old_token_changes_nothing(connection: Connection, late: Callable[..., object], lost: str) -> None:
    ask(connection)
    job = take(connection)
    if lost == "expired":
        take(connection, PAST_LEASE)
    elif lost == "replaced":
        ask(connection, revision=2)
    elif lost == "withdrawn":
        jobs.withdraw(connection, "a0", "id-ID")
    elif lost == "done":
        jobs.finish(connection, job)
    else:
        jobs.void_leases(connection, NOW)
    before = connection.exec_driver_sql("SELECT * FROM job").all()
    assert not late(connection, job)
    assert connection.exec_driver_sql("SELECT * FROM job").all() == before


def test_a_job_that_is_done_is_not_claimed_again(connection: Connection) -> None:
    ask(connection)
    assert jobs.finish(connection, take(connection)) == 1
    assert jobs.claim(connection, PAST_LEASE, LEASE) is None
    assert jobs.depth(connection) == {"done": 1}


def test_a_failed_try_waits_and_says_why(connection: Connection) -> None:
    ask(connection)
    again_at = NOW + timedelta(seconds=10)
    assert jobs.fail(connection, take(connection), "broken", again_at)
    assert jobs.claim(connection, NOW, LEASE) is None
    assert jobs.next_due(connection) == again_at
    assert take(connection, again_at).attempts == 1


def test_what_fails_for_good_is_not_claimed_again(connection: Connection) -> None:
    ask(connection)
    assert jobs.fail(connection, take(connection), "broken", None)
    assert jobs.claim(connection, PAST_LEASE, LEASE) is None
    assert jobs.depth(connection) == {"failed": 1}


def test_back_off_doubles_up_to_an_hour() -> None:
    assert [back_off(times).total_seconds() for times in (1, 2, 3, 10, 11, 60)] == [5, 10, 20, 2560, 3600, 3600]


def counts(connection: Connection) -> tuple[int, int]:
    attempts, deaths = connection.exec_driver_sql("SELECT attempts, deaths FROM job").one()
    return attempts, deaths


def die(connection: Connection, times: int, at: datetime = NOW) -> list[float]:
    """Let the worker die in the middle of the one job so many times; the seconds that it then had to wait."""
    waits = []
    for _ in range(times):
        take(connection, at)
        jobs.void_leases(connection, at)
        due = jobs.next_due(connection)
        waits.append((due - at).total_seconds() if due else -1.0)
        at = due or at
    return waits


def test_a_death_is_no_failed_try_and_waits_only_when_it_comes_often(connection: Connection) -> None:
    ask(connection)
    assert die(connection, MAX_DEATHS - 1) == [0, 0, 0, 5, 10, 20, 40, 80, 160]
    assert counts(connection) == (0, MAX_DEATHS - 1)


def test_a_job_that_kills_its_workers_time_and_again_is_failed_and_the_next_one_claimed(connection: Connection) -> None:
    ask(connection, "a0")
    assert die(connection, MAX_DEATHS)[-1] == -1
    ask(connection, "a1")
    assert take(connection).article == "a1"
    assert jobs.depth(connection) == {"failed": 1, "running": 1}
    error = connection.exec_driver_sql("SELECT error FROM job WHERE state = 'failed'").scalar_one()
    assert error == "the service died 10 times in a row while it worked on this"


def test_a_try_that_ends_of_itself_ends_a_row_of_deaths(connection: Connection) -> None:
    ask(connection)
    die(connection, 3)
    jobs.fail(connection, take(connection), "broken", NOW)
    assert counts(connection) == (1, 0)


def test_a_lease_that_runs_out_is_a_death(connection: Connection) -> None:
    ask(connection)
    take(connection)
    take(connection, PAST_LEASE)
    assert counts(connection) == (0, 1)


def test_a_job_given_back_is_due_at_once_and_the_try_counts_as_nothing(connection: Connection) -> None:
    ask(connection)
    assert jobs.give_back(connection, take(connection), NOW)
    assert counts(connection) == (0, 0)
    assert take(connection).attempts == 0


def test_a_job_that_is_begun_again_tells_no_old_progress(connection: Connection) -> None:
    ask(connection)
    jobs.renew(connection, take(connection), 7, 9, NOW + LEASE)
    jobs.void_leases(connection, NOW)
    take(connection)
    assert connection.exec_driver_sql("SELECT done, total FROM job").one() == (0, 0)


def test_an_article_is_pending_until_its_last_job_has_ended(connection: Connection) -> None:
    assert not jobs.pending(connection, "a0")
    ask(connection, "a0")
    assert (jobs.pending(connection, "a0"), jobs.pending(connection, "a1")) == (True, False)
    job = take(connection)
    assert jobs.pending(connection, "a0")
    jobs.finish(connection, job)
    assert not jobs.pending(connection, "a0")
    ask(connection, "a0")
    jobs.fail(connection, take(connection), "broken", None)
    assert not jobs.pending(connection, "a0")


def test_a_new_owner_voids_all_leases(connection: Connection) -> None:
    for number in range(2):
        ask(connection, f"a{number}")
    take(connection)
    assert jobs.void_leases(connection, NOW) == 1
    assert jobs.depth(connection) == {"queued": 2}
    assert jobs.void_leases(connection, NOW) == 0


def test_asking_again_replaces_what_was_asked_before(connection: Connection) -> None:
    ask(connection)
    take(connection)
    ask(connection, revision=2)
    job = take(connection)
    assert (job.revision, job.attempts) == (2, 0)


def test_jobs_of_locales_that_are_no_longer_wanted_are_withdrawn(connection: Connection) -> None:
    jobs.enqueue(connection, "a0", ["id-ID", "de-DE"], 1, NOW)
    jobs.enqueue(connection, "a1", ["de-DE"], 1, NOW)
    jobs.keep_only(connection, "a0", ["id-ID"])
    found = connection.exec_driver_sql("SELECT article, locale FROM job ORDER BY article").all()
    assert [tuple(row) for row in found] == [("a0", "id-ID"), ("a1", "de-DE")]


def test_two_connections_never_claim_the_same(database: Database) -> None:
    with database.write() as connection:
        articles.save(connection, article(), "1", NOW)
        ask(connection, "a1")
    with database.write() as one:
        assert jobs.claim(one, NOW, LEASE) is not None
    with database.write() as two:
        assert jobs.claim(two, NOW, LEASE) is None


def test_what_somebody_waits_for_goes_first(connection: Connection) -> None:
    ask(connection, "a0", at=NOW - timedelta(minutes=1))
    ask(connection, "a1")
    jobs.hurry(connection, "a1")
    first, second = take(connection), take(connection)
    assert (first.article, first.urgent) == ("a1", True)
    assert (second.article, second.urgent) == ("a0", False)


def test_a_worker_for_urgent_work_leaves_the_rest(connection: Connection) -> None:
    ask(connection, "a0")
    assert jobs.claim(connection, NOW, LEASE, only_urgent=True) is None
    assert jobs.next_due(connection, only_urgent=True) is None
    jobs.hurry(connection, "a0")
    assert jobs.next_due(connection, only_urgent=True) == NOW
    assert jobs.claim(connection, NOW, LEASE, only_urgent=True) is not None


def test_what_is_done_is_not_hurried(connection: Connection) -> None:
    ask(connection, "a0")
    jobs.finish(connection, take(connection))
    jobs.hurry(connection, "a0")
    assert connection.execute(select(tables.job.c.urgent)).scalar() is False
