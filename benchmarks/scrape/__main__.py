"""``python -m benchmarks.scrape``: measure, print, and exit 1 when a budget is missed."""

import argparse
import asyncio
import sys
from collections.abc import Sequence
from statistics import median

from benchmarks.scrape.figures import Figure, as_json, as_table
from benchmarks.scrape.limit import fetch_bare
from benchmarks.scrape.running import Visit, first_and_second_visits
from benchmarks.scrape.surroundings import Surroundings, surroundings
from benchmarks.scrape.tenders import TENDERS
from benchmarks.scrape.whole import Run, Runs, run_by_turns

ROUNDS = 5


def main() -> int:
    """Measure everything in one run; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scrape", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="how often each is measured (%(default)s)")
    options = parser.parse_args()
    try:
        with surroundings() as around:
            figures = _measure(around, options.rounds)
    except KeyboardInterrupt:
        sys.stderr.write("Stopped.\n")
        return 130
    print(as_json(figures) if options.json else as_table(figures))
    return int(any(figure.is_missed for figure in figures))


def _measure(around: Surroundings, rounds: int) -> list[Figure]:
    limit = median(asyncio.run(fetch_bare(around.origin)) for _ in range(2 * rounds))
    firsts, seconds = asyncio.run(first_and_second_visits(around, rounds))
    runs = run_by_turns(around, rounds)
    return [*_of_the_job(firsts, limit), *_of_the_second_visit(seconds), *_of_whole_processes(runs)]


def _of_the_job(visits: Sequence[Visit], limit: float) -> list[Figure]:
    of = "job in a running process"
    seconds = median(visit.seconds for visit in visits)
    found, noise = min(visit.saved for visit in visits), max(visit.noise for visit in visits)
    return [
        Figure(of=of, name="time", value=seconds, unit="s", budget=0.4),
        Figure(of=of, name="time of the first one", value=visits[0].seconds, unit="s"),
        Figure(of=of, name=f"found of {TENDERS}", value=found, budget=TENDERS, rule="exactly"),
        Figure(of=of, name="noise", value=noise, budget=0, rule="exactly"),
        Figure(of=of, name="requests", value=max(visit.requests for visit in visits)),
        Figure(of="bare fetch of the 21 pages", name="time (the limit)", value=limit, unit="s"),
        Figure(of=of, name="time / limit", value=seconds / limit, unit="x"),
    ]


def _of_the_second_visit(visits: Sequence[Visit]) -> list[Figure]:
    of = "second visit"
    requests, written = max(visit.requests for visit in visits), max(visit.rows_written for visit in visits)
    return [
        Figure(of=of, name="time", value=median(visit.seconds for visit in visits), unit="s"),
        Figure(of=of, name="requests", value=requests, budget=1, rule="exactly"),
        Figure(of=of, name="writes of opportunities", value=written, budget=0, rule="exactly"),
    ]


def _of_whole_processes(runs: Runs) -> list[Figure]:
    """Hold ours against the peer, which writes a file: the same work is ours without the database."""
    peer, same, kept = (_middle(each) for each in (runs.peer, runs.showing, runs.saving))
    showing, saving = "scrape --json --no-save", "scrape --json, which keeps it, too"
    against = "ours / Scrapy"
    return [
        *_of_a_process("Scrapy with a hand-written spider", peer),
        *_of_a_process(showing, same),
        Figure(of=showing, name=against, value=same.seconds / peer.seconds, unit="x", budget=1),
        *_of_a_process(saving, kept),
        Figure(of=saving, name=against, value=kept.seconds / peer.seconds, unit="x"),
    ]


def _of_a_process(of: str, run: Run) -> list[Figure]:
    return [
        Figure(of=of, name="time of the whole process", value=run.seconds, unit="s"),
        Figure(of=of, name="processor time", value=run.cpu_seconds, unit="s"),
    ]


def _middle(runs: Sequence[Run]) -> Run:
    return Run(median(run.seconds for run in runs), median(run.cpu_seconds for run in runs))


if __name__ == "__main__":
    sys.exit(main())
