"""A worker does what waits, politely, and can be told to stop."""

import asyncio
import gc
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from hoistscraper.clock import now
from hoistscraper.database.engine import Database
from hoistscraper.fetching.http import Fetcher
from hoistscraper.queue import line
from hoistscraper.queue.following import follow
from hoistscraper.scraping.job_list import JobView
from hoistscraper.scraping.job_log import NumberedLine, lines_after
from hoistscraper.scraping.keeper import Keeper
from hoistscraper.scraping.report import JobStatus, Journal
from hoistscraper.scraping.walk import Walk
from hoistscraper.settings import Settings
from tests.queue.conftest import Queue, Until, working
from tests.scraping.rows import count
from tests.sites.calls import CallsWebsite, some_calls
from tests.sites.server import Exchange, Site


class Crowded:
    """Several websites on one host; ``most`` is how many were being read at the same time."""

    def __init__(self) -> None:
        self.under_way: set[str] = set()
        self.most = 0

    def site(self) -> Site:
        return Site({f"/{number}": self.answer for number in range(10)})

    async def answer(self, exchange: Exchange) -> None:
        self.under_way.add(exchange.request.path)
        self.most = max(self.most, len(self.under_way))
        await asyncio.sleep(0.03)
        self.under_way.discard(exchange.request.path)
        await exchange.send("<html><body><h1>Nothing yet</h1></body></html>")


async def test_ten_jobs_in_a_row_complete_and_leave_no_entry(
    patient: Settings, queue: Queue, until: Until, database: Database
) -> None:
    website = CallsWebsite(some_calls(10))
    async with website.site() as site, working(patient):
        for _ in range(10):
            job = await until((await queue(site.url())).job_id)
            assert (job.status, job.found) == (JobStatus.COMPLETED, 10)
    async with database.transaction() as session:
        assert await count(session, "procrastinate_jobs") == 0
        assert await count(session, "procrastinate_workers") == 0
        assert await count(session, "opportunity") == 10


async def test_two_workers_never_ask_one_host_at_the_same_time(
    patient: Settings, queue: Queue, until: Until
) -> None:
    crowded = Crowded()
    async with crowded.site() as site, working(patient), working(patient):
        asked = [await queue(site.url(f"/{number}")) for number in range(8)]
        for one in asked:
            assert (await until(one.job_id)).status is JobStatus.COMPLETED
    assert crowded.most == 1


async def test_hosts_are_asked_side_by_side(patient: Settings, queue: Queue, until: Until) -> None:
    reached = asyncio.Barrier(2)

    async def meet(exchange: Exchange) -> None:
        await reached.wait()  # nobody passes alone
        await exchange.send("<html><body><h1>Nothing yet</h1></body></html>")

    async with Site({"/": meet}) as one, Site({"/": meet}, host="127.0.0.2") as other, working(patient):
        for asked in (await queue(one.url()), await queue(other.url())):
            assert (await until(asked.job_id)).status is JobStatus.COMPLETED


async def test_a_running_job_is_cancelled_and_keeps_what_it_found(
    patient: Settings, queue: Queue, until: Until, database: Database
) -> None:
    website = CallsWebsite(some_calls(60))
    paced = patient.model_copy(update={"pace_seconds": 0.02})
    async with website.site() as site, working(paced):
        asked = await queue(site.url())
        await website.until_asked(30)
        async with database.transaction() as session:
            assert await line.cancel(session, asked.job_id, at=now()) is JobStatus.RUNNING
        job = await until(asked.job_id)
    assert job.status is JobStatus.CANCELLED
    assert 0 < job.found < 60


async def test_a_website_that_heals_is_tried_again_as_the_same_job(
    patient: Settings, queue: Queue, until: Until
) -> None:
    website = CallsWebsite(some_calls(5), listing_status=503)
    async with website.site() as site, working(patient):
        asked = await queue(site.url())
        waits = await until(asked.job_id, JobStatus.PENDING, attempts=1)
        assert waits.error_kind == "server-failure"
        website.listing_status = 200
        job = await until(asked.job_id)
    assert (job.status, job.found, job.error_kind) == (JobStatus.COMPLETED, 5, None)
    assert job.attempt >= 2


