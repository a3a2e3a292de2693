"""What each user keeps for oneself: marks on opportunities, and searches by name."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"

_TIME = sa.DateTime(timezone=True)
_NOBODYS = sa.text("user_id IS NULL")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "triage",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("user_id", sa.Uuid(), _user()),
        sa.Column(
            "opportunity_id",
            sa.Uuid(),
            sa.ForeignKey("opportunity.id", ondelete="CASCADE"),
            nullable=False,
            index=True,
        ),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("at", _TIME, nullable=False),
        sa.CheckConstraint("state IN ('starred', 'ignored')", name="ck_triage_state"),
    )
    op.create_index("ux_triage_user_opportunity", "triage", ["user_id", "opportunity_id"], unique=True)
    op.create_index(
        "ux_triage_opportunity_local", "triage", ["opportunity_id"], unique=True, postgresql_where=_NOBODYS
    )
    op.create_index("ix_triage_user_state_at", "triage", ["user_id", "state", "at", "id"])
    op.create_table(
        "saved_view",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("user_id", sa.Uuid(), _user()),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("created_at", _TIME, nullable=False),
    )
    op.create_index("ux_saved_view_user_name", "saved_view", ["user_id", "name"], unique=True)
    op.create_index(
        "ux_saved_view_name_local", "saved_view", ["name"], unique=True, postgresql_where=_NOBODYS
    )


def _user() -> sa.ForeignKey:
    return sa.ForeignKey("user.id", ondelete="CASCADE")


def downgrade() -> None:
    """Forget them."""
    for table in ("saved_view", "triage"):
        op.drop_table(table)
