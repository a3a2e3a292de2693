"""Settings that are changed while all runs, and tallies by which a million rows are counted at once."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0010"
down_revision = "0009"

_DAY = "date_trunc('day', {at}, 'UTC')"

# What a row counts as: subject, word, opens, at.
_COUNTED_AS = {
    "opportunity": (
        f"""VALUES ('opportunity', status, CASE WHEN status = 'unknown' THEN opening_date END,
            coalesce({_DAY.format(at="closes_at")}, 'infinity')),
            ('first-seen', '', NULL, {_DAY.format(at="first_seen_at")})"""
    ),
    "scrape_job": (
        f"VALUES ('job', status, NULL::date, coalesce({_DAY.format(at='finished_at')}, 'infinity'))"
    ),
    "website": "VALUES ('website', coalesce(health, 'unvisited'), NULL::date, 'infinity'::timestamptz)",
}


def upgrade() -> None:
    """Make their tables, and have every change of a row counted."""
    op.create_table(
        "setting",
        sa.Column("name", sa.Text(), primary_key=True),
        sa.Column("value", JSONB(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "tally",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), primary_key=True),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("opens", sa.Date()),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
    )
    for table in _COUNTED_AS:
        _count_changes(table)
        op.execute(_tally(f"SELECT one.*, 1 AS sign FROM {_rows(table, table)}"))


def _count_changes(table: str) -> None:
    came, went = (f"SELECT one.*, {sign} AS sign FROM {_rows(t, table)}" for t, sign in _CHANGED)
    op.execute(
        f"CREATE FUNCTION tally_{table}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"CASE TG_OP WHEN 'INSERT' THEN {_tally(came)}; WHEN 'DELETE' THEN {_tally(went)}; "
        f"ELSE {_tally(f'{came} UNION ALL {went}')}; END CASE; RETURN NULL; END $$"
    )
    for event, tables in _EVENTS.items():
        op.execute(
            f"CREATE TRIGGER tally_{event.lower()} AFTER {event} ON {table} REFERENCING {tables} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION tally_{table}()"
        )


_CHANGED = (("came", 1), ("went", -1))
_EVENTS = {
    "INSERT": "NEW TABLE AS came",
    "UPDATE": "NEW TABLE AS came OLD TABLE AS went",
    "DELETE": "OLD TABLE AS went",
}


def _rows(source: str, table: str) -> str:
    return f"{source}, LATERAL ({_COUNTED_AS[table]}) AS one (subject, word, opens, at)"


def _tally(changes: str) -> str:
    return (
        "INSERT INTO tally (subject, word, opens, at, count) "
        f"SELECT subject, word, opens, at, sum(sign) FROM ({changes}) AS changes "
        "GROUP BY subject, word, opens, at HAVING sum(sign) <> 0"
    )


def downgrade() -> None:
    """Take all of it away."""
    for table in _COUNTED_AS:
        for event in _EVENTS:
            op.execute(f"DROP TRIGGER tally_{event.lower()} ON {table}")
        op.execute(f"DROP FUNCTION tally_{table}()")
    op.drop_table("tally")
    op.drop_table("setting")
