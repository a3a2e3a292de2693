"""``/api/system``: whether there is somebody who does the work, and what this is."""

from datetime import datetime, timedelta
from importlib.metadata import version

from fastapi import Response
from pydantic import BaseModel, Field

from hoistscraper.api.parts import PartsOf
from hoistscraper.api.resource import resource
from hoistscraper.backups.books import is_overdue, read_standing
from hoistscraper.clock import now
from hoistscraper.queue.worker_figures import count_workers
from hoistscraper.scraping import job_figures

router = resource("/system", "health")

_RECENT = timedelta(hours=24)


class System(BaseModel):
    """How the parts are doing, from what they said last."""

    version: str = Field(examples=["1.4.2"])
    workers: int = Field(description="Worker processes that live.", examples=[1])
    worker_seen_at: datetime | None = Field(description="When one of them was heard of last.")
    jobs_waiting: int
    jobs_running: int
    jobs_failed_in_24_hours: int = Field(description="Of those that were asked for in this time.")
    longest_wait_seconds: float = Field(
        description="How long the job has waited that could run, and waits the longest; 0: none waits.",
        examples=[0],
    )
    last_backup_at: datetime | None = Field(
        description="The moment that the newest good backup shows.", examples=[None]
    )
    backup_is_well: bool = Field(
        description="The last attempt succeeded, and none that the timetable wants is missing."
    )


@router.get("", summary="Is the work being done?")
async def read_system(parts: PartsOf, response: Response) -> System:
    """Return the release, the workers and the queue; 503 if the database does not answer."""
    response.headers["Cache-Control"] = "no-store"
    at = now()
    async with parts.reads.connection() as connection:
        workers, seen_at = await count_workers(
            connection, now=at, silent_after=timedelta(seconds=parts.settings.stalled_after_seconds)
        )
        counts = await job_figures.count_by_status(connection, since=at - _RECENT)
        waited_seconds = await job_figures.longest_wait_seconds(connection)
        backups = await read_standing(connection)
    return System(
        version=version("hoistscraper"),
        workers=workers,
        worker_seen_at=seen_at,
        jobs_waiting=counts["pending"],
        jobs_running=counts["running"],
        jobs_failed_in_24_hours=counts["failed"],
        longest_wait_seconds=waited_seconds,
        last_backup_at=backups.succeeded_at,
        backup_is_well=not backups.problem and not is_overdue(parts.settings, backups, now=at),
    )
