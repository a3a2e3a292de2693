"""What a database holds, in numbers that tell whether another one holds the same."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import Connection, sql

from hoistscraper.backups.manifest import Contents
from hoistscraper.database.problems import told
from hoistscraper.database.urls import client_url, parse_url, place_of

_CONNECT_SECONDS = 10
# How values are written as text must not depend on who asks.
_SETTINGS = (
    "SET TimeZone = 'UTC'",
    "SET DateStyle = 'ISO'",
    "SET IntervalStyle = 'postgres'",
    "SET extra_float_digits = 1",
    "SET bytea_output = 'hex'",
    "SET search_path = pg_catalog",
    "SET statement_timeout = 0",
    "SET idle_in_transaction_session_timeout = 0",
    "SET jit = off",
)
_TABLES = """
    SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind = 'r' AND c.relpersistence <> 't' AND n.nspname <> 'information_schema'
        AND n.nspname NOT LIKE 'pg\\_%' AND NOT EXISTS (
            SELECT FROM pg_depend d
            WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e'
        )
    ORDER BY 1, 2
"""
_SEQUENCES = """
    SELECT schemaname || '.' || sequencename, coalesce(last_value, 0) FROM pg_sequences
    WHERE schemaname NOT LIKE 'pg\\_%' ORDER BY 1
"""
# A sum, so that the order of rows does not matter and two that are equal count twice.
_CONTENTS = """
    SELECT count(*), coalesce(sum(
        ('x' || left(encode(sha256(convert_to(t::text, 'UTF8')), 'hex'), 16))::bit(64)::bigint::numeric
    ), 0)::text FROM ONLY {}.{} AS t
"""
_READ_ONLY = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"


@contextmanager
def connected(url: str, *, database: str | None = None) -> Iterator[Connection]:
    """Yield a connection, each statement its own transaction; ``database`` is another one on that server.

    :raises HoistError: it cannot be had.
    """
    address = parse_url(url)
    if database is not None:
        address = address.set(database=database)
    with (
        told(place_of(address)),
        psycopg.connect(
            client_url(address),
            autocommit=True,
            application_name="hoistscraper backup",
            connect_timeout=_CONNECT_SECONDS,
        ) as connection,
    ):
        yield connection


@contextmanager
def snapshot(url: str) -> Iterator[tuple[Connection, str]]:
    """Yield a connection that sees the database as it is at this moment, and the name by which others do."""
    with connected(url) as connection:
        for setting in _SETTINGS:
            connection.execute(setting.encode())
        connection.execute(_READ_ONLY.encode())
        yield connection, str(one(connection, "SELECT pg_export_snapshot()"))
        connection.execute(b"ROLLBACK")


def one(connection: Connection, statement: str) -> object:
    """Return the first value of the first row, or ``None``."""
    row = connection.execute(statement.encode()).fetchone()
    return row[0] if row else None


def table_names(connection: Connection) -> list[tuple[str, str]]:
    """Return every table that is somebody's own: schema and name."""
    return [(str(row[0]), str(row[1])) for row in connection.execute(_TABLES.encode())]


def contents(connection: Connection) -> dict[str, Contents]:
    """Return what each table holds; reads all of it, so that a damaged row shows here."""
    found: dict[str, Contents] = {}
    for schema, name in table_names(connection):
        statement = sql.SQL(_CONTENTS).format(sql.Identifier(schema), sql.Identifier(name))
        row = connection.execute(statement).fetchone()
        found[f"{schema}.{name}"] = Contents(rows=int(row[0]), checksum=str(row[1])) if row else _NOTHING
    return found


_NOTHING = Contents(rows=0, checksum="0")


def sequences(connection: Connection) -> dict[str, int]:
    """Return the last number that each sequence gave; they only grow."""
    return {str(row[0]): int(row[1]) for row in connection.execute(_SEQUENCES.encode())}


def differences(
    url: str, *, database: str, tables: dict[str, Contents], numbers: dict[str, int]
) -> list[str]:
    """Compare a database with what another one held; return each difference in words."""
    with connected(url, database=database) as connection:
        for setting in _SETTINGS:
            connection.execute(setting.encode())
        found, counted = contents(connection), sequences(connection)
    told_of = [
        f"{name}: {_in_words(tables.get(name))} were backed up, {_in_words(found.get(name))} are there"
        for name in sorted(tables.keys() | found.keys())
        if tables.get(name) != found.get(name)
    ]
    told_of += [
        f"{name}: it would give numbers again that it gave before"
        for name, last in numbers.items()
        if counted.get(name, -1) < last
    ]
    return told_of


def _in_words(of_table: Contents | None) -> str:
    return f"{of_table.rows:,} rows (checksum {of_table.checksum})" if of_table else "no table"
