"""Accepted work is never lost and never done twice, whatever becomes of the process. FAULT_ROUNDS sets how often."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest

ROUNDS = int(os.environ.get("FAULT_ROUNDS", "3"))

NOUNS = "road bridge school hospital market port station airport office project programme building train ship".split()
PLACES = "Jakarta Bandung Surabaya Medan Bali Makassar Semarang Palembang Bogor Padang Malang Aceh".split()

Start = Callable[..., Any]


def article(number: int, sentences: int) -> dict[str, Any]:
    """The `number`th long article: no sentence is there twice, nor in another article, so that none is remembered.

    The starter models translate these well, or the time would go into retries.
    """
    about = f"{NOUNS[number % len(NOUNS)]} in {PLACES[number // len(NOUNS) % len(PLACES)]}"
    first = 2 + 300 * (number // (len(NOUNS) * len(PLACES)))
    body = "".join(
        f"<p>The ministry said that the {about} will cost {cost} billion rupiah.</p>"
        for cost in range(first, first + sentences)
    )
    return {"title": "The government will build new roads", "body": body, "language": "en"}


def put(running: Any, number: int, sentences: int) -> str:
    answer = httpx.put(f"{running.url}/v1/articles/a{number}", json=article(number, sentences), timeout=30)
    assert answer.status_code in (201, 202), answer.text
    return f"a{number}"


def states(data: Path) -> dict[str, tuple[str, int, int, int]]:
    """Of each article's job: state, segments done, tries, deaths. Read beside the service, which may be dead."""
    with closing(sqlite3.connect(f"file:{data / 'alihbahasa.db'}?mode=ro", uri=True, timeout=10)) as connection:
        rows = connection.execute("SELECT article, state, done, attempts, deaths FROM job")
        return {article: (state, done, attempts, deaths) for article, state, done, attempts, deaths in rows}


def in_the_middle(data: Path) -> bool:
    return any(state == "running" and done > 0 for state, done, _, _ in states(data).values())


def assert_whole(data: Path, articles: set[str]) -> None:
    """Each article is there with its source and exactly one translation, of its newest revision."""
    with closing(sqlite3.connect(data / "alihbahasa.db", timeout=10)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        made = connection.execute(
            "SELECT article.id, variant.locale FROM article JOIN variant ON variant.article = article.id"
            " AND variant.revision = article.revision"
        ).fetchall()
        assert sorted(made) == sorted((name, locale) for name in articles for locale in ("en-US", "id-ID"))
        assert connection.execute("SELECT count(*) FROM variant").fetchone() == (2 * len(articles),)


def all_done(data: Path, count: int) -> bool:
    found = states(data)
    assert all(state != "failed" for state, *_ in found.values()), found
    return len(found) == count and all(state == "done" for state, *_ in found.values())


@pytest.mark.slow
def test_a_service_killed_at_any_moment_finishes_the_work_after_its_restart(
    service: Start, data: Path, eventually: Callable[..., Any]
) -> None:
    chance = random.Random(ROUNDS)  # noqa: S311 - the same moments in each run
    articles: set[str] = set()
    running = service(log_level="warning")
    for number in range(ROUNDS):
        articles.update(put(running, 2 * number + place, chance.randint(100, 250)) for place in range(2))
        threading.Event().wait(chance.uniform(0, 1))
        running.kill()
        running = service(log_level="warning")
        eventually(lambda: all_done(data, len(articles)), seconds=60)
    assert running.stop() == 0
    assert_whole(data, articles)


def test_work_that_was_half_done_is_done_again(service: Start, data: Path, eventually: Callable[..., Any]) -> None:
    running = service(workers=1)
    put(running, 0, sentences=600)
    eventually(lambda: in_the_middle(data))
    running.kill()
    assert states(data)["a0"][0] == "running"
    running = service(workers=1)
    eventually(lambda: all_done(data, 1))
    assert_whole(data, {"a0"})


def test_a_job_that_is_killed_again_and_again_is_finished_all_the_same(
    service: Start, data: Path, eventually: Callable[..., Any]
) -> None:
    running = service(workers=1)
    put(running, 0, sentences=600)
    for deaths in range(4):
        eventually(lambda: in_the_middle(data))
        assert states(data)["a0"][3] == deaths
        running.kill()
        running = service(workers=1)
    eventually(lambda: all_done(data, 1), seconds=60)
    assert states(data)["a0"][2:] == (0, 4)
    assert_whole(data, {"a0"})


def test_an_article_is_kept_though_the_service_dies_right_after_its_answer(
    service: Start, data: Path, eventually: Callable[..., Any]
) -> None:
    running = service(workers=1)
    put(running, 0, sentences=5)
    running.kill()
    running = service(workers=1)
    eventually(lambda: all_done(data, 1))
    assert_whole(data, {"a0"})


def test_a_service_that_is_asked_to_stop_gives_its_work_back(
    service: Start, data: Path, eventually: Callable[..., Any]
) -> None:
    running = service(workers=1)
    put(running, 0, sentences=600)
    eventually(lambda: in_the_middle(data))
    assert running.stop(signal.SIGTERM) == 0
    assert states(data)["a0"][0] == "queued"
    assert states(data)["a0"][2:] == (0, 0)  # neither a failed try nor a death


def test_who_waits_for_a_variant_gets_an_answer_when_the_service_stops(
    service: Start, data: Path, eventually: Callable[..., Any]
) -> None:
    running = service(workers=1)
    address, headers = f"{running.url}/v1/articles/a0", {"Prefer": "wait=60"}
    with ThreadPoolExecutor(1) as aside:
        waiting = aside.submit(httpx.put, address, json=article(0, 600), headers=headers, timeout=60)
        eventually(lambda: in_the_middle(data))
        assert running.stop(signal.SIGTERM) == 0
        assert waiting.result().status_code == 202