async def test_pages_that_heal_are_asked_for_again_by_the_same_job(
    patient: Settings, queue: Queue, until: Until
) -> None:
    website = CallsWebsite(some_calls(5))
    broken = website.calls[2]
    website.calls[2] = replace(broken, status=503)
    async with website.site() as site, working(patient):
        asked = await queue(site.url())
        await until(asked.job_id, JobStatus.PENDING, attempts=1)
        website.calls[2] = broken
        job = await until(asked.job_id)
    assert (job.status, job.found, job.new, job.error_message) == (JobStatus.COMPLETED, 5, 5, None)
    assert job.attempt >= 2
    assert website.asked.count(website.calls[0].path) == 1


async def test_a_page_that_never_heals_does_not_keep_its_job_going(
    patient: Settings, queue: Queue, until: Until
) -> None:
    website = CallsWebsite(some_calls(5))
    website.calls[2] = replace(website.calls[2], status=503)
    own = patient.model_copy(update={"job_attempts": 2})
    async with website.site() as site, working(own):
        job = await until((await queue(site.url())).job_id)
    assert (job.status, job.attempt, job.found) == (JobStatus.COMPLETED, 2, 5)


async def test_a_website_that_forbids_is_not_asked_again(
    patient: Settings, queue: Queue, until: Until
) -> None:
    website = CallsWebsite([], listing_status=403)
    async with website.site() as site, working(patient):
        job = await until((await queue(site.url())).job_id)
    assert (job.status, job.attempt, job.error_kind) == (JobStatus.FAILED, 1, "forbidden")


async def test_a_website_that_never_heals_is_given_up(patient: Settings, queue: Queue, until: Until) -> None:
    website = CallsWebsite([], listing_status=500)
    own = patient.model_copy(update={"job_attempts": 2})
    async with website.site() as site, working(own):
        job = await until((await queue(site.url())).job_id)
    assert (job.status, job.attempt) == (JobStatus.FAILED, 2)


async def test_later_means_later_for_every_job_of_the_host(
    patient: Settings, queue: Queue, until: Until
) -> None:
    async def later(exchange: Exchange) -> None:
        await exchange.send("<p>Not now.", status=429, retry_after="3600")

    async def page(exchange: Exchange) -> None:
        await exchange.send("<html><body><h1>Nothing yet</h1></body></html>")

    async with Site({"/later": later, "/other": page}) as site, working(patient):
        first = await until((await queue(site.url("/later"))).job_id, JobStatus.PENDING, attempts=1)
        second = await until((await queue(site.url("/other"))).job_id, JobStatus.PENDING, attempts=1)
        assert site.visits("/other") == 0
    for job in (first, second):
        assert job.next_attempt_at
        assert job.next_attempt_at - job.asked_at > timedelta(minutes=59)


async def test_the_pace_of_a_host_goes_on_from_one_job_to_the_next(
    patient: Settings, queue: Queue, until: Until
) -> None:
    moments: list[float] = []

    async def page(exchange: Exchange) -> None:
        moments.append(asyncio.get_running_loop().time())
        await exchange.send("<html><body><h1>Nothing yet</h1></body></html>")

    paced = patient.model_copy(update={"pace_seconds": 0.4})
    async with Site({"/1": page, "/2": page}) as site, working(paced):
        for path in ("/1", "/2"):
            await until((await queue(site.url(path))).job_id)
    assert moments[1] - moments[0] >= 0.35


async def test_a_host_is_asked_no_more_than_its_daily_budget(
    patient: Settings, queue: Queue, until: Until, database: Database
) -> None:
    website = CallsWebsite(some_calls(20))
    own = patient.model_copy(update={"host_daily_requests": 10})
    async with website.site() as site, working(own):
        first = await until((await queue(site.url())).job_id)
        second = await until((await queue(site.url())).job_id, JobStatus.PENDING, attempts=1)
        assert len(website.asked) == 10
    assert first.found == 20
    assert second.error_kind == "daily-budget-spent"
    async with database.transaction() as session:
        lines = [numbered.line for numbered in await lines_after(session, first.id)]
    assert any("HOIST_HOST_DAILY_REQUESTS" in line.text for line in lines)


