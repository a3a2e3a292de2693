"""What a person who has typed some letters may mean: titles and organisations that begin with them."""

from dataclasses import dataclass

from psycopg.rows import tuple_row

from hoistscraper.opportunities.identity import fold
from hoistscraper.opportunities.words import folded
from hoistscraper.search.connections import Connection

LEAST_LETTERS = 2
MOST_LETTERS = 100
MOST = 6
# Sorts behind all letters.
_END = "\U0010ffff"


def _beginning(column: str, shown: str) -> str:
    """Return a query that hops from one different value to the next, however often each is there."""
    first = f"SELECT o.{column} FROM opportunity o WHERE o.{column} ~{{}}~ {{}} AND o.{column} ~<~ %(end)s"
    in_order = f"ORDER BY o.{column} USING ~<~ LIMIT 1"
    return f"""
        WITH RECURSIVE hops (key, number) AS (
            SELECT ({first.format(">=", "%(start)s")} {in_order}), 1
            UNION ALL
            SELECT ({first.format(">", "hops.key")} {in_order}), number + 1
            FROM hops WHERE hops.key IS NOT NULL AND number < %(most)s
        )
        SELECT (SELECT o.{shown} FROM opportunity o WHERE o.{column} = hops.key LIMIT 1)
        FROM hops WHERE hops.key IS NOT NULL ORDER BY number
    """


_TITLES = _beginning("title_key", "title")
_ORGANISATIONS = _beginning("organisation_key", "organisation")


@dataclass(frozen=True, slots=True)
class Suggestions:
    """Beginnings completed, in alphabetical order."""

    titles: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()


async def suggest(connection: Connection, typed: str, *, most: int = MOST) -> Suggestions:
    """Return titles and organisations that begin with what was typed; nothing for less than two letters."""
    short = typed[:MOST_LETTERS]
    titles = await _complete(connection, _TITLES, fold(short), most)
    return Suggestions(titles, await _complete(connection, _ORGANISATIONS, folded(short), most))


async def _complete(connection: Connection, sql: str, start: str, most: int) -> tuple[str, ...]:
    if len(start) < LEAST_LETTERS:
        return ()
    cursor = connection.cursor(row_factory=tuple_row)
    await cursor.execute(sql.encode(), {"start": start, "end": start + _END, "most": most})
    return tuple(each for (each,) in await cursor.fetchall())
