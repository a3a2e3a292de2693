"""``python -m benchmarks.scaling FILE``: workers, connections, disk and lag for a day of many websites.

FILE is what ``python -m benchmarks.fleet --json`` printed: its second round, in which most websites have not
changed, is taken for an ordinary visit. Nothing else is measured here; the settings are those by default.
"""

import argparse
import json
import sys
from pathlib import Path

from benchmarks.scaling.day import Manner, Visit, plan_day
from benchmarks.scrape.figures import Figure, as_json, as_table
from hoistscraper.settings import Settings

WEBSITES = (1_000, 10_000, 100_000, 1_000_000)
_ROUND = "round 2"


def main() -> int:
    """Reckon and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scaling", description=__doc__)
    parser.add_argument("file", type=Path, help="figures of a fleet, as JSON")
    parser.add_argument("--request-seconds", type=float, help="of a request; HOIST_PACE_SECONDS otherwise")
    parser.add_argument("--peak", type=float, default=3.0, help="busiest hour / mean hour (%(default)s)")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    options = parser.parse_args()
    settings = Settings()
    measured = {f["name"]: f["value"] for f in json.loads(options.file.read_text()) if f["of"] == _ROUND}
    visit = Visit(
        worker_seconds=measured["processor time a job: workers"],
        database_seconds=measured["processor time a job: database"],
        requests=measured["requests"] / measured["jobs"],
        transactions=measured["transactions a job"],
        wal_kilobytes=measured["write-ahead log a job"],
        grown_kilobytes=measured["database grown a job"],
    )
    manner = Manner(
        request_seconds=(
            settings.pace_seconds if options.request_seconds is None else options.request_seconds
        ),
        concurrency=settings.concurrency,
        peak=options.peak,
    )
    connections = measured["most connections to the database"] / 2  # of two workers
    figures = [figure for count in WEBSITES for figure in _plan(count, visit, manner, connections)]
    print(as_json(figures) if options.json else as_table(figures))
    return 0


def _plan(websites: int, visit: Visit, manner: Manner, connections: float) -> list[Figure]:
    day = plan_day(websites, visit, manner)
    of = f"{websites:,} a day"
    a_second = websites / 86_400 * manner.peak
    named = (
        ("workers", day.workers, ""),
        ("busy share of the day", 100 * day.busy_share, "%"),
        ("longest lag", day.lag_minutes, "min"),
        ("connections to the database", day.workers * connections, ""),
        ("cores of workers, busiest hour", a_second * visit.worker_seconds, ""),
        ("cores of the database, busiest hour", a_second * visit.database_seconds, ""),
        ("jobs a second, busiest hour", a_second, ""),
        ("transactions a second, busiest hour", a_second * visit.transactions, ""),
        ("disk a day", websites * visit.grown_kilobytes / 1e6, "GB"),
        ("write-ahead log a day", websites * visit.wal_kilobytes / 1e6, "GB"),
    )
    return [Figure(of=of, name=name, value=round(value, 2), unit=unit) for name, value, unit in named]


if __name__ == "__main__":
    sys.exit(main())
