"""A page of opportunities for a search."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from uuid import UUID

from psycopg.rows import tuple_row

from hoistscraper.errors import Invalid
from hoistscraper.search.choosing import is_rare, ways
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
_NumberedLeg = tuple[int, Leg]


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
    finder = _Finder(connection, await wanted_by(connection, asked, now), frequencies, now)
    rows: list[Row] = []
    for _, part in groupby(legs, key=lambda numbered: numbered[1].part):
        rows += await finder.part(list(part), limit + 1 - len(rows))
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


def _beyond(legs: list[_NumberedLeg], position: Position) -> list[_NumberedLeg]:
    left = legs[position.leg :]
    if not left:
        return []
    (number, leg), *others = left
    return [(number, leg.beyond(position.key, position.id)), *others]


@dataclass(frozen=True, slots=True)
class _Finder:
    """Finds rows leg by leg."""

    connection: Connection
    wanted: Wanted
    frequencies: Frequencies
    now: datetime

    async def part(self, legs: list[_NumberedLeg], most: int) -> list[Row]:
        """Return the first rows of legs that ask for the same words and differ in their stretch only."""
        wanted = replace(self.wanted, clauses=(*self.wanted.clauses, *legs[0][1].part))
        if is_rare(wanted.clauses, self.frequencies):
            numbers = [number for number, _ in legs]
            found = await self._fetch(gathered([leg for _, leg in legs], wanted, most))
            return [(numbers[place], key, shown, text) for place, key, shown, text in found]
        rows: list[Row] = []
        for number, leg in legs:
            found = await self._leg(leg, wanted, most - len(rows))
            rows += [(number, key, shown, text) for _, key, shown, text in found]
            if len(rows) >= most:
                break
        return rows

    async def _leg(self, leg: Leg, wanted: Wanted, most: int) -> Sequence[Row]:
        found: Sequence[Row] = ()
        for way in ways(leg, wanted.clauses, self.frequencies, now=self.now, wanted=most):
            found = await self._fetch(found_by(way, leg, wanted, most))
            if len(found) >= most:
                break
        return found

    async def _fetch(self, query: tuple[str, Parameters]) -> Sequence[Row]:
        sql, parameters = query
        statement = (
            f"WITH page AS MATERIALIZED (SELECT *, row_number() OVER () AS place FROM ({sql}) page) "
            f"SELECT page.leg, page.key, page.id, {ROW}::text "
            f"FROM page JOIN opportunity o ON o.id = page.id CROSS JOIN {TOLD} ORDER BY page.place"
        )
        cursor = self.connection.cursor(row_factory=tuple_row)
        await cursor.execute(statement.encode(), parameters)
        return await cursor.fetchall()


async def _sites(connection: Connection, websites: Sequence[UUID]) -> list[str | None]:
    """Return the addresses of websites; one that is not there any more finds nothing."""
    if not websites:
        return []
    cursor = connection.cursor(row_factory=tuple_row)
    await cursor.execute("SELECT url FROM website WHERE id = ANY(%(ids)s)", {"ids": list(websites)})
    return [url for (url,) in await cursor.fetchall()] or [None]
