"""``python -m benchmarks.fleet``: watch a fleet of local websites twice, print what came of it, judge it.

It exits 1 when a check fails. The pace is off (``HOIST_PACE_SECONDS=0``); every website is on loopback.
"""

import argparse
import sys
from collections import Counter

import psycopg

from benchmarks.fleet.checking import Fault
from benchmarks.fleet.preparing import prepare
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
    parser.add_argument("--websites", type=int, default=1_000, help="(%(default)s)")
    parser.add_argument("--workers", type=int, default=2, help="(%(default)s)")
    parser.add_argument("--concurrency", type=int, help="jobs at a time in each; HOIST_CONCURRENCY otherwise")
    parser.add_argument("--seed", type=int, default=1, help="another one makes other websites (%(default)s)")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    options = parser.parse_args()
    wishes = Wishes(options.websites, options.seed, now().date())
    figures = _two_rounds(wishes, workers=options.workers, concurrency=options.concurrency)
    print(as_json(figures) if options.json else as_table(figures))
    return int(any(figure.is_missed for figure in figures))


def _two_rounds(wishes: Wishes, *, workers: int, concurrency: int | None) -> list[Figure]:
    fleet = build_fleet(wishes.websites, seed=wishes.seed, today=wishes.today)
    figures: list[Figure] = []
    with (
        fleet_surroundings(wishes) as around,
        psycopg.connect(client_url(parse_url(around.database_url)), autocommit=True) as connection,
    ):
        prepare(around, fleet)
        with working(
            workers, folder=around.folder, connection=connection, concurrency=concurrency
        ) as running:
            for visit in (1, 2):
                if visit > 1:
                    around.next_round()
                over, cost, faults = run_round(around, fleet, running, connection, visit=visit)
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
