"""Everything that a search finds, page by page, for exports: memory does not grow with its number."""

import json
from collections.abc import AsyncIterator
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from hoistscraper.opportunities.browsing import OpportunityView, opportunities_by_id
from hoistscraper.search.connections import searching
from hoistscraper.search.query import Search
from hoistscraper.search.statistics import read_frequencies
from hoistscraper.search.store import search

BATCH = 500


async def all_found(session: AsyncSession, asked: Search, *, now: datetime) -> AsyncIterator[OpportunityView]:
    """Yield every opportunity that a search finds, in its order, as of one moment.

    The session must not have been used in its transaction yet.
    """
    await session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
    connection = await searching(session)
    frequencies = await read_frequencies(connection)
    cursor: str | None = None
    while True:
        page = await search(connection, asked, now=now, frequencies=frequencies, limit=BATCH, cursor=cursor)
        for view in await opportunities_by_id(session, ids_of(page.rows), now=now):
            yield view
        cursor = page.next_cursor
        if cursor is None:
            return


def ids_of(rows: tuple[str, ...]) -> list[UUID]:
    """Return the ids of a page's opportunities."""
    return [UUID(json.loads(row)["id"]) for row in rows]
