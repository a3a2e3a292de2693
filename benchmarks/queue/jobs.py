"""Jobs in a worker that runs already: how many a second, how soon one begins, how soon one is cancelled.

A job without work is one whose website refuses connections: it is begun, asks for one page and is closed.
"""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from statistics import median
from uuid import UUID

from sqlalchemy import text

from benchmarks.scrape.figures import Figure
from benchmarks.scrape.surroundings import Surroundings
from hoistscraper.clock import now
from hoistscraper.database.engine import Database, open_database
from hoistscraper.queue import line
from hoistscraper.queue.service import Service
from hoistscraper.scraping.job_list import find_job
from hoistscraper.scraping.report import JobStatus, Trigger
from hoistscraper.settings import Settings, load_settings
from hoistscraper.websites import store as websites
from hoistscraper.websites.model import Website

LATENCIES = 20
OF = "job without work"
# Nobody listens on this port of any loopback address.
ADDRESS = "http://127.1.{high}.{low}:1/"


def measure_jobs(around: Surroundings, jobs: int) -> list[Figure]:
    """Return throughput and latencies."""
    settings = load_settings().model_copy(
        update={
            "allow_hosts": frozenset(
                {around.origin.removeprefix("http://"), "127.0.0.1"}
                | {f"127.1.{number // 250}.{number % 250 + 1}" for number in range(jobs)}
            ),
            "attempts": 1,
            "job_attempts": 1,
            "respect_robots": False,
        }
    )
    return asyncio.run(_measure(settings, around, jobs))


async def _measure(settings: Settings, around: Surroundings, jobs: int) -> list[Figure]:
    async with open_database(settings) as database:
        await _ask(database, [_address(number) for number in range(jobs)])
        async with working(settings):
            began = time.perf_counter()
            await until_none(database)
            seconds = time.perf_counter() - began
        async with working(settings):
            await _begin(database, _address(0))
            waits = [await _begin(database, _address(number)) for number in range(LATENCIES)]
            slow = settings.model_copy(update={"pace_seconds": 0.5})
        async with working(slow):
            cancelled = [await _cancel(database, around.listing_url) for _ in range(3)]
    return [
        Figure(of=OF, name=f"{jobs} jobs, one worker, four at once", value=jobs / seconds, unit="jobs/s"),
        Figure(of=OF, name="asked for to begun", value=median(waits), unit="s"),
        Figure(of="running job", name="asked to stop to cancelled", value=max(cancelled), unit="s", budget=2),
    ]


def _address(number: int) -> str:
    return ADDRESS.format(high=number // 250, low=number % 250 + 1)


@asynccontextmanager
async def working(settings: Settings) -> AsyncIterator[None]:
    """Run a worker in this process while in the block."""
    service = Service(settings, lambda: open_database(settings), concurrency=4, tell=lambda _: None)
    task = asyncio.create_task(service.run())
    try:
        yield
    finally:
        service.stop()
        await task


async def _ask(database: Database, addresses: list[str]) -> UUID:
    async with database.transaction() as session:
        wanted: list[Website] = [await websites.find_or_add_website(session, url) for url in addresses]
        asked = await line.ask(session, wanted, trigger=Trigger.PERSON, at=now())
    return asked[-1].job_id


async def until_none(database: Database) -> None:
    """Wait until no job waits or runs."""
    unfinished = text("SELECT count(*) FROM scrape_job WHERE status IN ('pending', 'running')")
    while True:
        async with database.transaction() as session:
            if not await session.scalar(unfinished):
                return
        await asyncio.sleep(0.01)


async def _begin(database: Database, address: str) -> float:
    """Return the seconds from asking for a job to its begin, as the database has them."""
    job_id = await _ask(database, [address])
    await until_none(database)
    async with database.transaction() as session:
        job = await find_job(session, job_id)
    assert job.started_at
    return (job.started_at - job.asked_at).total_seconds()


async def _cancel(database: Database, address: str) -> float:
    """Return the seconds from asking a running job to stop to its end."""
    job_id = await _ask(database, [address])
    while True:
        async with database.transaction() as session:
            if (await find_job(session, job_id)).status is JobStatus.RUNNING:
                asked_at = now()
                await line.cancel(session, job_id, at=asked_at)
                break
        await asyncio.sleep(0.01)
    await until_none(database)
    async with database.transaction() as session:
        job = await find_job(session, job_id)
    assert job.status is JobStatus.CANCELLED
    assert job.finished_at
    return (job.finished_at - asked_at).total_seconds()
