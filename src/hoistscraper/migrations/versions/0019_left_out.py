"""What of a listing page was left out, and why."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    """Add the column; pages that left something out until now are read anew by the next visit anyway."""
    op.add_column("page", sa.Column("left_out", sa.Text()))


def downgrade() -> None:
    """Have the pages that left something out read anew, then drop the column."""
    op.execute(
        "UPDATE page SET etag = NULL, last_modified = NULL, content_hash = '' WHERE left_out IS NOT NULL"
    )
    op.drop_column("page", "left_out")
