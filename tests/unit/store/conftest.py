"""A database in a file of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from service.store.database import Database, sqlite_url


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(sqlite_url(tmp_path / "test.db"))
    yield database
    database.close()


@pytest.fixture
def rows(database: Database) -> Callable[[str], list[Any]]:
    """What a statement finds."""

    def rows(statement: str) -> list[Any]:
        with database.read() as connection:
            return [tuple(row) for row in connection.exec_driver_sql(statement)]

    return rows
