"""Readers first: threads that translate step back when the processors are busy."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Final, TypeVar

T = TypeVar("T")

NICENESS: Final = 10
"""About a tenth of the processor time that a thread of the usual priority gets beside it."""


def step_back() -> None:
    """From now on this thread, and each one that it starts, yields to those that answer requests.

    On Linux, where priorities are of threads (setpriority(2)); elsewhere they are of processes, and nothing is done.
    """
    if sys.platform == "linux":
        with suppress(OSError):  # a sandbox may forbid it: manners are no reason not to translate
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICENESS)


def made_behind(make: Callable[[], T]) -> T:
    """What `make` makes, with all threads that it starts, on a thread that has stepped back."""
    with ThreadPoolExecutor(1, initializer=step_back) as thread:
        return thread.submit(make).result()
