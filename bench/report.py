"""What was measured as Markdown: bench/RESULTS.md, whose first table the README shows too."""

from __future__ import annotations

import os
import platform
import re
import statistics
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from bench.rounds import CONCURRENT, SERVED, Results
from bench.timing import Measured, percentile, ratio, typical
from bench.worker import ROOT


def _at_a_time(count: int) -> str:
    return f"{count} article{'s' * (count > 1)} at a time"


@dataclass(frozen=True)
class Row:
    """A line of the table: what it is called in the results, and what it is compared with there."""

    key: str
    what: str
    limit: str = "raw text"
    peers: int = 1
    """At how many articles at a time Argos is compared."""


ROWS = [
    Row("raw text", "raw CTranslate2, sentences of the text"),
    Row("raw html", "raw CTranslate2, sentences of the HTML", "raw html"),
    Row("engine sentences", "`Pool.translate`, same sentences"),
    Row("engine text", "engine, text, first pass"),
    Row("engine text retries", "engine, text, with retries"),
    Row("engine html", "engine, HTML, first pass", "raw html"),
    Row("engine html retries", "engine, HTML, with retries", "raw html"),
    *(Row(f"raw {count}", f"raw CTranslate2, {_at_a_time(count)}", peers=count) for count in CONCURRENT),
    *(
        Row(f"articles {count}{key}", f"engine, text, {_at_a_time(count)}, {what}", peers=count)
        for count in CONCURRENT
        for key, what in (("", "first pass"), (" retries", "with retries"))
    ),
    *(
        Row(f"argos {options} {count}", f"Argos, {options}, {_at_a_time(count)}", peers=count)
        for options in ("beam 2", "beam 4", "beam 2, two translators", "beam 4, two translators", "as shipped")
        for count in CONCURRENT
    ),
    *(
        Row(
            f"service {count}",
            f"service, HTML, {_at_a_time(count)}",
            "raw html",
            min(count, 8),
        )
        for count in SERVED
    ),
]

HEAD = """# Results

`make bench` wrote this file and the README's table on {date} (`{command}`).

{machine}

{rounds} rounds, every line measured once in each, in turn; medians. A ratio is the median of the rounds' ratios, more
than 1 where the line is the faster: "/ raw" is over the first lines, all sentences in one call; "/ Argos" over Argos at
our beam and as many articles at a time. Where a machine has other work, those by processor time are the steadier ones.

- Texts: {texts}.
- Raw is `translate_batch` and nothing else, on tokens made beforehand, beam 2, with the best of the options below.
- The first lines have all there is of a language in one call, so that their latency is a whole run's. "First pass" is
  the pipeline from markup to checked sentences without retries.
- Argos ({argos}): its own `translate`, given our sentences, so that splitting costs it nothing; `OMP_NUM_THREADS=1`,
  and two translators where the line says so (`ARGOS_INTER_THREADS=2`). As shipped it has neither, and shorter articles.
- The service is the one of `make serve`, over HTTP, `Prefer: wait`; it has seen none of the articles before.
"""


def results(found: Results) -> str:
    """The whole file."""
    rounds = len(found.rounds["raw text"])
    head = HEAD.format(
        date=f"{datetime.now(UTC):%Y-%m-%d}",
        command=" ".join(["python -m bench", *sys.argv[1:]]),
        machine=_machine(),
        texts=_texts(found),
        argos=", ".join(f"{name} {number}" for name, number in found.peer.items()) or "not run",
        rounds=rounds,
    )
    return "\n".join([head, *_summary(found), "", *_table(found), "", *_scan(found), ""])


def summary(text: str) -> str:
    """The table that begins with `| what`, which RESULTS.md and the README both have. Raises ValueError for none."""
    table = re.search(r"^\| what .*\n(?:\|.*\n)+", text, re.MULTILINE)
    if table is None:
        raise ValueError("there is no table that begins with `| what`")
    return table[0]


def with_summary(readme: str, text: str) -> str:
    """The README with the results' table in the place of its own."""
    return readme.replace(summary(readme), summary(text))


def _table(found: Results) -> Iterator[str]:
    columns = (
        "measured, words/s, p50 s, p95 s, CPU s per 1000 words, peak MB, / raw, / raw by CPU, / Argos, / Argos beam 4"
    )
    yield f"| {columns.replace(',', ' |')} |"
    yield "| --- " * (columns.count(",") + 1) + "|"
    for row in ROWS:
        if row.key not in found.rounds:
            continue
        rounds = found.rounds[row.key]
        one = typical(rounds)
        cells = [
            f"{one.rate:,.0f}",
            f"{percentile(one.latencies, 0.5):.2f}",
            f"{percentile(one.latencies, 0.95):.2f}",
            f"{1000 * one.cpu / one.words:.3f}",
            f"{one.peak:.0f}",
            f"{_speed(found, row.key, row.limit):.2f}",
            f"{_thrift(found, row.key, row.limit):.2f}",
            *(
                f"{_speed(found, row.key, peer):.2f}" if peer in found.rounds else ""
                for peer in (f"argos beam 2 {row.peers}", f"argos beam 4 {row.peers}")
            ),
        ]
        yield f"| {row.what} | {' | '.join(cells)} |"


