"""A worker has one browser, which its jobs share and which ends with it."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

from hoistscraper.database.engine import Database
from hoistscraper.scraping.job_log import lines_after
from hoistscraper.scraping.report import JobStatus
from hoistscraper.settings import Settings
from tests.browser import browsers_of, family_of, is_running
from tests.queue.conftest import Queue, Until, worker_process, working
from tests.sites.calls import CallsWebsite, some_calls
from tests.sites.scripted import ScriptedSite
from tests.sites.server import Exchange
from tests.sites.thread import in_thread


class Fatal(ScriptedSite):
    """A scripted website that ends its reader's browser when its first page is asked for the first time."""

    def __init__(self, website: CallsWebsite) -> None:
        super().__init__(website)
        self.is_armed = True

    async def answer(self, exchange: Exchange) -> None:
        if exchange.request.path == "/app.js" and self.is_armed:
            self.is_armed = False
            for browser in browsers_of(os.getpid()):
                os.kill(browser, signal.SIGKILL)
        await super().answer(exchange)


@pytest.fixture(autouse=True)
def _there_is_a_browser(real_browser: None) -> Iterator[None]:
    """Every test needs one, and none is left of it."""
    yield
    assert not browsers_of(os.getpid())


async def test_ten_jobs_in_a_row_are_served_by_one_browser(
    patient: Settings, queue: Queue, until: Until
) -> None:
    programs: set[int] = set()
    async with ScriptedSite(CallsWebsite(some_calls(3))) as site, working(patient):
        for _ in range(10):
            job = await until((await queue(site.url())).job_id)
            assert (job.status, job.found) == (JobStatus.COMPLETED, 3)
            programs |= set(browsers_of(os.getpid()))
    assert len(programs) == 1


async def test_a_worker_without_scripted_websites_starts_no_browser(
    patient: Settings, queue: Queue, until: Until
) -> None:
    async with CallsWebsite(some_calls(3)).site() as site, working(patient):
        assert (await until((await queue(site.url())).job_id)).found == 3
        assert not browsers_of(os.getpid())


def test_nothing_of_a_browser_is_loaded_before_it_is_needed() -> None:
    loading = "import sys, hoistscraper.queue.service as s; sys.exit('playwright' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", loading], check=False).returncode == 0


async def test_a_browser_that_is_killed_costs_no_visit(patient: Settings, queue: Queue, until: Until) -> None:
    one, other = CallsWebsite(some_calls(3)), CallsWebsite(some_calls(20))
    async with (
        Fatal(one) as fatal,
        ScriptedSite(other, host="127.0.0.2") as beside,
        working(patient),
    ):
        asked = [await queue(beside.url()), await queue(fatal.url())]
        jobs = [await until(each.job_id) for each in asked]
    assert not fatal.is_armed
    assert [(job.status, job.found, job.attempt) for job in jobs] == [
        (JobStatus.COMPLETED, 20, 1),
        (JobStatus.COMPLETED, 3, 1),
    ]


async def test_no_browser_outlives_a_worker_that_is_killed(
    database_url: str, queue: Queue, until: Until
) -> None:
    with in_thread(ScriptedSite(CallsWebsite(some_calls(3)))) as site:
        asked = await queue(site.url())
        with worker_process({"DATABASE_URL": database_url}) as worker:
            await until(asked.job_id)
            family = family_of(worker.pid) - {worker.pid}
            assert browsers_of(worker.pid)
            worker.send_signal(signal.SIGKILL)
            # No event tells of the end of somebody else's child.
            while any(is_running(process) for process in family):  # noqa: ASYNC110
                await asyncio.sleep(0.05)


async def test_what_the_guard_kept_a_page_from_stands_in_the_log(
    patient: Settings, queue: Queue, until: Until, database: Database
) -> None:
    site = ScriptedSite(CallsWebsite(some_calls(1)), more='<iframe src="http://127.0.0.9:8099/"></iframe>')
    async with site, working(patient):
        job = await until((await queue(site.url())).job_id)
    async with database.transaction() as session:
        lines = await lines_after(session, job.id)
    assert job.status is JobStatus.COMPLETED
    [line] = [numbered.line for numbered in lines if "127.0.0.9" in numbered.line.text]
    assert "kept from" in line.text
    assert not line.is_problem
