"""The peer: what a search costs without an index of words, as LIKE over all titles."""

import time

from benchmarks.search.timing import Timings, milliseconds_since
from hoistscraper.opportunities.identity import fold
from hoistscraper.search.connections import Connection

# The statement that the list of opportunities used before it had an index.
PLAIN = """
    SELECT o.id FROM opportunity o
    WHERE (SELECT coalesce(bool_and(o.title_key LIKE '%%' || word || '%%'), true)
           FROM unnest(CAST(%(words)s AS text[])) AS word)
    ORDER BY o.closes_at < now(), o.closes_at NULLS LAST, o.id LIMIT 25
"""


async def measure_plain(connection: Connection, words: str, rounds: int) -> Timings:
    """Return how long the first page takes that way."""
    timings = Timings()
    for _ in range(rounds):
        began = time.perf_counter()
        cursor = await connection.execute(PLAIN.encode(), {"words": fold(words).split()})
        await cursor.fetchall()
        timings.add(milliseconds_since(began))
    return timings
