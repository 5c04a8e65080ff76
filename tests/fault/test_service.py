"""The service as a process: how it starts, stops and comes back."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from typing import Any

import pytest

from service.jobs.embedded import FolderInUse, Ownership

Start = Callable[..., Any]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_an_idle_service_stops_at_once_and_says_so(service: Start, number: signal.Signals) -> None:
    running = service()
    began = time.monotonic()
    assert running.stop(number) == 0
    assert time.monotonic() - began < 10  # and not the half minute that busy jobs are given


def test_a_killed_worker_is_started_again_and_owns_the_folder(service: Start, eventually: Callable[..., Any]) -> None:
    running = service()
    killed = running.worker
    os.kill(killed, signal.SIGKILL)
    eventually(lambda: running.worker not in (0, killed))
    running.wait()


def test_a_worker_without_its_master_leaves_the_folder(service: Start, eventually: Callable[..., Any]) -> None:
    running = service()
    os.kill(running.process.pid, signal.SIGKILL)
    running.process.wait(10)

    def free() -> bool:
        try:
            Ownership(running.data).release()
        except FolderInUse:
            return False
        return True

    eventually(free)
    service()


def test_it_says_where_it_listens_and_where_readers_find_it(service: Start) -> None:
    one = service(public_url="https://paper.example/alih")
    assert f"Alihbahasa is at {one.url}/, for readers at https://paper.example/alih/" in one.log.read_text()
