"""The one way in which things are timed here: wall clock, each call's latency, processor time, peak memory.

Only the standard library is used: the peer's processes, which have none of our packages, time themselves with it.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Measured:
    """What one run took. `words` are the source's, `cpu` seconds of all threads, `peak` MB of resident memory."""

    words: int
    seconds: float
    cpu: float
    peak: float
    latencies: Sequence[float]

    @property
    def rate(self) -> float:
        """Source words per second."""
        return self.words / self.seconds


def measure(calls: Sequence[Callable[[], object]], words: int, concurrency: int = 1, process: str = "self") -> Measured:
    """Make the calls, `concurrency` of them at a time, and say what that took in a process: ours, or a pid."""
    reset_peak(process)
    cpu, begun = processor_time(process), time.perf_counter()
    with ThreadPoolExecutor(concurrency) as threads:
        latencies = list(threads.map(timed, calls))
    seconds = time.perf_counter() - begun
    return Measured(words, seconds, processor_time(process) - cpu, peak_memory(process), latencies)


def timed(call: Callable[[], object]) -> float:
    """The seconds that a call takes."""
    begun = time.perf_counter()
    call()
    return time.perf_counter() - begun


def typical(rounds: Sequence[Measured]) -> Measured:
    """The medians of several rounds, all their latencies together."""
    return Measured(
        rounds[0].words,
        statistics.median(one.seconds for one in rounds),
        statistics.median(one.cpu for one in rounds),
        statistics.median(one.peak for one in rounds),
        [latency for one in rounds for latency in one.latencies],
    )


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """The median of the ratios round by round: a slow moment of the machine meets both sides of one."""
    return statistics.median(a / b for a, b in zip(ours, theirs, strict=True))


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest of the values that at least this share of them does not exceed (nearest rank).

    >>> percentile([4, 1, 3, 2], 0.5), percentile([4, 1, 3, 2], 0.95)
    (2, 4)
    """
    ranked = sorted(values)
    return ranked[max(0, -int(-len(ranked) * share // 1) - 1)]


def processor_time(process: str = "self") -> float:
    """Seconds of processor time, all threads, user and system: to the microsecond for ourselves, else to the tick."""
    if process == "self":
        return time.process_time()
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def reset_peak(process: str = "self") -> None:
    """Begin to watch the peak of resident memory anew (proc(5), clear_refs)."""
    Path(f"/proc/{process}/clear_refs").write_text("5", encoding="ascii")


def peak_memory(process: str = "self") -> float:
    """The peak of resident memory since it was last reset, in MB."""
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1000
