"""What is measured of pages is read and counted right; how fast they are is for `make bench-pages`."""

from __future__ import annotations

import sqlite3
import subprocess
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from bench import pages
from bench.pages import Load
from service.web.desk import Desk
from tests.contract.conftest import payload

SAID = """Running 2s test @ http://127.0.0.1:1/hello
  1 threads and 16 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency    15.50ms    9.20ms  84.80ms   80.10%
  Latency Distribution
     50%   850.00us
     75%   20.10ms
     90%   30.20ms
     99%    1.20s
  1901 requests in 2.00s, 17.90MB read
{more}Requests/sec:    950.12
"""


def said(monkeypatch: pytest.MonkeyPatch, more: str = "") -> Load:
    done = subprocess.CompletedProcess([], 0, SAID.format(more=more))
    monkeypatch.setattr(pages.subprocess, "run", lambda *_, **__: done)
    return pages.wrk("http://127.0.0.1:1/hello", 16, 2)


def test_what_wrk_says(monkeypatch: pytest.MonkeyPatch) -> None:
    assert said(monkeypatch) == Load(950.12, 0.85, 1200.0)


def test_errors_are_no_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SystemExit):
        said(monkeypatch, "  Non-2xx or 3xx responses: 7\n")


def test_ratios_are_taken_within_a_round() -> None:
    names = ("hello", "page, bare Flask", "page", "page, large store")
    names += ("answer, bare Flask", "answer", "answer, large store")
    rates = {name: [Load(100.0, 1.0, 2.0), Load(1000.0, 1.0, 2.0), Load(10.0, 1.0, 2.0)] for name in names}
    rates["page"] = [Load(50.0, 1.0, 2.0), Load(600.0, 1.0, 2.0), Load(4.0, 1.0, 2.0)]
    found = {(name, connections): loads for name, loads in rates.items() for connections in pages.CONNECTIONS}
    storm = {
        (name, connections): Load(9.0, 3.0, 4.0) for name in ("page", "answer") for connections in pages.CONNECTIONS
    }
    text = pages._report(found, storm, {"page": 9_000, "answer": 30_000}, 3)
    assert "| page | 1 | 50 | 1.0 ms | 2.0 ms | 0.50 × | 0.50 × | 2.00 × | 3.0 / 4.0 ms |" in text


def test_a_store_is_filled_with_copies_that_are_served(client: FlaskClient, desk: Desk, data: Path) -> None:
    client.put("/v1/articles/a1", json=payload(), headers={"Prefer": "wait=60"})
    pages.multiply(data / "alihbahasa.db", "a1", 3)
    with sqlite3.connect(data / "alihbahasa.db") as connection:
        assert connection.execute("SELECT count(*) FROM article").fetchone() == (4,)
    assert "/id/articles/copy-2" in client.get("/id/articles/copy-2").text
