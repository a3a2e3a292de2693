"""``hoistscraper job``: the scrapes that wait, run and ended."""

import asyncio
import sys
from typing import Annotated
from uuid import UUID

import typer

from hoistscraper.audit.actions import Action
from hoistscraper.audit.trail import Thing
from hoistscraper.cli.job_view import job_json, line_json, print_job, print_jobs, say_line
from hoistscraper.cli.opening import opened
from hoistscraper.cli.screen import out, print_json, say
from hoistscraper.cli.trail import trail_here
from hoistscraper.clock import now
from hoistscraper.errors import Invalid
from hoistscraper.queue import line
from hoistscraper.queue.following import follow as follow_job
from hoistscraper.scraping.job_list import JobView, find_job, list_jobs
from hoistscraper.scraping.job_log import NumberedLine, lines_after
from hoistscraper.scraping.report import JobStatus, LogLine
from hoistscraper.settings import load_settings

app = typer.Typer(
    help="List, show, follow, cancel and retry scrape jobs.",
    epilog="Jobs come from `hoistscraper scrape`; with --queue, workers do them: `hoistscraper worker`.",
)

Id = Annotated[str, typer.Argument(metavar="ID", help="The job's id, from `hoistscraper job list`.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
EXIT_CODES = {JobStatus.COMPLETED: 0, JobStatus.FAILED: 1, JobStatus.CANCELLED: 130}


@app.command(name="list")
def list_(
    *,
    status: Annotated[
        list[JobStatus] | None, typer.Option(help="Only jobs in this state; may be given again.")
    ] = None,
    most: Annotated[int, typer.Option("--limit", min=1, max=10_000, help="How many to show.")] = 50,
    as_json: Json = False,
) -> None:
    """Show jobs, the newest first."""
    jobs = asyncio.run(_list(status or [], most))
    if as_json:
        print_json([job_json(job) for job in jobs])
    elif jobs:
        print_jobs(jobs)
    else:
        out.print("There is no such job. Begin one: hoistscraper scrape URL")


@app.command()
def show(job_id: Id, *, as_json: Json = False) -> None:
    """Show one job with its log: what was fetched, skipped and why, found and changed."""
    job, lines = asyncio.run(_show(_id_of(job_id)))
    if as_json:
        print_json(job_json(job) | {"log": [line_json(line) for line in lines]})
        return
    print_job(job)
    for logged in lines:
        say_line(logged)


@app.command()
def follow(job_id: Id) -> None:
    """Print the log of a job as it grows, until the job ends.

    Exits 0 when it completed, 1 when it failed, 130 when it was cancelled.
    """
    job = asyncio.run(_follow(_id_of(job_id)))
    sys.exit(EXIT_CODES[job.status])


@app.command()
def cancel(job_id: Id) -> None:
    """Stop a job that runs, or take one that waits out of the queue; what was found is kept."""
    status = asyncio.run(_cancel(_id_of(job_id)))
    if status is JobStatus.RUNNING:
        say("The worker that runs the job was asked to stop it.")
    else:
        say("The job is cancelled.")


@app.command()
def retry(job_id: Id) -> None:
    """Have a job that failed, was cancelled or waits for later tried again now."""
    asyncio.run(_retry(_id_of(job_id)))
    say(f"The job waits for a worker. Follow it: hoistscraper job follow {job_id}")


def _id_of(typed: str) -> UUID:
    try:
        return UUID(typed)
    except ValueError:
        raise Invalid(f"{typed} is no id of a job; `hoistscraper job list` shows them.") from None


async def _list(statuses: list[JobStatus], most: int) -> list[JobView]:
    async with opened(load_settings()) as database, database.transaction() as session:
        return await list_jobs(session, statuses=statuses, most=most)


async def _show(job_id: UUID) -> tuple[JobView, list[LogLine]]:
    async with opened(load_settings()) as database, database.transaction() as session:
        job = await find_job(session, job_id)
        return job, [numbered.line for numbered in await lines_after(session, job_id)]


async def _follow(job_id: UUID) -> JobView:
    async with opened(load_settings()) as database:
        job: JobView | None = None
        async for news in follow_job(database, job_id):
            if isinstance(news, NumberedLine):
                say_line(news.line)
                continue
            if job is None or job.status is not news.status:
                print_job(news)
            job = news
    if job is None:
        raise RuntimeError("A job was followed that nobody told of.")
    return job


async def _cancel(job_id: UUID) -> JobStatus:
    async with opened(load_settings()) as database, database.transaction() as session:
        status = await line.cancel(session, job_id, at=now())
        await trail_here().record(session, Action.JOB_CANCEL, Thing("job", job_id))
        return status


async def _retry(job_id: UUID) -> None:
    async with opened(load_settings()) as database, database.transaction() as session:
        await line.retry(session, job_id, at=now())
        await trail_here().record(session, Action.JOB_RETRY, Thing("job", job_id))
