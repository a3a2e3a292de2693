"""When each website is to be visited."""

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the columns."""
    op.execute(
        "ALTER TABLE website ADD COLUMN schedule TEXT, ADD COLUMN quiet_hours TEXT, "
        "ADD COLUMN next_due_at TIMESTAMP WITH TIME ZONE, ADD COLUMN paused BOOLEAN NOT NULL DEFAULT false"
    )
    op.execute("CREATE INDEX ix_website_next_due_at ON website (next_due_at)")


def downgrade() -> None:
    """Take the columns away."""
    op.execute(
        "ALTER TABLE website DROP COLUMN schedule, DROP COLUMN quiet_hours, DROP COLUMN next_due_at, "
        "DROP COLUMN paused"
    )
