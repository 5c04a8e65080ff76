"""The whole service, as `make serve` runs it, and clients that post articles to it over HTTP."""

from __future__ import annotations

import http.client
import json
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from types import TracebackType

from bench.texts import Piece
from bench.timing import Measured, measure, timed
from bench.worker import ROOT

COMMAND = Path(sys.executable).parent / "alihbahasa"

_POLL = 0.5
"""Seconds between two looks at an article that was answered with 202: often enough to see, too seldom to disturb."""


def install(data: Path) -> Path:
    """Install the bundled models into a data folder; the folder that they are in."""
    packages = sorted(str(file) for file in (ROOT / "models").glob("*.argosmodel"))
    subprocess.run([COMMAND, "--data", data, "models", "install", *packages], check=True, stdout=subprocess.DEVNULL)
    return data / "models"


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until_ready(command: Sequence[str | Path], port: int) -> tuple[float, subprocess.Popen[bytes]]:
    """Start a command and wait until it answers at /health/ready; the seconds that took, and the process."""
    begun = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while process.poll() is None:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/health/ready", timeout=1).read()
        except OSError:  # refused, or accepted by a process that is still loading
            time.sleep(0.01)
        else:
            return time.perf_counter() - begun, process
    raise SystemExit(f"it ended with {process.returncode}: {' '.join(map(str, command))}")


class Service:
    """A running service on a data folder that has models; `seconds` is how long it took until it was ready."""

    def __init__(self, data: Path) -> None:
        self.port = free_port()
        command: list[str | Path] = [COMMAND, "--data", data, "serve", "--port", str(self.port)]
        self.seconds, self._process = until_ready(command, self.port)

    def __enter__(self) -> Service:
        return self

    def __exit__(self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None) -> None:
        self._process.send_signal(signal.SIGTERM)
        self._process.wait()

    @property
    def worker(self) -> str:
        """The process id of gunicorn's one worker, which does everything."""
        master = self._process.pid
        return Path(f"/proc/{master}/task/{master}/children").read_text(encoding="ascii").split()[0]

    def measure(self, pieces: Sequence[Piece], concurrency: int) -> Measured:
        """Post articles, so many at a time, and wait for their variants."""
        calls = [partial(self.put, piece.name, piece) for piece in pieces]
        return measure(calls, sum(piece.words for piece in pieces), concurrency, self.worker)

    def edit(self, piece: Piece, edited: Piece) -> tuple[float, float]:
        """Seconds until an article's variants are made, and until they are made again after an edit."""
        first = timed(partial(self.put, f"edit-{piece.name}", piece))
        return first, timed(partial(self.put, f"edit-{piece.name}", edited))

    def put(self, name: str, piece: Piece) -> None:
        """Post an article with `Prefer: wait` and wait until its variants are made, as a plugin does.

        The half of the service's threads that may wait is answered when all is done, the rest with 202 at once.
        """
        status, answer = self._ask("PUT", f"/v1/articles/{name}", piece.article())
        while status == 202 or any(one["state"] in ("queued", "translating") for one in answer["variants"]):
            time.sleep(_POLL)
            status, answer = self._ask("GET", f"/v1/articles/{name}")
        if not any(one["state"] in ("machine", "needs_review") for one in answer["variants"]):
            raise SystemExit(f"no variant was made: {status} {answer}")

    def _ask(self, method: str, path: str, body: object = None) -> tuple[int, dict[str, list[dict[str, str]]]]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=600)
        try:
            headers = {"Content-Type": "application/json", "Prefer": "wait=120"}
            connection.request(method, path, json.dumps(body) if body is not None else None, headers)
            response = connection.getresponse()
            answer = json.loads(response.read())
        finally:
            connection.close()
        if response.status >= 400:
            raise SystemExit(f"{method} {path}: {response.status} {answer}")
        return response.status, answer
