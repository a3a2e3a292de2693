"""A worker in this process or in one of its own, over a database of its own, with little patience."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from uuid import UUID

import pytest
from pydantic import SecretStr

from hoistscraper.clock import now
from hoistscraper.database.engine import Database, open_database
from hoistscraper.queue import line
from hoistscraper.queue.line import Asked
from hoistscraper.queue.service import Service
from hoistscraper.scraping.job_list import JobView, find_job
from hoistscraper.scraping.report import JobStatus, Trigger
from hoistscraper.settings import Settings
from hoistscraper.websites import store as websites

COMMAND = (sys.executable, "-c", "from hoistscraper.cli.main import main; main()")
PATIENCE = {"HOIST_STALLED_AFTER_SECONDS": "1.5", "HOIST_STOP_SECONDS": "5", "HOIST_RETRY_SECONDS": "0.2"}
SURROUNDINGS = {
    "HOIST_ALLOW_HOSTS": "127.0.0.1,127.0.0.2",
    "HOIST_PACE_SECONDS": "0",
    "HOIST_ATTEMPTS": "1",
}

Queue = Callable[..., Awaitable[Asked]]
Until = Callable[..., Awaitable[JobView]]


@pytest.fixture
def patient(database_url: str) -> Settings:
    """Settings of a worker in this process."""
    return Settings(
        database_url=SecretStr(database_url),
        allow_hosts=frozenset({"127.0.0.1", "127.0.0.2"}),
        pace_seconds=0,
        attempts=1,
        timeout_seconds=10,
        pool_size=10,
        stalled_after_seconds=1.5,
        retry_seconds=0.2,
        stop_seconds=5,
    )


@pytest.fixture
def queue(database: Database) -> Queue:
    """Put an address into the queue."""

    async def ask(url: str, *, trigger: Trigger = Trigger.PERSON) -> Asked:
        async with database.transaction() as session:
            website = await websites.find_or_add_website(session, url)
            [asked] = await line.ask(session, [website], trigger=trigger, at=now())
        return asked

    return ask


@pytest.fixture
def until(database: Database) -> Until:
    """Wait until a job has ended, or is in a state, and return it."""

    async def wait(job_id: UUID, *states: JobStatus, attempts: int = 0) -> JobView:
        while True:
            async with database.transaction() as session:
                job = await find_job(session, job_id)
            if (job.status in states if states else job.has_ended) and job.attempt >= attempts:
                return job
            await asyncio.sleep(0.02)

    return wait


@asynccontextmanager
async def working(settings: Settings, *, concurrency: int = 4) -> AsyncIterator[Service]:
    """Run a worker in this process; it stops at the end of the block."""
    service = Service(
        settings, lambda: open_database(settings), concurrency=concurrency, tell=lambda _sentence: None
    )
    task = asyncio.create_task(service.run())
    try:
        yield service
    finally:
        service.stop()
        await task


@contextmanager
def worker_process(
    place: dict[str, str], *arguments: str, more: dict[str, str] | None = None
) -> Iterator[subprocess.Popen[str]]:
    """Run ``hoistscraper worker`` in a process of its own; ``place`` names the database."""
    process = subprocess.Popen(
        [*COMMAND, "worker", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=os.environ | SURROUNDINGS | PATIENCE | place | (more or {}),
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
        process.communicate()


def command(place: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    return subprocess.run(
        [*COMMAND, *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | SURROUNDINGS | PATIENCE | place,
    )
