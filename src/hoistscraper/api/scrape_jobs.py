"""``/api/scrape-jobs``: what was done, is done and waits."""

from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Response, status
from fastapi.sse import EventSourceResponse, ServerSentEvent
from pydantic import AwareDatetime

from hoistscraper.api.lists import Cursor, Limit, as_answer
from hoistscraper.api.parts import Parts, PartsOf
from hoistscraper.api.problems import documented
from hoistscraper.api.resource import resource
from hoistscraper.api.scrape_job_wire import (
    AskedFor,
    JobLog,
    LogLine,
    NewScrapeJobs,
    ScrapeJob,
    ScrapeJobPage,
    Waiting,
)
from hoistscraper.api.trail import TrailOf
from hoistscraper.audit.actions import Action
from hoistscraper.audit.trail import Thing
from hoistscraper.clock import now
from hoistscraper.queue import asking, line
from hoistscraper.queue.following import follow
from hoistscraper.scraping import job_pages
from hoistscraper.scraping.job_list import find_job
from hoistscraper.scraping.job_log import NumberedLine, lines_after
from hoistscraper.scraping.job_news import job_news
from hoistscraper.scraping.job_pages import JobFilter
from hoistscraper.scraping.report import JobStatus, Trigger

router = resource("/scrape-jobs", "scrape jobs")

MOST_NAMED = 1_000
After = Annotated[int, Query(ge=0, le=2**62, description="Lines after this number.")]


@router.get("", response_model=ScrapeJobPage, summary="List scrape jobs")
async def list_scrape_jobs(
    parts: PartsOf,
    status: Annotated[list[JobStatus] | None, Query(max_length=5, description="May be given again.")] = None,
    website: Annotated[UUID | None, Query(description="Only jobs of this website.")] = None,
    trigger: Trigger | None = None,
    asked_since: AwareDatetime | None = None,
    asked_before: AwareDatetime | None = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Response:
    """Return jobs that match all that is given, the newest first, page by page."""
    wanted = JobFilter(
        statuses=tuple(dict.fromkeys(status or ())),
        website_id=website,
        trigger=trigger,
        asked_since=asked_since,
        asked_before=asked_before,
    )
    async with parts.reads.connection() as connection:
        return as_answer(await job_pages.list_page(connection, wanted, limit=limit, cursor=cursor))


@router.post("", status_code=status.HTTP_202_ACCEPTED, summary="Scrape websites")
async def create_scrape_jobs(body: NewScrapeJobs, parts: PartsOf, trail: TrailOf) -> AskedFor:
    """Put one, many, all or all due websites into the queue; who waits already gets no second job."""
    if body.all:
        asked = await asking.ask_for_all(parts.database, trail, at=now())
    elif body.due:
        asked = await asking.ask_for_those_due(parts.database, trail, at=now())
    else:
        asked = await asking.ask_for_some(parts.database, trail, body.website_ids, at=now())
    known = {each.website_id for each in asked}
    return AskedFor(
        new=sum(each.is_new for each in asked),
        waiting_already=sum(not each.is_new for each in asked),
        jobs=[
            Waiting(website_id=each.website_id, url=each.url, job_id=each.job_id, is_new=each.is_new)
            for each in asked[:MOST_NAMED]
        ],
        unknown=[each for each in body.website_ids if each not in known],
    )


async def _room(parts: PartsOf) -> None:
    """Find out before the stream begins, for then it is too late to answer 503."""
    parts.places.followers.check()


@router.get(
    "/events",
    response_class=EventSourceResponse,
    dependencies=[Depends(_room)],
    summary="Follow all jobs live",
)
async def follow_scrape_jobs(parts: PartsOf) -> AsyncIterator[ServerSentEvent]:
    """Stream `jobs` events, lists of jobs: at first the newest and those that run, then what changes."""
    async with parts.places.followers.entered(), aclosing(job_news(parts.reads)) as news:
        async for jobs in news:
            yield ServerSentEvent(event="jobs", raw_data=f"[{','.join(jobs)}]")


@router.get("/{job_id}", response_model=ScrapeJob, responses=documented(404), summary="Read a scrape job")
async def read_scrape_job(job_id: UUID, parts: PartsOf) -> Response:
    """Return one job."""
    return await _answer(parts, job_id)


@router.post(
    "/{job_id}/cancel",
    response_model=ScrapeJob,
    responses=documented(404, 409),
    summary="Cancel a scrape job",
)
async def cancel_scrape_job(job_id: UUID, parts: PartsOf, trail: TrailOf) -> Response:
    """Take a waiting job out of the queue, or ask the worker that runs it to stop; what was found is kept."""
    async with parts.database.transaction() as session:
        await line.cancel(session, job_id, at=now())
        await trail.record(session, Action.JOB_CANCEL, Thing("job", job_id))
    return await _answer(parts, job_id)


@router.post(
    "/{job_id}/retry", response_model=ScrapeJob, responses=documented(404, 409), summary="Try a job again"
)
async def retry_scrape_job(job_id: UUID, parts: PartsOf, trail: TrailOf) -> Response:
    """Have a job that failed, was cancelled or waits for later tried again now."""
    async with parts.database.transaction() as session:
        await line.retry(session, job_id, at=now())
        await trail.record(session, Action.JOB_RETRY, Thing("job", job_id))
    return await _answer(parts, job_id)


@router.get("/{job_id}/log", responses=documented(404), summary="Read the log of a job")
async def read_scrape_job_log(
    job_id: UUID,
    parts: PartsOf,
    after: After = 0,
    limit: Annotated[int, Query(ge=1, le=1_000)] = 500,
) -> JobLog:
    """Return what happened in a job, line by line."""
    async with parts.database.transaction() as session:
        await find_job(session, job_id)
        lines = await lines_after(session, job_id, after, most=limit + 1)
    items = [_line(each) for each in lines[:limit]]
    return JobLog(items=items, next=items[-1].number if len(lines) > limit else None)


async def _existing(job_id: UUID, parts: PartsOf) -> UUID:
    """Find out before the stream begins, for then it is too late to answer 404 or 503."""
    parts.places.followers.check()
    async with parts.database.transaction() as session:
        await find_job(session, job_id)
    return job_id


@router.get(
    "/{job_id}/events",
    response_class=EventSourceResponse,
    responses=documented(404),
    summary="Follow a job live",
)
async def follow_scrape_job(
    job_id: Annotated[UUID, Depends(_existing)], parts: PartsOf, after: After = 0
) -> AsyncIterator[ServerSentEvent]:
    """Stream events until the job ends: `job` is the job as it stands, `line` a line of its log."""
    following = follow(parts.database, job_id, after=after)
    async with parts.places.followers.entered(), aclosing(following) as news:
        async for each in news:
            if isinstance(each, NumberedLine):
                yield ServerSentEvent(event="line", data=_line(each).model_dump(mode="json"))
            else:
                yield ServerSentEvent(event="job", raw_data=await _job_json(parts, job_id))


async def _answer(parts: Parts, job_id: UUID) -> Response:
    return Response(await _job_json(parts, job_id), media_type="application/json")


async def _job_json(parts: Parts, job_id: UUID) -> str:
    async with parts.reads.connection() as connection:
        return await job_pages.read_job(connection, job_id)


def _line(numbered: NumberedLine) -> LogLine:
    line = numbered.line
    return LogLine(
        number=numbered.number, at=line.at, text=line.text, url=line.url, is_problem=line.is_problem
    )
