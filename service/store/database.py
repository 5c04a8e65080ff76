"""The engine, its pragmas and its transactions: `read()` and `write()` are the only two ways in."""

from __future__ import annotations

import sqlite3
import threading
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


class Newer(RuntimeError):
    """The database has tables that this version does not know."""


class Database:
    """A database whose tables are current."""

    def __init__(self, url: str) -> None:
        self.engine = _engine(url)
        migrate(self.engine)
        self._watcher = _watcher(self.engine)
        self._watching = threading.Lock()

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

    def changes(self) -> int | None:
        """A number that is another one once anything was committed, by whatever process; None where there is no such.

        It takes microseconds: a connection that never writes is asked whether others have
        (https://sqlite.org/pragma.html#pragma_data_version).
        """
        if self._watcher is None:
            return None
        with self._watching:
            (number,) = self._watcher.execute("PRAGMA data_version").fetchone()
        return int(number)

    def close(self) -> None:
        """Close all connections."""
        if self._watcher is not None:
            self._watcher.close()
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


def _watcher(engine: Engine) -> sqlite3.Connection | None:
    if engine.dialect.name != "sqlite" or not engine.url.database:
        return None
    return sqlite3.connect(engine.url.database, isolation_level=None, check_same_thread=False)


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
