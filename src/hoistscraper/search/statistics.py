"""The frequencies of words, read from PostgreSQL's statistics and kept for a while."""

from psycopg.rows import tuple_row

from hoistscraper.search.connections import Connection
from hoistscraper.search.frequencies import Frequencies

FRESH_SECONDS = 300.0
# The last three numbers are the least, the greatest and the frequency of NULL.
_READ = """
    SELECT c.reltuples, s.most_common_elems::text::text[], s.most_common_elem_freqs
    FROM pg_class c LEFT JOIN pg_stats s
        ON s.schemaname = c.relnamespace::regnamespace::text AND s.tablename = c.relname
        AND s.attname = 'search'
    WHERE c.oid = 'opportunity'::regclass
"""


async def read_frequencies(connection: Connection) -> Frequencies:
    """Return the frequencies as of the last ANALYZE; before the first one everything counts as rare."""
    cursor = connection.cursor(row_factory=tuple_row)
    await cursor.execute(_READ)
    row = await cursor.fetchone()
    rows, lexemes, numbers = row or (0, None, None)
    if not lexemes or rows <= 0:
        return Frequencies()
    shares = dict(zip(lexemes, numbers, strict=False))
    return Frequencies(round(rows), shares, numbers[len(lexemes)])


class RecentFrequencies:
    """The frequencies, read again when they are some minutes old; one for all connections of a process."""

    def __init__(self) -> None:
        self._known = Frequencies()
        self._read_at: float | None = None

    async def current(self, connection: Connection, *, at_seconds: float) -> Frequencies:
        """Return them; ``at_seconds`` is a clock that only goes forward, such as ``time.monotonic()``."""
        if self._read_at is None or at_seconds - self._read_at > FRESH_SECONDS:
            # Before the first await: others meanwhile make do with what is known.
            self._read_at = at_seconds
            self._known = await read_frequencies(connection)
        return self._known
