"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def _instant() -> sa.DateTime:
    return sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create them."""
    op.create_table(
        "site",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("changed_at", _instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_site"),
    )
    op.create_table(
        "article",
        sa.Column("id", sa.String(200), nullable=False),
        sa.Column("site", sa.String(64), nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("n", sa.Integer, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("language", sa.String(16)),
        sa.Column("source_revision", sa.Integer),
        sa.Column("source_updated_at", _instant()),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("created_at", _instant(), nullable=False),
        sa.Column("changed_at", _instant(), nullable=False),
        sa.Column("dated_at", _instant(), nullable=False),
        sa.Column("public_at", _instant()),
        sa.PrimaryKeyConstraint("id", name="pk_article"),
        sa.ForeignKeyConstraint(["site"], ["site.id"], name="fk_article_site"),
    )
    op.create_index("ix_article_changed_at_id", "article", ["changed_at", "id"])
    op.create_index("ix_article_status_dated_at_id", "article", ["status", "dated_at", "id"])
    op.create_index("ix_article_public_at", "article", ["public_at"])
    op.create_table(
        "tombstone",
        sa.Column("id", sa.String(200), nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("deleted_at", _instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_tombstone"),
    )
    op.create_table(
        "variant",
        sa.Column("article", sa.String(200), nullable=False),
        sa.Column("locale", sa.String(35), nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("proposal", sa.Text),
        sa.Column("proposal_revision", sa.Integer),
        sa.Column("first_published_at", _instant()),
        sa.Column("modified_at", _instant(), nullable=False),
        sa.PrimaryKeyConstraint("article", "locale", name="pk_variant"),
        sa.ForeignKeyConstraint(["article"], ["article.id"], name="fk_variant_article", ondelete="CASCADE"),
    )
    op.create_table(
        "job",
        sa.Column("article", sa.String(200), nullable=False),
        sa.Column("locale", sa.String(35), nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("urgent", sa.Boolean, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("deaths", sa.Integer, nullable=False),
        sa.Column("run_after", _instant(), nullable=False),
        sa.Column("lease_token", sa.String(32)),
        sa.Column("lease_until", _instant()),
        sa.Column("done", sa.Integer, nullable=False),
        sa.Column("total", sa.Integer, nullable=False),
        sa.Column("error", sa.Text),
        sa.Column("created_at", _instant(), nullable=False),
        sa.PrimaryKeyConstraint("article", "locale", name="pk_job"),
        sa.ForeignKeyConstraint(["article"], ["article.id"], name="fk_job_article", ondelete="CASCADE"),
    )
    op.create_index("ix_job_state_urgent_run_after", "job", ["state", "urgent", "run_after"])
    op.create_table(
        "memory",
        sa.Column("site", sa.String(64), nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("origin", sa.String(16), nullable=False),
        sa.Column("context", sa.String(64), nullable=False),
        sa.Column("pattern", sa.String(64), nullable=False),
        sa.Column("source_language", sa.String(16), nullable=False),
        sa.Column("target_language", sa.String(16), nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("target", sa.Text, nullable=False),
        sa.Column("model", sa.Text),
        sa.Column("findings", sa.Text, nullable=False),
        sa.Column("conversions", sa.Text, nullable=False),
        sa.Column("changed_at", _instant(), nullable=False),
        sa.PrimaryKeyConstraint("site", "key", "origin", "context", name="pk_memory"),
        sa.ForeignKeyConstraint(["site"], ["site.id"], name="fk_memory_site"),
    )
    op.create_index("ix_memory_site_context", "memory", ["site", "context"])
    op.create_index("ix_memory_site_pattern_changed_at", "memory", ["site", "pattern", "changed_at"])
    op.create_table(
        "term",
        sa.Column("site", sa.String(64), nullable=False),
        sa.Column("source_language", sa.String(16), nullable=False),
        sa.Column("target_language", sa.String(16), nullable=False),
        sa.Column("source", sa.String(200), nullable=False),
        sa.Column("target", sa.Text),
        sa.Column("case_sensitive", sa.Boolean, nullable=False),
        sa.Column("part_of_speech", sa.String(16)),
        sa.PrimaryKeyConstraint("site", "source_language", "target_language", "source", name="pk_term"),
        sa.ForeignKeyConstraint(["site"], ["site.id"], name="fk_term_site"),
    )
    now = sa.func.current_timestamp()
    op.execute(
        sa.insert(sa.table("site", sa.column("id"), sa.column("document"), sa.column("changed_at"))).values(
            id="default", document='{"id": "default"}', changed_at=now
        )
    )
