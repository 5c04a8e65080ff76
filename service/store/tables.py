"""The tables. Their history is in `migrations/`; REVISION is the newest one, so that a start need not load Alembic."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    true,
)

REVISION = "0003"


class Instant(TypeDecorator[datetime]):
    """An aware datetime, kept in UTC (SQLite drops the offset, so it is put back on reading)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC. Raises ValueError for a naive time, which would mean something else on every machine."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without an offset cannot be stored")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Aware, in UTC."""
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    }
)

site = Table(
    "site",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("document", Text, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("changes", Integer, nullable=False, server_default="0"),  # of anything that a list of articles may show
)

article = Table(
    "article",
    metadata,
    Column("id", String(200), primary_key=True),
    Column("site", ForeignKey("site.id"), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("n", Integer, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("status", String(16), nullable=False),
    Column("language", String(16)),
    Column("locale", String(35)),
    Column("trusted", Boolean, nullable=False, server_default=true()),
    Column("source_revision", Integer),
    Column("source_updated_at", Instant),
    Column("document", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("published_at", Instant),
    Column("dated_at", Instant, nullable=False),  # published_at, else created_at: the order that readers see
    Column("public_at", Instant),  # while it is under embargo: when that ends
    Index(None, "changed_at", "id"),
    Index(None, "created_at", "id"),
    Index(None, "status", "dated_at", "id"),
    Index(None, "public_at"),
)

address = Table(
    "address",
    metadata,
    Column("article", ForeignKey("article.id", ondelete="CASCADE"), primary_key=True),
    Column("locale", String(35), primary_key=True),
    Column("url", String(2000), nullable=False),
    Index(None, "url"),
)
"""The publisher's own addresses of articles (`Article.urls`)."""

tombstone = Table(
    "tombstone",
    metadata,
    Column("id", String(200), primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("deleted_at", Instant, nullable=False),
)

variant = Table(
    "variant",
    metadata,
    Column("article", ForeignKey("article.id", ondelete="CASCADE"), primary_key=True),
    Column("locale", String(35), primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("document", Text, nullable=False),
    Column("proposal", Text),
    Column("proposal_revision", Integer),
    Column("first_published_at", Instant),
    Column("modified_at", Instant, nullable=False),
)

job = Table(
    "job",
    metadata,
    Column("article", ForeignKey("article.id", ondelete="CASCADE"), primary_key=True),
    Column("locale", String(35), primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("urgent", Boolean, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("deaths", Integer, nullable=False),
    Column("run_after", Instant, nullable=False),
    Column("lease_token", String(32)),
    Column("lease_until", Instant),
    Column("done", Integer, nullable=False),
    Column("total", Integer, nullable=False),
    Column("error", Text),
    Column("created_at", Instant, nullable=False),
    Index(None, "state", "urgent", "run_after"),
)

memory = Table(
    "memory",
    metadata,
    Column("site", ForeignKey("site.id"), primary_key=True),
    Column("key", String(64), primary_key=True),
    Column("origin", String(16), primary_key=True),
    Column("context", String(64), primary_key=True),  # the key within its neighbours, empty where they are not known
    Column("pattern", String(64), nullable=False),  # the key of all that differ in figures alone, empty for none
    Column("source_language", String(16), nullable=False),
    Column("target_language", String(16), nullable=False),
    Column("source", Text, nullable=False),
    Column("target", Text, nullable=False),
    Column("model", Text),
    Column("findings", Text, nullable=False),
    Column("conversions", Text, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Index(None, "site", "context"),
    Index(None, "site", "pattern", "changed_at"),
)

term = Table(
    "term",
    metadata,
    Column("site", ForeignKey("site.id"), primary_key=True),
    Column("source_language", String(16), primary_key=True),
    Column("target_language", String(16), primary_key=True),
    Column("source", String(200), primary_key=True),
    Column("target", Text),
    Column("case_sensitive", Boolean, nullable=False),
    Column("part_of_speech", String(16)),
)
