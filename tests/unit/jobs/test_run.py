"""A job: done once, by whoever holds its lease, and never by halves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Event
from typing import Any

import pytest

from service.engine.pool import NoModel
from service.jobs import run, submit
from service.store import articles, jobs, variants
from service.store.jobs import Job
from tests.unit.jobs.room import Newsroom

During = Callable[[Callable[[], object]], None]

LONG = "\n".join(f"The government will build {number} new roads in the province." for number in range(40))


def claim(newsroom: Newsroom, at: datetime | None = None) -> Job:
    with newsroom.database.write() as connection:
        job = jobs.claim(connection, at or datetime.now(UTC), run.LEASE)
    assert job is not None
    return job


def due(newsroom: Newsroom) -> None:
    """Let the time of the back-off pass."""
    with newsroom.database.write() as connection:
        connection.exec_driver_sql("UPDATE job SET run_after = '2000-01-01 00:00:00'")


def job_row(newsroom: Newsroom) -> tuple[Any, ...]:
    (row,) = newsroom.rows("SELECT state, attempts, error FROM job")
    return row


def everything(newsroom: Newsroom) -> list[Any]:
    return [newsroom.rows(f"SELECT * FROM {table}") for table in ("article", "variant", "job", "memory")]  # noqa: S608


def test_nothing_is_done_where_nothing_is_asked(newsroom: Newsroom) -> None:
    assert not run.run_one(newsroom.database, newsroom.pool, Event())


def test_a_job_makes_a_variant_and_remembers_its_sentences(newsroom: Newsroom) -> None:
    newsroom.accept()
    assert newsroom.work() == 1
    edition = newsroom.edition()
    assert edition.state == "machine"
    assert edition.variant is not None
    assert edition.variant.counts.translated == 2
    assert job_row(newsroom) == ("done", 1, None)
    assert newsroom.rows("SELECT count(*) FROM memory") == [(2,)]
    assert newsroom.dossier().etag == "1.1"


def test_an_edit_translates_only_what_changed(newsroom: Newsroom) -> None:
    newsroom.accept(LONG)
    newsroom.work()
    newsroom.accept(LONG + "\nThe work will begin next year.")
    newsroom.work()
    variant = newsroom.edition().variant
    assert variant is not None
    assert (variant.counts.reused, variant.counts.translated) == (41, 1)


def test_progress_is_told_and_the_lease_renewed_while_the_model_works(newsroom: Newsroom, during: During) -> None:
    newsroom.accept(LONG)
    seen: list[Any] = []
    during(lambda: seen.append(newsroom.rows("SELECT state, done, total FROM job")))
    newsroom.work()
    assert seen == [[("running", 0, 41)]]


def test_a_late_workers_result_changes_nothing(newsroom: Newsroom) -> None:
    newsroom.accept()
    late = claim(newsroom)
    with newsroom.database.write() as connection:
        jobs.renew(connection, late, 0, 2, datetime.now(UTC) - timedelta(seconds=1))
    assert newsroom.work() == 1  # another worker's
    before = everything(newsroom)
    made = newsroom.edition().variant
    assert made is not None
    with pytest.raises(run.LeaseLost):
        run.complete(newsroom.database, late, replace(made, parts={}), datetime.now(UTC))
    assert everything(newsroom) == before


def test_a_revision_that_comes_meanwhile_replaces_the_job(newsroom: Newsroom, during: During) -> None:
    newsroom.accept("The government will build new roads.")
    during(lambda: newsroom.accept("The work will begin next year."))
    assert newsroom.work() == 2
    assert newsroom.edition().state == "machine"
    variant = newsroom.edition().variant
    assert variant is not None
    assert [one.source for one in variant.segments][-1] == "The work will begin next year."
    assert job_row(newsroom) == ("done", 1, None)


def test_metadata_that_changes_meanwhile_costs_nothing_and_counts(newsroom: Newsroom, during: During) -> None:
    newsroom.accept(status="draft")
    during(lambda: newsroom.accept(slug="roads"))
    assert newsroom.work() == 1
    edition = newsroom.edition()
    assert (edition.state, newsroom.dossier().revision) == ("machine", 2)
    assert edition.first_published_at is not None


def test_an_article_that_is_removed_meanwhile_stays_removed(newsroom: Newsroom, during: During) -> None:
    def remove() -> None:
        with newsroom.database.write() as connection:
            articles.remove(connection, "a1")

    newsroom.accept()
    during(remove)
    newsroom.work()
    assert newsroom.rows("SELECT locale FROM variant") == []


def test_a_failing_job_is_tried_again_and_then_failed_with_the_error_told(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise ValueError("out of order")

    newsroom.accept()
    monkeypatch.setattr(newsroom.pool, "translate", broken)
    for attempt in (1, 2):
        assert newsroom.work() == 1
        assert job_row(newsroom) == ("queued", attempt, "ValueError: out of order")
        assert newsroom.work() == 0  # it waits
        due(newsroom)
    newsroom.work()
    assert job_row(newsroom) == ("failed", 3, "ValueError: out of order")
    assert (newsroom.edition().state, newsroom.edition().error) == ("failed", "ValueError: out of order")
    due(newsroom)
    assert newsroom.work() == 0


def test_each_failure_waits_longer(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise ValueError

    newsroom.accept()
    monkeypatch.setattr(newsroom.pool, "translate", broken)
    waits = []
    for _ in range(2):
        began = datetime.now(UTC)
        newsroom.work()
        with newsroom.database.read() as connection:
            again_at = jobs.next_due(connection)
        assert again_at is not None
        waits.append(again_at - began)
        due(newsroom)
    assert timedelta(seconds=5) < waits[0] < waits[1]


def test_a_job_that_failed_once_and_then_succeeds_tells_no_error(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise ValueError

    newsroom.accept()
    with monkeypatch.context() as patched:
        patched.setattr(newsroom.pool, "translate", broken)
        newsroom.work()
    due(newsroom)
    newsroom.work()
    assert job_row(newsroom) == ("done", 2, None)


def test_a_pair_without_a_model_fails_at_once_with_the_remedy(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(*_: Any) -> None:
        raise NoModel("install one")

    newsroom.accept()
    monkeypatch.setattr(newsroom.pool, "model", none)
    assert newsroom.work() == 1
    assert job_row(newsroom) == ("failed", 1, "NoModel: install one")


def test_a_worker_that_is_to_stop_gives_the_job_back(newsroom: Newsroom, during: During) -> None:
    stop = Event()
    newsroom.accept(LONG)
    during(stop.set)
    assert run.run_one(newsroom.database, newsroom.pool, stop)
    assert job_row(newsroom) == ("queued", 0, None)
    assert newsroom.edition().variant is None
    newsroom.work()
    assert newsroom.edition().state == "machine"


def test_what_a_person_approved_is_not_replaced_but_gets_a_proposal(newsroom: Newsroom) -> None:
    newsroom.accept()
    newsroom.work()
    made = newsroom.edition().variant
    assert made is not None
    with newsroom.database.write() as connection:
        reviewed = replace(made, state="reviewed", reviewed_by="Sari")
        submit.publish_variant(connection, newsroom.dossier().article, reviewed, 1, datetime.now(UTC))
    newsroom.accept("The work will begin next year.")
    etag = newsroom.dossier().etag
    newsroom.work()
    with newsroom.database.read() as connection:
        stored = variants.get(connection, "a1", "id-ID")
    assert stored is not None
    assert (stored.variant, stored.revision) == (reviewed, 1)
    assert stored.proposal is not None
    assert stored.proposal_revision == 2
    assert newsroom.dossier().etag != etag
