"""JSON: every value with its proof, and what each website says."""

import json
from collections.abc import AsyncIterable
from typing import TextIO

from hoistscraper.opportunities.browsing import OpportunityView
from hoistscraper.reading.contract import opportunity_as_json


async def write_json(opportunities: AsyncIterable[OpportunityView], file: TextIO) -> int:
    """Write opportunities as one JSON array, an object a line; return how many."""
    count = 0
    file.write("[")
    async for opportunity in opportunities:
        file.write(",\n" if count else "\n")
        file.write(json.dumps(stored_json(opportunity), ensure_ascii=False))
        count += 1
    file.write("\n]\n")
    return count


def stored_json(opportunity: OpportunityView) -> dict[str, object]:
    """Return a stored call as JSON: its merged values, then its sources."""
    return {
        "id": str(opportunity.id),
        "url": opportunity.candidate.url,
        **opportunity_as_json(opportunity.candidate),
        "status": opportunity.status.value,
        "closes_at": opportunity.closes_at.isoformat() if opportunity.closes_at else None,
        "first_seen_at": opportunity.first_seen_at.isoformat(),
        "changed_at": opportunity.changed_at.isoformat(),
        "sources": [
            {
                "website": source.site,
                "url": source.url,
                "first_seen_at": source.first_seen_at.isoformat(),
                "last_seen_at": source.last_seen_at.isoformat(),
                "verified_at": source.verified_at.isoformat() if source.verified_at else None,
                "no_longer_listed_at": (
                    source.no_longer_listed_at.isoformat() if source.no_longer_listed_at else None
                ),
                "values": opportunity_as_json(source.candidate),
            }
            for source in opportunity.sources
        ],
    }
