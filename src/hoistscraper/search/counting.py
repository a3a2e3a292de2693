"""How many opportunities a search finds: exactly while they are few, else about."""

from dataclasses import dataclass
from datetime import datetime

from psycopg.rows import tuple_row

from hoistscraper.extraction.candidate import Status
from hoistscraper.search.clauses import tsquery
from hoistscraper.search.connections import Connection
from hoistscraper.search.frequencies import Frequencies
from hoistscraper.search.query import Search
from hoistscraper.search.sampling import drawn, offered
from hoistscraper.search.statements import Wanted
from hoistscraper.search.store import wanted_by

MOST_EXACT = 10_000
# A sample's error is a few in a hundred, so no more digits than these are told.
DIGITS = 2
_SAMPLE = 2_000
# Before the first ANALYZE, everything counts as seldom.
_MOST_SAMPLED = 20 * _SAMPLE


@dataclass(frozen=True, slots=True)
class Count:
    """A number of opportunities; ``is_estimate``: it is about that."""

    number: int
    is_estimate: bool = False

    def __str__(self) -> str:
        """Return ``312`` or ``about 110,000``."""
        return f"about {self.number:,}" if self.is_estimate else f"{self.number:,}"


async def count(connection: Connection, asked: Search, *, now: datetime, frequencies: Frequencies) -> Count:
    """Count what a search finds; beyond 10,000 a sample is counted instead."""
    wanted = await wanted_by(connection, asked, now)
    likely = offered(wanted, frequencies)
    if likely <= 2 * MOST_EXACT:
        number = await _count(connection, asked, wanted, most=MOST_EXACT + 1)
        if number <= MOST_EXACT:
            return Count(number)
    part = drawn(wanted, _SAMPLE / max(likely, _SAMPLE))
    number = await _count(connection, asked, part.wanted, most=_MOST_SAMPLED)
    return Count(_rounded(number * part.factor), is_estimate=not part.is_whole or number == _MOST_SAMPLED)


async def _count(connection: Connection, asked: Search, wanted: Wanted, *, most: int) -> int:
    query = tsquery(wanted.clauses)
    holds = [*wanted.conditions, *(["o.search @@ CAST(%(query)s AS tsquery)"] if query else [])]
    if asked.statuses and Status.CLOSED not in asked.statuses:
        holds.append("o.ends_at >= %(now)s")
    sql = f"SELECT 1 FROM opportunity o WHERE {' AND '.join(holds) or 'true'} LIMIT {most}"
    cursor = connection.cursor(row_factory=tuple_row)
    await cursor.execute(
        f"SELECT count(*) FROM ({sql}) found".encode(), {**wanted.parameters, "query": query}
    )
    row = await cursor.fetchone()
    return int(row[0]) if row else 0


def _rounded(number: float) -> int:
    whole = round(number)
    return round(whole, DIGITS - len(str(whole))) if whole > MOST_EXACT else whole
