"""Jobs as people ask for them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from hoistscraper.errors import NotFound
from hoistscraper.scraping.report import JobStatus, Trigger

_COLUMNS = (
    "job.id, website.url, job.host, job.trigger, job.status, job.asked_at, job.attempt, job.failures, "
    "job.next_attempt_at, job.started_at, job.finished_at, job.found, job.new, job.changed, job.unchanged, "
    "job.no_longer_listed, job.requests, job.not_modified, job.bytes_received, job.bytes_saved, "
    "job.error_kind, job.error_message"
)
_FROM = "scrape_job job JOIN website ON website.id = job.website_id"


@dataclass(frozen=True, slots=True, kw_only=True)
class JobView:
    """One job with its website's address."""

    id: UUID
    url: str
    host: str
    trigger: Trigger
    status: JobStatus
    asked_at: datetime
    attempt: int
    failures: int
    next_attempt_at: datetime | None
    started_at: datetime | None
    finished_at: datetime | None
    found: int
    new: int
    changed: int
    unchanged: int
    no_longer_listed: int
    requests: int
    not_modified: int
    bytes_received: int
    bytes_saved: int
    error_kind: str | None
    error_message: str | None

    @property
    def has_ended(self) -> bool:
        """Whether nothing more will come of it by itself."""
        return self.status not in (JobStatus.PENDING, JobStatus.RUNNING)


async def list_jobs(
    session: AsyncSession, *, statuses: Sequence[JobStatus] = (), most: int = 50
) -> list[JobView]:
    """Return jobs, the newest first; all of them or those in some states."""
    where = "WHERE job.status = ANY(:statuses)" if statuses else ""
    rows = await session.execute(
        text(f"SELECT {_COLUMNS} FROM {_FROM} {where} ORDER BY job.asked_at DESC, job.id DESC LIMIT :most"),
        {"statuses": [status.value for status in statuses], "most": most} if statuses else {"most": most},
    )
    return [_view(dict(row)) for row in rows.mappings()]


async def find_job(session: AsyncSession, job_id: UUID) -> JobView:
    """Return one job.

    :raises NotFound: there is none with this id.
    """
    rows = await session.execute(text(f"SELECT {_COLUMNS} FROM {_FROM} WHERE job.id = :id"), {"id": job_id})
    row = rows.mappings().one_or_none()
    if row is None:
        raise NotFound(f"There is no job {job_id}; `hoistscraper job list` shows those there are.")
    return _view(dict(row))


async def waiting_jobs(session: AsyncSession, website_ids: Sequence[UUID]) -> dict[UUID, UUID]:
    """Return the job that waits for each website, by website."""
    rows = await session.execute(
        text(
            "SELECT website_id, id FROM scrape_job "
            "WHERE status = 'pending' AND website_id = ANY(:website_ids)"
        ),
        {"website_ids": list(website_ids)},
    )
    return {row.website_id: row.id for row in rows}


def _view(row: Mapping[str, Any]) -> JobView:
    states = {"trigger": Trigger(row["trigger"]), "status": JobStatus(row["status"])}
    return JobView(**{**row, **states})
