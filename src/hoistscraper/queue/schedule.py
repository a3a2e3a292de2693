"""Websites that are due are put into the queue."""

from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from hoistscraper.queue import line
from hoistscraper.queue.line import Asked
from hoistscraper.scraping.report import Trigger
from hoistscraper.websites.due import due_again, may_be_visited
from hoistscraper.websites.model import Website
from hoistscraper.websites.store import due_websites

_SCHEDULING = 7_405_303


async def ask_for_due(session: AsyncSession, *, at: datetime) -> list[Asked]:
    """Put what is due into the queue, unless another worker is doing so; return the jobs."""
    if not await session.scalar(text("SELECT pg_try_advisory_xact_lock(:lock)"), {"lock": _SCHEDULING}):
        return []
    websites = await take_due(session, at=at)
    return await line.ask(session, websites, trigger=Trigger.TIMETABLE, at=at) if websites else []


async def take_due(session: AsyncSession, *, at: datetime) -> list[Website]:
    """Return the websites that may be visited now, and note when each is due next.

    The end of the visit reckons that anew; noted here already, a website is asked for once while its job
    waits, however long that takes.
    """
    due = [w for w in await due_websites(session, now=at) if may_be_visited(w, now=at)]
    for website in due:
        website.next_due_at = due_again(
            website, scraped_at=at, failures_in_a_row=website.failures_in_a_row, changes=None
        )
    await session.flush()
    return due
