"""The audit trail, which the database itself lets nobody change."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0012"
down_revision = "0011"

_WORDS = (
    "to_tsvector('simple'::regconfig, regexp_replace(regexp_replace(lower(NORMALIZE((((((actor_name || "
    "' '::text) || action) || ' '::text) || COALESCE(thing_label, ''::text)) || ' '::text) || "
    r"changes::text, NFKD)), '[\u0300-\u036f]'::text, ''::text, 'g'::text), "
    "'[^[:alnum:]]+'::text, ' '::text, 'g'::text))"
)
_REFUSE = """
CREATE FUNCTION audit_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The audit trail is append-only: % is refused.', TG_OP
        USING ERRCODE = 'insufficient_privilege';
END
$$
"""


def upgrade() -> None:
    """Make its table and indexes, and refuse whatever is no INSERT."""
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_kind", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Uuid()),
        sa.Column("actor_name", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("thing_kind", sa.Text()),
        sa.Column("thing_id", sa.Text()),
        sa.Column("thing_label", sa.Text()),
        sa.Column("origin", sa.Text()),
        sa.Column("request_id", sa.Uuid()),
        sa.Column("changes", JSONB(), nullable=False),
    )
    op.create_index("ix_audit_entry_by_at", "audit_entry", ["at", "id"])
    op.create_index("ix_audit_entry_by_actor", "audit_entry", ["actor_id", "at", "id"])
    op.create_index("ix_audit_entry_by_thing", "audit_entry", ["thing_kind", "thing_id", "at", "id"])
    op.create_index("ix_audit_entry_by_action", "audit_entry", ["action", "at", "id"])
    op.create_index("ix_audit_entry_words", "audit_entry", [sa.text(_WORDS)], postgresql_using="gin")
    op.execute(_REFUSE)
    op.execute(
        "CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_refuse()"
    )


def downgrade() -> None:
    """Drop the trail."""
    op.drop_table("audit_entry")
    op.execute("DROP FUNCTION audit_entry_refuse()")
