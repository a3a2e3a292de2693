"""JSON lines: everything that is known of a call, one call a line."""

import json
from collections.abc import AsyncGenerator, AsyncIterable

from hoistscraper.exports.objects import stored_json
from hoistscraper.opportunities.browsing import OpportunityView


async def json_lines(opportunities: AsyncIterable[OpportunityView]) -> AsyncGenerator[bytes]:
    """Yield each opportunity as one line of JSON with its proof and sources."""
    async for opportunity in opportunities:
        yield json.dumps(stored_json(opportunity), ensure_ascii=False).encode() + b"\n"
