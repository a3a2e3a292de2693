"""What workers did, counted over all of them, and how each is doing."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "running_total",
        sa.Column("name", sa.Text(), primary_key=True),
        sa.Column("labels", ARRAY(sa.Text()), primary_key=True),
        sa.Column("value", sa.Float(), nullable=False),
    )
    op.create_table(
        "worker_report",
        sa.Column("worker_id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("process", sa.Integer(), nullable=False),
        sa.Column("jobs", sa.Integer(), nullable=False),
        sa.Column("resident_bytes", sa.BigInteger()),
        sa.Column("browser_bytes", sa.BigInteger()),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("worker_report")
    op.drop_table("running_total")
