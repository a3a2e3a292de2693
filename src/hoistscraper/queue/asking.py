"""Ask for many websites to be scraped, in transactions of a size that holds nobody up."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

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


async def ask_for_all(database: Database, *, at: datetime) -> list[Asked]:
    """Put every active website that is not paused into the queue."""
    async with database.transaction() as session:
        wanted = await websites.list_websites(session, active_only=True)
    return await _ask(database, wanted, at=at)


async def ask_for_some(database: Database, ids: Sequence[UUID], *, at: datetime) -> list[Asked]:
    """Put those of some websites that are there into the queue."""
    async with database.transaction() as session:
        wanted = await websites_by_id(session, ids)
    return await _ask(database, wanted, at=at)


async def ask_for_those_due(database: Database, *, at: datetime) -> list[Asked]:
    """Put the websites whose time has come into the queue."""
    async with database.transaction() as session:
        return await ask_for_due(session, at=at)


async def _ask(database: Database, wanted: Sequence[Website], *, at: datetime) -> list[Asked]:
    asked: list[Asked] = []
    for start in range(0, len(wanted), AT_ONCE):
        async with database.transaction() as session:
            asked += await line.ask(session, wanted[start : start + AT_ONCE], trigger=Trigger.PERSON, at=at)
    return asked
