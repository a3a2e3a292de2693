"""``python -m benchmarks.fleet``: watch a fleet of local websites twice, print what came of it, judge it.

It exits 1 when a check fails. The pace is off (``HOIST_PACE_SECONDS=0``); every website is on loopback.
"""

import argparse
import sys
from collections import Counter

import psycopg

from benchmarks.fleet.checking import Fault
from benchmarks.fleet.comparing import check_of, compare, figures_of_runs
from benchmarks.fleet.preparing import prepare, queue_all
from benchmarks.fleet.results import figures_of
from benchmarks.fleet.rounds import run_round
from benchmarks.fleet.surroundings import Wishes, fleet_surroundings
from benchmarks.fleet.websites import build_fleet
from benchmarks.fleet.workers import working
from benchmarks.scrape.figures import Figure, as_json, as_table
from hoistscraper.clock import now
from hoistscraper.database.urls import client_url, parse_url

_MOST_NAMED = 5


def main() -> int:
    """Run two rounds, or compare one worker with two; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fleet", description=__doc__)
    parser.add_argument("--websites", type=int, help="1000, or 200 to compare")
    parser.add_argument("--workers", type=int, default=2, help="(%(default)s)")
    parser.add_argument("--concurrency", type=int, help="jobs at a time in each; HOIST_CONCURRENCY otherwise")
    parser.add_argument("--seed", type=int, default=1, help="another one makes other websites (%(default)s)")
    parser.add_argument("--compare", action="store_true", help="one worker against two, by turns")
    parser.add_argument(
        "--latency", type=float, default=0.5, help="seconds of each answer while comparing (%(default)s)"
    )
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    options = parser.parse_args()
    today = now().date()
    if options.compare:
        wishes = Wishes(options.websites or 200, options.seed, today, options.latency, calm=True)
        figures = _compare(wishes, concurrency=options.concurrency)
    else:
        wishes = Wishes(options.websites or 1_000, options.seed, today)
        figures = _two_rounds(wishes, workers=options.workers, concurrency=options.concurrency)
    print(as_json(figures) if options.json else as_table(figures))
    return int(any(figure.is_missed for figure in figures))


def _compare(wishes: Wishes, *, concurrency: int | None) -> list[Figure]:
    runs, faults = compare(wishes, concurrency=concurrency)
    _tell(faults)
    return [*figures_of_runs(runs, latency_seconds=wishes.latency_seconds), check_of(faults)]


def _two_rounds(wishes: Wishes, *, workers: int, concurrency: int | None) -> list[Figure]:
    fleet = build_fleet(wishes.websites, seed=wishes.seed, today=wishes.today)
    figures: list[Figure] = []
    with (
        fleet_surroundings(wishes) as around,
        psycopg.connect(client_url(parse_url(around.database_url)), autocommit=True) as connection,
    ):
        prepare(around, fleet)
        since = now()
        # Asked for twice while nobody works: who waits already must not get a second job.
        queue_all()
        queue_all()
        with working(
            workers, folder=around.folder, connection=connection, concurrency=concurrency
        ) as running:
            for visit in (1, 2):
                if visit > 1:
                    around.begin_round(visit)
                    since = now()
                over, cost, faults = run_round(around, fleet, running, connection, visit=visit, since=since)
                _tell(faults)
                figures += figures_of(over, cost, faults)
    return figures


def _tell(faults: list[Fault]) -> None:
    told: Counter[str] = Counter()
    for fault in faults:
        told[fault.kind] += 1
        if told[fault.kind] <= _MOST_NAMED:
            print(f"{fault.kind}: {fault.sentence}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
