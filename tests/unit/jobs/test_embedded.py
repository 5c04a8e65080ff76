"""Workers in the service: one owner of a folder, woken by work, stopped without loss."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from service.jobs import embedded
from service.jobs.embedded import FolderInUse, Ownership, Workers
from service.store import jobs
from tests.unit.jobs.room import Newsroom

Eventually = Callable[..., Any]
During = Callable[[Callable[[], object]], None]


@pytest.fixture
def workers(newsroom: Newsroom) -> Iterator[Workers]:
    workers = Workers(newsroom.database, newsroom.pool, 2)
    yield workers
    assert workers.stop(20)


def done(newsroom: Newsroom) -> bool:
    return newsroom.rows("SELECT state FROM job") == [("done",)]


def test_a_folder_has_one_owner(tmp_path: Path) -> None:
    owner = Ownership(tmp_path / "new")
    with pytest.raises(FolderInUse, match=r"new.*stop it, or give this one another folder"):
        Ownership(tmp_path / "new")
    owner.release()
    Ownership(tmp_path / "new").release()


def test_a_folder_of_another_process_is_refused_until_it_dies(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from service.jobs.embedded import Ownership;"
        "mine = Ownership(Path(sys.argv[1])); print('mine', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, tmp_path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "mine\n"
        with pytest.raises(FolderInUse):
            Ownership(tmp_path)
        other.kill()
    Ownership(tmp_path).release()


def test_work_that_was_there_before_is_done(newsroom: Newsroom, workers: Workers, eventually: Eventually) -> None:
    newsroom.accept()
    workers.start()
    eventually(lambda: done(newsroom))


def test_leases_of_the_last_owner_are_void(newsroom: Newsroom, workers: Workers, eventually: Eventually) -> None:
    newsroom.accept()
    with newsroom.database.write() as connection:
        assert jobs.claim(connection, datetime.now(UTC), timedelta(hours=1))
    workers.start()
    eventually(lambda: done(newsroom))


def test_workers_are_woken_by_work(newsroom: Newsroom, workers: Workers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded, "_IDLE", 3600.0)
    workers.start()
    newsroom.accept()
    workers.wake()
    assert workers.wait(lambda: done(newsroom), 30)


def test_the_end_of_an_embargo_is_waited_for(
    newsroom: Newsroom, workers: Workers, monkeypatch: pytest.MonkeyPatch, eventually: Eventually
) -> None:
    monkeypatch.setattr(embedded, "_IDLE", 3600.0)
    newsroom.accept(published_at=datetime.now(UTC) + timedelta(seconds=1), targets=())
    workers.start()
    eventually(lambda: newsroom.dossier().etag == "1.1")


def test_who_waits_is_told_when_the_time_is_up(workers: Workers) -> None:
    workers.start()
    assert not workers.wait(lambda: False, 0.05)


def test_what_is_done_already_is_not_waited_for(workers: Workers) -> None:
    assert workers.wait(lambda: True, 0.0)


def test_who_waits_is_let_go_when_the_workers_stop(workers: Workers, eventually: Eventually) -> None:
    workers.start()
    answers: list[bool] = []
    waiting = threading.Thread(target=lambda: answers.append(workers.wait(lambda: False, 60)))
    began = time.monotonic()
    waiting.start()
    workers.stop(20)
    waiting.join(20)
    assert answers == [False]
    assert time.monotonic() - began < 20


def test_what_somebody_waits_for_is_done_while_the_others_are_at_work(
    newsroom: Newsroom, workers: Workers, during: During, eventually: Eventually
) -> None:
    working, go_on = threading.Event(), threading.Event()

    def hold() -> None:
        working.set()
        go_on.wait(20)

    newsroom.accept()
    during(hold)
    workers.start()
    assert working.wait(20)
    for article in ("a2", "a3"):
        newsroom.accept(id=article)
    with newsroom.database.write() as connection:
        jobs.hurry(connection, "a3")
    workers.wake()
    eventually(lambda: newsroom.rows("SELECT state FROM job WHERE article = 'a3'") == [("done",)])
    states = dict(newsroom.rows("SELECT article, state FROM job WHERE article != 'a3'"))
    assert states == {"a1": "running", "a2": "queued"}
    go_on.set()


def test_stopping_gives_back_the_job_in_hand(newsroom: Newsroom, workers: Workers, during: During) -> None:
    working, go_on = threading.Event(), threading.Event()

    def hold() -> None:
        working.set()
        go_on.wait(20)

    newsroom.accept("\n".join(f"The government will build {number} new roads." for number in range(20)))
    during(hold)
    workers.start()
    assert working.wait(20)
    assert not workers.stop(0.01)
    go_on.set()
    assert workers.stop(20)
    assert newsroom.rows("SELECT state, attempts, deaths FROM job") == [("queued", 0, 0)]


def test_workers_are_alive_from_start_to_stop(workers: Workers) -> None:
    assert not workers.alive()
    workers.start()
    assert workers.alive()
    workers.stop(20)
    assert not workers.alive()


def test_a_database_that_goes_away_kills_no_worker(
    newsroom: Newsroom, workers: Workers, monkeypatch: pytest.MonkeyPatch, eventually: Eventually
) -> None:
    failed = threading.Event()

    def away(*_: Any, **__: Any) -> bool:
        failed.set()
        raise OperationalError("SELECT 1", {}, Exception("disk I/O error"))

    with monkeypatch.context() as patched:
        patched.setattr(embedded, "next_moment", away)
        workers.start()
        assert failed.wait(20)
    newsroom.accept()
    workers.wake()
    eventually(lambda: done(newsroom))
    assert workers.alive()
