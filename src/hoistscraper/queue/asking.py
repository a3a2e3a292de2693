"""Ask for many websites to be scraped, in transactions of a size that holds nobody up."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from hoistscraper.audit.actions import Action
from hoistscraper.audit.trail import Thing, Trail
from hoistscraper.database.engine import Database
from hoistscraper.queue import line
from hoistscraper.queue.line import Asked
from hoistscraper.queue.schedule import ask_for_due
from hoistscraper.scraping.report import Trigger
from hoistscraper.websites import store as websites
from hoistscraper.websites.changing import websites_by_id
from hoistscraper.websites.model import Website

# Written in one transaction; a list of a million websites is no single one.
AT_ONCE = 1_000


async def ask_for_all(database: Database, trail: Trail, *, at: datetime) -> list[Asked]:
    """Put every active website that is not paused into the queue."""
    async with database.transaction() as session:
        wanted = await websites.list_websites(session, active_only=True)
    return await _ask(database, trail, wanted, "all", at=at)


async def ask_for_some(database: Database, trail: Trail, ids: Sequence[UUID], *, at: datetime) -> list[Asked]:
    """Put those of some websites that are there into the queue."""
    async with database.transaction() as session:
        wanted = await websites_by_id(session, ids)
    return await _ask(database, trail, wanted, "some", at=at)


async def ask_for_those_due(database: Database, trail: Trail, *, at: datetime) -> list[Asked]:
    """Put the websites whose time has come into the queue."""
    async with database.transaction() as session:
        asked = await ask_for_due(session, at=at)
        await _record(session, trail, "due", [each.url for each in asked])
        return asked


async def _ask(
    database: Database, trail: Trail, wanted: Sequence[Website], which: str, *, at: datetime
) -> list[Asked]:
    asked: list[Asked] = []
    for start in range(0, max(1, len(wanted)), AT_ONCE):
        async with database.transaction() as session:
            if start == 0:  # before any is asked for: what comes of it later is told by the jobs
                await _record(session, trail, which, [website.url for website in wanted])
            asked += await line.ask(session, wanted[start : start + AT_ONCE], trigger=Trigger.PERSON, at=at)
    return asked


async def _record(session: AsyncSession, trail: Trail, which: str, urls: Sequence[str]) -> None:
    thing = Thing.several("websites", len(urls), "website")
    await trail.record(session, Action.JOB_ASK, thing, {"which": which, "websites": urls})
