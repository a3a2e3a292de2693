"""One scrape job: open the books, walk the website, keep what it offers, close the books."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession
from yarl import URL

from hoistscraper.accounts import credentials
from hoistscraper.accounts.errors import VaultError
from hoistscraper.clock import now
from hoistscraper.database.alone import alone
from hoistscraper.database.engine import Database
from hoistscraper.errors import Conflict
from hoistscraper.extraction.candidate import Candidate
from hoistscraper.fetching.asking import host_of
from hoistscraper.fetching.browsing.one_browser import OneBrowser
from hoistscraper.fetching.errors import BrowserMissing
from hoistscraper.fetching.robots import RobotsText
from hoistscraper.fetching.site_session import LogInFailed
from hoistscraper.fetching.urls import origin_of
from hoistscraper.opportunities import store as opportunities
from hoistscraper.opportunities.sources import by_identity
from hoistscraper.scraping import history, jobs, recipe_store, store
from hoistscraper.scraping.brake import Brake
from hoistscraper.scraping.closing import Books, close_books
from hoistscraper.scraping.job_log import JobLog
from hoistscraper.scraping.job_moves import Claim
from hoistscraper.scraping.jobs import Wish
from hoistscraper.scraping.memory import Memory
from hoistscraper.scraping.report import JobStatus, Journal, Outcome, ScrapeReport
from hoistscraper.scraping.visit import visit
from hoistscraper.scraping.watch import Watch
from hoistscraper.scraping.writing import DatabaseWriter
from hoistscraper.settings import Settings
from hoistscraper.websites import store as websites
from hoistscraper.websites.addresses import address_to_visit
from hoistscraper.websites.browser_needs import RenderMode
from hoistscraper.websites.model import Website

# RFC 9309: a crawler should not use a cached robots.txt for more than 24 hours.
ROBOTS_LAST = timedelta(hours=24)


Begin = Callable[[AsyncSession], Awaitable[Claim]]
"""Opens the books of a job, in the transaction that also reads what is known of its website."""

End = Callable[[AsyncSession, Outcome, ScrapeReport], Awaitable[None]]
"""Closes the books of a job: says where it goes from running. In the transaction that keeps the rest, too."""


class BeingScraped(Conflict):
    """Another job scrapes the website at this moment."""


class Scraper:
    """Scrapes websites and keeps what they offer; many scrapes may run side by side, with one browser."""

    def __init__(self, settings: Settings, database: Database, browser: OneBrowser) -> None:
        self._settings = settings
        self._database = database
        self._browser = browser

    async def scrape(self, url: str, *, journal: Journal | None = None) -> ScrapeReport:
        """Scrape one website now, which joins the list of websites if it is new.

        :raises Invalid: it is no web address, or a private one.
        :raises BeingScraped: it is being scraped at this moment.
        :raises Unavailable: the database cannot be reached.
        """
        address = address_to_visit(url, self._settings.allow_hosts)
        async with self._database.transaction() as session:
            website = await websites.find_or_add_website(session, address)
        claims: list[Claim] = []

        async def begin(session: AsyncSession) -> Claim:
            claims.append(await jobs.open_now(session, wish_for(website), at=now()))
            return claims[-1]

        async def end(session: AsyncSession, _outcome: Outcome, report: ScrapeReport) -> None:
            await end_job(session, claims[-1], report)

        return await self.attempt(website, begin, end, journal=journal or Journal())

    async def attempt(
        self, website: Website, begin: Begin, end: End, *, journal: Journal, brake: Brake | None = None
    ) -> ScrapeReport:
        """Make one attempt at a job, whose books others open and close.

        :raises BeingScraped: the website is being scraped at this moment; the books were not opened.
        :raises Unavailable: the database is gone; the books were not closed.
        """
        async with alone(self._database, website.url) as is_alone:
            if not is_alone:
                raise BeingScraped(
                    f"{website.url} is being scraped at this moment; wait until that has ended."
                )
            at = now()
            async with self._database.transaction() as session:
                # Nobody else scrapes it, so whoever seems to was cut off.
                await store.doubt_interrupted(session, website.id)
                await jobs.interrupt_all(session, website.id, at=at)
                claim = await begin(session)
                memory = await self._recall(session, website, at=at)
                watch = Watch(
                    memory.sources,
                    recent=await history.recent_visits(session, website.id, since=website.envelope_since),
                    weekly_new=await history.weekly_new(session, website.id, at=at),
                    calls=memory.calls,
                    at=at,
                )
            return await self._visit(website, claim, memory, watch, end, journal=journal, brake=brake, at=at)

    async def _visit(
        self,
        website: Website,
        claim: Claim,
        memory: Memory,
        watch: Watch,
        end: End,
        *,
        journal: Journal,
        brake: Brake | None,
        at: datetime,
    ) -> ScrapeReport:
        log = JobLog(self._database, claim.job_id, journal)
        writer = DatabaseWriter(
            self._database, self._settings, website, claim, memory=memory, watch=watch, journal=journal
        )
        writing = asyncio.create_task(log.keep_writing())
        try:
            outcome = await self._walk(website, memory, writer, journal=journal, brake=brake, at=at)
        finally:
            log.end()
            await asyncio.wait([writing])
        writer.tell_what_is_asked()
        books = Books(
            job_id=claim.job_id,
            website=website,
            began_at=at,
            outcome=outcome,
            writer=writer,
            watch=watch,
            robots=asked_anew(outcome.robots, memory.robots),
        )
        async with self._database.transaction() as session:
            report = await close_books(session, books, journal, settings=self._settings, at=now())
            journal.note(_in_words(report))
            await log.write(session)
            await end(session, outcome, report)
        return report

    async def _walk(
        self,
        website: Website,
        memory: Memory,
        writer: DatabaseWriter,
        *,
        journal: Journal,
        brake: Brake | None,
        at: datetime,
    ) -> Outcome:
        try:
            async with self._database.transaction() as session:
                carried = await credentials.open_session(
                    session, self._settings, website, browser=self._browser
                )
        except (LogInFailed, VaultError, BrowserMissing) as failure:
            journal.note(failure.message, website.url, is_problem=True)
            return Outcome.not_begun(error_kind=failure.kind, error=failure.message)
        outcome = await visit(
            website.url,
            settings=self._settings,
            memory=memory,
            writer=writer,
            journal=journal,
            browser=self._browser,
            mode=RenderMode(website.render),
            at=at,
            session=carried,
            brake=brake,
        )
        if carried:
            async with self._database.transaction() as session:
                await credentials.note_use(session, website, carried, at=now())
        return outcome

    async def _recall(self, session: AsyncSession, website: Website, *, at: datetime) -> Memory:
        pages = await store.known_pages(session, website.id)
        if not self._settings.features_conditional_requests.includes(website.url):
            pages = {url: page.unconditional() for url, page in pages.items()}
        addresses = [URL(url) for url in (website.url, *pages)]
        uses_recipes = self._settings.features_recipes.includes(website.url)
        kept = await recipe_store.read_record(session, website.id) if uses_recipes else None
        known = recipe_store.known(kept)
        return Memory(
            pages=pages,
            sources=by_identity(await opportunities.known_sources(session, website.url)),
            robots=await store.known_robots(
                session, sorted({origin_of(address) for address in addresses}), since=at - ROBOTS_LAST
            ),
            courtesies=await store.known_courtesies(
                session, sorted({host_of(address) for address in addresses}), at=at
            ),
            browser_needs=website.browser_needs,
            uses_recipes=uses_recipes,
            recipe=known.at_visit(at, accepted_at=website.envelope_since),
            calls=known.calls_at_visit(accepted_at=website.envelope_since) if uses_recipes else None,
            snapshot=partial(self._snapshot, website.id),
            telling=self._telling,
        )

    async def _snapshot(self, website_id: UUID, url: str) -> bytes | None:
        async with self._database.transaction() as session:
            return await store.snapshot(session, website_id, url)

    async def _telling(self, source_id: UUID) -> Candidate | None:
        async with self._database.transaction() as session:
            return await opportunities.stated_by(session, source_id)


def asked_anew(met: Mapping[str, RobotsText], known: Mapping[str, RobotsText]) -> dict[str, RobotsText]:
    """Return the robots.txt that were asked for on this visit."""
    return {origin: robots for origin, robots in met.items() if robots is not known.get(origin)}


def wish_for(website: Website) -> Wish:
    """Return the wish that a website be scraped."""
    return Wish(website.id, host_of(URL(website.url)))


async def end_job(session: AsyncSession, claim: Claim, report: ScrapeReport) -> None:
    """Close the books of a job as its report has it.

    :raises Conflict: the attempt counts no more.
    """
    at = now()
    match report.status:
        case JobStatus.COMPLETED:
            await jobs.complete(session, claim, report, at=at)
        case JobStatus.CANCELLED:
            await jobs.cancel(session, claim.job_id, at=at, report=report, attempt=claim.attempt)
        case _:
            await jobs.fail(session, claim, report, at=at)


def _in_words(report: ScrapeReport) -> str:
    return (
        f"Ended: {report.found} calls, {report.new} new, {report.changed} changed; "
        f"{report.requests} requests, {report.bytes_received} bytes received, "
        f"{report.bytes_saved} bytes saved, {report.elapsed_seconds:.1f} s."
    )
