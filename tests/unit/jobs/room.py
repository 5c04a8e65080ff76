"""A newsroom without a web: it hands articles in and looks at what becomes of them."""

from __future__ import annotations

from datetime import UTC, datetime
from threading import Event
from typing import Any

from service import pipeline
from service.article.types import Dossier, Edition, Site, Submission
from service.engine.pool import Pool
from service.jobs import run, submit
from service.store import articles
from service.store.articles import Saved
from service.store.database import Database

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
        while self.work_once(stop):
            done += 1
        return done

    def work_once(self, stop: Event | None = None) -> bool:
        """Do the next job that is due; whether there was one."""
        claimed = run.claim(self.database)
        if claimed:
            run.do(self.database, self.pool, stop or Event(), *claimed)
        return claimed is not None

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
