"""Do the jobs that the queue hands out, and close their books whatever happens."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from hoistscraper.clock import now
from hoistscraper.database.engine import Database
from hoistscraper.database.stored_settings import settings_now
from hoistscraper.errors import Conflict, HoistError, NotFound, Unavailable
from hoistscraper.fetching.browsing.one_browser import OneBrowser
from hoistscraper.logs import also_logged_with, logged_with
from hoistscraper.queue import line, rows
from hoistscraper.queue.deciding import PAGES_MISSING, next_attempt
from hoistscraper.queue.totals import Totals
from hoistscraper.scraping import jobs
from hoistscraper.scraping.brake import Brake
from hoistscraper.scraping.job_list import JobView, find_job
from hoistscraper.scraping.job_moves import Claim
from hoistscraper.scraping.report import JobStatus, Journal, Outcome, ScrapeReport
from hoistscraper.scraping.scraper import BeingScraped, Scraper, end_job
from hoistscraper.settings import Settings
from hoistscraper.tracing import span
from hoistscraper.websites import store as websites

# Whoever scrapes the website now will have ended some time; its job need not look every second.
_BUSY_AGAIN = timedelta(seconds=15)
# A server that is being restarted is back by then; one that is away longer leaves its jobs to the rescue.
_PATIENCE_SECONDS = (0.1, 0.3, 0.6, 1.0, 2.0)

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Errand:
    """One job as the queue handed it out; ``claim`` is there once its books are open."""

    job_id: UUID
    row_id: int
    is_cancelled: Callable[[], bool]
    brake: Brake = field(default_factory=Brake)
    claim: Claim | None = None


class Performer:
    """Does errands, several side by side; ``tell`` gets a sentence for each that has ended."""

    def __init__(
        self,
        settings: Settings,
        database: Database,
        browser: OneBrowser,
        *,
        totals: Totals,
        tell: Callable[[str], None],
    ) -> None:
        self._totals = totals
        self._settings = settings
        self._database = database
        self._browser = browser
        self._tell = tell
        self._brakes: set[Brake] = set()
        self._is_stopping = False

    @property
    def under_way(self) -> int:
        """How many errands are done at this moment."""
        return len(self._brakes)

    def ease(self) -> None:
        """Let pages in flight arrive and put every job back."""
        self._is_stopping = True
        for brake in self._brakes:
            brake.ease()

    def pull(self) -> None:
        """Stop every job at once and put it back."""
        self._is_stopping = True
        for brake in self._brakes:
            brake.pull()

    async def perform(self, job_id: UUID, row_id: int, *, is_cancelled: Callable[[], bool]) -> None:
        """Do one errand. Cancelled, it stops the visit, but closes the books nevertheless."""
        errand = Errand(job_id, row_id, is_cancelled)
        self._brakes.add(errand.brake)
        if self._is_stopping:
            errand.brake.ease()
        work = asyncio.create_task(self._do(errand))
        try:
            while not work.done():
                try:
                    await asyncio.shield(work)
                except asyncio.CancelledError:
                    errand.brake.pull()
        finally:
            self._brakes.discard(errand.brake)

    async def _do(self, errand: Errand) -> None:
        job_id = str(errand.job_id)
        with logged_with(job_id=job_id), span("scrape job", {"hoistscraper.job_id": job_id}):
            await self._done_whatever_happens(errand)

    async def _done_whatever_happens(self, errand: Errand) -> None:
        try:
            await self._attempt(errand)
        except BeingScraped:
            await self._wait_for_the_other(errand)
        except (Conflict, NotFound):
            # Cancelled, removed or taken over in the meantime: the job is no more ours.
            await self._leave(errand)
        except Unavailable as lost:
            await self._put_back_when_possible(errand, lost)
        except HoistError as error:
            await self._fail(errand, "not-scraped", error.message)
        except Exception as fault:  # noqa: BLE001 - a fault of ours in one website must not cost the others
            sentence = f"HoistScraper made a mistake ({type(fault).__name__}: {fault}); please report it."
            _log.error("A job failed by a mistake of ours", exc_info=fault)
            await self._fail(errand, "fault", sentence)

    async def _attempt(self, errand: Errand) -> None:
        async with self._database.transaction() as session:
            job = await find_job(session, errand.job_id)
            also_logged_with(website=job.url)
            website = await websites.find_website(session, job.url)
            # Somebody may have changed some since the job before.
            current = await settings_now(session, self._settings)
        if website is None:
            raise NotFound(f"{job.url} is not watched any more.")

        async def begin(session: AsyncSession) -> Claim:
            errand.claim = await jobs.begin(session, errand.job_id, at=now())
            return errand.claim

        closed: list[tuple[Outcome, ScrapeReport, str]] = []

        async def end(session: AsyncSession, outcome: Outcome, report: ScrapeReport) -> None:
            await rows.drop(session, errand.row_id)
            ended, said = await self._end(session, errand, job, outcome, report, settings=current)
            self._tell(said)
            await line.feed(session, at=now(), hosts=[job.host])
            closed.append((outcome, report, ended))

        scraper = Scraper(current, self._database, self._browser)
        await scraper.attempt(website, begin, end, journal=Journal(), brake=errand.brake)
        # Counted once the books are closed for good.
        for outcome, report, ended in closed[-1:]:
            self._totals.attempt(job.url, current, outcome, report, ended=ended)

    async def _end(
        self,
        session: AsyncSession,
        errand: Errand,
        job: JobView,
        outcome: Outcome,
        report: ScrapeReport,
        *,
        settings: Settings,
    ) -> tuple[str, str]:
        """Say where the job goes from here; return how it ended, and the same in words."""
        claim, at = _claim(errand), now()
        if outcome.is_halted and not errand.is_cancelled():
            await jobs.put_back(session, claim, next_attempt_at=None, at=at, report=report)
            return (
                "halted",
                f"{job.url}: stopped after {report.found} calls; the job waits for a worker again.",
            )
        later = _later(settings, job, outcome, at)
        if later:
            await jobs.put_back(session, claim, next_attempt_at=later, at=at, report=report, has_failed=True)
            why = report.error or f"{report.found} calls, but some pages could not be had."
            return "retried", f"{job.url}: {why} Tried again at {later:%H:%M:%S} UTC."
        await end_job(session, claim, report)
        said = report.error or f"{report.status.value}, {report.found} calls, {report.new} new"
        return report.status.value, f"{job.url}: {said}"

    async def _wait_for_the_other(self, errand: Errand) -> None:
        async with self._database.transaction() as session:
            await rows.drop(session, errand.row_id)
            await jobs.postpone(session, errand.job_id, until=now() + _BUSY_AGAIN)

    async def _leave(self, errand: Errand) -> None:
        async with self._database.transaction() as session:
            await rows.drop(session, errand.row_id)
            await line.feed(session, at=now())

    async def _put_back_when_possible(self, errand: Errand, lost: Unavailable) -> None:
        """Put a job back that lost its database; if that stays away, whoever rescues jobs will."""
        for seconds in _PATIENCE_SECONDS:
            await asyncio.sleep(seconds)
            try:
                async with self._database.transaction() as session:
                    await rows.drop(session, errand.row_id)
                    if errand.claim:
                        await jobs.put_back(session, errand.claim, next_attempt_at=None, at=now())
                    await line.feed(session, at=now())
            except Unavailable:
                continue
            except Conflict:
                await self._leave(errand)
            return
        raise lost

    async def _fail(self, errand: Errand, kind: str, sentence: str) -> None:
        async with self._database.transaction() as session:
            job = await find_job(session, errand.job_id)
            report = ScrapeReport(
                website_url=job.url, status=JobStatus.FAILED, error_kind=kind, error=sentence
            )
            await rows.drop(session, errand.row_id)
            if errand.claim is None:
                errand.claim = await jobs.begin(session, errand.job_id, at=now())
            await jobs.fail(session, errand.claim, report, at=now())
            await line.feed(session, at=now(), hosts=[job.host])
        self._totals.ended(JobStatus.FAILED.value, kind)
        self._tell(f"{job.url}: {sentence}")


def _later(settings: Settings, job: JobView, outcome: Outcome, at: datetime) -> datetime | None:
    """Return when to try again what failed, or what came through without some of its pages."""
    is_without_some = outcome.status is JobStatus.COMPLETED and outcome.may_heal
    return next_attempt(
        PAGES_MISSING if is_without_some else outcome.error_kind,
        failures=job.failures + 1,
        most_attempts=settings.job_attempts,
        first_wait_seconds=settings.retry_seconds,
        retry_after_seconds=outcome.retry_after_seconds,
        at=at,
    )


def _claim(errand: Errand) -> Claim:
    if errand.claim is None:
        raise RuntimeError("The books of a job are closed before they were opened.")
    return errand.claim
