"""Workers inside the service: threads over the SQLite file that this process alone owns."""

from __future__ import annotations

import fcntl
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import structlog

from service.article.faithful import RETRY_SHARE
from service.engine.courtesy import step_back
from service.engine.pool import Pool
from service.jobs import faults
from service.jobs.run import claim, do, next_moment
from service.store import jobs
from service.store.database import Database

_IDLE = 5.0
"""Seconds after which an idle worker looks again by itself, should a wake-up have been missed."""

log = structlog.get_logger()


class FolderInUse(RuntimeError):
    """Another service owns the data folder."""


class Ownership:
    """An exclusive lock on a data folder, held as long as the process lives (flock: it dies with the process)."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._file: IO[str] = (folder / "lock").open("w")
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._file.close()
            raise FolderInUse(
                f"another service is running on the data folder {folder}: stop it, or give this one another folder"
            ) from None

    def release(self) -> None:
        """Let another service have the folder."""
        self._file.close()


class Workers:
    """Threads that do jobs until they are stopped. Of several, the first does only what somebody waits for: it is free
    when the others are at work on an archive."""

    def __init__(self, database: Database, pool: Pool, count: int, retry_share: float = RETRY_SHARE) -> None:
        self._database = database
        self._pool = pool
        self._retry_share = retry_share
        self._stop = threading.Event()
        self._claiming = threading.Lock()
        self._changed = threading.Condition()
        self._asked = self._ended = 0
        """Wake-ups, which workers wait for, and jobs that ended, which those wait for who asked for them."""
        self._threads = [
            threading.Thread(target=self._work, args=[count > 1 and number == 0], name=f"worker-{number}", daemon=True)
            for number in range(count)
        ]

    def start(self) -> None:
        """Void the leases of the folder's previous owner and start working."""
        with self._database.write() as connection:
            died = jobs.void_leases(connection, datetime.now(UTC))
        if died:
            log.warning("jobs.recovered", jobs=died)
        for thread in self._threads:
            thread.start()

    def wake(self) -> None:
        """There is work; called after the transaction that asked for it."""
        with self._changed:
            self._asked += 1
            self._changed.notify_all()

    def _told(self) -> None:
        """A job ended. Idle workers have nothing to look for: they were woken when it was asked for."""
        with self._changed:
            self._ended += 1
            self._changed.notify_all()

    def wait(self, done: Callable[[], bool], seconds: float) -> bool:
        """Wait until `done()` is true, asking again after each job that ends; False when the time is up."""
        deadline = time.monotonic() + seconds
        while True:
            with self._changed:
                seen = self._ended
            if done():
                return True
            if not self._until(lambda: self._ended, seen, deadline - time.monotonic()) or self._stop.is_set():
                return False

    def stop(self, seconds: float) -> bool:
        """Stop: a job in hand goes back after its current sentence. False where a thread did not end in time."""
        self._stop.set()
        self.wake()
        deadline = time.monotonic() + seconds
        for thread in self._threads:
            if thread.is_alive():
                thread.join(max(0.0, deadline - time.monotonic()))
        return not any(thread.is_alive() for thread in self._threads)

    def alive(self) -> bool:
        """Whether every worker is at work."""
        return all(thread.is_alive() for thread in self._threads)

    def _work(self, only_urgent: bool) -> None:
        step_back()
        while not self._stop.is_set():
            with self._changed:
                seen = self._asked
            try:
                pause = self._work_once(only_urgent)
            except Exception as error:  # the database is away: nothing is lost, the row is still there
                log.error("worker.failed", **faults.logged(error))
                pause = 1.0
            if pause > 0:
                self._until(lambda: self._asked, seen, pause)

    def _until(self, count: Callable[[], int], seen: int, seconds: float) -> bool:
        """Wait until a count is no longer what was seen of it, or for the stop; False when the time is up."""
        with self._changed:
            return self._changed.wait_for(lambda: count() != seen or self._stop.is_set(), seconds)

    def _work_once(self, only_urgent: bool) -> float:
        """Do what is due; seconds until there is something to do again: the next job, the end of an embargo."""
        with self._claiming:  # of the workers that a wake-up calls, those that come too late only read
            with self._database.read() as connection:
                moment = next_moment(connection, only_urgent)
            if moment is None:
                return _IDLE
            if moment > datetime.now(UTC):
                return min(_IDLE, max(0.05, (moment - datetime.now(UTC)).total_seconds()))
            claimed = claim(self._database, only_urgent=only_urgent)
        if claimed is None:  # an embargo ended, or a lease
            return 0.05
        do(self._database, self._pool, self._stop, *claimed, retry_share=self._retry_share)
        self._told()
        return 0.0
