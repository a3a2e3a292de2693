"""What the database holds: looked at from outside, so that no way of writing goes unseen."""

from typing import NamedTuple

import psycopg
from psycopg import sql

# Unchanged calls are noted as seen in the rows of their sources, which is no writing of opportunities.
_WATCHED = ("opportunity", "opportunity_revision")


class RowVersion(NamedTuple):
    """One version of one row: PostgreSQL makes a new one for every write, whatever it writes."""

    table: str
    place: str
    transaction: str


def plain_url(url: str) -> str:
    """Return the address for psycopg itself."""
    return url.replace("postgresql+psycopg://", "postgresql://", 1)


def row_versions(url: str) -> frozenset[RowVersion]:
    """Return every row version of opportunities and their revisions."""
    with psycopg.connect(plain_url(url)) as connection:
        return frozenset(
            RowVersion(table, *row)
            for table in _WATCHED
            for row in connection.execute(
                sql.SQL("SELECT ctid::text, xmin::text FROM {}").format(sql.Identifier(table))
            )
        )


def rows_written(before: frozenset[RowVersion], after: frozenset[RowVersion]) -> int:
    """Return how many rows were added, changed or removed; a changed one counts once."""
    return max(len(after - before), len(before - after))


def saved_urls(url: str) -> list[str]:
    """Return where the saved opportunities were found."""
    with psycopg.connect(plain_url(url)) as connection:
        return [str(row[0]) for row in connection.execute("SELECT url FROM opportunity_source")]


def forget_everything(url: str) -> None:
    """Empty all tables, so that the next visit is a first one."""
    with psycopg.connect(plain_url(url)) as connection:
        names = connection.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'"
        ).fetchall()
        tables = sql.SQL(", ").join(sql.Identifier(str(name)) for (name,) in names)
        connection.execute(sql.SQL("TRUNCATE {} CASCADE").format(tables))
