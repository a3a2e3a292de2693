"""What was learned of how each website's listing is to be read."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0018"
down_revision = "0017"

_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "recipe",
        sa.Column("website_id", sa.Uuid(), sa.ForeignKey("website.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("learned", JSONB()),
        sa.Column("call_pages", JSONB(), nullable=False),
        sa.Column("learned_at", _TIME),
        sa.Column("is_in_use", sa.Boolean(), nullable=False),
        sa.Column("refusals", sa.Integer(), nullable=False),
        sa.Column("refused_since", _TIME),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in _COUNTS),
    )


_COUNTS = ("pages_by_recipe", "pages_by_general", "repairs_accepted", "repairs_refused")


def downgrade() -> None:
    """Forget it."""
    op.drop_table("recipe")
