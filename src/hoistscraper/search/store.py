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
from hoistscraper.search.fitting import likely_to_fit
from hoistscraper.search.frequencies import Frequencies
from hoistscraper.search.legs import Key, Leg, legs_of
from hoistscraper.search.query import Search
from hoistscraper.search.rows import ROW, TOLD
from hoistscraper.search.statements import Parameters, Wanted, found_by, gathered

PAGE = 25
MOST_ON_A_PAGE = 1_000

# Leg, key and id are told of the row after which the page may end; the JSON of all.
Row = tuple[int | None, Key | None, UUID | None, str]
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
    finder = _Finder(connection, asked, await wanted_by(connection, asked, now), frequencies, now)
    rows: list[Row] = []
    for _, part in groupby(legs, key=lambda numbered: numbered[1].part):
        rows += await finder.part(list(part), limit + 1 - len(rows))
        if len(rows) > limit:
            break
    return Page(tuple(row[3] for row in rows[:limit]), _cursor_after(asked, rows[limit - 1 :]))


def _cursor_after(asked: Search, ending: Sequence[Row]) -> str | None:
    """Return the cursor behind the first of some rows, if there are others."""
    if len(ending) <= 1:
        return None
    leg, key, last, _ = ending[0]
    if leg is None or key is None or last is None:
        raise RuntimeError("a page ended where no row was told of")
    return write_cursor(asked, Position(leg, key, last))


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
    asked: Search
    wanted: Wanted
    frequencies: Frequencies
    now: datetime

    async def part(self, legs: list[_NumberedLeg], most: int) -> list[Row]:
        """Return the first rows of legs that ask for the same words and differ in their stretch only."""
        wanted = replace(self.wanted, clauses=(*self.wanted.clauses, *legs[0][1].part))
        if is_rare(wanted.clauses, self.frequencies):
            numbers = [number for number, _ in legs]
            found = await self._fetch(gathered([leg for _, leg in legs], wanted, most), most)
            return [
                (None if place is None else numbers[place], key, last, text)
                for place, key, last, text in found
            ]
        rows: list[Row] = []
        for number, leg in legs:
            found = await self._leg(leg, wanted, most - len(rows))
            rows += [(number, key, last, text) for _, key, last, text in found]
            if len(rows) >= most:
                break
        return rows

    async def _leg(self, leg: Leg, wanted: Wanted, most: int) -> Sequence[Row]:
        found: Sequence[Row] = ()
        fitting = likely_to_fit(self.asked, leg, self.frequencies, self.now)
        for way in ways(leg, wanted.clauses, self.frequencies, now=self.now, wanted=most, fitting=fitting):
            found = await self._fetch(found_by(way, leg, wanted, most), most)
            if len(found) >= most:
                break
        return found

    async def _fetch(self, query: tuple[str, Parameters], most: int) -> Sequence[Row]:
        """Read calls. Where the page may end, one before the last, the order's key and the id come along."""
        sql, parameters = query
        told = (f"CASE WHEN o.place = {most - 1} THEN o.{name} END" for name in ("leg", "key", "id"))
        statement = f"SELECT {', '.join(told)}, {ROW} FROM ({sql}) o CROSS JOIN {TOLD} ORDER BY o.place"
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
