"""The line before each host: one job of it is in the queue, the others wait in our own table.

Procrastinate's ``lock`` would let all of them wait in the queue, but a row that waits behind a lock, or for
its next attempt, is looked at again by every worker that fetches, and blocks those behind it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from hoistscraper.errors import Conflict
from hoistscraper.queue import rows
from hoistscraper.queue.rows import NextInLine
from hoistscraper.scraping import jobs
from hoistscraper.scraping.job_list import find_job, waiting_jobs
from hoistscraper.scraping.report import JobStatus, Trigger
from hoistscraper.scraping.scraper import wish_for
from hoistscraper.websites.model import Website

# More lines are fed next time: what workers take in the meantime is less.
MOST_LINES = 1_000
# A worker that takes a row sorts all that wait, so a long backlog stays in line until the queue runs short.
ENOUGH_ROWS = 500


@dataclass(frozen=True, slots=True)
class Asked:
    """The job that a website waits for; ``is_new``: it did not wait before."""

    website_id: UUID
    url: str
    job_id: UUID
    is_new: bool


async def ask(
    session: AsyncSession, websites: Sequence[Website], *, trigger: Trigger, at: datetime
) -> list[Asked]:
    """Have websites scraped by workers; job and queue entry are there when the caller commits, or neither."""
    wishes = [wish_for(website) for website in websites]
    new = await jobs.ask(session, wishes, trigger=trigger, at=at)
    waiting = await waiting_jobs(session, [w.id for w in websites if w.id not in new])
    missed = [w for w in wishes if w.website_id not in new and w.website_id not in waiting]
    if missed:  # what waited a moment ago has begun in the meantime
        new |= await jobs.ask(session, missed, trigger=trigger, at=at)
    await feed(session, at=at, hosts=sorted({wish.host for wish in wishes}))
    return [Asked(w.id, w.url, (new | waiting)[w.id], w.id in new) for w in websites if w.id in new | waiting]


async def feed(session: AsyncSession, *, at: datetime, hosts: Sequence[str] | None = None) -> int:
    """Put the next job of each host, or of some, into the queue where it has none there; return how many.

    What a person asked for goes first, then what waits longest. Unless some hosts are meant, nothing happens
    while enough rows are in the queue.
    """
    if hosts is None and await rows.are_waiting(session, ENOUGH_ROWS):
        return 0
    found = await session.execute(
        text(
            "SELECT id, website_id, host, trigger FROM (SELECT DISTINCT ON (job.host) "
            "job.id, job.website_id, job.host, job.trigger, job.asked_at FROM scrape_job job "
            "WHERE job.status = 'pending' AND (job.next_attempt_at IS NULL OR job.next_attempt_at <= :at) "
            "AND (CAST(:hosts AS text[]) IS NULL OR job.host = ANY(:hosts)) "
            "AND NOT EXISTS (SELECT 1 FROM procrastinate_jobs entry "
            "WHERE entry.lock = job.host AND entry.status IN ('todo', 'doing')) "
            "ORDER BY job.host, job.asked_at, job.id) AS next_of_host "
            "ORDER BY trigger = :person DESC, asked_at, id LIMIT :most"
        ),
        {"at": at, "hosts": hosts, "most": MOST_LINES, "person": Trigger.PERSON.value},
    )
    lines = [
        NextInLine(row.id, row.website_id, row.host, is_urgent=row.trigger == Trigger.PERSON)
        for row in found.all()
    ]
    return len(lines) if await rows.put(session, lines) else 0


async def cancel(session: AsyncSession, job_id: UUID, *, at: datetime) -> JobStatus:
    """Cancel a job that waits, or ask the worker that runs it to stop; return the state it is in now.

    :raises NotFound: there is no such job.
    :raises Conflict: it has ended, or no worker runs it.
    """
    job = await find_job(session, job_id)
    if job.status is JobStatus.RUNNING:
        if not await rows.ask_to_stop(session, job_id, job.host):
            raise Conflict("A command runs this job, no worker; stop it there with Ctrl-C.")
        return JobStatus.RUNNING
    await rows.drop_waiting(session, job_id, job.host)
    await jobs.cancel(session, job_id, at=at)
    await feed(session, at=at, hosts=[job.host])
    return JobStatus.CANCELLED


async def retry(session: AsyncSession, job_id: UUID, *, at: datetime) -> None:
    """Have a job that failed, was cancelled or waits for later tried again now.

    :raises NotFound: there is no such job.
    :raises Conflict: it runs or has completed, or its website waits for another job.
    """
    job = await find_job(session, job_id)
    await jobs.retry(session, job_id)
    await feed(session, at=at, hosts=[job.host])
