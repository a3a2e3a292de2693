"""``python -m benchmarks.criteria``: all criteria of success in one run; exit 1 when one is missed.

Takes three to four minutes: fills a small database (``--data-dir`` for one that is filled, which nobody
else may use meanwhile), has readers at it, opens the web app in a browser, has a worker visit a website of
twenty tenders.
"""

import argparse
import asyncio
import os
import sys
from pathlib import Path
from statistics import median

import aiohttp
from prometheus_client.parser import text_string_to_metric_families

from benchmarks.api.__main__ import filled_folder
from benchmarks.api.dataset import settle
from benchmarks.api.running import HOST, running
from benchmarks.api.soak import once_warm, slope
from benchmarks.api.variants import ours
from benchmarks.queue.tenders import measure_tenders
from benchmarks.scrape.figures import Figure, as_json, as_table
from benchmarks.scrape.surroundings import surroundings
from benchmarks.webapp.browsers import opened_browser
from benchmarks.webapp.painting import LOCAL, painted
from hoistscraper.database.embedded import leases
from hoistscraper.database.urls import client_url, parse_url
from hoistscraper.loadtest.criteria import memory_growth
from hoistscraper.loadtest.recording import TIMED_OUT
from hoistscraper.loadtest.run import Order, Run, perform
from hoistscraper.settings import load_settings

THINK_SECONDS = 0.5
TIMEOUT_SECONDS = 10
ROUNDS = 3
_READS = "hoistscraper_database_read_seconds"


def main() -> int:
    """Measure everything in one run; return the exit code."""
    options = _parser().parse_args()
    with filled_folder(options.data_dir, options.opportunities) as folder:
        os.environ["HOIST_DATA_DIR"] = str(folder)
        os.environ.pop("DATABASE_URL", None)
        with leases.attached(folder) as url:
            # A day may have passed since it was filled, and no worker runs here.
            settle(client_url(parse_url(url)))
        figures = _of_the_api(options.users, options.seconds, warm_up_seconds=options.warm_up)
    # They named the folder that is gone.
    load_settings.cache_clear()
    with surroundings() as around:
        figures += [_of_the_worker(each) for each in measure_tenders(around) if each.unit == "s"]
    print(as_json(figures) if options.json else as_table(figures))
    if not options.json:
        print(f"load of the machine: {os.getloadavg()[1]:.1f} on {os.cpu_count()} cores")
    return int(any(figure.is_missed for figure in figures))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.criteria", description=__doc__)
    parser.add_argument("--opportunities", type=int, default=20_000, help="how many to invent (%(default)s)")
    parser.add_argument(
        "--data-dir", type=Path, help="measure over this folder, filled by benchmarks.api.dataset before"
    )
    parser.add_argument("--users", type=int, default=120, help="who read at a time (%(default)s)")
    parser.add_argument("--seconds", type=float, default=60, help="for how long (%(default)s)")
    parser.add_argument(
        "--warm-up", type=float, default=40, help="seconds of reading before that (%(default)s)"
    )
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    return parser


def _of_the_api(users: int, seconds: float, *, warm_up_seconds: float) -> list[Figure]:
    variant = ours(cached=True)
    with running(variant.command, variant.path, variant.environment) as server:
        origin = f"http://{HOST}:{server.port}"
        # Others than those who count: what is kept ready fills up to its bound, which is no leak.
        _read(origin, users=users, seconds=warm_up_seconds, seed=2)
        run = _read(origin, users=users, seconds=seconds, seed=1)
        milliseconds = asyncio.run(_mean_read_milliseconds(origin))
        first = asyncio.run(_first_paint(origin))
    return [*_of_the_run(run), _of("an average query", "held its connection", milliseconds, "ms", 10), first]


def _read(origin: str, *, users: int, seconds: float, seed: int) -> Run:
    run = Run(
        Order(
            url=origin,
            users=users,
            duration_seconds=seconds,
            think_seconds=THINK_SECONDS,
            timeout_seconds=TIMEOUT_SECONDS,
            seed=seed,
        )
    )
    asyncio.run(perform(run))
    return run


def _of_the_run(run: Run) -> list[Figure]:
    whole = run.recording.whole()
    of = f"{run.order.users} readers, {run.seconds:.0f} s"
    points = [(at, size / 1e6) for at, size in run.memory.points]
    grown = memory_growth(run.memory.points)
    if grown is None:
        raise SystemExit("The run was too short to tell whether memory grows; take --seconds 30 or more.")
    return [
        _of(of, "p95 of an answer", whole.since_due.quantile(0.95) * 1000, "ms", 200),
        Figure(of=of, name="readers at a time", value=run.order.users, budget=100, rule="at least"),
        Figure(of=of, name="answered", value=whole.requests / run.seconds, unit="requests/s"),
        Figure(of=of, name="timeouts", value=whole.failures[TIMED_OUT], budget=0, rule="exactly"),
        Figure(of=of, name="failures", value=whole.failed, budget=0, rule="exactly"),
        _of(of, "memory gained, second quarter to last", 100 * grown, "%", 10),
        Figure(of=of, name="memory, slope once warm", value=round(slope(once_warm(points))), unit="kB/min"),
        Figure(of=of, name="memory, most", value=round(max(size for _, size in points)), unit="MB"),
    ]


async def _mean_read_milliseconds(origin: str) -> float:
    async with aiohttp.ClientSession() as session, session.get(f"{origin}/metrics") as answer:
        families = list(text_string_to_metric_families(await answer.text()))
    samples = {each.name: each.value for family in families for each in family.samples if not each.labels}
    return 1000 * samples[f"{_READS}_sum"] / samples[f"{_READS}_count"]


async def _first_paint(origin: str) -> Figure:
    async with opened_browser() as browser:
        seen = [await painted(browser, origin, "/", LOCAL) for _ in range(ROUNDS)]
    first = median(each.first for each in seen) / 1000
    return Figure(of="web app, start page", name="first contentful paint", value=first, unit="s", budget=1)


def _of_the_worker(figure: Figure) -> Figure:
    # Benchmarks of the queue hold it to less; this is what success needs.
    return Figure(of=figure.of, name=figure.name, value=figure.value, unit="s", budget=10)


def _of(of: str, name: str, value: float, unit: str, budget: float) -> Figure:
    return Figure(of=of, name=name, value=round(value, 1), unit=unit, budget=budget)


if __name__ == "__main__":
    sys.exit(main())
