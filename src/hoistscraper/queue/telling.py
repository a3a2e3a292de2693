"""What a worker tells at each heartbeat: what it counted, and how it is doing."""

import os
import socket
from collections.abc import Mapping

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from hoistscraper.fetching.browsing.processes import resident_megabytes
from hoistscraper.queue.totals import Key

_MEGABYTE = 1_000_000
# In one order for all workers, so that two never wait for each other.
_ADD = text(
    "INSERT INTO running_total (name, labels, value) VALUES (:name, CAST(:labels AS text[]), :value) "
    "ON CONFLICT (name, labels) DO UPDATE SET value = running_total.value + excluded.value"
)
_REPORT = text(
    "INSERT INTO worker_report (worker_id, host, process, jobs, resident_bytes, browser_bytes) "
    "VALUES (:worker_id, :host, :process, :jobs, :resident_bytes, :browser_bytes) "
    "ON CONFLICT (worker_id) DO UPDATE SET jobs = excluded.jobs, "
    "resident_bytes = excluded.resident_bytes, browser_bytes = excluded.browser_bytes"
)


async def add_totals(session: AsyncSession, counts: Mapping[Key, float]) -> None:
    """Add what was counted to what all workers counted so far."""
    rows = [
        {"name": name, "labels": list(labels), "value": value}
        for (name, labels), value in sorted(counts.items())
    ]
    if rows:
        await session.execute(_ADD, rows)


async def report(
    session: AsyncSession, worker_id: int, *, jobs: int, browser_megabytes: float | None
) -> None:
    """Say how a worker of this process is doing; ``jobs`` are those that it does at this moment."""
    resident = resident_megabytes([os.getpid()])
    await session.execute(
        _REPORT,
        {
            "worker_id": worker_id,
            "host": socket.gethostname(),
            "process": os.getpid(),
            "jobs": jobs,
            "resident_bytes": None if resident is None else round(resident * _MEGABYTE),
            "browser_bytes": None if browser_megabytes is None else round(browser_megabytes * _MEGABYTE),
        },
    )


async def drop_reports_of_the_gone(session: AsyncSession) -> None:
    """Forget the workers that the queue does not know any more."""
    await session.execute(
        text("DELETE FROM worker_report WHERE worker_id NOT IN (SELECT id FROM procrastinate_workers)")
    )
