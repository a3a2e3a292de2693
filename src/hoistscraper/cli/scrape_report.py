"""What a scrape came to, in words and as JSON."""

from collections.abc import Sequence

from rich.table import Table
from rich.text import Text

from hoistscraper.cli.calls_table import calls_table
from hoistscraper.cli.problems import print_problem
from hoistscraper.cli.screen import out, say, standing_now
from hoistscraper.reading.contract import opportunity_as_json
from hoistscraper.scraping.report import Change, JobStatus, ScrapeReport

MOST_ROWS = 60
MOST_PROBLEMS = 10


def print_report(report: ScrapeReport, *, saved: bool) -> None:
    """Print what was found, what it cost, and what could not be read."""
    told = [
        (call.change.value, call.candidate, standing_now(call.candidate))
        for call in report.calls
        if call.candidate and call.change is not Change.UNCHANGED
    ]
    if told:
        out.print(calls_table(told[:MOST_ROWS], first_column=""))
    if len(told) > MOST_ROWS:
        out.print(f"… and {len(told) - MOST_ROWS} more: hoistscraper opportunity list")
    print_costs(report)
    if saved and report.found and report.status is JobStatus.COMPLETED:
        out.print("Next: hoistscraper opportunity list", style="dim")


def print_costs(report: ScrapeReport) -> None:
    """Print the counts, what could not be read, and why it ended early, if it did."""
    if report.found or not report.error:
        out.print(_headline(report))
    _print_problems(report)
    if report.error:
        print_problem(report.error)
    elif report.health_advice and report.health != "green":
        say(f"This website is {report.health}. {report.health_advice}", style="yellow")


def print_reports(reports: Sequence[ScrapeReport]) -> None:
    """Print one row a website."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("Website", "Calls", "New", "Changed", "Requests", "Result"):
        table.add_column(name, overflow="fold")
    for report in reports:
        table.add_row(
            Text(report.website_url),
            str(report.found),
            str(report.new),
            str(report.changed),
            str(report.requests),
            Text(report.error or report.status.value),
        )
    out.print(table)


def report_json(report: ScrapeReport) -> dict[str, object]:
    """Return a report as JSON; unchanged calls that needed no reading are only counted."""
    return {
        "website": report.website_url,
        "status": report.status.value,
        "error": {"kind": report.error_kind, "message": report.error} if report.error else None,
        "found": report.found,
        "new": report.new,
        "changed": report.changed,
        "unchanged": report.unchanged,
        "no_longer_listed": report.no_longer_listed,
        "held": report.held,
        "health": (
            {"state": report.health, "reason": report.health_reason, "advice": report.health_advice}
            if report.health
            else None
        ),
        "requests": report.requests,
        "not_modified": report.not_modified,
        "bytes_received": report.bytes_received,
        "bytes_saved": report.bytes_saved,
        "elapsed_ms": round(report.elapsed_seconds * 1000, 1),
        "opportunities": [
            {
                "change": call.change.value,
                "changed_fields": list(call.changed_fields),
                "url": call.candidate.url,
                **opportunity_as_json(call.candidate),
            }
            for call in report.calls
            if call.candidate
        ],
        "problems": [{"url": line.url, "message": line.text} for line in report.problems],
    }


def _headline(report: ScrapeReport) -> str:
    parts = [f"[bold]{report.found} calls[/]", f"{report.new} new", f"{report.changed} changed"]
    parts.append(f"{report.unchanged} unchanged")
    if report.held:
        parts.append(f"{report.held} held back")
    if report.no_longer_listed:
        parts.append(f"{report.no_longer_listed} no longer listed")
    requests = "1 request" if report.requests == 1 else f"{report.requests} requests"
    cost = f"{requests}, {report.bytes_received / 1000:,.0f} kB"
    if report.not_modified:
        cost += f", {report.not_modified} pages unchanged on the server"
    if report.bytes_saved:
        cost += f" ({report.bytes_saved / 1000:,.0f} kB saved)"
    return f"{', '.join(parts)}; {cost}, {report.elapsed_seconds:.1f} s."


def _print_problems(report: ScrapeReport) -> None:
    problems = [line for line in report.problems if line.text != report.error]
    for line in problems[:MOST_PROBLEMS]:
        say(f"! {line.text} {line.url or ''}".rstrip(), style="yellow")
    if len(problems) > MOST_PROBLEMS:
        out.print(f"! … and {len(problems) - MOST_PROBLEMS} more that could not be read.", style="yellow")
