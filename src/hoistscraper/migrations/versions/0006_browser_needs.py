"""Whether a website is read in a browser: as a person says, and as visits have found."""

from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the columns."""
    op.execute(
        "ALTER TABLE website ADD COLUMN render TEXT NOT NULL DEFAULT 'auto', "
        "ADD COLUMN browser_for_listing BOOLEAN, "
        "ADD COLUMN browser_for_calls BOOLEAN NOT NULL DEFAULT false, "
        "ADD COLUMN browser_looked_at TIMESTAMP WITH TIME ZONE, "
        "ADD COLUMN browser_visits_since INTEGER NOT NULL DEFAULT 0"
    )


def downgrade() -> None:
    """Take the columns away."""
    op.execute(
        "ALTER TABLE website DROP COLUMN render, DROP COLUMN browser_for_listing, "
        "DROP COLUMN browser_for_calls, DROP COLUMN browser_looked_at, DROP COLUMN browser_visits_since"
    )
