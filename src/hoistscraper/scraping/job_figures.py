"""How many scrape jobs there are of each kind, for whoever watches the system."""

from datetime import UTC, datetime

from psycopg import AsyncConnection

from hoistscraper.scraping.report import JobStatus

_COUNT = "SELECT count(*) FROM scrape_job WHERE status = %s AND asked_at >= %s"
_OLDEST = (
    "SELECT coalesce(extract(epoch FROM now() - min(coalesce(next_attempt_at, asked_at))), 0) "
    "FROM scrape_job WHERE status = 'pending' AND (next_attempt_at IS NULL OR next_attempt_at <= now())"
)
_LIVE = frozenset({JobStatus.PENDING, JobStatus.RUNNING})
_EVER = datetime(2000, 1, 1, tzinfo=UTC)


async def count_by_status(connection: AsyncConnection, *, since: datetime) -> dict[str, int]:
    """Count jobs by status: all that wait or run, and those that were asked for since and have ended.

    Their history may be as long as it likes: an index of status and time tells.
    """
    counts: dict[str, int] = {}
    for status in JobStatus:
        asked_since = _EVER if status in _LIVE else since
        row = await (await connection.execute(_COUNT, (status.value, asked_since))).fetchone()
        counts[status.value] = int(row[0]) if row else 0
    return counts


async def longest_wait_seconds(connection: AsyncConnection) -> float:
    """Return how long the job that could run, and waits the longest, has waited; 0: none waits."""
    row = await (await connection.execute(_OLDEST)).fetchone()
    return max(0.0, float(row[0])) if row else 0.0
