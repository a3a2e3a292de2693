"""A page of opportunities for a search."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from uuid import UUID

from psycopg.rows import tuple_row

from hoistscraper.errors import Invalid
from hoistscraper.search.choosing import FEW_ROWS, ways
from hoistscraper.search.clauses import is_positive
from hoistscraper.search.connections import Connection
from hoistscraper.search.cursor import Position, read_cursor, write_cursor
from hoistscraper.search.filters import conditions, filter_clauses
from hoistscraper.search.frequencies import Frequencies
from hoistscraper.search.legs import Key, Leg, legs_of
from hoistscraper.search.query import Search
from hoistscraper.search.rows import ROW, TOLD
from hoistscraper.search.statements import Parameters, Wanted, found_by, gathered

PAGE = 25
MOST_ON_A_PAGE = 1_000

Row = tuple[int, Key, UUID, str]


@dataclass(frozen=True, slots=True)
class Page:
    """Some opportunities as JSON objects, and the cursor of the page after; ``None``: there is none."""

    rows: tuple[str, ...]
    next_cursor: str | None

    @property
    def json(self) -> str:
        """The opportunities as one JSON array."""
        return f"[{','.join(self.rows)}]"


async def search(
    connection: Connection,
    asked: Search,
    *,
    now: datetime,
    frequencies: Frequencies,
    limit: int = PAGE,
    cursor: str | None = None,
) -> Page:
    """Return one page of a search, in its order.

    :raises Invalid: the cursor is of another search, or the page too long.
    """
    if not 1 <= limit <= MOST_ON_A_PAGE:
        raise Invalid(f"A page has between 1 and {MOST_ON_A_PAGE} opportunities, not {limit}.")
    legs = list(enumerate(legs_of(asked, now)))
    if cursor is not None:
        legs = _beyond(legs, read_cursor(asked, cursor))
    wanted = await wanted_by(connection, asked, now)
    rows: list[Row] = []
    for _, part in groupby(legs, key=lambda numbered: numbered[1].part):
        rows += await _part(connection, list(part), wanted, frequencies, now, limit + 1 - len(rows))
        if len(rows) > limit:
            break
    shown = rows[:limit]
    last = Position(*shown[-1][:3]) if len(rows) > limit else None
    return Page(tuple(row[3] for row in shown), write_cursor(asked, last) if last else None)


async def wanted_by(connection: Connection, asked: Search, now: datetime) -> Wanted:
    """Return what must hold for every opportunity that a search finds."""
    holds, parameters = conditions(asked, now)
    sites = await _sites(connection, asked.websites)
    return Wanted((*asked.clauses, *filter_clauses(asked, now, sites)), tuple(holds), parameters)


def _beyond(legs: list[tuple[int, Leg]], position: Position) -> list[tuple[int, Leg]]:
    left = [(number, leg) for number, leg in legs if number >= position.leg]
    if not left:
        return []
    (number, leg), *others = left
    return [(number, leg.beyond(position.key, position.id)), *others]


async def _part(
    connection: Connection,
    legs: list[tuple[int, Leg]],
    wanted: Wanted,
    frequencies: Frequencies,
    now: datetime,
    most: int,
) -> list[Row]:
    """Return the first calls of legs that ask for the same words and differ in their stretch only."""
    wanted = replace(wanted, clauses=(*wanted.clauses, *legs[0][1].part))
    positive = list(filter(is_positive, wanted.clauses))
    if positive and frequencies.rows * frequencies.candidates(positive) <= FEW_ROWS:
        numbers = [number for number, _ in legs]
        found = await _fetch(connection, *gathered([leg for _, leg in legs], wanted, most), wanted)
        return [(numbers[leg], *rest) for leg, *rest in found]  # type: ignore[misc]
    rows: list[Row] = []
    for number, leg in legs:
        found = await _leg(connection, leg, wanted, frequencies, now, most - len(rows))
        rows += [(number, *rest) for _, *rest in found]  # type: ignore[misc]
        if len(rows) >= most:
            break
    return rows


async def _leg(
    connection: Connection, leg: Leg, wanted: Wanted, frequencies: Frequencies, now: datetime, most: int
) -> Sequence[Row]:
    found: Sequence[Row] = ()
    for way in ways(leg, wanted.clauses, frequencies, now=now, wanted=most):
        found = await _fetch(connection, *found_by(way, leg, wanted, most), wanted)
        if len(found) >= most:
            break
    return found


async def _fetch(connection: Connection, sql: str, parameters: Parameters, wanted: Wanted) -> Sequence[Row]:
    cursor = connection.cursor(row_factory=tuple_row)
    statement = (
        f"WITH page AS MATERIALIZED (SELECT *, row_number() OVER () AS place FROM ({sql}) page) "
        f"SELECT page.leg, page.key, page.id, {ROW}::text "
        f"FROM page JOIN opportunity o ON o.id = page.id CROSS JOIN {TOLD} ORDER BY page.place"
    )
    await cursor.execute(statement.encode(), parameters)
    return await cursor.fetchall()


async def _sites(connection: Connection, websites: Sequence[UUID]) -> list[str | None]:
    """Return the addresses of websites; one that is not there any more finds nothing."""
    if not websites:
        return []
    cursor = connection.cursor(row_factory=tuple_row)
    await cursor.execute("SELECT url FROM website WHERE id = ANY(%(ids)s)", {"ids": list(websites)})
    return [url for (url,) in await cursor.fetchall()] or [None]
