"""A database without workers, the models, and articles as the web hands them over."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from service import pipeline
from service.article.types import Dossier, Edition, Site, Submission
from service.engine.pool import Pool
from service.jobs import submit
from service.jobs.run import run_one
from service.store import articles
from service.store.articles import Saved
from service.store.database import Database, sqlite_url

PAIRS = {("en", "id"), ("id", "en")}


class Newsroom:
    """Accepts articles and looks at what became of them."""

    def __init__(self, database: Database, pool: Pool) -> None:
        self.database = database
        self.pool = pool

    def accept(self, body: str = "The government will build new roads.", *, digest: str = "", **changes: Any) -> Saved:
        sent = {"id": "a1", "title": "New roads in the province", "language": "en", **changes}
        article = pipeline.receive(Submission(body=body, format="text", **sent), Site(), PAIRS)
        with self.database.write() as connection:
            return submit.accept(connection, article, digest or repr((body, changes)), datetime.now(UTC))

    def work(self, stop: Event | None = None) -> int:
        """Do the jobs that are due, one after the other; how many there were."""
        done = 0
        while run_one(self.database, self.pool, stop or Event()):
            done += 1
        return done

    def dossier(self) -> Dossier:
        with self.database.read() as connection:
            dossier = articles.dossier(connection, "a1")
        assert dossier is not None
        return dossier

    def edition(self, locale: str = "id-ID") -> Edition:
        edition = self.dossier().edition(locale)
        assert edition is not None
        return edition

    def rows(self, statement: str) -> list[tuple[Any, ...]]:
        with self.database.read() as connection:
            return [tuple(row) for row in connection.exec_driver_sql(statement)]


@pytest.fixture(scope="session")
def pool(models: Path) -> Pool:
    return Pool(models, threads=1)


@pytest.fixture
def newsroom(tmp_path: Path, pool: Pool) -> Iterator[Newsroom]:
    database = Database(sqlite_url(tmp_path / "test.db"))
    yield Newsroom(database, pool)
    database.close()


@pytest.fixture
def during(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], object]], None]:
    """Let something happen while the model works on the next job."""

    def during(act: Callable[[], object]) -> None:
        translate = newsroom.pool.translate
        pending = [act]

        def meanwhile(*args: Any, **options: Any) -> Any:
            if pending:
                pending.pop()()
            return translate(*args, **options)

        monkeypatch.setattr(newsroom.pool, "translate", meanwhile)

    return during
