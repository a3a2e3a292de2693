"""Scrapes whose finds are kept: what ``scrape`` does unless told not to."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from hoistscraper.audit.actions import Action
from hoistscraper.audit.trail import Thing
from hoistscraper.cli.opening import opened
from hoistscraper.cli.screen import progress
from hoistscraper.cli.trail import trail_here
from hoistscraper.clock import now
from hoistscraper.database.engine import Database
from hoistscraper.database.stored_settings import settings_now
from hoistscraper.errors import HoistError, Invalid
from hoistscraper.fetching.browsing.one_browser import OneBrowser
from hoistscraper.scraping.report import JobStatus, Journal, ScrapeReport
from hoistscraper.scraping.scraper import Scraper
from hoistscraper.settings import Settings
from hoistscraper.websites import store as websites
from hoistscraper.websites.due import may_be_visited

# Websites of one run that are scraped side by side; each host keeps its own pace.
WEBSITES_AT_ONCE = 4


@dataclass(frozen=True, slots=True)
class DueScrapes:
    """What was due and scraped, and where nothing was, which website is due next."""

    reports: list[ScrapeReport]
    next_url: str
    next_due_at: datetime | None


async def scrape_one(settings: Settings, address: str, journal: Journal) -> ScrapeReport:
    """Scrape one website into the database of these settings."""
    async with opened(settings) as database, OneBrowser(settings) as browser:
        async with database.transaction() as session:
            await trail_here().record(session, Action.JOB_ASK, Thing("website", label=address))
        return await (await _scraper(settings, database, browser)).scrape(address, journal=journal)


async def scrape_all(settings: Settings) -> list[ScrapeReport]:
    """Scrape every active website.

    :raises Invalid: there is none.
    """
    async with opened(settings) as database, OneBrowser(settings) as browser:
        async with database.transaction() as session:
            addresses = [w.url for w in await websites.list_websites(session, active_only=True)]
        if not addresses:
            raise Invalid("No website is in the list; add one with `hoistscraper website add URL`.")
        async with database.transaction() as session:
            thing = Thing.several("websites", len(addresses), "website")
            await trail_here().record(session, Action.JOB_ASK, thing, {"which": "all", "websites": addresses})
        return await _side_by_side(await _scraper(settings, database, browser), addresses)


async def scrape_due(settings: Settings) -> DueScrapes:
    """Scrape the websites whose time has come by their schedules.

    :raises Invalid: no website has a schedule.
    """
    async with opened(settings) as database, OneBrowser(settings) as browser:
        at = now()
        async with database.transaction() as session:
            due = [w.url for w in await websites.due_websites(session, now=at) if may_be_visited(w, now=at)]
            following = await websites.next_to_be_due(session)
        if following is None:
            raise Invalid(
                "No active website has a schedule; "
                'give one with `hoistscraper website schedule URL "daily at 07:00"`.'
            )
        reports = await _side_by_side(await _scraper(settings, database, browser), due)
        return DueScrapes(reports, following.url, following.next_due_at)


async def _scraper(settings: Settings, database: Database, browser: OneBrowser) -> Scraper:
    async with database.transaction() as session:
        return Scraper(await settings_now(session, settings), database, browser)


async def _side_by_side(scraper: Scraper, addresses: Sequence[str]) -> list[ScrapeReport]:
    at_once = asyncio.Semaphore(WEBSITES_AT_ONCE)

    async def scrape(address: str) -> ScrapeReport:
        async with at_once:
            report = await _scrape_or_fail(scraper, address)
            told = report.error or f"{report.found} calls, {report.new} new"
            progress.print(f"{address}: {told}", markup=False, soft_wrap=True)
            return report

    return list(await asyncio.gather(*(scrape(address) for address in addresses)))


async def _scrape_or_fail(scraper: Scraper, address: str) -> ScrapeReport:
    try:
        return await scraper.scrape(address)
    except HoistError as error:  # one website must not cost the others their scrape
        return ScrapeReport(
            website_url=address, status=JobStatus.FAILED, error_kind="not-scraped", error=error.message
        )
