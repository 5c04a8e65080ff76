"""The engine, its pragmas and its transactions: `read()` and `write()` are the only two ways in."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text

from service.store.tables import REVISION

FILE = "alihbahasa.db"
"""The database's name in the data folder."""

_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",  # accepted work survives a power cut
    "PRAGMA foreign_keys=ON",
    "PRAGMA busy_timeout=10000",
)


_BETWEEN_LOOKS = 0.25
"""Seconds."""


class Newer(RuntimeError):
    """The database has tables that this version does not know."""


class Database:
    """A database whose tables are current."""

    def __init__(self, url: str) -> None:
        self.engine = _engine(url)
        migrate(self.engine)
        self._commits = object()
        self._elsewhere = Elsewhere(self.engine)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees one state of the database."""
        with self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that commits when the block ends, and rolls back when it raises.

        It takes SQLite's write lock as it begins, so that two writers wait for each other instead of failing when
        the second one upgrades.
        """
        with self.engine.connect() as plain:
            connection = plain.execution_options(writer=True)
            with connection.begin():
                yield connection
            self._commits = object()  # and no number, which two at once might set back

    def changes(self) -> object:
        """Something else than before once anything was committed: by us at once, by other processes within the quarter
        of a second that lies between two looks. None where only a query can tell."""
        elsewhere = self._elsewhere.changes()
        return None if elsewhere is None else (self._commits, elsewhere)

    def close(self) -> None:
        """Close all connections."""
        self._elsewhere.close()
        self.engine.dispose()


def sqlite_url(file: Path) -> str:
    """The URL of a SQLite file."""
    return f"sqlite:///{file}"


def current(engine: Engine) -> bool:
    """Whether the tables are those of this version."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return False
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == REVISION


def migrate(engine: Engine) -> None:
    """Bring the tables to this version. Loads Alembic only where there is something to do: it is slow to import."""
    if current(engine):
        return
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with engine.connect().execution_options(writer=True) as connection, connection.begin():
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, "head")
        except CommandError as error:
            raise Newer(f"the database is of another, newer version of Alihbahasa ({error}): use that one") from None


class Elsewhere:
    """Whether others have written to a SQLite file: a connection that never writes is asked now and then
    (https://sqlite.org/pragma.html#pragma_data_version). Not for each request: the driver lets go of the interpreter
    while it asks, and among many threads to get it back takes longer than the rest of a request."""

    def __init__(self, engine: Engine) -> None:
        file = engine.url.database if engine.dialect.name == "sqlite" else None
        self._connection = sqlite3.connect(file, isolation_level=None, check_same_thread=False) if file else None
        self._looking = threading.Lock()
        self._next, self._seen = 0.0, 0

    def changes(self) -> int | None:
        """A number that is another one once somebody wrote, None where there is none."""
        if self._connection is None:
            return None
        if time.monotonic() >= self._next and self._looking.acquire(blocking=False):
            try:
                (self._seen,) = self._connection.execute("PRAGMA data_version").fetchone()
                self._next = time.monotonic() + _BETWEEN_LOOKS
            finally:
                self._looking.release()
        return self._seen

    def close(self) -> None:
        """Look no more."""
        with self._looking:
            if self._connection is not None:
                self._connection.close()
                self._connection = None


def _engine(url: str) -> Engine:
    engine = create_engine(url, pool_size=40, max_overflow=20, hide_parameters=True)  # they hold article text
    if engine.dialect.name == "sqlite":

        @event.listens_for(engine, "connect")
        def connect(connection: Any, _: Any) -> None:
            connection.isolation_level = None  # the driver must not begin transactions of its own
            for pragma in _PRAGMAS:
                connection.execute(pragma)

        @event.listens_for(engine, "begin")
        def begin(connection: Connection) -> None:
            writer = connection.get_execution_options().get("writer")
            connection.exec_driver_sql("BEGIN IMMEDIATE" if writer else "BEGIN")

    return engine
