"""SQLite as we use it: durable, one writer at a time, its tables those that the code names."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import insert, select, text
from sqlalchemy.exc import IntegrityError

from service.store import database as module
from service.store import tables
from service.store.database import Database, current, migrate, sqlite_url
from tests.unit.store.small import NOW


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("busy_timeout", 10_000)],
)
def test_each_connection_has_the_pragmas(rows: Callable[[str], list[Any]], pragma: str, value: object) -> None:
    assert rows(f"PRAGMA {pragma}") == [(value,)]


def test_a_write_commits_when_its_block_ends(database: Database, rows: Callable[[str], list[Any]]) -> None:
    with database.write() as connection:
        connection.exec_driver_sql("INSERT INTO site VALUES ('s', '{}', '2026-01-01 00:00:00', 0)")
    assert rows("SELECT count(*) FROM site") == [(2,)]


def test_a_write_that_raises_leaves_nothing(database: Database, rows: Callable[[str], list[Any]]) -> None:
    def work() -> None:
        with database.write() as connection:
            connection.exec_driver_sql("INSERT INTO site VALUES ('s', '{}', '2026-01-01 00:00:00', 0)")
            raise LookupError

    with pytest.raises(LookupError):
        work()
    assert rows("SELECT count(*) FROM site") == [(1,)]


def test_foreign_keys_are_checked(database: Database) -> None:
    with pytest.raises(IntegrityError), database.write() as connection:
        connection.exec_driver_sql("INSERT INTO term VALUES ('none', 'en', 'id', 'a', 'b', 1, NULL)")


def test_an_error_tells_no_parameters(database: Database) -> None:
    with pytest.raises(IntegrityError) as refused, database.write() as connection:
        connection.execute(insert(tables.site).values(id="default", document="article text", changed_at=NOW))
    assert "article text" not in str(refused.value)


def test_a_writer_has_the_lock_from_its_beginning(database: Database, tmp_path: Path) -> None:
    refused = pytest.raises(sqlite3.OperationalError, match="locked")
    with database.write(), closing(sqlite3.connect(tmp_path / "test.db", timeout=0)) as other, refused:
        other.execute("BEGIN IMMEDIATE")


def test_two_writers_wait_for_each_other(database: Database, rows: Callable[[str], list[Any]]) -> None:
    """Each reads and then writes what it read plus one: none fails, none is lost."""

    def count() -> None:
        for _ in range(20):
            with database.write() as connection:
                seen = int(connection.exec_driver_sql("SELECT document FROM site").scalar_one())
                connection.exec_driver_sql("UPDATE site SET document = ?", (str(seen + 1),))

    with database.write() as connection:
        connection.exec_driver_sql("UPDATE site SET document = '0'")
    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert rows("SELECT document FROM site") == [("80",)]


def test_a_reader_sees_one_state_and_does_not_wait_for_the_writer(database: Database) -> None:
    with database.write() as writer:
        writer.exec_driver_sql("UPDATE site SET document = 'new'")
        with database.read() as reader:
            assert reader.exec_driver_sql("SELECT document FROM site").scalar_one() != "new"


def test_the_migrations_make_the_tables_that_the_code_names(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, tables.metadata) == []


def test_the_revision_is_that_of_the_newest_migration(database: Database) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(module.__file__).parent / "migrations"))
    assert ScriptDirectory.from_config(config).get_heads() == [tables.REVISION]
    assert current(database.engine)


def test_an_opened_file_is_kept(database: Database, tmp_path: Path) -> None:
    with database.write() as connection:
        connection.exec_driver_sql("UPDATE site SET document = 'kept'")
    again = Database(sqlite_url(tmp_path / "test.db"))
    with again.read() as connection:
        assert connection.exec_driver_sql("SELECT document FROM site").scalar_one() == "kept"
    again.close()


def test_a_second_start_need_not_load_alembic(database: Database, tmp_path: Path) -> None:
    code = (
        "import sys; from service.store.database import Database, sqlite_url; from pathlib import Path;"
        "Database(sqlite_url(Path(sys.argv[1]))).close(); assert 'alembic' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code, tmp_path / "test.db"], check=True, timeout=60)


def test_a_migration_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = Path(module.__file__).parent / "migrations" / "versions" / "0001_first.py"
    broken = tmp_path / "migrations"
    (broken / "versions").mkdir(parents=True)
    (broken / "env.py").write_text((script.parents[1] / "env.py").read_text())
    (broken / "versions" / "0001_first.py").write_text(script.read_text() + "\n    raise RuntimeError('power cut')\n")
    monkeypatch.setattr(module, "__file__", str(tmp_path / "database.py"))
    with pytest.raises(RuntimeError, match="power cut"):
        Database(sqlite_url(tmp_path / "cut.db"))
    engine = module._engine(sqlite_url(tmp_path / "cut.db"))
    assert not current(engine)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT name FROM sqlite_master").all() == []
    engine.dispose()


def test_a_database_of_a_newer_version_is_left_alone_and_said_so(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path / "newer.db")
    first = Database(url)
    with first.write() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    first.close()
    with pytest.raises(module.Newer, match="newer version"):
        Database(url)


def test_what_lists_need_is_filled_in_from_the_articles_that_there_are(tmp_path: Path) -> None:
    engine = module._engine(sqlite_url(tmp_path / "old.db"))
    config = Config()
    config.set_main_option("script_location", str(Path(module.__file__).parent / "migrations"))
    with engine.connect().execution_options(writer=True) as connection, connection.begin():
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.execute(
            text(
                "INSERT INTO article VALUES ('a', 'default', 1, 0, '', 'published', 'en', NULL, NULL, :document, "
                "'2026-01-01', '2026-01-01', '2026-01-01', NULL)"
            ),
            {
                "document": '{"id": "a", "urls": {"en-US": "https://a.example/x"}, "locale": "en-US", '
                '"published_at": "2026-01-01T09:00:00+07:00", "source_quality": {"sound": false, "accepted_by": null}}'
            },
        )
    migrate(engine)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT article, locale, url FROM address")).all() == [
            ("a", "en-US", "https://a.example/x")
        ]
        found = connection.execute(select(*(tables.article.c[name] for name in ("locale", "published_at", "trusted"))))
        assert found.all() == [("en-US", datetime(2026, 1, 1, 2, tzinfo=UTC), False)]
    engine.dispose()


def test_no_state_of_the_changes_comes_again(database: Database) -> None:
    seen = []
    for _ in range(3):
        seen.append(database.changes())
        with database.write():
            pass
    assert all(one not in seen[:place] for place, one in enumerate(seen))
