"""The one statement that moves a job from state to state, and the ways that it allows."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from hoistscraper.errors import Conflict, NotFound
from hoistscraper.scraping.report import JobStatus, ScrapeReport

WAYS: Mapping[JobStatus, frozenset[JobStatus]] = MappingProxyType(
    {
        JobStatus.PENDING: frozenset({JobStatus.RUNNING, JobStatus.CANCELLED}),
        JobStatus.RUNNING: frozenset(
            {JobStatus.COMPLETED, JobStatus.FAILED, JobStatus.CANCELLED, JobStatus.PENDING}
        ),
        JobStatus.COMPLETED: frozenset(),
        JobStatus.FAILED: frozenset({JobStatus.PENDING}),
        JobStatus.CANCELLED: frozenset({JobStatus.PENDING}),
    }
)
"""Where a job may go from each state."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One attempt of a job. When another worker has begun the job again, this attempt counts no more."""

    job_id: UUID
    attempt: int


async def move(
    session: AsyncSession,
    job_id: UUID,
    to: JobStatus,
    assignments: str,
    values: Mapping[str, object],
    *,
    attempt: int | None = None,
    besides: JobStatus | None = None,
) -> int:
    """Move a job to another state if a way leads there, and tell those who follow it; return its attempt."""
    origins = [state.value for state, ways in WAYS.items() if to in ways and state is not besides]
    moved = await session.scalar(
        text(
            f"UPDATE scrape_job SET status = :to, {assignments} WHERE id = :id AND status = ANY(:origins) "
            "AND (CAST(:attempt AS integer) IS NULL OR attempt = :attempt) RETURNING attempt"
        ),
        {**values, "to": to.value, "id": job_id, "origins": origins, "attempt": attempt},
    )
    if moved is None:
        raise await _refusal(session, job_id, to, attempt)
    await tell_followers(session, job_id)
    return int(moved)


async def hold(session: AsyncSession, claim: Claim) -> None:
    """Keep an attempt from being taken over until this transaction ends.

    A server that went away took the website's lock along, so that another worker may have begun the job again
    while this attempt goes on; what both of them write would be there twice.

    :raises Conflict: it has been taken over, or has ended.
    """
    held = await session.scalar(
        text(
            "SELECT id FROM scrape_job WHERE id = :id AND attempt = :attempt AND status = 'running' FOR SHARE"
        ),
        {"id": claim.job_id, "attempt": claim.attempt},
    )
    if held is None:
        raise Conflict(
            f"Another worker has taken over the job {claim.job_id}; "
            f"see how it goes: hoistscraper job follow {claim.job_id}"
        )


async def tell_followers(session: AsyncSession, job_id: UUID) -> None:
    """Let those who follow a job know, once this transaction commits, that there is something new."""
    await session.execute(text("SELECT pg_notify(:channel, '')"), {"channel": channel_of(job_id)})


def channel_of(job_id: UUID) -> str:
    """Return the name under which news of a job are told by the database."""
    return f"scrape_job_{job_id.hex}"


async def _refusal(
    session: AsyncSession, job_id: UUID, to: JobStatus, attempt: int | None
) -> Conflict | NotFound:
    row = (
        await session.execute(text("SELECT status, attempt FROM scrape_job WHERE id = :id"), {"id": job_id})
    ).one_or_none()
    if row is None:
        return NotFound(f"There is no job {job_id}; `hoistscraper job list` shows those there are.")
    if attempt is not None and row.attempt != attempt:
        return Conflict(f"The job {job_id} was begun again by another worker.")
    return Conflict(f"The job {job_id} is {row.status}, so it cannot become {to.value}.")


def counts(report: ScrapeReport) -> tuple[str, dict[str, object]]:
    """Return what a report changes in a job's books: each attempt adds its cost and its finds."""
    cost = ("requests", "not_modified", "bytes_received", "bytes_saved")
    added = ("new", "changed", "no_longer_listed", *cost)
    assignments = "".join(f"{name} = {name} + :{name}, " for name in added)
    rest = (
        "found = :found, unchanged = greatest(0, :found - new - :new - changed - :changed), "
        "error_kind = :error_kind, error_message = :error_message, "
    )
    values: dict[str, object] = {name: getattr(report, name) for name in (*added, "found", "error_kind")}
    return assignments + rest, values | {"error_message": report.error}
