"""Sites: one, `default`, is there from the start."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from service.article.types import Site
from service.store import documents, tables


def get(connection: Connection, site: str = "default") -> Site | None:
    """A site, None where there is none of that id."""
    row = connection.execute(select(tables.site.c.document).where(tables.site.c.id == site)).first()
    return documents.load_site(row.document) if row else None


def put(connection: Connection, site: Site, now: datetime) -> None:
    """Store a site's settings. Every page of it may change, so the entity tags of its articles move."""
    values = {"document": documents.dump(Site, site), "changed_at": now}
    counted = update(tables.site).where(tables.site.c.id == site.id).values(changes=tables.site.c.changes + 1, **values)
    done = connection.execute(counted)
    if done.rowcount == 0:
        connection.execute(insert(tables.site).values(id=site.id, **values))
    connection.execute(update(tables.article).where(tables.article.c.site == site.id).values(n=tables.article.c.n + 1))
