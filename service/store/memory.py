"""The translation memory: what a sentence was translated to before, by a person, by a file, or by a model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Column, Connection, Row, case, delete, func, or_, select
from sqlalchemy.dialects.sqlite import insert

from service.article import reuse
from service.article.types import Conversion, Entry, Finding, Keys, Remembered, Translation
from service.store import documents, tables

_memory = tables.memory

_CHUNK: Final = 300
"""Rows a query, with three parameters each: SQLite takes up to 999 on old builds."""

_RANKS: Final = {"person": 2, "approved": 2, "imported": 1, "model": 0}
"""People before files before models; of equals the last word counts."""

_BEST_LAST: Final = (case(_RANKS, value=_memory.c.origin), _memory.c.changed_at)
_RECALLED: Final[tuple[Column[Any], ...]] = (
    _memory.c.origin, _memory.c.target, _memory.c.model, _memory.c.findings, _memory.c.source, _memory.c.conversions
)  # fmt: skip


def recall(connection: Connection, site: str, keys: Sequence[Keys], model: str) -> dict[str, Remembered]:
    """What is remembered under the keys; of a sentence that is known itself, none of its pattern is looked for.

    Another model's entries do not count.
    """
    mine = (_memory.c.site == site) & or_(_memory.c.origin != "model", _memory.c.model == model)
    exact = [under.exact for under in keys]
    best: dict[str, Any] = {}
    for chunk in _chunks(exact):
        query = select(*_RECALLED, _memory.c.key, _memory.c.context).where(mine, _memory.c.key.in_(chunk))
        for row in connection.execute(query.order_by(*_BEST_LAST)):
            best[row.key] = best[row.context] = row
    patterns = {under.pattern for under in keys if under.pattern and under.exact not in best}
    first = func.row_number().over(partition_by=_memory.c.pattern, order_by=[one.desc() for one in _BEST_LAST])
    for chunk in _chunks(sorted(patterns)):
        ranked = select(*_RECALLED, _memory.c.pattern, first.label("place")).where(mine, _memory.c.pattern.in_(chunk))
        for row in connection.execute(select(within := ranked.subquery()).where(within.c.place == 1)):
            best[row.pattern] = row
    return {key: _remembered(row) for key, row in best.items() if key}


def _chunks(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    return (keys[start : start + _CHUNK] for start in range(0, len(keys), _CHUNK))


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
    """Keep entries, each in place of what its origin had for the sentence in its context, unless that is newer;
    returns how many were kept."""
    rows: dict[tuple[str, str, str], Mapping[str, object]] = {}
    for entry in sorted(entries, key=lambda one: one.changed_at):  # of two alike the newest counts
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
    if not rows:
        return 0
    written = insert(_memory)
    kept = written.on_conflict_do_update(
        index_elements=_memory.primary_key.columns.keys(),
        set_={column.name: written.excluded[column.name] for column in _memory.columns if not column.primary_key},
        where=written.excluded.changed_at >= _memory.c.changed_at,
    )
    done = connection.execute(kept, list(rows.values()), execution_options={"preserve_rowcount": True})
    return int(done.rowcount)


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


def _remembered(row: Row[Any]) -> Remembered:
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
