"""``/api/stats``: the overview."""

from typing import Annotated

from fastapi import Query, Response

from hoistscraper.api.parts import PartsOf
from hoistscraper.api.resource import resource
from hoistscraper.api.stats_wire import Stats
from hoistscraper.clock import now
from hoistscraper.scraping.statistics import read_statistics
from hoistscraper.scraping.tallies import LONGEST_SERIES_DAYS

router = resource("/stats", "stats")


@router.get("", response_model=Stats, summary="Read the overview")
async def read_stats(
    parts: PartsOf,
    days: Annotated[
        int, Query(ge=1, le=LONGEST_SERIES_DAYS, description="How many days, today's included.")
    ] = 30,
) -> Response:
    """Return totals, what happened day by day (in UTC), what closes soon and which websites need a look."""
    async with parts.reads.connection() as connection:
        body = await read_statistics(connection, now=now(), days=days)
    return Response(body, media_type="application/json")
