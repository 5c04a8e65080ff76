"""The translation memory in and out as TMX, for the API and for the command."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import BinaryIO, Final

from service.article import tmx
from service.article.tmx import Skipped
from service.article.types import Entry
from service.store import memory, sites
from service.store.database import Database

_BATCH: Final = 1_000
"""Entries a transaction: nobody else who writes waits for the whole of a large file."""
_TOLD: Final = 50


class UnknownSite(LookupError):
    """There is no site of this id."""


@dataclass(frozen=True, slots=True)
class Report:
    """How many entries were taken in, of how many the memory had a newer translation, how many units gave none, and of
    those the first."""

    imported: int
    older: int
    skipped: int
    told: tuple[Skipped, ...]


def take_in(database: Database, site: str, file: BinaryIO, *, reviewed: bool) -> Report:
    """Add a TMX file's entries to a site's memory. A file that cannot be read to its end changes nothing: it is read
    twice. `file` must be able to go back to its beginning. Raises UnknownSite and TmxError."""
    _check(database, site)
    now, start = datetime.now(UTC), file.tell()
    skipped = [one for one in tmx.read(file, now, reviewed=reviewed) if isinstance(one, Skipped)]
    file.seek(start)
    entries = (tmx.judged(one) for one in tmx.read(file, now, reviewed=reviewed) if isinstance(one, Entry))
    read = imported = 0
    while batch := list(islice(entries, _BATCH)):
        with database.write() as connection:
            imported += memory.put(connection, site, batch)
        read += len(batch)
    return Report(imported, read - imported, len(skipped), tuple(skipped[:_TOLD]))


def give_out(database: Database, site: str) -> Iterator[bytes]:
    """A site's memory as a TMX file, piece by piece. Raises UnknownSite, at once."""
    _check(database, site)

    def pieces() -> Iterator[bytes]:
        with database.read() as connection:
            yield from tmx.write(memory.entries(connection, site), datetime.now(UTC))

    return pieces()


def _check(database: Database, site: str) -> None:
    with database.read() as connection:
        if sites.get(connection, site) is None:
            raise UnknownSite(site)
