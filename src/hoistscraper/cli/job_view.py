"""Jobs in words, in tables and as JSON."""

from collections.abc import Sequence
from dataclasses import asdict

from rich.table import Table
from rich.text import Text

from hoistscraper.cli.screen import out, say, when
from hoistscraper.scraping.job_list import JobView
from hoistscraper.scraping.report import JobStatus, LogLine


def print_jobs(jobs: Sequence[JobView]) -> None:
    """Print one row a job."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("Id", "Website", "State", "Asked", "Calls", "New", "Result"):
        table.add_column(name, overflow="fold")
    for job in jobs:
        table.add_row(
            str(job.id),
            Text(job.url),
            job.status.value,
            when(job.asked_at),
            str(job.found),
            str(job.new),
            Text(_result(job)),
        )
    out.print(table)


def print_job(job: JobView) -> None:
    """Print a job without its log."""
    say(f"{job.url}: {job.status.value}{_attempt(job)}", style="bold")
    if job.status in (JobStatus.PENDING, JobStatus.RUNNING) and job.attempt == 0:
        say(f"Waits since {when(job.asked_at)}; workers take it: hoistscraper worker")
        return
    say(
        f"{job.found} calls, {job.new} new, {job.changed} changed, {job.unchanged} unchanged, "
        f"{job.no_longer_listed} no longer listed"
    )
    say(
        f'{job.requests} requests, {job.not_modified} of them answered "not modified"; '
        f"{job.bytes_received / 1000:,.0f} kB received, {job.bytes_saved / 1000:,.0f} kB saved"
    )
    if job.error_message:
        say(job.error_message, style="yellow")


def say_line(line: LogLine) -> None:
    """Print one line of a log."""
    mark = "! " if line.is_problem else ""
    say(
        f"{line.at.astimezone():%H:%M:%S} {mark}{line.text} {line.url or ''}".rstrip(),
        style="yellow" if line.is_problem else None,
    )


def job_json(job: JobView) -> dict[str, object]:
    """Return a job as JSON."""
    values = asdict(job)
    error = {"kind": values.pop("error_kind"), "message": values.pop("error_message")}
    times = {name: value.isoformat() for name, value in values.items() if name.endswith("_at") and value}
    named = {"id": str(job.id), "status": job.status.value, "trigger": job.trigger.value}
    return values | times | named | {"error": error if error["kind"] else None}


def line_json(line: LogLine) -> dict[str, object]:
    """Return a line of a log as JSON."""
    return {"at": line.at.isoformat(), "text": line.text, "url": line.url, "is_problem": line.is_problem}


def _attempt(job: JobView) -> str:
    if job.status is JobStatus.PENDING and job.next_attempt_at:
        return f", attempt {job.attempt + 1} at {when(job.next_attempt_at)}"
    return f", attempt {job.attempt}" if job.attempt > 1 else ""


def _result(job: JobView) -> str:
    if job.error_message:
        return job.error_message
    return "" if not job.next_attempt_at else f"tried again at {when(job.next_attempt_at)}"
