"""Whoever changes what lists show, through whatever program, tells those who keep ready answers."""

from alembic import op

revision = "0009"
down_revision = "0008"

TABLES = ("website", "scrape_job", "opportunity", "opportunity_source", "opportunity_revision")

# A statement that met no row changed nothing, and should cost nobody the answers that are ready.
_FUNCTION = """
CREATE FUNCTION hoistscraper_tell_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP IN ('UPDATE', 'DELETE') THEN
        IF NOT EXISTS (SELECT FROM changed) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM pg_notify('hoistscraper_changed', TG_TABLE_NAME || ':' || pg_current_xact_id());
    RETURN NULL;
END
$$
"""

_TRIGGERS = {
    "tell_insert": "AFTER INSERT ON {table}",
    "tell_update": "AFTER UPDATE ON {table} REFERENCING NEW TABLE AS changed",
    "tell_delete": "AFTER DELETE ON {table} REFERENCING OLD TABLE AS changed",
    "tell_truncate": "AFTER TRUNCATE ON {table}",
}


def upgrade() -> None:
    """Have each statement that changes a row tell the table and its transaction, once it is committed."""
    op.execute(_FUNCTION)
    for table in TABLES:
        for name, event in _TRIGGERS.items():
            op.execute(
                f"CREATE TRIGGER {name} {event.format(table=table)} "
                "FOR EACH STATEMENT EXECUTE FUNCTION hoistscraper_tell_change()"
            )


def downgrade() -> None:
    """Tell nobody."""
    for table in TABLES:
        for name in _TRIGGERS:
            op.execute(f"DROP TRIGGER {name} ON {table}")
    op.execute("DROP FUNCTION hoistscraper_tell_change()")
