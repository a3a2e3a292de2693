"""The states of a scrape job: every way from one to another is one function here, and there are no others.

pending   -> running      begin
running   -> completed    complete
running   -> failed       fail
running   -> pending      put_back     (to be tried again: it stopped early, or its website may heal)
pending   -> cancelled    cancel
running   -> cancelled    cancel
failed    -> pending      retry
cancelled -> pending      retry

A job comes into being as pending (``ask``) or, when a command does it at once, as running (``open_now``).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from uuid_utils.compat import uuid7

from hoistscraper.errors import Conflict
from hoistscraper.scraping.job_moves import Claim, counts, move
from hoistscraper.scraping.model import ScrapeJob
from hoistscraper.scraping.report import JobStatus, ScrapeReport, Trigger

INTERRUPTED = "interrupted"
_CUT_OFF = "The scrape was cut off; the next one takes up where it stopped."


@dataclass(frozen=True, slots=True)
class Wish:
    """A website that shall be scraped, and the host that will be asked for it."""

    website_id: UUID
    host: str


async def ask(
    session: AsyncSession, wishes: Sequence[Wish], *, trigger: Trigger, at: datetime
) -> dict[UUID, UUID]:
    """Make jobs that wait; return the new ones by website. Who waits already gets no second one."""
    rows = await session.execute(
        text(
            "INSERT INTO scrape_job (id, website_id, host, trigger, status, asked_at, attempt, failures, "
            "found, new, changed, unchanged, no_longer_listed, "
            "requests, not_modified, bytes_received, bytes_saved) "
            "SELECT id, website_id, host, :trigger, 'pending', :at, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 "
            "FROM unnest(CAST(:ids AS uuid[]), CAST(:websites AS uuid[]), CAST(:hosts AS text[])) "
            "AS wish (id, website_id, host) "
            "ON CONFLICT (website_id) WHERE status = 'pending' DO NOTHING RETURNING id, website_id"
        ),
        {
            "trigger": trigger.value,
            "at": at,
            "ids": [uuid7() for _ in wishes],
            "websites": [wish.website_id for wish in wishes],
            "hosts": [wish.host for wish in wishes],
        },
    )
    return {row.website_id: row.id for row in rows}


async def open_now(session: AsyncSession, wish: Wish, *, at: datetime) -> Claim:
    """Make a job that runs already, outside the queue."""
    job = ScrapeJob(website_id=wish.website_id, host=wish.host, attempt=1, asked_at=at, started_at=at)
    session.add(job)
    await session.flush()
    return Claim(job.id, job.attempt)


async def begin(session: AsyncSession, job_id: UUID, *, at: datetime) -> Claim:
    """pending -> running: one more attempt.

    :raises Conflict: it does not wait.
    """
    attempt = await move(
        session,
        job_id,
        JobStatus.RUNNING,
        "attempt = attempt + 1, started_at = :at, finished_at = NULL, next_attempt_at = NULL",
        {"at": at},
    )
    return Claim(job_id, attempt)


async def complete(session: AsyncSession, claim: Claim, report: ScrapeReport, *, at: datetime) -> None:
    """running -> completed.

    :raises Conflict: the attempt counts no more.
    """
    await _end(session, claim, JobStatus.COMPLETED, report, at=at)


async def fail(session: AsyncSession, claim: Claim, report: ScrapeReport, *, at: datetime) -> None:
    """running -> failed, with the reason of the report.

    :raises Conflict: the attempt counts no more.
    """
    await _end(session, claim, JobStatus.FAILED, report, at=at)


async def cancel(
    session: AsyncSession, job_id: UUID, *, at: datetime, report: ScrapeReport | None = None, attempt: int = 0
) -> None:
    """pending or running -> cancelled; a running one tells what it had found until then.

    :raises Conflict: it has ended, or the attempt counts no more.
    """
    if report is not None:
        await _end(session, Claim(job_id, attempt), JobStatus.CANCELLED, report, at=at)
        return
    await move(session, job_id, JobStatus.CANCELLED, "finished_at = :at, next_attempt_at = NULL", {"at": at})


async def put_back(
    session: AsyncSession,
    claim: Claim,
    *,
    next_attempt_at: datetime | None,
    at: datetime,
    report: ScrapeReport | None = None,
    has_failed: bool = False,
) -> JobStatus:
    """running -> pending: it shall be tried again, at once or not before some time.

    ``has_failed`` counts this attempt among those that failed, of which there are only so many. Where
    somebody has asked for the website in the meantime, that job takes over and this one has failed; the state
    that came about is returned.

    :raises Conflict: the attempt counts no more.
    """
    assignments, values = counts(report) if report else ("", {})
    try:
        async with session.begin_nested():
            await move(
                session,
                claim.job_id,
                JobStatus.PENDING,
                f"{assignments}next_attempt_at = :next_attempt_at, failures = failures + :failed",
                {**values, "next_attempt_at": next_attempt_at, "failed": int(has_failed)},
                attempt=claim.attempt,
            )
    except IntegrityError:
        await interrupt(session, claim, at=at)
        return JobStatus.FAILED
    return JobStatus.PENDING


async def postpone(session: AsyncSession, job_id: UUID, *, until: datetime) -> None:
    """Have a job that waits wait until some time; nothing happens to others."""
    await session.execute(
        text("UPDATE scrape_job SET next_attempt_at = :until WHERE id = :id AND status = 'pending'"),
        {"id": job_id, "until": until},
    )


async def interrupt(session: AsyncSession, claim: Claim, *, at: datetime) -> None:
    """running -> failed: whoever ran it is gone, and another job takes up where it stopped.

    :raises Conflict: the attempt counts no more.
    """
    await move(
        session,
        claim.job_id,
        JobStatus.FAILED,
        "finished_at = :at, error_kind = :kind, error_message = :message",
        {"at": at, "kind": INTERRUPTED, "message": _CUT_OFF},
        attempt=claim.attempt,
    )


async def interrupt_all(session: AsyncSession, website_id: UUID, *, at: datetime) -> None:
    """running -> failed for all jobs of a website; only for who holds it alone, so that nobody runs them."""
    rows = await session.execute(
        text("SELECT id, attempt FROM scrape_job WHERE website_id = :website_id AND status = 'running'"),
        {"website_id": website_id},
    )
    for row in rows.all():
        await interrupt(session, Claim(row.id, row.attempt), at=at)


async def retry(session: AsyncSession, job_id: UUID) -> None:
    """failed or cancelled -> pending, because a person wants so; a job that waits for later waits no longer.

    :raises Conflict: it runs or has completed, or its website waits for another job.
    """
    hurried = await session.scalar(
        text(
            "UPDATE scrape_job SET next_attempt_at = NULL WHERE id = :id AND status = 'pending' RETURNING id"
        ),
        {"id": job_id},
    )
    if hurried:
        return
    try:
        async with session.begin_nested():
            await move(
                session,
                job_id,
                JobStatus.PENDING,
                "failures = 0, next_attempt_at = NULL, finished_at = NULL, "
                "error_kind = NULL, error_message = NULL",
                {},
                besides=JobStatus.RUNNING,
            )
    except IntegrityError:
        raise Conflict("The website of this job waits for another job already.") from None


async def _end(
    session: AsyncSession, claim: Claim, to: JobStatus, report: ScrapeReport, *, at: datetime
) -> None:
    assignments, values = counts(report)
    await move(
        session,
        claim.job_id,
        to,
        f"{assignments}finished_at = :at, next_attempt_at = NULL",
        {**values, "at": at},
        attempt=claim.attempt,
    )
