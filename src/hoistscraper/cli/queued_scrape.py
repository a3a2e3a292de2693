"""Scrapes that workers shall do: ``scrape --queue``."""

from hoistscraper.audit.actions import Action
from hoistscraper.audit.trail import Thing
from hoistscraper.cli.opening import opened
from hoistscraper.cli.trail import trail_here
from hoistscraper.clock import now
from hoistscraper.errors import Invalid
from hoistscraper.queue import line
from hoistscraper.queue.asking import ask_for_all
from hoistscraper.queue.line import Asked
from hoistscraper.scraping.report import Trigger
from hoistscraper.settings import Settings
from hoistscraper.websites import store as websites


async def queue_one(settings: Settings, address: str) -> list[Asked]:
    """Put one website, which joins the list if it is new, into the queue."""
    async with opened(settings) as database, database.transaction() as session:
        website = await websites.find_or_add_website(session, address)
        asked = await line.ask(session, [website], trigger=Trigger.PERSON, at=now())
        thing = Thing("website", website.id, website.url)
        said = {"jobs": [each.job_id for each in asked]}
        await trail_here().record(session, Action.JOB_ASK, thing, said)
        return asked


async def queue_all(settings: Settings) -> list[Asked]:
    """Put every active website into the queue.

    :raises Invalid: there is none.
    """
    async with opened(settings) as database:
        asked = await ask_for_all(database, trail_here(), at=now())
    if not asked:
        raise Invalid("No website is in the list; add one with `hoistscraper website add URL`.")
    return asked
