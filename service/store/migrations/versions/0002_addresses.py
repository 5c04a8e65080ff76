"""The publisher's own addresses of articles, to find an article by one."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Create the table, and fill it from the articles that there are."""
    address = op.create_table(
        "address",
        sa.Column("article", sa.String(200), nullable=False),
        sa.Column("locale", sa.String(35), nullable=False),
        sa.Column("url", sa.String(2000), nullable=False),
        sa.PrimaryKeyConstraint("article", "locale", name="pk_address"),
        sa.ForeignKeyConstraint(["article"], ["article.id"], name="fk_address_article", ondelete="CASCADE"),
    )
    op.create_index("ix_address_url", "address", ["url"])
    article = sa.table("article", sa.column("id"), sa.column("document"))
    rows = [
        {"article": row.id, "locale": locale, "url": url}
        for row in op.get_bind().execute(sa.select(article))
        for locale, url in json.loads(row.document).get("urls", {}).items()
    ]
    if rows:
        op.bulk_insert(address, rows)
