"""Lists in pages: where a page ends is told by the last row's place in the order, not by a number of rows.

However deep a page lies, the database starts reading at that place, by an index.
"""

import binascii
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2s
from uuid import UUID

from psycopg import AsyncConnection

from hoistscraper.database.estimates import estimate, remembered
from hoistscraper.errors import Invalid

EXACT_UP_TO = 10_000
"""Matches that are counted one by one; more are estimated."""

Columns = Mapping[str, str]
"""What is shown of a row: the expression of each name."""

_DAMAGED = "The cursor is damaged or belongs to another list; start again without it."


@dataclass(frozen=True, slots=True)
class Order:
    """How a list is sorted: an expression that is never NULL and has an index, led by it and then the id."""

    expression: str
    type: str
    is_descending: bool = False

    def after(self, place: Sequence[str] | None) -> tuple[str, dict[str, object]]:
        """Return the condition for rows after a place, and its values."""
        if place is None:
            return "true", {}
        sign = "<" if self.is_descending else ">"
        condition = f"({self.expression}, id) {sign} (%(after)s::{self.type}, %(after_id)s::uuid)"
        return condition, {"after": place[0], "after_id": place[1]}

    @property
    def clause(self) -> str:
        """What stands after ORDER BY."""
        direction = " DESC" if self.is_descending else ""
        return f"{self.expression}{direction}, id{direction}"


@dataclass(frozen=True, slots=True)
class Count:
    """How many there are, or about how many."""

    count: int
    is_exact: bool


@dataclass(frozen=True, slots=True)
class JsonPage:
    """A page whose rows are JSON already, a comma between them, with the cursor of the page after it."""

    items: str
    next_cursor: str | None
    total: Count

    def as_json(self) -> bytes:
        """Return the page as an answer's body."""
        following = "null" if self.next_cursor is None else f'"{self.next_cursor}"'
        exact = "true" if self.total.is_exact else "false"
        return (
            f'{{"items":[{self.items}],"next":{following},'
            f'"total":{{"count":{self.total.count},"is_exact":{exact}}}}}'
        ).encode()


def encode_cursor(place: Sequence[str], *, of: object) -> str:
    """Return a place as text. ``of`` is what the list was asked for, as the next page must be."""
    return urlsafe_b64encode(json.dumps([_mark(of), *place]).encode()).decode().rstrip("=")


def decode_cursor(text: str, *, of: object) -> list[str]:
    """Return the place that a cursor names.

    :raises Invalid: it is none, or of a list that was asked for with other words.
    """
    try:
        mark, *place = json.loads(urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (ValueError, TypeError, binascii.Error):
        raise Invalid(_DAMAGED) from None
    if mark != _mark(of) or not all(isinstance(part, str) for part in place):
        raise Invalid(_DAMAGED)
    return [str(part) for part in place]


def shown_columns(names: str, **expressions: str) -> Columns:
    """Return columns by name, parted by spaces; those that the table does not have get an expression."""
    return {name: expressions.get(name, name) for name in names.split()}


async def read_page(
    connection: AsyncConnection,
    *,
    columns: Columns,
    table: str,
    where: str,
    values: Mapping[str, object],
    order: Order,
    limit: int,
    cursor: str | None,
    of: object,
) -> JsonPage:
    """Read one page of a table as JSON.

    ``columns`` and ``where`` are ours, never a user's; what a user asks for stands in ``values``.

    :raises Invalid: the cursor is of no use here.
    """
    after, place = order.after(decode_cursor(cursor, of=of) if cursor else None)
    matching = f"SELECT FROM {table} WHERE {where}".encode()
    known = remembered(connection, matching, values)
    found = await connection.execute(
        _page_statement(columns, table, where, after, order),
        {**values, **place, "limit": limit, "is_whole": not cursor, "is_counted": known is None},
    )
    [(items, met, last_place, last_id, matches)] = await found.fetchall()
    if matches is not None and matches <= EXACT_UP_TO:
        total = Count(matches, is_exact=True)
    else:
        about = await estimate(connection, matching, values) if known is None else known
        total = Count(max(about, EXACT_UP_TO + 1), is_exact=False)
    following = encode_cursor([last_place, last_id], of=of) if met > limit else None
    return JsonPage(items, following, total)


def _page_statement(columns: Columns, table: str, where: str, after: str, order: Order) -> bytes:
    """Return the statement for a page, its end and its total: one round trip, one row.

    One row more than wanted is read, which tells whether there is a next page. Where the first page is not
    full, nothing is counted: what it holds is all there is.
    """
    page = (
        f"SELECT {_selected(columns)}, ({order.expression})::text AS place FROM {table} "
        f"WHERE {where} AND {after} ORDER BY {order.clause} LIMIT %(limit)s::integer + 1"
    )
    rows = (
        f"SELECT row_to_json(shown)::text AS item, place, page.id::text AS id FROM ({page}) AS page, "
        f"LATERAL (SELECT {', '.join(f'page.{name}' for name in columns)}) AS shown"
    )
    counted = f"SELECT count(*) FROM (SELECT FROM {table} WHERE {where} LIMIT {EXACT_UP_TO + 1}) AS matches"
    return (
        "SELECT coalesce(array_to_string((array_agg(item))[:%(limit)s::integer], ','), ''), count(*), "
        "(array_agg(place))[%(limit)s::integer], (array_agg(id))[%(limit)s::integer], "
        "CASE WHEN %(is_whole)s::boolean AND count(*) <= %(limit)s::integer THEN count(*) "
        f"WHEN %(is_counted)s::boolean THEN ({counted}) END FROM ({rows}) AS rows"
    ).encode()


async def read_one(connection: AsyncConnection, *, columns: Columns, table: str, row_id: UUID) -> str | None:
    """Read one row of a table as JSON."""
    answer = await connection.execute(
        f"SELECT row_to_json(one)::text FROM "
        f"(SELECT {_selected(columns)} FROM {table} WHERE id = %s) AS one".encode(),
        (row_id,),
    )
    row = await answer.fetchone()
    return str(row[0]) if row else None


def _mark(of: object) -> str:
    return blake2s(repr(of).encode(), digest_size=6).hexdigest()


def _selected(columns: Columns) -> str:
    return ", ".join(f"{expression} AS {name}" for name, expression in columns.items())
