"""Jobs and queue entries come and go together, one of each host at a time."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from hoistscraper.clock import now
from hoistscraper.database.engine import Database
from hoistscraper.errors import Conflict
from hoistscraper.queue import line
from hoistscraper.queue.line import Asked
from hoistscraper.scraping import jobs
from hoistscraper.scraping.job_list import find_job
from hoistscraper.scraping.report import JobStatus, Trigger
from hoistscraper.scraping.scraper import wish_for
from hoistscraper.websites import store as websites
from tests.queue.conftest import Queue


async def counts(database: Database) -> tuple[int, int]:
    """Return how many jobs there are, and how many queue entries."""
    async with database.transaction() as session:
        row = await session.execute(
            text("SELECT (SELECT count(*) FROM scrape_job), (SELECT count(*) FROM procrastinate_jobs)")
        )
        jobs_there, entries = row.one()
    return int(jobs_there), int(entries)


class Changed(Exception):
    """Someone changed their mind."""


async def test_a_rollback_leaves_neither_job_nor_entry_and_a_commit_both(database: Database) -> None:
    async def ask() -> None:
        async with database.transaction() as session:
            website = await websites.find_or_add_website(session, "http://a.example/")
            await line.ask(session, [website], trigger=Trigger.PERSON, at=now())
            if await counts(database) == (0, 0) and not tries:
                tries.append(1)
                raise Changed

    tries: list[int] = []
    with pytest.raises(Changed):
        await ask()
    assert await counts(database) == (0, 0)
    await ask()
    assert await counts(database) == (1, 1)


async def test_who_asks_for_a_website_that_waits_gets_the_job_that_waits(
    queue: Queue, database: Database
) -> None:
    first, again = await queue("http://a.example/"), await queue("http://a.example/")
    assert (first.is_new, again.is_new, again.job_id) == (True, False, first.job_id)
    assert await counts(database) == (1, 1)


async def test_many_who_ask_at_once_get_one_job(queue: Queue, database: Database) -> None:
    await queue("http://a.example/")
    async with database.transaction() as session:
        await session.execute(text("DELETE FROM scrape_job"))
        await session.execute(text("DELETE FROM procrastinate_jobs"))
    asked: Sequence[Asked] = await asyncio.gather(*(queue("http://a.example/") for _ in range(4)))
    assert len({one.job_id for one in asked}) == 1
    assert await counts(database) == (1, 1)


async def test_of_one_host_one_job_is_in_the_queue_and_the_others_stand_in_line(
    queue: Queue, database: Database
) -> None:
    first = await queue("http://a.example/1")
    await queue("http://a.example:8080/2")
    await queue("http://b.example/")
    assert await counts(database) == (3, 2)
    async with database.transaction() as session:
        await line.cancel(session, first.job_id, at=now())
    assert await counts(database) == (3, 2)


async def test_a_job_that_waits_for_its_next_attempt_blocks_nobody(queue: Queue, database: Database) -> None:
    first = await queue("http://a.example/1")
    second = await queue("http://a.example/2")
    async with database.transaction() as session:
        claim = await jobs.begin(session, first.job_id, at=now())
        await session.execute(text("DELETE FROM procrastinate_jobs"))
        await jobs.put_back(session, claim, next_attempt_at=now() + timedelta(hours=1), at=now())
        await line.feed(session, at=now())
        woken = (await session.execute(text("SELECT args ->> 'job_id' FROM procrastinate_jobs"))).scalars()
        assert list(woken) == [str(second.job_id)]


async def test_a_job_that_waits_is_cancelled_at_once_and_can_be_tried_again(
    queue: Queue, database: Database
) -> None:
    asked = await queue("http://a.example/")
    async with database.transaction() as session:
        assert await line.cancel(session, asked.job_id, at=now()) is JobStatus.CANCELLED
    assert await counts(database) == (1, 0)
    with pytest.raises(Conflict):
        async with database.transaction() as session:
            await line.cancel(session, asked.job_id, at=now())
    async with database.transaction() as session:
        await line.retry(session, asked.job_id, at=now())
        assert (await find_job(session, asked.job_id)).status is JobStatus.PENDING
    assert await counts(database) == (1, 1)


async def test_a_long_backlog_stays_in_line_until_the_queue_runs_short_and_people_go_first(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(line, "MOST_LINES", 3)
    monkeypatch.setattr(line, "ENOUGH_ROWS", 2)
    asked_at = now() - timedelta(minutes=5)
    async with database.transaction() as session:
        wanted = [await websites.find_or_add_website(session, f"http://{name}.example/") for name in "gfedcb"]
        for place, website in enumerate(wanted):
            at = asked_at + timedelta(seconds=place)
            await jobs.ask(session, [wish_for(website)], trigger=Trigger.TIMETABLE, at=at)
        late = await websites.find_or_add_website(session, "http://z.example/")
        await jobs.ask(session, [wish_for(late)], trigger=Trigger.PERSON, at=now())
        assert await line.feed(session, at=now()) == 3
        assert await _hosts(session) == ["f.example", "g.example", "z.example"]
        assert await line.feed(session, at=now()) == 0
        assert await line.feed(session, at=now(), hosts=["b.example"]) == 1
        await session.execute(text("DELETE FROM procrastinate_jobs WHERE lock <> 'g.example'"))
        assert await line.feed(session, at=now()) == 3


async def _hosts(session: AsyncSession) -> list[str]:
    return list(await session.scalars(text("SELECT lock FROM procrastinate_jobs ORDER BY lock")))
