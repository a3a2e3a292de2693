"""A load test on the screen: while it goes, and what came of it."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress

from rich import box
from rich.progress import BarColumn, Progress, TaskID, TextColumn
from rich.table import Table
from rich.text import Text

from hoistscraper.cli.screen import out, progress, say
from hoistscraper.loadtest.criteria import Judgement
from hoistscraper.loadtest.recording import Figures
from hoistscraper.loadtest.run import Run
from hoistscraper.loadtest.summary import (
    about_client,
    about_failures,
    about_latencies,
    about_order,
    endpoint_rows,
)

_SHOWN_EVERY_SECONDS = 0.5
_RESULTS = {True: Text("pass", "green"), False: Text("MISS", "bold red"), None: Text("not judged", "dim")}


@asynccontextmanager
async def followed(run: Run) -> AsyncIterator[None]:
    """Show how a run goes, on standard error, where that is a terminal."""
    bar = Progress(
        BarColumn(bar_width=24),
        TextColumn("{task.description}"),
        console=progress,
        transient=True,
        auto_refresh=False,
        disable=not progress.is_terminal,
    )
    task = bar.add_task("Looking at what the server offers…", total=run.order.duration_seconds)
    with bar:
        showing = asyncio.create_task(_show(bar, task, run))
        try:
            yield
        finally:
            showing.cancel()
            with suppress(asyncio.CancelledError):
                await showing


async def _show(bar: Progress, task: TaskID, run: Run) -> None:
    while True:
        if run.began:
            bar.update(task, completed=run.passed_seconds, description=_so_far(run))
        bar.refresh()
        await asyncio.sleep(_SHOWN_EVERY_SECONDS)


def _so_far(run: Run) -> str:
    timeline = run.recording.timeline
    last = timeline.slots[-2] if len(timeline.slots) > 1 else Figures()
    failed = sum(each.failed for each in run.recording.endpoints.values())
    return (
        f"{run.passed_seconds:.0f} of {run.order.duration_seconds:g} s · "
        f"{last.requests / timeline.width_seconds:,.0f} req/s · "
        f"p95 {last.since_due.quantile(0.95) * 1000:.0f} ms · {failed} failed"
    )


def print_run(run: Run, judgements: Sequence[Judgement]) -> None:
    """Print a run that ended: by endpoint, then criterion by criterion."""
    table = Table(box=box.SIMPLE, pad_edge=False)
    table.add_column("endpoint")
    for name in ("requests", "failures", "req/s", "p50", "p95", "p99", "max"):
        table.add_column(name, justify="right", no_wrap=True)
    rows = endpoint_rows(run)
    for row in rows[:-1]:
        table.add_row(*row)
    table.add_section()
    table.add_row(*rows[-1], style="bold")
    say(about_order(run))
    out.print(table)
    for line in about_failures(run):
        say(f"Failed: {line}")
    out.print(_judged(judgements))
    say(about_latencies(run))
    say(about_client(run))


def _judged(judgements: Sequence[Judgement]) -> Table:
    table = Table(box=box.SIMPLE, pad_edge=False)
    for name in ("criterion", "measured", "result"):
        table.add_column(name)
    for each in judgements:
        table.add_row(each.criterion, Text(each.measured), _RESULTS[each.passes])
    return table
