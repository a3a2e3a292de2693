"""What is due gets into the queue, once."""

from datetime import timedelta

from hoistscraper.clock import now
from hoistscraper.database.engine import Database
from hoistscraper.queue.schedule import ask_for_due
from hoistscraper.scraping.job_list import list_jobs
from hoistscraper.scraping.report import Trigger
from hoistscraper.websites.model import Website
from hoistscraper.websites.store import add_website, find_website

URL = "http://a.example/"


async def add(database: Database, *, schedule: str | None = "every 6 hours", paused: bool = False) -> None:
    async with database.transaction() as session:
        due = now() - timedelta(minutes=1)
        website = Website(url=URL, name="A", schedule=schedule, next_due_at=due, paused=paused)
        await add_website(session, website)


async def test_what_is_due_waits_for_a_worker_once(database: Database) -> None:
    await add(database)
    for _ in range(2):
        async with database.transaction() as session:
            await ask_for_due(session, at=now())
    async with database.transaction() as session:
        [job] = await list_jobs(session)
        website = await find_website(session, URL)
    assert (job.url, job.trigger) == (URL, Trigger.TIMETABLE)
    assert website
    assert website.next_due_at
    assert website.next_due_at > now()  # how long after depends on the time of day


async def test_a_website_that_is_paused_or_has_no_schedule_is_not_asked_for(database: Database) -> None:
    await add(database, paused=True)
    async with database.transaction() as session:
        assert await ask_for_due(session, at=now()) == []


async def test_two_workers_do_not_schedule_at_the_same_time(database: Database) -> None:
    await add(database)
    async with database.transaction() as one, database.transaction() as other:
        assert await ask_for_due(one, at=now())
        assert await ask_for_due(other, at=now()) == []
