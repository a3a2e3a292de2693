"""``hoistscraper worker``: take jobs from the queue."""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Annotated

import typer

from hoistscraper.cli.loading import load
from hoistscraper.cli.opening import opened
from hoistscraper.cli.processes import starter_left
from hoistscraper.cli.telling import teller
from hoistscraper.settings import Settings, load_settings
from hoistscraper.tracing import observed


def command(
    *,
    concurrency: Annotated[
        int | None,
        typer.Option(min=1, max=64, help="Websites scraped side by side; HOIST_CONCURRENCY otherwise."),
    ] = None,
    with_starter: Annotated[bool, typer.Option(hidden=True)] = False,
) -> None:
    """Take jobs from the queue and scrape, until stopped.

    Any number of workers may run, on any number of machines that share a database (DATABASE_URL); together
    they ask no host twice at the same time. Ctrl-C (or SIGTERM) lets pages in flight arrive and puts the
    jobs back; a second one stops at once. Jobs of a worker that dies are taken up by the others.
    """
    settings = load_settings()
    with observed(settings, "worker"):
        asyncio.run(_work(settings, concurrency or settings.concurrency, with_starter=with_starter))


async def _work(settings: Settings, concurrency: int, *, with_starter: bool) -> None:
    tell = teller(settings, "worker")
    # What reads pages takes as long to load as the embedded server to start: both at the same time.
    loading = asyncio.create_task(asyncio.to_thread(load, "hoistscraper.queue.service"))
    async with opened(settings):
        service = (await loading).Service(
            settings, partial(opened, settings), concurrency=concurrency, tell=tell
        )
        service.obey_signals()
        leaving = asyncio.create_task(_stop_with_starter(service.stop)) if with_starter else None
        await service.run()
        if leaving:
            leaving.cancel()
    tell("Stopped; jobs that had not ended wait for the next worker.")


async def _stop_with_starter(stop: Callable[[], None]) -> None:
    await starter_left()
    stop()
