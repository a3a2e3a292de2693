"""A long backlog: many websites, each on a host of its own, wait at once. What does a look at it cost?"""

import asyncio
import time
from statistics import median

from sqlalchemy import text

from benchmarks.scrape.figures import Figure
from hoistscraper.clock import now
from hoistscraper.database.engine import Database, open_database
from hoistscraper.queue import line
from hoistscraper.settings import load_settings

OF = "backlog of {jobs} websites"
_TIMES = 5
_WEBSITES = (
    "INSERT INTO website (id, url, name, tags, active, created_at, failures_in_a_row, paused) "
    "SELECT gen_random_uuid(), 'http://backlog-' || n || '.example/', 'Backlog', '{}', true, now(), 0, false "
    "FROM generate_series(1, :jobs) AS n"
)
_JOBS = (
    "INSERT INTO scrape_job (id, website_id, host, trigger, status, asked_at, attempt, failures, found, new, "
    "changed, unchanged, no_longer_listed, requests, not_modified, bytes_received, bytes_saved) "
    "SELECT gen_random_uuid(), id, split_part(url, '/', 3), 'timetable', 'pending', now(), 0, 0, 0, 0, 0, 0, "
    "0, 0, 0, 0, 0 FROM website WHERE name = 'Backlog'"
)
_FETCH = "SELECT id FROM procrastinate_fetch_job_v2(ARRAY['scrapes'], NULL)"
_REMOVE = ("TRUNCATE procrastinate_jobs CASCADE", "DELETE FROM website WHERE name = 'Backlog'")


def measure_backlog(jobs: int) -> list[Figure]:
    """Return what a look at the line costs while it is filled and once all is in the queue, and a fetch."""
    return asyncio.run(_measure(jobs))


async def _measure(jobs: int) -> list[Figure]:
    async with open_database(load_settings()) as database:
        async with database.transaction() as session:
            await session.execute(text(_WEBSITES), {"jobs": jobs})
            await session.execute(text(_JOBS))
        filling = []
        fed_at_a_time = 0
        while True:
            seconds, fed = await _feed(database)
            if not fed:
                break
            filling.append(seconds)
            fed_at_a_time = max(fed, fed_at_a_time)
        idle = [(await _feed(database))[0] for _ in range(_TIMES)]
        fetching = [await _fetch(database) for _ in range(_TIMES)]
        async with database.transaction() as session:
            for statement in _REMOVE:
                await session.execute(text(statement))
    of = OF.format(jobs=jobs)
    return [
        Figure(of=of, name="jobs put into the queue at a time", value=fed_at_a_time),
        Figure(of=of, name="look at the line that fills the queue", value=median(filling), unit="s"),
        Figure(of=of, name="look at the line with enough in the queue", value=median(idle), unit="s"),
        Figure(of=of, name="a worker takes one", value=median(fetching), unit="s"),
    ]


async def _feed(database: Database) -> tuple[float, int]:
    began = time.perf_counter()
    async with database.transaction() as session:
        fed = await line.feed(session, at=now())
    return time.perf_counter() - began, fed


async def _fetch(database: Database) -> float:
    began = time.perf_counter()
    async with database.transaction() as session:
        taken = await session.scalar(text(_FETCH))
    assert taken is not None
    return time.perf_counter() - began
