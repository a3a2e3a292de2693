"""Scrapes that workers shall do: ``scrape --queue``."""

from hoistscraper.cli.opening import opened
from hoistscraper.clock import now
from hoistscraper.errors import Invalid
from hoistscraper.queue import line
from hoistscraper.queue.line import Asked
from hoistscraper.scraping.report import Trigger
from hoistscraper.settings import Settings
from hoistscraper.websites import store as websites

# Written in one transaction; a list of a million websites is no single one.
AT_ONCE = 1_000


async def queue_one(settings: Settings, address: str) -> list[Asked]:
    """Put one website, which joins the list if it is new, into the queue."""
    async with opened(settings) as database, database.transaction() as session:
        website = await websites.find_or_add_website(session, address)
        return await line.ask(session, [website], trigger=Trigger.PERSON, at=now())


async def queue_all(settings: Settings) -> list[Asked]:
    """Put every active website into the queue.

    :raises Invalid: there is none.
    """
    asked: list[Asked] = []
    async with opened(settings) as database:
        async with database.transaction() as session:
            wanted = await websites.list_websites(session, active_only=True)
        if not wanted:
            raise Invalid("No website is in the list; add one with `hoistscraper website add URL`.")
        for start in range(0, len(wanted), AT_ONCE):
            async with database.transaction() as session:
                some = wanted[start : start + AT_ONCE]
                asked += await line.ask(session, some, trigger=Trigger.PERSON, at=now())
    return asked
