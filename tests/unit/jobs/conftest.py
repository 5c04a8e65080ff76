"""A database without workers, the models, and a newsroom over both."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from service.engine.pool import Pool
from service.store.database import Database, sqlite_url
from tests.unit.jobs.room import Newsroom


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