@pytest.mark.proves("conditional_requests")
async def test_what_the_server_need_not_send_again_is_counted(
    patient: Settings, queue: Queue, until: Until
) -> None:
    website = CallsWebsite(some_calls(5))
    async with website.site() as site, working(patient):
        first = await until((await queue(site.url())).job_id)
        again = await until((await queue(site.url())).job_id)
    assert (first.bytes_saved, again.not_modified) == (0, 1)
    assert again.bytes_saved > 500


async def test_whoever_follows_a_job_reads_its_log_and_learns_its_end(
    patient: Settings, queue: Queue, database: Database
) -> None:
    website = CallsWebsite(some_calls(3))
    async with website.site() as site:
        asked = await queue(site.url())
        news: list[NumberedLine | JobView] = []

        async def read() -> None:
            news.extend([one async for one in follow(database, asked.job_id)])

        following = asyncio.create_task(read())
        async with working(patient):
            await following
    texts = [one.line.text for one in news if isinstance(one, NumberedLine)]
    assert any("calls: 3" in line for line in texts)
    assert sum(line.startswith("New:") for line in texts) == 3
    assert isinstance(news[-1], JobView)
    assert news[-1].status is JobStatus.COMPLETED


async def test_a_stop_lets_pages_in_flight_arrive_and_puts_the_job_back(
    patient: Settings, queue: Queue, until: Until, database: Database
) -> None:
    website = CallsWebsite(some_calls(60))
    async with website.site() as site:
        asked = await queue(site.url())
        async with working(patient.model_copy(update={"pace_seconds": 0.02})):
            await website.until_asked(30)
        job = await until(asked.job_id, JobStatus.PENDING)
        assert 0 < job.found < 60
        async with database.transaction() as session:
            assert await count(session, "opportunity") == job.found
            revisions = await session.scalar(text("SELECT count(*) FROM opportunity_revision"))
        async with working(patient):
            whole = await until(asked.job_id)
    assert (whole.status, whole.found, whole.attempt, revisions) == (JobStatus.COMPLETED, 60, 2, 0)
    assert whole.new == 60


async def test_more_jobs_at_a_time_than_connections_wait_for_one_and_all_complete(
    patient: Settings, queue: Queue, until: Until
) -> None:
    narrow = patient.model_copy(update={"pool_size": 2, "pool_overflow": 0, "stalled_after_seconds": 30.0})
    hosts = ("127.0.0.1", "127.0.0.2")
    async with (
        Site({"/": _slowly}, host=hosts[0]) as one,
        Site({"/": _slowly}, host=hosts[1]) as other,
    ):
        asked = [await queue(site.url()) for site in (one, other)]
        async with working(narrow):
            jobs = [await until(each.job_id) for each in asked]
    assert [(job.status, job.attempt) for job in jobs] == [(JobStatus.COMPLETED, 1)] * 2


async def _slowly(exchange: Exchange) -> None:
    await asyncio.sleep(0.2)
    await exchange.send("<html><body><h1>Nothing yet</h1></body></html>")


async def test_a_worker_keeps_nothing_of_jobs_that_have_ended(
    patient: Settings, queue: Queue, until: Until
) -> None:
    before = _of_visits()  # held here, so that no new one gets the number of one of these
    known = {id(thing) for thing in before}
    async with CallsWebsite(some_calls(3)).site() as site, working(patient):
        for _ in range(3):
            await until((await queue(site.url())).job_id)
        for _ in range(600):  # the last one may be on its way out
            kept = [thing for thing in _of_visits() if id(thing) not in known]
            if not kept:
                break
            await asyncio.sleep(0.05)
    assert kept == []


def _of_visits() -> list[object]:
    gc.collect()
    return [thing for thing in gc.get_objects() if type(thing) in {Fetcher, Journal, Keeper, Walk}]
