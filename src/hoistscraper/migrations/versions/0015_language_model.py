"""What a language model is asked, what it answered, what that cost, and whether its server is left alone."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

revision = "0015"
down_revision = "0014"

_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "model_question",
        sa.Column(
            "source_id",
            sa.Uuid(),
            sa.ForeignKey("opportunity_source.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("website_id", sa.Uuid(), _website(), nullable=False, index=True),
        sa.Column("job_id", sa.Uuid(), sa.ForeignKey("scrape_job.id", ondelete="SET NULL"), index=True),
        sa.Column("page_url", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("asked_at", _TIME, nullable=False),
        sa.Column("not_before", _TIME, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
    )
    op.create_index("ix_model_question_not_before", "model_question", ["not_before", "asked_at"])
    op.create_table(
        "model_answer",
        sa.Column("key", sa.Text(), primary_key=True),
        sa.Column("pointers", JSONB(), nullable=False),
        sa.Column("used_at", _TIME, nullable=False, index=True),
    )
    op.create_table(
        "model_call",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), primary_key=True),
        sa.Column("at", _TIME, nullable=False),
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("fields", ARRAY(sa.Text()), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("tokens", sa.Integer(), nullable=False),
        sa.Column("seconds", sa.Float(), nullable=False),
    )
    op.create_index("ix_model_call_at", "model_call", ["at"])
    op.create_index("ix_model_call_site_at", "model_call", ["site", "at"])
    op.create_table(
        "model_circuit",
        sa.Column("server", sa.Text(), primary_key=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("retry_at", _TIME, nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
    )


def _website() -> sa.ForeignKey:
    return sa.ForeignKey("website.id", ondelete="CASCADE")


def downgrade() -> None:
    """Drop them."""
    for table in ("model_circuit", "model_call", "model_answer", "model_question"):
        op.drop_table(table)
