"""``python -m benchmarks.queue``: measure, print, and exit 1 when a budget is missed."""

import argparse
import sys

from benchmarks.queue.backlog import measure_backlog
from benchmarks.queue.jobs import measure_jobs
from benchmarks.queue.memory import measure_memory
from benchmarks.queue.starting import measure_starts
from benchmarks.queue.tenders import measure_tenders
from benchmarks.scrape.figures import as_json, as_table
from benchmarks.scrape.surroundings import surroundings


def main() -> int:
    """Measure everything in one run; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.queue", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    parser.add_argument("--rounds", type=int, default=5, help="how often a worker is started (%(default)s)")
    parser.add_argument("--jobs", type=int, default=500, help="jobs without work (%(default)s)")
    parser.add_argument(
        "--memory-jobs", type=int, default=200, help="websites over which memory is watched (%(default)s)"
    )
    parser.add_argument("--backlog", type=int, default=20_000, help="websites that wait (%(default)s)")
    options = parser.parse_args()
    with surroundings() as around:
        figures = [
            *measure_jobs(around, options.jobs),
            *measure_starts(around, options.rounds),
            *measure_tenders(around),
            *measure_backlog(options.backlog),
        ]
    figures += measure_memory(options.memory_jobs)
    print(as_json(figures) if options.json else as_table(figures))
    return int(any(figure.is_missed for figure in figures))


if __name__ == "__main__":
    sys.exit(main())
