"""Ten jobs in a row of a website of twenty tenders, each a first visit, in a worker that runs already."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median

from sqlalchemy import Connection, Engine, event, text

from benchmarks.queue.jobs import until_none, working
from benchmarks.scrape.figures import Figure
from benchmarks.scrape.surroundings import Surroundings
from benchmarks.scrape.tenders import TENDERS
from hoistscraper.clock import now
from hoistscraper.database.engine import Database, open_database
from hoistscraper.queue import line
from hoistscraper.scraping.job_list import JobView, find_job
from hoistscraper.scraping.report import JobStatus, Trigger
from hoistscraper.settings import load_settings
from hoistscraper.websites import store as websites

OF = "20 tenders, job in a running worker"
JOBS = 10
# The queue's own tables stay, or the worker would count as gone.
_FORGET = "TRUNCATE opportunity, website, host, host_courtesy CASCADE"


def measure_tenders(around: Surroundings) -> list[Figure]:
    """Return how long the jobs took, from begin to end, and how many statements one is."""
    return asyncio.run(_measure(around))


async def _measure(around: Surroundings) -> list[Figure]:
    settings = load_settings()
    async with open_database(settings) as database, working(settings):
        await _first_visit(database, around.listing_url)  # loads what the first page needs
        seconds = [_seconds(await _first_visit(database, around.listing_url)) for _ in range(JOBS)]
        with _statements_besides(database) as first:
            await _first_visit(database, around.listing_url)
        with _statements_besides(database) as second:
            await _visit(database, around.listing_url)
    by_us = "statements by SQLAlchemy"
    return [
        Figure(of=OF, name=f"median of {JOBS} in a row", value=median(seconds), unit="s", budget=0.4),
        Figure(of=OF, name=f"slowest of {JOBS} in a row", value=max(seconds), unit="s"),
        Figure(of=OF, name=f"{by_us}, first visit", value=len(first)),
        Figure(of=OF, name=f"{by_us}, second visit", value=len(second)),
    ]


async def _first_visit(database: Database, address: str) -> JobView:
    async with database.transaction() as session:
        await session.execute(text(_FORGET))
    job = await _visit(database, address)
    assert job.new == TENDERS, f"{job.new} of {TENDERS} were found"
    return job


async def _visit(database: Database, address: str) -> JobView:
    async with database.transaction() as session:
        website = await websites.find_or_add_website(session, address)
        [asked] = await line.ask(session, [website], trigger=Trigger.PERSON, at=now())
    await until_none(database)
    async with database.transaction() as session:
        job = await find_job(session, asked.job_id)
    assert job.status is JobStatus.COMPLETED, job.error_message
    return job


def _seconds(job: JobView) -> float:
    assert job.started_at
    assert job.finished_at
    return (job.finished_at - job.started_at).total_seconds()


@contextmanager
def _statements_besides(database: Database) -> Iterator[list[str]]:
    """Collect what the worker asks of the database, its chores of these moments included.

    Not counted: begin and commit, the queue library's own fetches, and the pool's looks whether a connection
    lives.
    """
    seen: list[str] = []

    def note(connection: Connection, _cursor: object, statement: str, *_rest: object) -> None:
        if connection.engine.pool is not database.engine.pool:
            seen.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(Engine, "before_cursor_execute", note)
