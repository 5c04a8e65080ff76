"""The terms of a site."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, delete, insert, select

from service.article import starter
from service.article.types import Site, Term
from service.store import tables


def get(connection: Connection, site: str, source: str | None = None, target: str | None = None) -> list[Term]:
    """The terms of a site, of one pair of languages or all, sorted by source."""
    query = select(tables.term).where(tables.term.c.site == site).order_by(tables.term.c.source)
    if source is not None:
        query = query.where(tables.term.c.source_language == source, tables.term.c.target_language == target)
    return [
        Term(row.source, row.target, row.source_language, row.target_language, row.case_sensitive, row.part_of_speech)
        for row in connection.execute(query)
    ]


def applied(connection: Connection, site: Site, source: str, target: str) -> list[Term]:
    """The terms that count for a site, from one language to another: its own before the starter's."""
    return starter.applied(site, get(connection, site.id, source, target), source, target)


def put(connection: Connection, site: str, terms: Sequence[Term]) -> None:
    """Replace the terms of a site. Sentences translated before keep their targets until their article changes; then
    what the memory has counts only where it has the terms."""
    connection.execute(delete(tables.term).where(tables.term.c.site == site))
    if terms:
        connection.execute(
            insert(tables.term),
            [
                {
                    "site": site,
                    "source_language": term.source_language,
                    "target_language": term.target_language,
                    "source": term.source,
                    "target": term.target,
                    "case_sensitive": term.case_sensitive,
                    "part_of_speech": term.part_of_speech,
                }
                for term in terms
            ],
        )
