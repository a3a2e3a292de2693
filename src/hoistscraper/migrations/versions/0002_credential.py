"""Log-ins of websites, locked by the vault."""

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Create the table."""
    op.execute(
        """
        CREATE TABLE credential (
            id UUID NOT NULL,
            website_id UUID NOT NULL,
            kind TEXT NOT NULL,
            secret BYTEA NOT NULL,
            created_at TIMESTAMP WITH TIME ZONE NOT NULL,
            changed_at TIMESTAMP WITH TIME ZONE NOT NULL,
            last_used_at TIMESTAMP WITH TIME ZONE,
            last_verified_at TIMESTAMP WITH TIME ZONE,
            failures INTEGER NOT NULL,
            failed_reason TEXT,
            PRIMARY KEY (id),
            UNIQUE (website_id),
            FOREIGN KEY(website_id) REFERENCES website (id) ON DELETE CASCADE
        )
        """
    )


def downgrade() -> None:
    """Drop the table."""
    op.execute("DROP TABLE credential")
