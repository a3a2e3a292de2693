"""``hoistscraper demo``: the main job on the sample portal, from nothing to opportunities with proof."""

import asyncio
import sys
from collections.abc import Sequence
from typing import Annotated
from urllib.parse import urlsplit

import typer
from rich.padding import Padding
from rich.text import Text

from hoistscraper.audit.actions import Action
from hoistscraper.audit.trail import Thing
from hoistscraper.cli.calls_table import calls_table
from hoistscraper.cli.opening import opened
from hoistscraper.cli.opportunity import short_id
from hoistscraper.cli.scrape_progress import followed
from hoistscraper.cli.scrape_report import print_costs
from hoistscraper.cli.screen import out, say
from hoistscraper.cli.trail import trail_here
from hoistscraper.cli.values_view import values_table
from hoistscraper.clock import now
from hoistscraper.extraction.candidate import Status
from hoistscraper.fetching.browsing.one_browser import OneBrowser
from hoistscraper.opportunities.browsing import OpportunityView, opportunities_of
from hoistscraper.sample_portal.expected import ExpectedCall
from hoistscraper.sample_portal.server import DEFAULT_PORT, Portal, serve
from hoistscraper.scraping.report import JobStatus, Journal, ScrapeReport
from hoistscraper.scraping.scraper import Scraper
from hoistscraper.settings import Settings, load_settings

ROWS_SHOWN = 12


def command(
    *,
    port: Annotated[int, typer.Option(help="Where the sample portal listens.")] = DEFAULT_PORT,
) -> None:
    """Scrape the bundled sample portal and show what was found.

    The portal's content is invented; it is served on this machine only while the demo runs. What is found is
    kept in your database, so that you can look around afterwards.
    """
    sys.exit(asyncio.run(_demo(load_settings(), port)))


async def _demo(settings: Settings, port: int) -> int:
    async with serve(port) as portal:
        host = urlsplit(portal.url).netloc
        # The portal is on this machine, which the address guard refuses unless it is named.
        at_home = settings.model_copy(
            update={"allow_hosts": settings.allow_hosts | {host}, "pace_seconds": 0.0}
        )
        say(f"Sample portal at {portal.url} (invented content). Scraping it…")
        async with opened(settings) as database, OneBrowser(at_home) as browser:
            async with database.transaction() as session:
                await trail_here().record(session, Action.JOB_ASK, Thing("website", label=portal.url))
            journal = Journal()
            with followed(portal.url, journal):
                report = await Scraper(at_home, database, browser).scrape(portal.url, journal=journal)
            async with database.transaction() as session:
                found = await opportunities_of(session, portal.url, now=now())
    _print_found(report, found)
    missing = _print_comparison(portal, found)
    _print_next_steps(found)
    return 0 if report.status is JobStatus.COMPLETED and not missing else 1


def _print_found(report: ScrapeReport, found: Sequence[OpportunityView]) -> None:
    if not report.new and not report.changed:
        out.print("Nothing has changed since the last visit.", style="bold")
    rows = [(short_id(opportunity), opportunity.candidate, opportunity.status) for opportunity in found]
    out.print(calls_table(rows[:ROWS_SHOWN], first_column="Id"))
    if len(rows) > ROWS_SHOWN:
        out.print(f"… and {len(rows) - ROWS_SHOWN} more.", style="dim")
    print_costs(report)


def _print_comparison(portal: Portal, found: Sequence[OpportunityView]) -> int:
    """Hold what was found against the portal's own list; return how much is wrong."""
    by_path = {urlsplit(o.candidate.url or "").path: o for o in found}
    pairs = [(call, by_path.get(call.detail_path)) for call in portal.expected]
    missing = [call for call, opportunity in pairs if opportunity is None]
    wrongly_open = [
        call
        for call, opportunity in pairs
        if opportunity and call.status == "closed" and _is_open(opportunity)
    ]
    wrong_deadlines = [call for call, opportunity in pairs if opportunity and _is_wrong(call, opportunity)]
    past = sum(call.status == "closed" for call in portal.expected)
    out.print(
        f"[bold]{len(pairs) - len(missing)} of {len(pairs)} calls found[/]; "
        f"{len(wrongly_open)} of {past} past calls shown as open; {len(wrong_deadlines)} wrong deadlines; "
        f"{len(found) - len(pairs) + len(missing)} things taken for calls that are none."
    )
    for call in [*missing, *wrongly_open, *wrong_deadlines]:
        out.print(Text(f"! {call.title} ({call.detail_path})", style="yellow"))
    return len(missing) + len(wrongly_open) + len(wrong_deadlines)


def _is_open(opportunity: OpportunityView) -> bool:
    return opportunity.status in (Status.OPEN, Status.FORTHCOMING)


def _is_wrong(call: ExpectedCall, opportunity: OpportunityView) -> bool:
    """A missing deadline is no wrong one."""
    deadline = opportunity.candidate.deadline
    return deadline is not None and deadline.date != call.deadline


def _print_next_steps(found: Sequence[OpportunityView]) -> None:
    best = max(found, key=lambda opportunity: len(opportunity.candidate.evidence), default=None)
    if best:
        say(f"\nWhere the values of one of them come from: {best.candidate.url}", style="bold")
        out.print(Padding(values_table(best.candidate), (0, 0, 0, 2)))
    out.print("\n[bold]What to type next[/]")
    for line in (
        "hoistscraper opportunity list               what closes soonest",
        f"hoistscraper opportunity show {short_id(best) if best else 'ID'}      one call with its proof",
        "hoistscraper opportunity export calls.csv   all of it for a spreadsheet",
        "hoistscraper inspect URL                    what would be read from a page of yours",
        "hoistscraper scrape URL                     keep what it offers",
    ):
        say(f"  {line}")
