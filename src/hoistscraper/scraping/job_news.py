"""News of all jobs: which are new, go on and end, for who looks at their list."""

import asyncio
from collections.abc import AsyncGenerator

from psycopg import AsyncConnection

from hoistscraper.database.reads import Reads
from hoistscraper.scraping.job_pages import COLUMNS

LOOK_SECONDS = 2.0
MOST_WATCHED = 100

_SHOWN = ", ".join(f"{expression} AS {name}" for name, expression in COLUMNS.items())
# The newest, those that run, and those that ran or waited when one looked last.
_WATCHED = f"""
    SELECT id::text, row_to_json(shown)::text FROM (
        SELECT {_SHOWN} FROM scrape_job WHERE id IN (
            (SELECT id FROM scrape_job ORDER BY asked_at DESC, id DESC LIMIT {MOST_WATCHED})
            UNION (SELECT id FROM scrape_job WHERE status = 'running' ORDER BY id DESC LIMIT {MOST_WATCHED})
            UNION SELECT unnest(%(ids)s::uuid[])
        )
    ) AS shown ORDER BY asked_at, id
""".encode()


async def job_news(reads: Reads) -> AsyncGenerator[list[str]]:
    """Yield jobs as JSON: at first all that are watched, then those together that are new or have changed.

    Between looks no connection is held.
    """
    known: dict[str, str] = {}
    is_first = True
    while True:
        async with reads.connection() as connection:
            watched = await _watched(connection, list(known))
        news = [job for job_id, job in watched.items() if known.get(job_id) != job]
        if news or is_first:
            yield news
        is_first = False
        newest = list(watched.items())[-2 * MOST_WATCHED :]
        known = dict(newest)
        await asyncio.sleep(LOOK_SECONDS)


async def _watched(connection: AsyncConnection, before: list[str]) -> dict[str, str]:
    rows = await connection.execute(_WATCHED, {"ids": before})
    return {row[0]: row[1] for row in await rows.fetchall()}
