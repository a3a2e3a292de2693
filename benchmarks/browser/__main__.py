"""``python -m benchmarks.browser``: measure by turns, print, and exit 1 when a budget is missed."""

import argparse
import asyncio
import sys
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from itertools import count
from statistics import median

from yarl import URL

from benchmarks.browser.site import CallSite
from benchmarks.browser.website import measure_website
from benchmarks.scrape.figures import Figure, as_json, as_table
from hoistscraper.fetching.browsing.browser import Browser
from hoistscraper.fetching.manners import Manners
from hoistscraper.fetching.pace import Pace
from hoistscraper.settings import Settings

ROUNDS = 3
PAGES = 12
_numbers = count()


def main() -> int:
    """Measure everything in one run; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.browser", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="how often each is measured (%(default)s)")
    options = parser.parse_args()
    figures = asyncio.run(_measure(options.rounds))
    print(as_json(figures) if options.json else as_table(figures))
    return int(any(figure.is_missed for figure in figures))


async def _measure(rounds: int) -> list[Figure]:
    async with AsyncExitStack() as stack:
        site = await stack.enter_async_context(CallSite())
        settings = Settings(
            allow_hosts=frozenset({site.authority}), pace_seconds=0, browser_recycle_pages=100_000
        )
        manners = Manners(Pace(0, settings.browser_pages), _anything)
        blocking = await stack.enter_async_context(Browser(settings))
        loading = await stack.enter_async_context(Browser(settings, blocking=False))

        async def reused() -> None:
            await blocking.render(_next_page(site), website="calls", manners=manners)

        async def new_context() -> None:
            website = f"website {next(_numbers)}"
            await blocking.render(_next_page(site), website=website, manners=manners)
            await blocking.forget(website)

        async def unblocked() -> None:
            await loading.render(_next_page(site), website="calls", manners=manners)

        seconds = await _by_turns(rounds, reused, new_context, unblocked)
        megabytes = await blocking.megabytes()
    return [*_figures(*seconds, megabytes=megabytes or 0), *await measure_website(rounds)]


async def _by_turns(rounds: int, *ways: Callable[[], Awaitable[None]]) -> list[float]:
    """Return the median time of a page for each way; what happens around hits them all alike."""
    measured: list[list[float]] = [[] for _ in ways]
    for way in ways:
        await _pages(way)
    for _ in range(rounds):
        for way, seconds in zip(ways, measured, strict=True):
            started = time.perf_counter()
            await _pages(way)
            seconds.append((time.perf_counter() - started) / PAGES)
    return [median(seconds) for seconds in measured]


async def _pages(way: Callable[[], Awaitable[None]]) -> None:
    await asyncio.gather(*(way() for _ in range(PAGES)))


def _figures(reused: float, new_context: float, unblocked: float, *, megabytes: float) -> list[Figure]:
    return [
        Figure(of="reused pages", name="pages a second", value=round(1 / reused, 1)),
        Figure(of="new context for each page", name="pages a second", value=round(1 / new_context, 1)),
        Figure(of="reused pages, nothing blocked", name="pages a second", value=round(1 / unblocked, 1)),
        Figure(of="time of a page", name="reused / new", value=reused / new_context, unit="x", budget=0.7),
        Figure(of="time of a page", name="blocking / not", value=reused / unblocked, unit="x", budget=1),
        Figure(of="browser", name="memory in the end", value=round(megabytes), unit="MB", budget=1_500),
    ]


def _next_page(site: CallSite) -> str:
    return site.url(f"/calls/{next(_numbers)}")


async def _anything(_: URL) -> None:
    """Obey nothing: the website is ours."""


if __name__ == "__main__":
    sys.exit(main())
