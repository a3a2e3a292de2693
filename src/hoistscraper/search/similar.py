"""Opportunities like another one: those that share seldom words of its title, or its organisation."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from math import log
from uuid import UUID

from psycopg.rows import tuple_row

from hoistscraper.errors import NotFound
from hoistscraper.opportunities.marks import Mark, name_mark, title_mark
from hoistscraper.opportunities.words import words_of
from hoistscraper.search.clauses import AllOf, any_of, tsquery, word
from hoistscraper.search.connections import Connection
from hoistscraper.search.frequencies import Frequencies
from hoistscraper.search.rows import ROW, TOLD

MOST = 10
# No more calls than these are compared.
MOST_COMPARED = 400
MOST_WORDS = 8
_SAME_ORGANISATION = 2.0
_STILL_OPEN = 1.5
_SIMILAR = f"""
    WITH found AS MATERIALIZED (
        SELECT o.id, o.ends_at, o.search FROM opportunity o
        WHERE o.search @@ CAST(%(query)s AS tsquery) AND o.id <> %(id)s LIMIT {MOST_COMPARED}
    ), page AS MATERIALIZED (
        SELECT f.id, (f.ends_at >= %(now)s)::int * {_STILL_OPEN} + shared.weight AS likeness
        FROM found f CROSS JOIN LATERAL (
            SELECT sum(weight) AS weight
            FROM unnest(CAST(%(marks)s AS text[]), CAST(%(weights)s AS float8[])) AS told (mark, weight)
            WHERE f.search @@ CAST(mark AS tsquery)
        ) shared
        ORDER BY likeness DESC, f.id DESC LIMIT %(most)s
    )
    SELECT {ROW} FROM page JOIN opportunity o ON o.id = page.id CROSS JOIN {TOLD}
    ORDER BY page.likeness DESC, page.id DESC
"""


async def similar(
    connection: Connection,
    opportunity_id: UUID,
    *,
    now: datetime,
    frequencies: Frequencies,
    most: int = MOST,
) -> list[str]:
    """Return opportunities like one, as JSON objects, the likest first.

    :raises NotFound: there is none with this id.
    """
    cursor = connection.cursor(row_factory=tuple_row)
    wanted = "SELECT title, organisation FROM opportunity WHERE id = %(id)s"
    await cursor.execute(wanted, {"id": opportunity_id})
    row = await cursor.fetchone()
    if row is None:
        raise NotFound(f"There is no opportunity {opportunity_id}; search for what there is.")
    title, organisation = row
    weights = dict(_weights(title, organisation, frequencies))
    query = _query(weights, frequencies)
    if query is None:
        return []
    parameters = {
        "id": opportunity_id,
        "now": now,
        "most": most,
        "query": query,
        "marks": [tsquery([word(mark)]) for mark in weights],
        "weights": list(weights.values()),
    }
    await cursor.execute(_SIMILAR.encode(), parameters)
    return [each for (each,) in await cursor.fetchall()]


def _weights(title: str, organisation: str | None, frequencies: Frequencies) -> Iterator[tuple[str, float]]:
    """Yield marks with what sharing them is worth: the rarer, the more; numbers count for nothing."""
    marks = {title_mark(each) for each in words_of(title) if not each.isdigit() and len(each) > 1}
    for mark in sorted(marks, key=lambda each: (frequencies.of(each), each))[:MOST_WORDS]:
        yield mark, -log(max(frequencies.of(mark), 1e-7))
    if organisation:
        yield name_mark(Mark.ORGANISATION, organisation), _SAME_ORGANISATION


def _query(weights: Iterable[str], frequencies: Frequencies) -> str | None:
    """Return a query for marks that few share; pairs of them where each one alone is shared by many."""
    marks = list(weights)
    few: list[str] = []
    left = MOST_COMPARED / max(frequencies.rows, 1)
    for mark in marks:
        left -= frequencies.of(mark)
        if left < 0:
            break
        few.append(mark)
    if few:
        return tsquery(any_of(few))
    return tsquery([AllOf(any_of(marks[:1]) + any_of(marks[1:]))]) if len(marks) > 1 else None
