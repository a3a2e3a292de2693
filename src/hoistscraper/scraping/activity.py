"""What websites have been giving: how many calls, and how their last visits went."""

from collections.abc import Sequence
from uuid import UUID

from psycopg import AsyncConnection

LAST_VISITS = 20

_ACTIVITY = f"""
    SELECT coalesce(json_agg(json_build_object(
        'id', website.id,
        'opportunities', told.opportunities,
        'listed', told.listed,
        'jobs', (
            SELECT coalesce(json_agg(row_to_json(job) ORDER BY job.asked_at, job.id), '[]')
            FROM (SELECT id, status, asked_at, finished_at, found, new, changed, is_held, error_message
                FROM scrape_job WHERE website_id = website.id
                ORDER BY asked_at DESC, id DESC LIMIT {LAST_VISITS}) AS job
        )
    )), '[]')::text
    FROM website, LATERAL (
        SELECT count(*) AS opportunities, count(*) FILTER (WHERE no_longer_listed_at IS NULL) AS listed
        FROM opportunity_source WHERE site = website.url
    ) AS told
    WHERE website.id = ANY(%(ids)s)
""".encode()


async def read_activity(connection: AsyncConnection, website_ids: Sequence[UUID]) -> str:
    """Return as JSON how many calls websites told of, list now, and their last jobs, the oldest first.

    Websites that are not there are left out.
    """
    row = await (await connection.execute(_ACTIVITY, {"ids": list(website_ids)})).fetchone()
    return str(row[0]) if row else "[]"
