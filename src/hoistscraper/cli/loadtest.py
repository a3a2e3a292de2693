"""``hoistscraper loadtest``: put a server of one's own under the load of many readers."""

import asyncio
import signal
import sys
from pathlib import Path
from typing import Annotated

import typer

from hoistscraper.cli.loadtest_view import followed, print_run
from hoistscraper.cli.screen import print_json, say
from hoistscraper.clock import now
from hoistscraper.loadtest.criteria import Limits, has_passed, judge
from hoistscraper.loadtest.report import render
from hoistscraper.loadtest.run import Order, Run, perform
from hoistscraper.loadtest.summary import as_document


def command(
    url: Annotated[str, typer.Argument(help="Your server, such as http://127.0.0.1:8000.")],
    *,
    users: Annotated[int, typer.Option(min=1, max=5_000, help="How many read at a time.")] = 100,
    duration: Annotated[float, typer.Option(min=1, max=86_400, help="For how many seconds.")] = 60,
    think: Annotated[
        float, typer.Option(min=0, max=3600, help="Seconds a user thinks between requests; 0: never.")
    ] = 0.5,
    timeout: Annotated[float, typer.Option(min=0.1, max=600, help="Seconds a request may take.")] = 10,
    seed: Annotated[int, typer.Option(help="Chooses what is asked; the same asks the same.")] = 1,
    max_p95_ms: Annotated[float, typer.Option(min=0, help="Milliseconds that p95 must stay under.")] = 200,
    max_failures: Annotated[int, typer.Option(min=0, help="How many requests may fail.")] = 0,
    max_timeouts: Annotated[int, typer.Option(min=0, help="How many requests may time out.")] = 0,
    min_rate: Annotated[float, typer.Option(min=0, help="Requests a second that must be exceeded.")] = 100,
    max_memory_growth: Annotated[
        float, typer.Option(min=0, help="Percent by which the server's memory may grow once warm.")
    ] = 10,
    i_run_this_server: Annotated[
        bool, typer.Option("--i-run-this-server", help="Needed where it is outside of your private network.")
    ] = False,
    token: Annotated[
        str | None,
        typer.Option(
            envvar="HOIST_TOKEN",
            help="A token that may read, where one has to sign in; best given in HOIST_TOKEN, which nobody "
            "sees in the list of running programs.",
        ),
    ] = None,
    report: Annotated[Path | None, typer.Option(help="Write a report with plots to this HTML file.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")] = False,
) -> None:
    """Have many users read from your server, and say whether it stands up to them.

    They list, search, filter, turn pages, open calls and look at figures, with what they learn from the
    server's own answers; they change nothing. Ctrl-C ends it early. Exit code 1: a criterion was
    missed.
    """
    limits = Limits(
        p95_seconds=max_p95_ms / 1000,
        failures=max_failures,
        timeouts=max_timeouts,
        rate=min_rate,
        memory_growth=max_memory_growth / 100,
    )
    order = Order(
        url=url.rstrip("/"),
        users=users,
        duration_seconds=duration,
        think_seconds=think,
        timeout_seconds=timeout,
        is_mine=i_run_this_server,
        seed=seed,
        token=token,
    )
    if report:
        # Better to hear now than after the run that it cannot be written.
        report.touch()
    run = asyncio.run(_perform(order))
    judgements = judge(run, limits)
    if report:
        report.write_text(render(run, judgements, limits, at=now()))
    if as_json:
        print_json(as_document(run, judgements))
    else:
        print_run(run, judgements)
        if report:
            say(f"Report: {report}")
    sys.exit(0 if has_passed(judgements) else 1)


async def _perform(order: Order) -> Run:
    run = Run(order)
    asyncio.get_running_loop().add_signal_handler(signal.SIGINT, run.stopping.set)
    async with followed(run):
        await perform(run)
    return run
