"""Jobs whose worker is gone: back into the queue, so that nothing stays running."""

from contextlib import suppress
from datetime import datetime, timedelta

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from hoistscraper.database.alone import alone
from hoistscraper.database.engine import Database
from hoistscraper.errors import Conflict, NotFound
from hoistscraper.queue import line, rows
from hoistscraper.queue.rows import StalledRow
from hoistscraper.scraping import jobs
from hoistscraper.scraping.job_list import find_job
from hoistscraper.scraping.job_log import write_lines
from hoistscraper.scraping.job_moves import Claim
from hoistscraper.scraping.report import JobStatus, LogLine

# A job that takes its worker down each time must not do so for ever.
MOST_INTERRUPTIONS = 20


async def rescue_stalled(session: AsyncSession, *, silent_for: timedelta, at: datetime) -> int:
    """Put the jobs of workers that are gone back into the queue; return how many."""
    found = await rows.stalled(session, silent_for=silent_for)
    for row in found:
        # Removed, or closed by a command that scrapes the same website now: then only the row is left.
        with suppress(Conflict, NotFound):
            await _rescue(session, row, at)
    if found:
        await line.feed(session, at=at, hosts=sorted({row.host for row in found}))
    return len(found)


async def close_cut_off(database: Database, *, silent_for: timedelta, at: datetime) -> int:
    """Close the books of jobs that a command began and did not live to end; return how many."""
    async with database.transaction() as session:
        found = await session.execute(
            text(
                "SELECT job.id, job.attempt, website.url FROM scrape_job job "
                "JOIN website ON website.id = job.website_id "
                "WHERE job.status = 'running' AND job.started_at < :before AND NOT EXISTS (SELECT 1 "
                "FROM procrastinate_jobs entry WHERE entry.lock = job.host AND entry.status = 'doing' "
                "AND entry.args ->> 'job_id' = CAST(job.id AS text))"
            ),
            {"before": at - silent_for},
        )
        suspects = found.all()
    closed = 0
    for suspect in suspects:
        async with alone(database, suspect.url) as is_alone:
            if not is_alone:  # its command lives
                continue
            with suppress(Conflict, NotFound):  # it has just ended
                async with database.transaction() as session:
                    await jobs.interrupt(session, Claim(suspect.id, suspect.attempt), at=at)
                closed += 1
    return closed


async def _rescue(session: AsyncSession, row: StalledRow, at: datetime) -> None:
    await rows.drop(session, row.id)
    job = await find_job(session, row.job_id)
    if job.status is not JobStatus.RUNNING:
        return
    claim = Claim(job.id, job.attempt)
    if row.is_cancelled:
        await jobs.cancel(session, job.id, at=at)
        return
    if job.attempt - job.failures > MOST_INTERRUPTIONS:
        await jobs.interrupt(session, claim, at=at)
        return
    note = LogLine(at, "The worker of this job is gone; another one takes it up.", None, is_problem=True)
    await write_lines(session, job.id, [note])
    await jobs.put_back(session, claim, next_attempt_at=None, at=at)
