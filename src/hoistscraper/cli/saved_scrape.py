"""Scrapes whose finds are kept: what ``scrape`` does unless told not to."""

import asyncio

from hoistscraper.cli.opening import opened
from hoistscraper.cli.screen import progress
from hoistscraper.errors import HoistError, Invalid
from hoistscraper.scraping.report import JobStatus, Journal, ScrapeReport
from hoistscraper.scraping.scraper import Scraper
from hoistscraper.settings import Settings
from hoistscraper.websites import store as websites

# Websites of one run that are scraped side by side; each host keeps its own pace.
WEBSITES_AT_ONCE = 4


async def scrape_one(settings: Settings, address: str, journal: Journal) -> ScrapeReport:
    """Scrape one website into the database of these settings."""
    async with opened(settings) as database:
        return await Scraper(settings, database).scrape(address, journal=journal)


async def scrape_all(settings: Settings) -> list[ScrapeReport]:
    """Scrape every active website.

    :raises Invalid: there is none.
    """
    async with opened(settings) as database:
        async with database.transaction() as session:
            addresses = [w.url for w in await websites.list_websites(session, active_only=True)]
        if not addresses:
            raise Invalid("No website is in the list; add one with `hoistscraper website add URL`.")
        scraper = Scraper(settings, database)
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
