"""Pages and answers as quick as files? Requests per second of what is kept, beside a bare Flask application.

`python -m bench.pages` (or `make bench-pages`) needs wrk (apt-get install wrk). The peer is Flask under the same
gunicorn, with as many threads: a view that says hello, and one that answers with our bytes and headers from memory.
Everything is asked in turn, round after round, and a ratio is taken within a round.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import platform
import re
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bench.service import Service, free_port, install, until_ready
from bench.texts import EDITIONS, Piece, articles
from bench.worker import ROOT

CONNECTIONS = (1, 16, 64)
MANY = 10_000
PAGE, ANSWER = "/id/articles/{}", "/v1/articles/{}/variants/id-ID"

BARE = """
import json, pathlib
from flask import Flask, Response
app = Flask("bare")
kept = json.loads(pathlib.Path(__file__).with_name("kept.json").read_text("utf-8"))
bodies = {path: one["body"].encode("latin-1") for path, one in kept.items()}
headers = {path: one["headers"] for path, one in kept.items()}
app.add_url_rule("/hello", "hello", lambda: "hello")
app.add_url_rule("/health/ready", "ready", lambda: "ok")
@app.get("/<name>")
def same(name):
    return Response(bodies[name], headers=headers[name])
"""


@dataclass(frozen=True)
class Load:
    """What wrk saw: requests per second, and milliseconds that half of them and 99 of 100 took at most."""

    rate: float
    median: float
    p99: float


def wrk(url: str, connections: int, seconds: int) -> Load:
    """Ask for one address over so many connections. Raises SystemExit where an answer was not a 2xx one."""
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", url]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    if "Non-2xx" in said or "Socket errors" in said:
        raise SystemExit(f"{url}: {said}")
    return Load(
        float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1]), *(_milliseconds(said, share) for share in ("50", "99"))
    )


def _milliseconds(said: str, share: str) -> float:
    number, unit = re.search(rf"^\s+{share}%\s+([\d.]+)(us|ms|s)$", said, re.MULTILINE).groups()
    return float(number) * {"us": 0.001, "ms": 1, "s": 1000}[unit]


@contextmanager
def bare(folder: Path, kept: Mapping[str, str], ours: Service) -> Iterator[int]:
    """The peer, with what `ours` answers at the paths of `kept` under its names; its port."""
    answers = {name: _fetched(ours, path) for name, path in kept.items()}
    (folder / "bare.py").write_text(BARE, "utf-8")
    (folder / "kept.json").write_text(json.dumps(answers), "utf-8")
    port = free_port()
    gunicorn = [Path(sys.executable).parent / "gunicorn", "--chdir", folder, "--bind", f"127.0.0.1:{port}"]
    options = ["--worker-class", "gthread", "--threads", "32", "--log-level", "warning", "--no-control-socket"]
    _, process = until_ready([*gunicorn, *options, "bare:app"], port)
    try:
        yield port
    finally:
        process.terminate()
        process.wait()


def _fetched(service: Service, path: str) -> dict[str, object]:
    connection = http.client.HTTPConnection("127.0.0.1", service.port)
    connection.request("GET", path)
    answer = connection.getresponse()
    of_server = {"server", "date", "connection", "content-length"}
    headers = [(name, value) for name, value in answer.getheaders() if name.lower() not in of_server]
    body = answer.read().decode("latin-1")
    connection.close()
    return {"headers": headers, "body": body}


def multiply(database: Path, article: str, count: int) -> None:
    """Store an article so many times under other ids, with its variants, as if it had been sent so often."""
    connection = sqlite3.connect(database)
    for table, key in (("article", "id"), ("variant", "article")):
        cursor = connection.execute(f"SELECT * FROM {table} WHERE {key} = ?", [article])  # noqa: S608 - two names
        names = [column[0] for column in cursor.description]
        at, document = names.index(key), names.index("document")
        for row in cursor.fetchall():
            marks = ", ".join("?" * len(names))
            copies = (_copy(row, at, document, article, number) for number in range(count))
            connection.executemany(f"INSERT INTO {table} VALUES ({marks})", copies)  # noqa: S608
    connection.commit()
    connection.close()


def _copy(row: Sequence[object], key: int, document: int, article: str, number: int) -> list[object]:
    copy, name = list(row), f"copy-{number}"
    copy[key] = name
    copy[document] = str(row[document]).replace(f'"id":"{article}"', f'"id":"{name}"')
    return copy


@contextmanager
def translating(service: Service, pieces: Sequence[Piece]) -> Iterator[None]:
    """Both processors translate: articles are sent, two at a time. Raises SystemExit if they run out."""
    over, left = threading.Event(), iter(pieces)
    with ThreadPoolExecutor(2) as threads:

        def send() -> None:
            while not over.is_set():
                piece = next(left)
                service.put(f"new-{piece.name}", piece)

        sending = [threads.submit(send) for _ in range(2)]
        try:
            yield
        finally:
            over.set()
        if any(isinstance(one.exception(), StopIteration) for one in sending):
            raise SystemExit("the articles ran out while requests were timed")


def measure(scratch: Path, rounds: int, seconds: int) -> str:
    """Everything, as Markdown."""
    pieces = articles(2 * EDITIONS)
    kept, new = pieces[:8], pieces[8:]
    first = kept[0].name
    few, many = scratch / "few", scratch / "many"
    install(few)
    with Service(few) as service:
        for piece in kept:
            service.put(piece.name, piece)
    shutil.copytree(few, many)
    multiply(many / "alihbahasa.db", first, MANY)
    same = {"page": PAGE.format(first), "answer": ANSWER.format(first)}
    found: dict[tuple[str, int], list[Load]] = {}
    with Service(few) as service, Service(many) as large, bare(scratch, same, service) as port:
        urls = {
            "hello": f"http://127.0.0.1:{port}/hello",
            "page, bare Flask": f"http://127.0.0.1:{port}/page",
            "page": f"http://127.0.0.1:{service.port}{same['page']}",
            "page, large store": f"http://127.0.0.1:{large.port}{same['page']}",
            "answer, bare Flask": f"http://127.0.0.1:{port}/answer",
            "answer": f"http://127.0.0.1:{service.port}{same['answer']}",
            "answer, large store": f"http://127.0.0.1:{large.port}{same['answer']}",
        }
        for url in urls.values():
            wrk(url, 1, 1)
        for _ in range(rounds):
            for connections in CONNECTIONS:
                for name, url in urls.items():
                    found.setdefault((name, connections), []).append(wrk(url, connections, seconds))
        size = {name: len(str(_fetched(service, path)["body"])) for name, path in same.items()}
        with translating(service, new):
            storm = {
                (name, connections): wrk(urls[name], connections, 3 * seconds)
                for name in ("page", "answer")
                for connections in CONNECTIONS
            }
    return _report(found, storm, size, rounds)


def _report(
    found: Mapping[tuple[str, int], list[Load]],
    storm: Mapping[tuple[str, int], Load],
    size: Mapping[str, int],
    rounds: int,
) -> str:
    def middle(name: str, connections: int, value: Callable[[Load], float]) -> float:
        return statistics.median(map(value, found[name, connections]))

    def ratio(name: str, peer: str, connections: int) -> float:
        pairs = zip(found[name, connections], found[peer, connections], strict=True)
        return statistics.median(ours.rate / theirs.rate for ours, theirs in pairs)

    lines = [
        "# Pages as quick as files",
        "",
        f"Made by `make bench-pages` on {datetime.now(UTC):%d %B %Y}: {os.cpu_count()} processors "
        f"({platform.machine()}), Python {platform.python_version()}, medians of {rounds} rounds. wrk and what it asks "
        f"share the processors. The page has {size['page']:,} bytes, the answer {size['answer']:,}, uncompressed.",
        "",
        "| | connections | requests/s | p50 | p99 | of a bare Flask “hello” | of bare Flask with the same bytes | with "
        f"{MANY:,} articles in the store | p50 / p99 while both processors translate |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for name in ("page", "answer"):
        for connections in CONNECTIONS:
            busy = storm[name, connections]
            lines.append(
                f"| {name} | {connections} | {middle(name, connections, lambda one: one.rate):,.0f} "
                f"| {middle(name, connections, lambda one: one.median):.1f} ms "
                f"| {middle(name, connections, lambda one: one.p99):.1f} ms "
                f"| {ratio(name, 'hello', connections):.2f} × "
                f"| {ratio(name, f'{name}, bare Flask', connections):.2f} × "
                f"| {ratio(f'{name}, large store', name, connections):.2f} × "
                f"| {busy.median:.1f} / {busy.p99:.1f} ms |"
            )
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure and write bench/PAGES.md, or only print."""
    parser = argparse.ArgumentParser(prog="python -m bench.pages", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=3, help="for each load (default: 3)")
    parser.add_argument("--print", action="store_true", help="print the results and write nothing")
    options = parser.parse_args()
    if shutil.which("wrk") is None:
        raise SystemExit("needs wrk: apt-get install wrk")
    with tempfile.TemporaryDirectory() as scratch:
        text = measure(Path(scratch), options.rounds, options.seconds)
    print(text)
    if not options.print:
        (ROOT / "bench" / "PAGES.md").write_text(text, "utf-8")


if __name__ == "__main__":
    main()
