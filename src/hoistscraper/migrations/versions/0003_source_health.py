"""How each website is doing, and the figures of each visit that tell it."""

from alembic import op

revision = "0003"
down_revision = "0002"

STATEMENTS = (
    """
    ALTER TABLE website
        ADD COLUMN health TEXT,
        ADD COLUMN health_reason TEXT,
        ADD COLUMN health_advice TEXT,
        ADD COLUMN health_since TIMESTAMP WITH TIME ZONE,
        ADD COLUMN envelope_since TIMESTAMP WITH TIME ZONE,
        ADD COLUMN failures_in_a_row INTEGER NOT NULL DEFAULT 0
    """,
    "CREATE INDEX ix_website_health ON website (health)",
    """
    ALTER TABLE scrape_job
        ADD COLUMN expected INTEGER NOT NULL DEFAULT 0,
        ADD COLUMN missing INTEGER NOT NULL DEFAULT 0,
        ADD COLUMN ended INTEGER NOT NULL DEFAULT 0,
        ADD COLUMN calls_read INTEGER NOT NULL DEFAULT 0,
        ADD COLUMN fill_share DOUBLE PRECISION,
        ADD COLUMN pages_asked INTEGER NOT NULL DEFAULT 0,
        ADD COLUMN pages_failed INTEGER NOT NULL DEFAULT 0,
        ADD COLUMN is_held BOOLEAN NOT NULL DEFAULT false,
        ADD COLUMN held JSONB NOT NULL DEFAULT '[]',
        ADD COLUMN deviations JSONB NOT NULL DEFAULT '[]'
    """,
    "CREATE INDEX ix_scrape_job_website_started_at ON scrape_job (website_id, started_at)",
    "DROP INDEX ix_scrape_job_website_id",
)


def upgrade() -> None:
    """Add the columns."""
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    """Take the columns away."""
    op.execute("CREATE INDEX ix_scrape_job_website_id ON scrape_job (website_id)")
    op.execute("DROP INDEX ix_scrape_job_website_started_at")
    op.execute(
        "ALTER TABLE scrape_job DROP COLUMN expected, DROP COLUMN missing, DROP COLUMN ended, "
        "DROP COLUMN calls_read, DROP COLUMN fill_share, DROP COLUMN pages_asked, DROP COLUMN pages_failed, "
        "DROP COLUMN is_held, DROP COLUMN held, DROP COLUMN deviations"
    )
    op.execute(
        "ALTER TABLE website DROP COLUMN health, DROP COLUMN health_reason, DROP COLUMN health_advice, "
        "DROP COLUMN health_since, DROP COLUMN envelope_since, DROP COLUMN failures_in_a_row"
    )
