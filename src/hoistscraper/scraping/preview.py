"""A visit whose finds are only shown: nothing is kept."""

from collections.abc import Sequence
from datetime import datetime

from hoistscraper.clock import now
from hoistscraper.fetching.browsing.one_browser import OneBrowser
from hoistscraper.opportunities.sources import KnownSource
from hoistscraper.scraping.keeper import Batch
from hoistscraper.scraping.memory import Memory
from hoistscraper.scraping.report import Change, FoundCall, Journal, ScrapeReport
from hoistscraper.scraping.visit import visit
from hoistscraper.settings import Settings
from hoistscraper.websites.addresses import address_to_visit


class ShownOnly:
    """A writer that remembers what it was given until the visit is over."""

    def __init__(self) -> None:
        self.calls: list[FoundCall] = []

    async def write(self, batch: Batch, *, at: datetime) -> None:
        """Remember a batch."""
        self.calls += [FoundCall(Change.NEW, finding.candidate) for finding in batch.findings]

    async def forget(self, sources: Sequence[KnownSource], *, at: datetime) -> None:
        """Do nothing: a first visit misses no call."""


async def preview(url: str, *, settings: Settings, journal: Journal | None = None) -> ScrapeReport:
    """Visit a website as if for the first time and report what it offers.

    :raises Invalid: it is no web address, or a private one.
    """
    journal = journal or Journal()
    shown = ShownOnly()
    address = address_to_visit(url, settings.allow_hosts)
    async with OneBrowser(settings) as browser:
        outcome = await visit(
            address,
            settings=settings,
            memory=Memory(),
            writer=shown,
            journal=journal,
            browser=browser,
            at=now(),
        )
    return ScrapeReport.of(address, outcome, calls=shown.calls, journal=journal)
