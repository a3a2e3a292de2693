"""One scrape job: open the books, walk the website, keep what it offers, close the books."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from hoistscraper.clock import now
from hoistscraper.database.alone import alone
from hoistscraper.database.engine import Database
from hoistscraper.errors import Conflict
from hoistscraper.extraction.candidate import Candidate
from hoistscraper.fetching.urls import normalise, typed_address
from hoistscraper.opportunities import keeping
from hoistscraper.opportunities import store as opportunities
from hoistscraper.opportunities.sources import KnownSource, by_identity
from hoistscraper.scraping import store
from hoistscraper.scraping.keeper import Batch
from hoistscraper.scraping.memory import Memory
from hoistscraper.scraping.report import Change, FoundCall, Journal, Outcome, ScrapeReport
from hoistscraper.scraping.visit import visit
from hoistscraper.settings import Settings
from hoistscraper.websites import store as websites
from hoistscraper.websites.model import Website

# RFC 9309: a crawler should not use a cached robots.txt for more than 24 hours.
ROBOTS_LAST = timedelta(hours=24)


class Scraper:
    """Scrapes websites and keeps what they offer; many scrapes may run side by side."""

    def __init__(self, settings: Settings, database: Database) -> None:
        self._settings = settings
        self._database = database

    async def scrape(self, url: str, *, journal: Journal | None = None) -> ScrapeReport:
        """Scrape one website, which joins the list of websites if it is new.

        :raises UnsupportedAddress: it is no web address.
        :raises Conflict: it is being scraped at this moment.
        :raises Unavailable: the database cannot be reached.
        """
        journal = journal or Journal()
        website = await self._website(normalise(typed_address(url)))
        async with alone(self._database, website.url) as is_alone:
            if not is_alone:
                raise Conflict(f"{website.url} is being scraped at this moment; wait until that has ended.")
            return await self._job(website, journal)

    async def _website(self, url: str) -> Website:
        async with self._database.transaction() as session:
            known = await websites.find_website(session, url)
            return known or await websites.add_website(
                session, Website(url=url, name=url.split("//", 1)[1].rstrip("/"))
            )

    async def _job(self, website: Website, journal: Journal) -> ScrapeReport:
        at = now()
        async with self._database.transaction() as session:
            job_id = await store.begin_job(session, website.id, at=at)
            memory = Memory(
                pages=await store.known_pages(session, website.id),
                sources=by_identity(await opportunities.known_sources(session, website.url)),
                robots=await store.known_robots(session, since=at - ROBOTS_LAST),
                snapshot=partial(self._snapshot, website.id),
                telling=self._telling,
            )
        writer = DatabaseWriter(self._database, self._settings, website, memory)
        outcome = await visit(
            website.url, settings=self._settings, memory=memory, writer=writer, journal=journal, at=at
        )
        report = ScrapeReport.of(
            website.url, outcome, calls=writer.calls, journal=journal, no_longer_listed=writer.forgotten
        )
        await self._close(job_id, website, outcome, report)
        return report

    async def _close(self, job_id: UUID, website: Website, outcome: Outcome, report: ScrapeReport) -> None:
        at = now()
        async with self._database.transaction() as session:
            await store.finish_job(session, job_id, report, at=at)
            await store.write_robots(session, outcome.robots)
            await store.drop_old_snapshots(
                session, website.id, before=at - timedelta(days=self._settings.snapshot_days)
            )
            await websites.mark_scraped(session, website.id, at=at)

    async def _snapshot(self, website_id: UUID, url: str) -> bytes | None:
        async with self._database.transaction() as session:
            return await store.snapshot(session, website_id, url)

    async def _telling(self, source_id: UUID) -> Candidate | None:
        async with self._database.transaction() as session:
            return await opportunities.stated_by(session, source_id)


class DatabaseWriter:
    """Writes batches to the database and counts what they came to."""

    def __init__(self, database: Database, settings: Settings, website: Website, memory: Memory) -> None:
        self._database = database
        self._keep_snapshots = settings.snapshot_days > 0
        self._site = keeping.Site(website.id, website.url, website.timezone)
        self._known = memory.sources
        self.calls: list[FoundCall] = []
        self.forgotten = 0

    async def write(self, batch: Batch, *, at: datetime) -> None:
        """Write one batch in one transaction."""
        async with self._database.transaction() as session:
            kept = await keeping.keep(session, self._site, batch.findings, self._known, seen_at=at)
            await opportunities.touch_sources(session, list(batch.seen), list(batch.verified), seen_at=at)
            await store.write_pages(
                session,
                self._site.website_id,
                list(batch.pages.values()),
                keep_snapshots=self._keep_snapshots,
            )
        self.calls += [_found(call) for call in kept]
        self.calls += [FoundCall(Change.UNCHANGED, None) for _ in batch.seen]

    async def forget(self, sources: Sequence[KnownSource], *, at: datetime) -> None:
        """Note that calls are no longer listed, which does not mean that they are closed."""
        async with self._database.transaction() as session:
            await opportunities.mark_no_longer_listed(session, [source.id for source in sources], at=at)
        self.forgotten += len(sources)


def _found(kept: keeping.Kept) -> FoundCall:
    if kept.is_new:
        return FoundCall(Change.NEW, kept.finding.candidate)
    change = Change.CHANGED if kept.changed_fields else Change.UNCHANGED
    return FoundCall(change, kept.finding.candidate, kept.changed_fields)
