"""What lists of articles need of each without its text: its locale, its date, whether its source is trusted; and a
count of what changes them."""

import json
from datetime import datetime

import sqlalchemy as sa
from alembic import op

from service.store.tables import Instant

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the columns, filled from the articles that there are."""
    op.add_column("article", sa.Column("locale", sa.String(35)))
    op.add_column("article", sa.Column("published_at", Instant))
    op.add_column("article", sa.Column("trusted", sa.Boolean, nullable=False, server_default=sa.true()))
    op.add_column("site", sa.Column("changes", sa.Integer, nullable=False, server_default="0"))
    op.create_index("ix_article_created_at_id", "article", ["created_at", "id"])
    article = sa.table("article", *map(sa.column, ("id", "document", "locale", "trusted")),
                       sa.column("published_at", Instant))  # fmt: skip
    connection = op.get_bind()
    for row in connection.execute(sa.select(article.c.id, article.c.document)).all():
        document = json.loads(row.document)
        quality, published = document.get("source_quality", {}), document.get("published_at")
        values = {
            "locale": document.get("locale"),
            "trusted": quality.get("sound", True) or quality.get("accepted_by") is not None,
            "published_at": datetime.fromisoformat(published) if published else None,
        }
        connection.execute(sa.update(article).where(article.c.id == row.id).values(values))
