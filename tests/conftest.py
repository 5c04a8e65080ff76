"""Fixtures for all tests.

models   a folder with the bundled packages installed: made once for all xdist workers, never copied, never written to
data     a fresh data folder over those models
desk     an opened desk on `data`, its models loaded and its one worker at work; closed at the end
app      create_app over `desk`, in testing mode;  client: a test client of it
service  a function that starts a real `alihbahasa serve` in its own process group on a free port and waits until it
         is ready: `service(data=…, workers=2, **settings)` -> Service with .url, .process, .kill(), .stop(), .worker;
         what still runs at the end of the test is killed
eventually  a function that asks until an answer is true, and gives it: `eventually(lambda: …, seconds=30)`

Tests marked `browser` or `postgres` may skip where there is none of it; where CI is set such a skip is a failure.
"""

from __future__ import annotations

import fcntl
import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask
from flask.testing import FlaskClient

from service.app import create_app, open_desk
from service.engine import installer
from service.settings import ROOT, Settings
from service.web.desk import Desk

T = TypeVar("T")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    """In CI nothing that we say is tested may quietly not be."""
    report: pytest.TestReport = yield
    needs = [name for name in ("browser", "postgres") if item.get_closest_marker(name)]
    if report.skipped and needs and os.environ.get("CI"):
        report.outcome = "failed"
        report.longrepr = f"CI has to run this {needs[0]} test, and it was skipped: {report.longrepr}"
    return report


def shared(tmp_path_factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """A folder that the xdist workers of a run share: the first to come makes it."""
    base = tmp_path_factory.getbasetemp()
    root = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder = root / name
    with (root / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            making = root / f"{name}.making"
            making.mkdir()
            make(making)
            making.rename(folder)
    return folder


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    def make(folder: Path) -> None:
        for file in sorted((ROOT / "models").glob("*.argosmodel")):
            installer.install(file, folder)

    return shared(tmp_path_factory, "models", make)


@pytest.fixture(scope="session")
def words(tmp_path_factory: pytest.TempPathFactory) -> None:
    """`locales/` compiled: `make test` has done it, a bare `pytest` has not."""

    def make(_: Path) -> None:
        for source in (ROOT / "locales").glob("*/LC_MESSAGES/*.po"):
            if not source.with_suffix(".mo").exists():
                with source.open("rb") as po, source.with_suffix(".mo").open("wb") as mo:
                    write_mo(mo, read_po(po))

    shared(tmp_path_factory, "words", make)


@pytest.fixture
def data(tmp_path: Path, models: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "models").symlink_to(models)
    return folder


@pytest.fixture
def settings(data: Path) -> Settings:
    return Settings(data=data, workers=1, threads=1)


@pytest.fixture
def desk(settings: Settings) -> Iterator[Desk]:
    desk = open_desk(settings)
    try:
        desk.start()
        yield desk
    finally:
        desk.close(20)


@pytest.fixture
def app(desk: Desk, settings: Settings, words: None) -> Flask:
    app = create_app(settings, desk)
    app.testing = True
    return app


@pytest.fixture
def client(app: Flask) -> Iterator[FlaskClient]:
    with app.test_client() as client:
        yield client


def until(ask: Callable[[], T], seconds: float = 90.0) -> T:
    """Ask until the answer is true, for at most `seconds`."""
    deadline, pause = time.monotonic() + seconds, threading.Event()
    while not (answer := ask()):
        assert time.monotonic() < deadline, f"not within {seconds} seconds"
        pause.wait(0.02)
    return answer


@pytest.fixture(scope="session")
def eventually() -> Callable[..., Any]:
    return until


@dataclass
class Service:
    """A running `alihbahasa serve`: gunicorn's master and, below it, the one worker that does everything."""

    url: str
    data: Path
    process: subprocess.Popen[str]
    log: Path

    def get(self, path: str) -> int:
        """The status of a GET, 0 where nothing answers."""
        try:
            with urllib.request.urlopen(self.url + path, timeout=10) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            with error:
                return error.code
        except (OSError, http.client.HTTPException):
            return 0

    @property
    def worker(self) -> int:
        """The process id of the worker, 0 while there is none."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return int(children[0]) if children else 0

    def wait(self) -> Service:
        """Wait until it is ready."""

        def ready() -> bool:
            assert self.process.poll() is None, self.log.read_text()
            return self.get("/health/ready") == 200

        until(ready)
        return self

    def kill(self) -> None:
        """As a power cut does it: all of it, at once."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(10)

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Ask it to stop and wait for it; its exit status."""
        self.process.send_signal(number)
        return self.process.wait(40)


def serve(data: Path, log: Path, workers: int = 2, **settings: object) -> Service:
    """Start a service of its own on a free port; it is not waited for."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    own = {"data": data, "port": port, "workers": workers, "threads": 1, **settings}
    environment = {f"ALIHBAHASA_{name.upper()}": str(value) for name, value in own.items()}
    with log.open("w") as output:
        process = subprocess.Popen(
            [Path(sys.executable).with_name("alihbahasa"), "serve"],
            env={**os.environ, **environment},
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
            text=True,
        )
    return Service(f"http://127.0.0.1:{port}", data, process, log)


@pytest.fixture
def service(data: Path, words: None, tmp_path: Path) -> Iterator[Callable[..., Service]]:
    running: list[Service] = []
    folder = data

    def start(data: Path = folder, workers: int = 2, **settings: object) -> Service:
        running.append(serve(data, tmp_path / f"service-{len(running)}.log", workers, **settings))
        return running[-1].wait()

    yield start
    for one in running:
        one.kill()
