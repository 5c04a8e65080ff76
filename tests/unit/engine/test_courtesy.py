"""Threads that translate have less of a claim to the processors than those that answer readers."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path

import pytest

from service.engine.courtesy import NICENESS, made_behind
from service.web.desk import Desk

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="priorities are of threads on Linux only")


def niceness(thread: int) -> int:
    return os.getpriority(os.PRIO_PROCESS, thread)


def test_what_it_starts_steps_back_and_who_asked_does_not() -> None:
    def make() -> int:
        told: list[int] = []
        thread = threading.Thread(target=lambda: told.append(niceness(threading.get_native_id())))
        thread.start()
        thread.join()
        return told[0]

    mine = niceness(threading.get_native_id())
    assert made_behind(make) == NICENESS
    assert niceness(threading.get_native_id()) == mine


def test_what_it_raises_is_raised_here() -> None:
    with pytest.raises(ZeroDivisionError):
        made_behind(lambda: 1 / 0)


def test_models_and_workers_step_back(desk: Desk) -> None:
    tasks = [int(task.name) for task in Path("/proc/self/task").iterdir()]
    behind = [task for task in tasks if niceness(task) == NICENESS]
    # a thread for each of two models, and one worker at least
    assert len(behind) >= 3
    assert threading.main_thread().native_id not in behind


def test_where_it_is_forbidden_the_work_is_done_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    def forbid(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "setpriority", forbid)
    assert made_behind(lambda: "made") == "made"
