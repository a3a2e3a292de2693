"""What the database holds of a round: asked for, waited for, compared, and emptied for the next one."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from psycopg.errors import DeadlockDetected
from sqlalchemy.ext.asyncio import AsyncSession
from tenacity import retry, retry_if_exception_type, stop_after_attempt

from benchmarks.chaos.service import Service
from benchmarks.chaos.websites import CuttableSite
from hoistscraper.clock import now
from hoistscraper.database.engine import Database, connected
from hoistscraper.database.urls import parse_url
from hoistscraper.errors import Unavailable
from hoistscraper.queue import line
from hoistscraper.scraping.report import Trigger
from hoistscraper.settings import Settings
from hoistscraper.websites import store as websites
from tests.scraping.rows import count, rows_of

_LOOK_SECONDS = 0.02
_AT_ONCE_SECONDS = 1.0
_EMPTY = "TRUNCATE website, opportunity, host, host_courtesy, procrastinate_jobs CASCADE"
_UNSETTLED = (
    "SELECT (SELECT count(*) FROM scrape_job WHERE status IN ('pending', 'running')) "
    "+ (SELECT count(*) FROM procrastinate_jobs)"
)
_ENDS = "SELECT website.url, job.status, job.error_message, website.health FROM scrape_job job "
_ENDS += "JOIN website ON website.id = job.website_id ORDER BY website.url"
_RESCUES = "SELECT at FROM scrape_job_line WHERE text LIKE 'The worker of this job is gone%%' AND at > %s"


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of all websites, ids and times aside."""

    rows: list[dict[str, object]]
    revisions: int
    pages: list[tuple[object, ...]]


class NotSettled(Exception):
    """Jobs wait or run yet, though they had all the time they may need."""


def ask_for(service: Service, sites: list[CuttableSite]) -> None:
    """Put all websites into the queue."""

    async def put(database: Database) -> None:
        async with database.transaction() as session:
            found = [await websites.find_or_add_website(session, site.url()) for site in sites]
            await line.ask(session, found, trigger=Trigger.PERSON, at=now())

    asyncio.run(_within(service, put))


# A worker's chores read while its tables are emptied; of two who wait for each other, PostgreSQL ends one.
@retry(retry=retry_if_exception_type(DeadlockDetected), stop=stop_after_attempt(5), reraise=True)
def empty(service: Service) -> None:
    """Forget everything but the workers."""
    with service.connection() as connection:
        connection.execute(_EMPTY)


def wait_until_settled(service: Service, patience_seconds: float, between: Callable[[], None]) -> None:
    """Wait until nothing waits or runs.

    :raises NotSettled: it takes too long.
    """
    deadline = time.monotonic() + patience_seconds
    while not is_settled(service):
        if time.monotonic() > deadline:
            raise NotSettled(f"After {patience_seconds:.0f} s there is work left: {ends(service)}")
        between()
        time.sleep(_LOOK_SECONDS)


def is_settled(service: Service) -> bool:
    """Tell whether nothing waits or runs."""
    return service.ask(_UNSETTLED) == [(0,)]


def ends(service: Service) -> list[tuple[object, ...]]:
    """Return how each job stands: address, state, error, health."""
    return service.ask(_ENDS)


def rescues(service: Service, since: datetime) -> list[float]:
    """Return after how many seconds each job of a dead worker was taken up.

    All of them are taken up at once. Later ones are those of a worker that lives, but that a busy machine
    kept from saying so.
    """
    found = [row[0] for row in service.ask(_RESCUES, since)]
    seconds = [(at - since).total_seconds() for at in found if isinstance(at, datetime)]
    return [each for each in seconds if each < min(seconds) + _AT_ONCE_SECONDS]


def kept(service: Service) -> Kept:
    """Read what is kept."""
    read: list[Kept] = []

    async def look(database: Database) -> None:
        async with database.transaction() as session:
            read.append(await _kept(session, service))

    asyncio.run(_within(service, look))
    return read[-1]


async def _kept(session: AsyncSession, service: Service) -> Kept:
    pages = service.ask("SELECT url, content_hash FROM page ORDER BY url")
    return Kept(await rows_of(session), await count(session, "opportunity_revision"), pages)


async def _within(service: Service, work: Callable[[Database], object]) -> None:
    settings = Settings(data_dir=service.data_dir, pool_size=1)
    while True:
        try:
            async with connected(parse_url(service.url), settings) as database:
                await work(database)  # type: ignore[misc]
        except Unavailable:
            await asyncio.sleep(_LOOK_SECONDS)
        else:
            return