def _summary(found: Results) -> Iterator[str]:
    yield "| what | measured | to reach |"
    yield "| --- | --- | --- |"
    for key, name, least in (("text", "text", 0.90), ("html", "HTML", 0.75)):
        limit = f"raw {key}"
        first, whole = f"engine {key}", f"engine {key} retries"
        measured = (
            f"{_speed(found, first, limit):.2f} (by processor time {_thrift(found, first, limit):.2f}; "
            f"with retries {_speed(found, whole, limit):.2f}, {_thrift(found, whole, limit):.2f})"
        )
        yield f"| {name} through the engine, first pass, / raw CTranslate2 | {measured} | ≥ {least:.2f} |"
    for beam, least in ((2, 3.5), (4, 2.2)):
        for count in CONCURRENT:
            peer = f"argos beam {beam} {count}"
            if peer in found.rounds:
                measured = (
                    f"{_speed(found, f'articles {count}', peer):.1f} × (with retries "
                    f"{_speed(found, f'articles {count} retries', peer):.1f} ×)"
                )
                yield f"| our beam 2 / Argos at beam {beam}, {_at_a_time(count)} | {measured} | ≥ {least} × |"
    if "argos as shipped 1" in found.rounds:
        slower = _speed(found, "argos beam 4 1", "argos as shipped 1")
        yield f"| Argos with `OMP_NUM_THREADS=1` / as shipped, both beam 4 | {slower:.0f} × | |"
    yield from _edits(found)
    for count in SERVED:
        if f"service {count}" in found.rounds:
            one = typical(found.rounds[f"service {count}"])
            measured = (
                f"{one.rate:,.0f} words/s; p50 {percentile(one.latencies, 0.5):.1f} s, "
                f"p95 {percentile(one.latencies, 0.95):.1f} s; {one.peak:.0f} MB"
            )
            yield f"| service, {_at_a_time(count)} | {measured} | |"
    if found.ready_memory:
        yield f"| memory of the service when it is ready | {statistics.median(found.ready_memory):.0f} MB | |"
    peers = iter(("raw CTranslate2, same lines", "bare Flask under gunicorn"))
    for name, (ours, theirs) in found.starts.items():
        yield f"| {name} | {ours:.2f} s ({next(peers)}: {theirs:.2f} s) | |"


def _edits(found: Results) -> Iterator[str]:
    first, again = found.edits[0].sentences
    decoding = statistics.median(edit.decoding for edit in found.edits)
    whole = statistics.median(edit.whole for edit in found.edits)
    calls = max(edit.cached_calls for edit in found.edits)
    named = f"one sentence of {first} edited ({again} decoded)"
    yield f"| {named}: decoding / the first time | {100 * decoding:.1f} % | ≤ 5 % |"
    yield f"| one sentence edited: end to end / the first time | {100 * whole:.1f} % | ≤ 10 % |"
    yield f"| model calls for a variant that is made | {calls} | 0 |"


def _speed(found: Results, key: str, other: str) -> float:
    return ratio([one.rate for one in found.rounds[key]], [one.rate for one in found.rounds[other]])


def _thrift(found: Results, key: str, other: str) -> float:
    """By processor time: above 1 where `key` needs less of it for a word."""

    def words(one: Measured) -> float:
        return one.words / one.cpu

    return ratio([words(one) for one in found.rounds[key]], [words(one) for one in found.rounds[other]])


def _scan(found: Results) -> Iterator[str]:
    yield "| raw CTranslate2 with | words/s |"
    yield "| --- | --- |"
    for options, rate in found.scanned:
        chosen = " (chosen)" if options == found.options else ""
        yield f"| `{options}`{chosen} | {rate:,.0f} |"


def _texts(found: Results) -> str:
    words = statistics.mean(piece.words for piece in found.pieces)
    return f"articles of 60 sentences, {words:.0f} words on average, English and Indonesian in turn"


def _machine() -> str:
    cpu = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text(encoding="utf-8"))
    memory = int(Path("/proc/meminfo").read_text(encoding="utf-8").split()[1]) // 1_000_000
    load = Path("/proc/loadavg").read_text(encoding="utf-8").split()[0]
    packages = ", ".join(
        f"{name} {version(name)}" for name in ("alihbahasa", "ctranslate2", "sentencepiece", "gunicorn")
    )
    models = ", ".join(file.stem for file in sorted((ROOT / "models").glob("*.argosmodel")))
    return (
        f"Machine: {len(os.sched_getaffinity(0))} × {cpu[1] if cpu else platform.machine()}, {memory} GB, load {load} "
        f"at the end. Python {platform.python_version()}, {packages}; models {models}."
    )
