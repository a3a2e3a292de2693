"""The states of a job: there is no way but those that are named."""

from collections.abc import Awaitable, Callable
from itertools import product
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from hoistscraper.clock import now
from hoistscraper.database.engine import Database
from hoistscraper.errors import Conflict, NotFound
from hoistscraper.scraping import jobs
from hoistscraper.scraping.job_moves import WAYS, Claim
from hoistscraper.scraping.report import JobStatus, ScrapeReport, Trigger
from hoistscraper.scraping.scraper import wish_for
from hoistscraper.websites import store as websites

Move = Callable[[AsyncSession, Claim], Awaitable[object]]


def report(status: JobStatus) -> ScrapeReport:
    return ScrapeReport(website_url="http://example.org/", status=status, requests=3)


# The one function for each way, by origin and goal.
FUNCTIONS: dict[tuple[JobStatus, JobStatus], Move] = {
    (JobStatus.PENDING, JobStatus.RUNNING): lambda s, c: jobs.begin(s, c.job_id, at=now()),
    (JobStatus.PENDING, JobStatus.CANCELLED): lambda s, c: jobs.cancel(s, c.job_id, at=now()),
    (JobStatus.RUNNING, JobStatus.COMPLETED): lambda s, c: jobs.complete(
        s, c, report(JobStatus.COMPLETED), at=now()
    ),
    (JobStatus.RUNNING, JobStatus.FAILED): lambda s, c: jobs.fail(s, c, report(JobStatus.FAILED), at=now()),
    (JobStatus.RUNNING, JobStatus.CANCELLED): lambda s, c: jobs.cancel(
        s, c.job_id, at=now(), report=report(JobStatus.CANCELLED), attempt=c.attempt
    ),
    (JobStatus.RUNNING, JobStatus.PENDING): lambda s, c: jobs.put_back(s, c, next_attempt_at=None, at=now()),
    (JobStatus.FAILED, JobStatus.PENDING): lambda s, c: jobs.retry(s, c.job_id),
    (JobStatus.CANCELLED, JobStatus.PENDING): lambda s, c: jobs.retry(s, c.job_id),
}
BY_GOAL = {
    JobStatus.RUNNING: FUNCTIONS[JobStatus.PENDING, JobStatus.RUNNING],
    JobStatus.COMPLETED: FUNCTIONS[JobStatus.RUNNING, JobStatus.COMPLETED],
    JobStatus.FAILED: FUNCTIONS[JobStatus.RUNNING, JobStatus.FAILED],
    JobStatus.CANCELLED: FUNCTIONS[JobStatus.PENDING, JobStatus.CANCELLED],
    JobStatus.PENDING: FUNCTIONS[JobStatus.FAILED, JobStatus.PENDING],
}


async def job_in(session: AsyncSession, status: JobStatus) -> Claim:
    """Make a job in a state, by the ways that lead there."""
    website = await websites.find_or_add_website(session, f"http://example.org/{uuid4()}")
    made = await jobs.ask(session, [wish_for(website)], trigger=Trigger.PERSON, at=now())
    claim = Claim(made[website.id], 0)
    if status is JobStatus.PENDING:
        return claim
    claim = await jobs.begin(session, claim.job_id, at=now())
    if status is not JobStatus.RUNNING:
        await FUNCTIONS[JobStatus.RUNNING, status](session, claim)
    return claim


async def status_of(session: AsyncSession, job_id: UUID) -> JobStatus:
    found = await session.scalar(text("SELECT status FROM scrape_job WHERE id = :id"), {"id": job_id})
    return JobStatus(found)


def test_every_way_has_a_function() -> None:
    assert set(FUNCTIONS) == {(origin, goal) for origin, goals in WAYS.items() for goal in goals}


@pytest.mark.parametrize(("origin", "goal"), list(product(JobStatus, JobStatus)))
async def test_a_job_goes_where_a_way_leads_and_nowhere_else(
    database: Database, origin: JobStatus, goal: JobStatus
) -> None:
    async with database.transaction() as session:
        claim = await job_in(session, origin)
        if goal in WAYS[origin]:
            await FUNCTIONS[origin, goal](session, claim)
            assert await status_of(session, claim.job_id) is goal
            return
        if origin is goal is JobStatus.PENDING:
            return  # to hurry a job that waits changes no state
        with pytest.raises(Conflict):
            await BY_GOAL[goal](session, claim)
        assert await status_of(session, claim.job_id) is origin


async def test_an_attempt_that_another_worker_took_over_changes_nothing(database: Database) -> None:
    async with database.transaction() as session:
        first = await job_in(session, JobStatus.RUNNING)
        await jobs.put_back(session, first, next_attempt_at=None, at=now())
        await jobs.begin(session, first.job_id, at=now())
        with pytest.raises(Conflict, match="begun again"):
            await jobs.complete(session, first, report(JobStatus.COMPLETED), at=now())


async def test_a_job_that_is_put_back_gives_way_to_one_that_waits_for_the_same_website(
    database: Database,
) -> None:
    async with database.transaction() as session:
        first = await job_in(session, JobStatus.RUNNING)
        website_id = await session.scalar(
            text("SELECT website_id FROM scrape_job WHERE id = :id"), {"id": first.job_id}
        )
        wish = jobs.Wish(UUID(str(website_id)), "example.org")
        await jobs.ask(session, [wish], trigger=Trigger.PERSON, at=now())
        assert await jobs.put_back(session, first, next_attempt_at=None, at=now()) is JobStatus.FAILED


async def test_the_attempts_of_a_job_add_up(database: Database) -> None:
    async with database.transaction() as session:
        claim = await job_in(session, JobStatus.RUNNING)
        await jobs.put_back(
            session, claim, next_attempt_at=None, at=now(), report=report(JobStatus.CANCELLED)
        )
        again = await jobs.begin(session, claim.job_id, at=now())
        await jobs.complete(session, again, report(JobStatus.COMPLETED), at=now())
        row = (await session.execute(text("SELECT attempt, requests FROM scrape_job"))).one()
    assert (row.attempt, row.requests) == (2, 6)


async def test_a_job_that_is_not_there_is_told(database: Database) -> None:
    with pytest.raises(NotFound):
        async with database.transaction() as session:
            await jobs.begin(session, uuid4(), at=now())
