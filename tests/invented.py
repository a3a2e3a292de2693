"""Rows for every table of a database, whatever its form: fitting its types, keys and rules."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from psycopg import Connection, sql

START = datetime(2031, 3, 1, 12, tzinfo=UTC)
_COLUMNS = """
    SELECT c.relname, a.attname, format_type(a.atttypid, NULL), a.attnotnull,
        (SELECT r.relname FROM pg_constraint f JOIN pg_class r ON r.oid = f.confrelid
            WHERE f.conrelid = c.oid AND f.contype = 'f' AND f.conkey = ARRAY[a.attnum] LIMIT 1),
        (SELECT array_agg(e.enumlabel::text ORDER BY e.enumsortorder) FROM pg_enum e
            WHERE e.enumtypid = a.atttypid)
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND c.relname <> 'alembic_version'
        AND a.attnum > 0 AND NOT a.attisdropped AND a.attidentity = '' AND a.attgenerated = ''
        AND NOT (a.atthasdef AND c.relname LIKE 'procrastinate%' AND a.attname = 'id')
    ORDER BY c.relname, a.attnum
"""
# Where a column means one of few things, or the program reads what is in it.
_WORDS = {
    ("opportunity", "status"): ("open", "closed", "forthcoming", "unknown"),
    ("scrape_job", "status"): ("completed", "failed"),
    ("website", "health"): ("green", "amber", "red"),
    ("website", "render"): ("auto", "http", "browser"),
    ("user", "role"): ("viewer", "editor", "administrator"),
    ("opportunity", "currency"): ("EUR", "GBP"),
    ("triage", "state"): ("starred", "ignored"),
}
_LISTS = frozenset({"other_dates", "documents", "log", "lines"})
_URLS = frozenset({"url", "final_url", "listing_url"})


@dataclass(frozen=True, slots=True)
class Column:
    """A column that is to be filled; ``refers_to`` names a table, ``labels`` are those of an enumeration."""

    table: str
    name: str
    type: str
    is_required: bool
    refers_to: str | None
    labels: tuple[str, ...]


def fill(connection: Connection, *, rows: int) -> dict[str, int]:
    """Put rows into every table; return how many each has then."""
    columns = [
        Column(row[0], row[1], row[2], row[3], row[4], tuple(row[5] or ()))
        for row in connection.execute(_COLUMNS.encode()).fetchall()
    ]
    for table in _in_order(columns):
        own = [column for column in columns if column.table == table]
        ids: dict[str | None, list[object]] = {
            c.refers_to: _ids(connection, c.refers_to) for c in own if c.refers_to
        }
        statement = sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
            sql.Identifier(table),
            sql.SQL(", ").join(sql.Identifier(column.name) for column in own),
            sql.SQL(", ").join(
                sql.SQL("%s::{}").format(sql.SQL(column.type))  # the database's own word
                for column in own
            ),
        )
        with connection.cursor() as cursor:
            cursor.executemany(statement, [[_value(c, n, ids) for c in own] for n in range(rows)])
    return {table: len(_ids(connection, table, what="1")) for table in tables(connection)}


def tables(connection: Connection) -> list[str]:
    """Return the names of all tables."""
    found = connection.execute(
        "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace "
        "ORDER BY 1"
    )
    return [str(row[0]) for row in found]


def rows_of(connection: Connection, table: str, columns: Iterable[str]) -> list[tuple[str | None, ...]]:
    """Return some columns of all rows as text, in an order that depends on nothing else."""
    chosen = sql.SQL(", ").join(sql.SQL("{}::text").format(sql.Identifier(name)) for name in columns)
    found = connection.execute(sql.SQL("SELECT {} FROM {}").format(chosen, sql.Identifier(table)))
    return sorted(found.fetchall(), key=repr)


def columns_of(connection: Connection, table: str) -> list[str]:
    """Return the columns of a table."""
    found = connection.execute(
        "SELECT attname FROM pg_attribute WHERE attrelid = quote_ident(%s)::regclass AND attnum > 0 "
        "AND NOT attisdropped ORDER BY attnum",
        (table,),
    )
    return [str(row[0]) for row in found]


def _in_order(columns: list[Column]) -> Iterator[str]:
    """Yield tables, each after those that it refers to."""
    waiting = {column.table for column in columns}
    while waiting:
        ready = sorted(
            table
            for table in waiting
            if not any(c.table == table and c.refers_to in waiting - {table} for c in columns)
        )
        assert ready, waiting
        yield from ready
        waiting -= set(ready)


def _ids(connection: Connection, table: str, *, what: str = "id") -> list[object]:
    statement = f'SELECT {what} FROM "{table}" ORDER BY 1'
    return [row[0] for row in connection.execute(statement.encode()).fetchall()]


def _value(column: Column, number: int, ids: dict[str | None, list[object]]) -> object:
    if column.refers_to:
        known = ids[column.refers_to]
        return known[number % len(known)] if known else None
    if not column.is_required and number % 3 == 2:
        return None
    if column.labels:
        return column.labels[0]
    if words := _WORDS.get((column.table, column.name)):
        return words[number % len(words)]
    assert column.type in _VALUES, f"What goes into {column.table}.{column.name}, a {column.type}?"
    return _VALUES[column.type](column, number)


def _text(column: Column, number: int) -> str:
    if column.table.startswith("procrastinate_"):
        return f"{column.name}-{number}"  # it makes names of channels from these
    path = f"{column.table}/{column.name}/{number}"
    return f"https://example.org/{path}" if column.name in _URLS else f"Ünïted “{path}” \t\\N\n 漢字"


def _json(column: Column, number: int) -> str:
    return "[]" if column.name in _LISTS else f'{{"number": {number}, "text": "a \\"b\\" ü"}}'


def _number(_: Column, number: int) -> int:
    return number


_VALUES: dict[str, Callable[[Column, int], object]] = {
    "uuid": lambda column, number: UUID(int=(hash_of(column.table) << 64) + number + 1),
    "text": _text,
    "character varying": _text,
    "boolean": lambda column, number: number % 2 == 0 and column.name != "abort_requested",
    "jsonb": _json,
    "bytea": lambda column, number: f"{column.table}-{column.name}-{number}".encode() + bytes(range(256)),
    "date": lambda _, number: (START + timedelta(days=number)).date(),
    "time without time zone": lambda _, number: (START + timedelta(minutes=number)).time(),
    "timestamp with time zone": lambda _, number: START + timedelta(hours=number),
    "tsvector": lambda _, number: f"'wörd{number}':1A 'open':2",
    "text[]": lambda _, number: ["one", f"two, {number}", '"three"'],
    **dict.fromkeys(("smallint", "integer", "bigint", "numeric", "double precision"), _number),
}


def hash_of(text: str) -> int:
    """Return a number for a text, the same each time."""
    return int.from_bytes(text.encode()[:6], "big")
