"""What became of backups."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"

_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "backup_run",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("trigger", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("started_at", _TIME, nullable=False),
        sa.Column("finished_at", _TIME, nullable=False),
        sa.Column("name", sa.Text()),
        sa.Column("size", sa.BigInteger()),
        sa.Column("is_encrypted", sa.Boolean(), nullable=False),
        sa.Column("was_verified", sa.Boolean(), nullable=False),
        sa.Column("problem", sa.Text()),
    )
    op.create_index("ix_backup_run_finished_at", "backup_run", ["finished_at", "id"])
    op.create_index(
        "ix_backup_run_succeeded", "backup_run", ["started_at"], postgresql_where=sa.text("problem IS NULL")
    )


def downgrade() -> None:
    """Forget them; the files stay."""
    op.drop_table("backup_run")
