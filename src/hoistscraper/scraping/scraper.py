"""One scrape job: open the books, walk the website, keep what it offers, close the books."""

from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from hoistscraper.accounts import credentials
from hoistscraper.accounts.errors import VaultError
from hoistscraper.clock import now
from hoistscraper.database.alone import alone
from hoistscraper.database.engine import Database
from hoistscraper.errors import Conflict
from hoistscraper.extraction.candidate import Candidate
from hoistscraper.fetching.site_session import LogInFailed
from hoistscraper.fetching.urls import normalise, typed_address
from hoistscraper.opportunities import store as opportunities
from hoistscraper.opportunities.sources import by_identity
from hoistscraper.scraping import history, store
from hoistscraper.scraping.closing import Books, close_books
from hoistscraper.scraping.memory import Memory
from hoistscraper.scraping.report import Journal, Outcome, ScrapeReport
from hoistscraper.scraping.visit import visit
from hoistscraper.scraping.watch import Watch
from hoistscraper.scraping.writing import DatabaseWriter
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
            watch = Watch(
                memory.sources,
                recent=await history.recent_visits(session, website.id, since=website.envelope_since),
                weekly_new=await history.weekly_new(session, website.id, at=at),
                at=at,
            )
        writer = DatabaseWriter(self._database, self._settings, website, memory, watch)
        outcome = await self._visit(website, memory, writer, journal, at=at)
        books = Books(
            job_id=job_id, website=website, began_at=at, outcome=outcome, writer=writer, watch=watch
        )
        async with self._database.transaction() as session:
            return await close_books(session, books, journal, settings=self._settings, at=now())

    async def _visit(
        self, website: Website, memory: Memory, writer: DatabaseWriter, journal: Journal, *, at: datetime
    ) -> Outcome:
        try:
            async with self._database.transaction() as session:
                carried = await credentials.open_session(session, self._settings, website)
        except (LogInFailed, VaultError) as failure:
            journal.note(failure.message, website.url, is_problem=True)
            return Outcome.not_begun(error_kind=failure.kind, error=failure.message)
        outcome = await visit(
            website.url,
            settings=self._settings,
            memory=memory,
            writer=writer,
            journal=journal,
            at=at,
            session=carried,
        )
        if carried:
            async with self._database.transaction() as session:
                await credentials.note_use(session, website, carried, at=now())
        return outcome

    async def _snapshot(self, website_id: UUID, url: str) -> bytes | None:
        async with self._database.transaction() as session:
            return await store.snapshot(session, website_id, url)

    async def _telling(self, source_id: UUID) -> Candidate | None:
        async with self._database.transaction() as session:
            return await opportunities.stated_by(session, source_id)
