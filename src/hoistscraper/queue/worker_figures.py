"""Whether there are workers, for whoever watches the system."""

from datetime import datetime, timedelta

from psycopg import AsyncConnection

_WORKERS = (
    "SELECT count(*) FILTER (WHERE last_heartbeat >= %s), max(last_heartbeat) FROM procrastinate_workers"
)


async def count_workers(
    connection: AsyncConnection, *, now: datetime, silent_after: timedelta
) -> tuple[int, datetime | None]:
    """Return how many workers live, and when one was heard of last; one that is silent for longer is dead."""
    row = await (await connection.execute(_WORKERS, (now - silent_after,))).fetchone()
    return (int(row[0]), row[1]) if row else (0, None)
