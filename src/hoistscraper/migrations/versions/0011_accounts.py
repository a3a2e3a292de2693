"""Users, and by what they are recognised."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

_TIME = sa.DateTime(timezone=True)

# Who keeps for a moment that somebody is recognised hears at once when that ends. When somebody was last seen
# is no such change; who signs in anew was not kept by anybody.
_TELLING = {
    "user": "INSERT OR DELETE OR UPDATE OF email, name, role, password_hash, is_active",
    "session": "DELETE OR UPDATE OF token_hash, user_id, expires_at",
    "api_token": "DELETE OR UPDATE OF token_hash, user_id, role, expires_at, revoked_at",
}
_FUNCTION = """
CREATE FUNCTION hoistscraper_tell_access() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('hoistscraper_changed', TG_TABLE_NAME || ':' || pg_current_xact_id());
    RETURN NULL;
END
$$
"""


def upgrade() -> None:
    """Make the tables, and have them tell when somebody may do something no longer."""
    op.create_table(
        "user",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("email", sa.Text(), nullable=False, unique=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text()),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("created_at", _TIME, nullable=False),
        sa.Column("last_sign_in_at", _TIME),
        sa.Column("password_changed_at", _TIME),
    )
    _recognised_by(
        "session",
        sa.Column("created_at", _TIME, nullable=False),
        sa.Column("last_seen_at", _TIME, nullable=False),
        sa.Column("expires_at", _TIME, nullable=False, index=True),
        sa.Column("address", sa.Text()),
        sa.Column("user_agent", sa.Text()),
    )
    _recognised_by(
        "api_token",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("prefix", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("created_at", _TIME, nullable=False),
        sa.Column("last_used_at", _TIME),
        sa.Column("expires_at", _TIME),
        sa.Column("revoked_at", _TIME),
    )
    _recognised_by("known_device", sa.Column("used_at", _TIME, nullable=False, index=True))
    op.create_table(
        "sign_in_attempts",
        sa.Column("subject", sa.LargeBinary(), primary_key=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("failed_at", _TIME, nullable=False, index=True),
        sa.Column("next_at", _TIME, nullable=False),
    )
    op.execute(_FUNCTION)
    for table, events in _TELLING.items():
        for name, event, each in (("", events, "ROW"), ("_truncate", "TRUNCATE", "STATEMENT")):
            op.execute(
                f'CREATE TRIGGER tell_access{name} AFTER {event} ON "{table}" '
                f"FOR EACH {each} EXECUTE FUNCTION hoistscraper_tell_access()"
            )


def _recognised_by(table: str, *columns: sa.Column[object]) -> None:
    op.create_table(
        table,
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False, unique=True),
        sa.Column(
            "user_id", sa.Uuid(), sa.ForeignKey("user.id", ondelete="CASCADE"), nullable=False, index=True
        ),
        *columns,
    )


def downgrade() -> None:
    """Forget all accounts."""
    for table in ("sign_in_attempts", "known_device", "api_token", "session", "user"):
        op.drop_table(table)
    op.execute("DROP FUNCTION hoistscraper_tell_access()")
