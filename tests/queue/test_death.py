"""Whatever dies, every job ends, with exactly the rows of an undisturbed run."""

import asyncio
import os
import signal
import subprocess

from sqlalchemy import text

from hoistscraper.database.embedded import leases
from hoistscraper.database.engine import Database
from hoistscraper.scraping.job_list import find_job, list_jobs
from hoistscraper.scraping.report import JobStatus
from hoistscraper.settings import Settings
from tests.database.server import reachable_folder
from tests.queue.conftest import COMMAND, SURROUNDINGS, Queue, Until, command, worker_process, working
from tests.scraping.rows import count, rows_of
from tests.scraping.test_kill import kept, wait_until_asked, whole_scrape
from tests.sites.calls import CallsWebsite, some_calls
from tests.sites.thread import in_thread


async def ended(process: subprocess.Popen[str]) -> str:
    """Wait for a process to end; return what it printed."""
    out, _ = await asyncio.to_thread(process.communicate, timeout=30)
    return out


async def test_the_job_of_a_killed_worker_is_taken_up_and_ends_as_if_nothing_had_happened(
    database_url: str, queue: Queue, until: Until, database: Database
) -> None:
    website = CallsWebsite(some_calls(120), page_size=40)
    place = {"DATABASE_URL": database_url}
    with in_thread(website.site()) as site:
        asked = await queue(site.url())
        with worker_process(place, more={"HOIST_PACE_SECONDS": "0.01"}) as first:
            await asyncio.to_thread(wait_until_asked, website, 70, first.poll)
            first.send_signal(signal.SIGKILL)
            await ended(first)
        with worker_process(place):
            job = await until(asked.job_id)
    assert (job.status, job.found, job.attempt) == (JobStatus.COMPLETED, 120, 2)
    async with database.transaction() as session:
        rows = await rows_of(session)
        assert await count(session, "opportunity_revision") == 0
        running = await session.scalar(text("SELECT count(*) FROM scrape_job WHERE status = 'running'"))
    assert len(rows) == len({str(row["identity"]) for row in rows}) == 120
    assert all(row["is_verified"] and row["is_listed"] for row in rows)
    assert running == 0


async def test_sigterm_puts_the_job_back_and_the_worker_ends_well(
    database_url: str, queue: Queue, until: Until
) -> None:
    website = CallsWebsite(some_calls(60))
    with in_thread(website.site()) as site:
        asked = await queue(site.url())
        with worker_process({"DATABASE_URL": database_url}, more={"HOIST_PACE_SECONDS": "0.05"}) as worker:
            await asyncio.to_thread(wait_until_asked, website, 20, worker.poll)
            worker.send_signal(signal.SIGTERM)
            out = await ended(worker)
        job = await until(asked.job_id, JobStatus.PENDING)
    assert worker.returncode == 0, out
    assert "Stopped" in out
    assert 0 < job.found < 60


async def test_a_second_sigterm_does_not_wait_for_pages_in_flight(
    database_url: str, queue: Queue, until: Until
) -> None:
    website = CallsWebsite(some_calls(20))
    arrived = asyncio.Event()

    async def never(exchange: object) -> None:
        loop.call_soon_threadsafe(arrived.set)
        await asyncio.Event().wait()

    loop = asyncio.get_running_loop()
    served = website.site()
    served.answer = never  # type: ignore[method-assign]
    with in_thread(served) as site:
        asked = await queue(site.url())
        with worker_process({"DATABASE_URL": database_url}, more={"HOIST_STOP_SECONDS": "60"}) as worker:
            await arrived.wait()
            worker.send_signal(signal.SIGTERM)
            worker.send_signal(signal.SIGTERM)
            await asyncio.sleep(0.3)  # two signals of one kind at once are one for the kernel
            worker.send_signal(signal.SIGTERM)
            out = await ended(worker)
        job = await until(asked.job_id, JobStatus.PENDING)
    assert worker.returncode == 0, out
    assert job.attempt == 1


async def test_a_command_that_was_killed_leaves_nothing_running(
    patient: Settings, database_url: str, database: Database
) -> None:
    website = CallsWebsite(some_calls(60))
    with in_thread(website.site()) as site:
        surroundings = os.environ | SURROUNDINGS | {"DATABASE_URL": database_url}
        scraping = subprocess.Popen([*COMMAND, "scrape", site.url()], env=surroundings)  # noqa: ASYNC220
        await asyncio.to_thread(wait_until_asked, website, 20, scraping.poll)
        scraping.send_signal(signal.SIGKILL)
        await asyncio.to_thread(scraping.wait)
        async with database.transaction() as session:
            [job] = await list_jobs(session)
        assert job.status is JobStatus.RUNNING
        async with working(patient):
            while job.status is JobStatus.RUNNING:
                async with database.transaction() as session:
                    job = await find_job(session, job.id)
                await asyncio.sleep(0.05)
    assert (job.status, job.error_kind) == (JobStatus.FAILED, "interrupted")


def test_a_worker_outlives_its_database() -> None:
    website = CallsWebsite(some_calls(200), page_size=50)
    with in_thread(website.site()) as site, reachable_folder() as folder:
        whole_scrape(site, folder / "undisturbed")
        undisturbed = asyncio.run(kept(folder / "undisturbed"))
        leases.stop(folder / "undisturbed", force=True)
        website.asked.clear()
        place = {"HOIST_DATA_DIR": str(folder / "data")}
        with worker_process(place, more={"HOIST_PACE_SECONDS": "0.005"}) as worker:
            queued = command(place, "scrape", "--queue", site.url())
            assert queued.returncode == 0, queued.stderr
            wait_until_asked(website, 80, worker.poll)
            leases.stop(folder / "data", force=True)
            job_id = queued.stdout.split("job ", 1)[1].split()[0]
            followed = command(place, "job", "follow", job_id)
            assert followed.returncode == 0, followed.stdout + followed.stderr
            worker.send_signal(signal.SIGTERM)
            out, _ = worker.communicate(timeout=30)
        assert worker.returncode == 0, out
        assert asyncio.run(kept(folder / "data")) == undisturbed
        leases.stop(folder / "data", force=True)
