"""What is kept of calls, in a form that two runs can be compared by."""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

_CALLS = """
    SELECT o.title, o.organisation, o.deadline_date, o.amount_max, o.currency, o.reference_number, o.status,
        o.evidence, s.identity, s.listing_url, s.row_hash, s.stated, s.verified_at IS NOT NULL AS is_verified,
        s.no_longer_listed_at IS NULL AS is_listed
    FROM opportunity o JOIN opportunity_source s ON s.opportunity_id = o.id ORDER BY s.identity, o.title
"""


async def rows_of(session: AsyncSession) -> list[dict[str, object]]:
    """Return every call with its source, without ids and times."""
    return [dict(row) for row in (await session.execute(text(_CALLS))).mappings()]


async def count(session: AsyncSession, table: str) -> int:
    """Return how many rows a table holds."""
    return int(await session.scalar(text(f"SELECT count(*) FROM {table}")) or 0)
