"""``hoistscraper scrape``: one website or all of them, now."""

import asyncio
import sys
from contextlib import AbstractContextManager, nullcontext
from types import ModuleType
from typing import Annotated

import typer

from hoistscraper.cli.loading import load
from hoistscraper.cli.scrape_report import print_report, print_reports, report_json
from hoistscraper.cli.screen import print_json, progress, say, when
from hoistscraper.scraping.preview import preview
from hoistscraper.scraping.report import JobStatus, Journal, ScrapeReport
from hoistscraper.settings import Settings, load_settings
from hoistscraper.websites.addresses import address_to_visit


def command(
    url: Annotated[
        str | None, typer.Argument(help="The page that lists the calls, such as https://example.org/grants.")
    ] = None,
    *,
    every: Annotated[bool, typer.Option("--all", help="Scrape every active website in the list.")] = False,
    due: Annotated[
        bool, typer.Option("--due", help="Scrape the websites that are due by their schedules.")
    ] = False,
    save: Annotated[
        bool, typer.Option("--save/--no-save", help="Keep what is found, or only show it.")
    ] = True,
    queue: Annotated[
        bool, typer.Option("--queue", help="Leave it to the workers (see `hoistscraper worker`).")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")] = False,
) -> None:
    """Scrape a website and keep the calls it offers.

    The website joins the list (see `hoistscraper website list`). A second scrape asks only for what has
    changed. Ctrl-C stops it; what was found until then is kept.
    """
    if bool(url) + every + due != 1:
        raise typer.BadParameter("give one address, or --all, or --due", param_hint="URL")
    if not url and not save:
        raise typer.BadParameter("--no-save goes with one address", param_hint="--no-save")
    if queue and not save:
        raise typer.BadParameter("workers always keep what they find", param_hint="--no-save")
    settings = load_settings()
    if queue:
        _queue(settings, url, as_json=as_json)
        return
    if url:
        report = asyncio.run(_scrape_one(settings, url, save=save))
        _print_one(report, save=save, as_json=as_json)
        sys.exit(_exit_code([report]))
    reports = _due(settings, as_json=as_json) if due else asyncio.run(_saving().scrape_all(settings))
    if as_json:
        print_json([report_json(report) for report in reports])
    else:
        print_reports(reports)
    sys.exit(_exit_code(reports))


async def _scrape_one(settings: Settings, url: str, *, save: bool) -> ScrapeReport:
    address = address_to_visit(url, settings.allow_hosts)
    journal = Journal()
    with _followed(address, journal):
        if save:
            report: ScrapeReport = await _saving().scrape_one(settings, address, journal)
            return report
        return await preview(address, settings=settings, journal=journal)


def _due(settings: Settings, *, as_json: bool) -> list[ScrapeReport]:
    scrapes = asyncio.run(_saving().scrape_due(settings))
    if not scrapes.reports and not as_json:
        say(f"Nothing is due; next is {scrapes.next_url} at {when(scrapes.next_due_at)}.")
        sys.exit(0)
    reports: list[ScrapeReport] = scrapes.reports
    return reports


def _queue(settings: Settings, url: str | None, *, as_json: bool) -> None:
    queued = load("hoistscraper.cli.queued_scrape")
    if url:
        asking = queued.queue_one(settings, address_to_visit(url, settings.allow_hosts))
    else:
        asking = queued.queue_all(settings)
    asked = asyncio.run(asking)
    if as_json:
        print_json([{"url": a.url, "job": str(a.job_id), "is_new": a.is_new} for a in asked])
    elif url:
        [one] = asked
        say(f"{'Waits for a worker' if one.is_new else 'Waited for a worker already'}: job {one.job_id}")
        say(f"Follow it: hoistscraper job follow {one.job_id}")
    else:
        new = sum(one.is_new for one in asked)
        say(
            f"{new} websites wait for a worker, {len(asked) - new} waited already. See: hoistscraper job list"
        )


def _followed(address: str, journal: Journal) -> AbstractContextManager[None]:
    if not progress.is_terminal:
        return nullcontext()
    bars: AbstractContextManager[None] = load("hoistscraper.cli.scrape_progress").followed(address, journal)
    return bars


def _saving() -> ModuleType:
    # The database's libraries take longer to load than a small website to read; not all scrapes need them.
    return load("hoistscraper.cli.saved_scrape")


def _print_one(report: ScrapeReport, *, save: bool, as_json: bool) -> None:
    if as_json:
        print_json(report_json(report))
    else:
        print_report(report, saved=save)


def _exit_code(reports: list[ScrapeReport]) -> int:
    statuses = {report.status for report in reports}
    if JobStatus.CANCELLED in statuses:
        return 130
    return 1 if JobStatus.FAILED in statuses else 0
