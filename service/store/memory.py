"""The translation memory: what a sentence was translated to before, by a person or by a model."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, delete, insert, select, tuple_

from service.article import reuse
from service.article.types import Conversion, Finding, Remembered, Translation
from service.store import documents, tables

_CHUNK = 400
"""Keys a query: SQLite takes up to 999 parameters on old builds."""


def recall(connection: Connection, site: str, keys: Sequence[str], model: str) -> dict[str, Remembered]:
    """What is remembered under the keys. A person's entry hides a model's; another model's entries do not count."""
    found: dict[str, Remembered] = {}
    table = tables.memory
    for start in range(0, len(keys), _CHUNK):
        query = select(table).where(table.c.site == site, table.c.key.in_(keys[start : start + _CHUNK]))
        for row in connection.execute(query):
            if row.origin == "person":
                found[row.key] = Remembered(row.target, "person")
            elif row.model == model and row.key not in found:
                found[row.key] = Remembered(
                    row.target,
                    "memory",
                    row.model,
                    documents.load_findings(row.findings),
                    documents.load_conversions(row.conversions),
                )
    return found


def remember(
    connection: Connection,
    site: str,
    languages: tuple[str, str],
    translations: Iterable[Translation],
    now: datetime,
) -> None:
    """Keep what a model or a person just made; other origins (rules, the source left in) are not memory."""
    rows: dict[tuple[str, str], Mapping[str, object]] = {}
    for one in translations:
        if one.reused or one.origin not in ("model", "person"):
            continue
        origin: Literal["person", "memory"] = "person" if one.origin == "person" else "memory"
        key = reuse.key(one.source, *languages)
        rows[key, origin] = {
            "site": site,
            "key": key,
            "origin": origin,
            "source": one.source,
            "target": one.target,
            "model": one.model,
            "findings": documents.dump(tuple[Finding, ...], one.findings),
            "conversions": documents.dump(tuple[Conversion, ...], one.conversions),
            "changed_at": now,
        }
    table = tables.memory
    pairs = list(rows)
    for start in range(0, len(pairs), _CHUNK):
        chunk = pairs[start : start + _CHUNK]
        connection.execute(delete(table).where(table.c.site == site, tuple_(table.c.key, table.c.origin).in_(chunk)))
        connection.execute(insert(table), [rows[pair] for pair in chunk])


def forget_amounts(connection: Connection, site: str) -> None:
    """Forget what a model made of sentences with rupiah in them: the site writes them in another way from now on."""
    table = tables.memory
    amounts = table.c.target.like("%Rp%")
    connection.execute(delete(table).where(table.c.site == site, table.c.origin == "memory", amounts))
