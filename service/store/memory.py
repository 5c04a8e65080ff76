"""The translation memory: what a sentence was translated to before, by a person, by a file, or by a model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, Row, case, delete, func, insert, or_, select, tuple_

from service.article import reuse
from service.article.types import Conversion, Entry, Finding, Remembered, Translation
from service.store import documents, tables

_memory = tables.memory

_CHUNK: Final = 300
"""Rows a query, with three parameters each: SQLite takes up to 999 on old builds."""

_RANKS: Final = {"person": 2, "approved": 2, "imported": 1, "model": 0}
"""People before files before models; of equals the last word counts."""


def recall(connection: Connection, site: str, keys: Sequence[str], model: str) -> dict[str, Remembered]:
    """What is remembered under the keys, of whatever kind (see `reuse.Keys`). Another model's entries do not count."""
    rank = case(_RANKS, value=_memory.c.origin)
    counts = or_(_memory.c.origin != "model", _memory.c.model == model)
    found: dict[str, Remembered] = {}
    for column in (_memory.c.key, _memory.c.context, _memory.c.pattern):
        first = func.row_number().over(partition_by=column, order_by=(rank.desc(), _memory.c.changed_at.desc()))
        for start in range(0, len(keys), _CHUNK):
            asked = column.in_(keys[start : start + _CHUNK])
            ranked = select(_memory, first.label("place")).where(_memory.c.site == site, asked, counts).subquery()
            for row in connection.execute(select(ranked).where(ranked.c.place == 1)):
                found[row._mapping[column.key]] = _remembered(row)
    return found


def remember(
    connection: Connection,
    site: str,
    languages: tuple[str, str],
    translations: Iterable[Translation],
    now: datetime,
    contexts: Mapping[str, str] | None = None,
) -> None:
    """Keep what a model made and what a person wrote or approved; other origins (rules, the source left in) are not
    memory. `contexts` are the keys of people's sentences within their neighbours, by segment."""
    put(
        connection,
        site,
        (
            Entry(
                one.source,
                one.target,
                *languages,
                one.origin,
                one.model,
                (contexts or {}).get(one.segment, "") if one.origin != "model" else "",
                now,
                one.findings,
                one.conversions,
            )
            for one in translations
            if not one.reused and one.origin in ("model", "person", "approved")
        ),
    )


def put(connection: Connection, site: str, entries: Iterable[Entry]) -> int:
    """Keep entries, each in place of what its origin had for the sentence in its context; returns how many."""
    rows: dict[tuple[str, str, str], Mapping[str, object]] = {}
    for entry in entries:
        pair = (entry.source_language, entry.target_language)
        key = reuse.key(entry.source, *pair)
        rows[key, entry.origin, entry.context] = {
            "site": site,
            "key": key,
            "origin": entry.origin,
            "context": entry.context,
            "pattern": reuse.pattern_key(entry.source, *pair),
            "source_language": entry.source_language,
            "target_language": entry.target_language,
            "source": entry.source,
            "target": entry.target,
            "model": entry.model,
            "findings": documents.dump(tuple[Finding, ...], entry.findings),
            "conversions": documents.dump(tuple[Conversion, ...], entry.conversions),
            "changed_at": entry.changed_at,
        }
    known = tuple_(_memory.c.key, _memory.c.origin, _memory.c.context)
    places = list(rows)
    for start in range(0, len(places), _CHUNK):
        chunk = places[start : start + _CHUNK]
        connection.execute(delete(_memory).where(_memory.c.site == site, known.in_(chunk)))
        connection.execute(insert(_memory), [rows[place] for place in chunk])
    return len(rows)


def forget_amounts(connection: Connection, site: str) -> None:
    """Forget what a model made of sentences with rupiah in them: the site writes them in another way from now on."""
    amounts = _memory.c.target.like("%Rp%")
    connection.execute(delete(_memory).where(_memory.c.site == site, _memory.c.origin == "model", amounts))


def entries(connection: Connection, site: str) -> Iterator[Entry]:
    """All that a site remembers, row by row: by pair of languages, then by source."""
    order = (_memory.c.source_language, _memory.c.target_language, _memory.c.key, _memory.c.changed_at)
    query = select(_memory).where(_memory.c.site == site).order_by(*order)
    for row in connection.execution_options(yield_per=_CHUNK).execute(query):
        yield Entry(
            row.source,
            row.target,
            row.source_language,
            row.target_language,
            row.origin,
            row.model,
            row.context,
            row.changed_at,
            documents.load_findings(row.findings),
            documents.load_conversions(row.conversions),
        )


def _remembered(row: Row[tuple[object, ...]]) -> Remembered:
    """A row as the pipeline meets it. What checks saw in a person's words was told when they wrote them."""
    if row.origin in ("person", "approved"):
        return Remembered(row.target, row.origin, row.model, source=row.source)
    return Remembered(
        row.target,
        "memory",
        row.model,
        documents.load_findings(row.findings),
        row.source,
        documents.load_conversions(row.conversions),
    )
