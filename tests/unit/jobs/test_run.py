"""A job: done once, by whoever holds its lease, and never by halves."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import StringIO
from threading import Event
from typing import Any

import pytest
import structlog
from sqlalchemy.exc import OperationalError

from service.article.types import Translation, Variant
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
    assert not newsroom.work_once()


def test_a_job_makes_a_variant_and_remembers_its_sentences(newsroom: Newsroom) -> None:
    newsroom.accept()
    assert newsroom.work() == 1
    edition = newsroom.edition()
    assert edition.state == "machine"
    assert edition.variant is not None
    assert edition.variant.counts.translated == 2
    assert job_row(newsroom) == ("done", 0, None)
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


def test_progress_is_told_and_the_lease_renewed_while_the_model_works(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch, during: During
) -> None:
    newsroom.accept(LONG)
    monkeypatch.setattr(run, "_RENEW_EVERY", 0.0)
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
    assert job_row(newsroom) == ("done", 0, None)


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
            articles.remove(connection, "a1", datetime.now(UTC))

    newsroom.accept()
    during(remove)
    newsroom.work()
    assert newsroom.rows("SELECT locale FROM variant") == []


def fails(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    """From now on the model raises this."""

    def broken(*_: Any, **__: Any) -> None:
        raise error

    monkeypatch.setattr(newsroom.pool, "translate", broken)


@pytest.mark.parametrize(
    ("error", "tries"),
    [
        (ValueError("the government"), 3),
        (OSError("disk full"), 10),
        (MemoryError(), 10),
        (OperationalError("INSERT", {}, Exception()), 10),
    ],
)
def test_a_failing_job_is_tried_again_and_then_failed_with_the_kind_of_error_told(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch, error: Exception, tries: int
) -> None:
    name = type(error).__name__
    newsroom.accept()
    fails(newsroom, monkeypatch, error)
    for attempt in range(1, tries):
        assert newsroom.work() == 1
        assert job_row(newsroom) == ("queued", attempt, name)
        assert newsroom.work() == 0  # it waits
        due(newsroom)
    newsroom.work()
    assert job_row(newsroom) == ("failed", tries, name)
    assert (newsroom.edition().state, newsroom.edition().error) == ("failed", name)
    assert newsroom.dossier().etag == "1.1"  # what was answered while it was on its way is no longer so
    due(newsroom)
    assert newsroom.work() == 0


def test_each_failure_waits_longer(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    newsroom.accept()
    fails(newsroom, monkeypatch, ValueError())
    waits = []
    for _ in range(2):
        began = datetime.now(UTC)
        newsroom.work()
        with newsroom.database.read() as connection:
            again_at = jobs.next_due(connection)
        assert again_at is not None
        waits.append(again_at - began)
        due(newsroom)
    assert timedelta(seconds=5) < waits[0] < timedelta(seconds=10) < waits[1]


def test_no_article_text_is_in_the_log_or_in_what_clients_are_told(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The memory refuses its rows: the driver's error, as it comes, has the sentences in it."""
    lines = StringIO()
    rendered = [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
    monkeypatch.setattr(run, "log", structlog.wrap_logger(structlog.WriteLogger(lines), processors=rendered))
    newsroom.accept()
    with newsroom.database.write() as connection:
        refuse = "CREATE TRIGGER refuse BEFORE INSERT ON memory BEGIN SELECT RAISE(ABORT, 'refused'); END"
        connection.exec_driver_sql(refuse)
    newsroom.work()
    assert job_row(newsroom) == ("queued", 1, "IntegrityError")
    told = json.loads(lines.getvalue())
    assert told["event"] == "job.failed"
    assert any(frame.startswith("service/store/memory.py:") for frame in told["frames"])
    for word in ("government", "roads", "jalan", "pemerintah"):
        assert word not in lines.getvalue().lower()


def test_a_job_that_failed_once_and_then_succeeds_tells_no_error(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    newsroom.accept()
    with monkeypatch.context() as patched:
        fails(newsroom, patched, ValueError())
        newsroom.work()
    due(newsroom)
    newsroom.work()
    assert job_row(newsroom) == ("done", 1, None)


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
    assert newsroom.work_once(stop)
    assert job_row(newsroom) == ("queued", 0, None)
    assert newsroom.edition().variant is None
    newsroom.work()
    assert newsroom.edition().state in ("machine", "needs_review")


def test_the_end_of_an_embargo_is_told_by_whoever_looks_for_work(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = datetime.now(UTC) + timedelta(minutes=1)
    newsroom.accept(published_at=at)
    newsroom.work()
    assert newsroom.dossier().etag == "1.1"
    first = newsroom.edition().first_published_at
    monkeypatch.setattr(run, "_now", lambda: at)
    assert newsroom.work() == 0
    assert newsroom.dossier().etag == "1.2"
    assert newsroom.edition().first_published_at == first == at


def test_the_end_of_an_embargo_is_told_though_all_workers_are_busy(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch, during: During
) -> None:
    at = datetime.now(UTC) + timedelta(minutes=1)
    newsroom.accept(LONG, published_at=at)
    monkeypatch.setattr(run, "_RENEW_EVERY", 0.0)
    during(lambda: monkeypatch.setattr(run, "_now", lambda: at))
    newsroom.work_once()
    assert newsroom.dossier().etag == "1.2"


def approve(newsroom: Newsroom, *edits: tuple[str, str]) -> Variant:
    """Sari approves what there is, with other words for the sentences named by a word of their source."""
    made = newsroom.edition().variant
    assert made is not None

    def edited(one: Translation) -> Translation:
        return next((replace(one, target=new, origin="person") for word, new in edits if word in one.source), one)

    reviewed = replace(made, state="reviewed", reviewed_by="Sari", segments=tuple(map(edited, made.segments)))
    dossier = newsroom.dossier()
    with newsroom.database.write() as connection:
        submit.publish_variant(connection, dossier.article, reviewed, dossier.revision, datetime.now(UTC))
    return reviewed


def test_a_cut_leaves_approved_what_a_person_approved(newsroom: Newsroom) -> None:
    newsroom.accept("The government will build new roads.\nThe work will begin next year.")
    newsroom.work()
    approve(newsroom)
    newsroom.accept("The work will begin next year.")
    newsroom.work()
    assert newsroom.edition().state == "reviewed"
    variant = newsroom.edition().variant
    assert variant is not None
    assert (variant.reviewed_by, len(variant.segments)) == ("Sari", 2)


@pytest.mark.parametrize("origin", ["glossary", "rule", "kept", "person"])
def test_a_sentence_that_nobody_approved_here_is_a_proposal_whoever_wrote_it(newsroom: Newsroom, origin: Any) -> None:
    newsroom.accept()
    newsroom.work()
    approve(newsroom)
    saved = newsroom.accept("The government will build new roads.\n12,500")
    job = claim(newsroom)
    before = newsroom.edition().variant
    assert before is not None
    figure = Translation("s", "b", "12,500", "12.500", origin)
    made = replace(before, state="machine", reviewed_by=None, segments=(*before.segments, figure))
    run.complete(newsroom.database, job, made, datetime.now(UTC))
    assert (newsroom.edition().state, saved.revision) == ("stale", 2)
    with newsroom.database.read() as connection:
        stored = variants.get(connection, "a1", "id-ID")
    assert stored is not None
    assert stored.proposal is not None
    assert replace(stored.proposal, unreviewed=()) == made
    assert stored.proposal.unreviewed == (() if origin == "person" else ("s",))


def test_other_words_for_an_approved_sentence_are_a_proposal(newsroom: Newsroom) -> None:
    newsroom.accept("The government will build new roads.\nThe work will begin next year.")
    newsroom.work()
    approve(newsroom, ("work", "Pekerjaannya mulai tahun depan."))  # which the memory does not know
    newsroom.accept("The work will begin next year.")
    newsroom.work()
    assert newsroom.edition().state == "stale"


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
