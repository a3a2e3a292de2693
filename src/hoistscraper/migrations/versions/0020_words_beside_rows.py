"""The words that a call is found by stand beside its row: who walks along an order reads those of each."""

from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    """Keep the words of calls that are written from now on in the row; those of others stay aside."""
    op.execute("ALTER TABLE opportunity ALTER COLUMN search SET STORAGE MAIN")


def downgrade() -> None:
    """Put them aside again, as long values are."""
    op.execute("ALTER TABLE opportunity ALTER COLUMN search SET STORAGE EXTENDED")
