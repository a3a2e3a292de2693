"""Whether there are workers, for whoever watches the system."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from psycopg import AsyncConnection

_WORKERS = (
    "SELECT count(*) FILTER (WHERE last_heartbeat >= %s), max(last_heartbeat) FROM procrastinate_workers"
)

_TOTALS = "SELECT name, labels, value FROM running_total ORDER BY name, labels"
_REPORTS = (
    "SELECT host || ':' || process, extract(epoch FROM now() - last_heartbeat)::float, resident_bytes, "
    "browser_bytes, jobs FROM worker_report JOIN procrastinate_workers ON id = worker_id ORDER BY worker_id"
)


@dataclass(frozen=True, slots=True)
class WorkerNow:
    """One worker process as of its last heartbeat; ``name`` is its machine and process number."""

    name: str
    silent_seconds: float
    resident_bytes: int | None
    browser_bytes: int | None
    jobs: int


async def count_workers(
    connection: AsyncConnection, *, now: datetime, silent_after: timedelta
) -> tuple[int, datetime | None]:
    """Return how many workers live, and when one was heard of last; one that is silent for longer is dead."""
    row = await (await connection.execute(_WORKERS, (now - silent_after,))).fetchone()
    return (int(row[0]), row[1]) if row else (0, None)


async def read_totals(connection: AsyncConnection) -> list[tuple[str, list[str], float]]:
    """Return what all workers did: name, labels, value."""
    return await (await connection.execute(_TOTALS)).fetchall()


async def read_workers(connection: AsyncConnection) -> list[WorkerNow]:
    """Return the workers that the queue knows, the dead ones included until they are missed."""
    return [WorkerNow(*row) for row in await (await connection.execute(_REPORTS)).fetchall()]
