"""The same fleet by one worker and by two, by turns: what a second worker is worth.

Websites, database and workers share the cores, so that a second worker can be worth no more than what they
leave. With ``--latency`` the websites take their time, as those of the world do: then workers wait more than
they compute, and two should do twice the work. With ``--latency 0`` they compute all the time, and the bound
that the cores set, from the processor time of a job, says what two can be worth at most. The ratio is judged
only where that bound allows it, and others on the machine left the cores that two workers want.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

import psycopg

from benchmarks.fleet.checking import Fault
from benchmarks.fleet.preparing import prepare, queue_all
from benchmarks.fleet.results import Cost
from benchmarks.fleet.rounds import run_round
from benchmarks.fleet.surroundings import Wishes, fleet_surroundings
from benchmarks.fleet.websites import build_fleet
from benchmarks.fleet.workers import working
from benchmarks.scrape.figures import Figure
from benchmarks.scrape.stored import forget_everything
from hoistscraper.clock import now
from hoistscraper.database.urls import client_url, parse_url

# By turns, so that what happens around hits both alike.
_TURNS = (1, 2, 2, 1)
_WANTED = 1.7
_CORES = os.cpu_count() or 1


@dataclass(frozen=True, slots=True)
class Run:
    """One run over the whole fleet."""

    jobs: int
    cost: Cost

    @property
    def a_minute(self) -> float:
        """Websites a minute."""
        return 60 * self.jobs / self.cost.seconds


def compare(wishes: Wishes, *, concurrency: int | None) -> tuple[list[Run], list[Fault]]:
    """Run the fleet once for each turn, each time from an empty database."""
    fleet = build_fleet(wishes.websites, seed=wishes.seed, today=wishes.today, calm=wishes.calm)
    runs: list[Run] = []
    faults: list[Fault] = []
    with (
        fleet_surroundings(wishes) as around,
        psycopg.connect(client_url(parse_url(around.database_url)), autocommit=True) as connection,
    ):
        for workers in _TURNS:
            forget_everything(around.database_url)
            around.begin_round(1)
            prepare(around, fleet)
            since = now()
            queue_all()
            with working(
                workers, folder=around.folder, connection=connection, concurrency=concurrency
            ) as running:
                _, cost, found = run_round(around, fleet, running, connection, visit=1, since=since)
            runs.append(Run(len(fleet), cost))
            faults += found
    return runs, faults


def figures_of_runs(runs: Sequence[Run], *, latency_seconds: float) -> list[Figure]:
    """Return each run, the ratio, and the bound that the cores set."""
    of = f"{runs[0].jobs} websites, {latency_seconds:g} s an answer"
    one = fmean(run.a_minute for run in runs if run.cost.workers == 1)
    two = fmean(run.a_minute for run in runs if run.cost.workers == 2)
    taken = _taken_by_one(runs)
    bound = min(2.0, _CORES / taken)
    left = max(0.0, _CORES - fmean(run.cost.other_seconds / run.cost.seconds for run in runs))
    is_allowed = bound >= _WANTED and left >= _WANTED * taken
    return [
        *(figure for place, run in enumerate(runs, 1) for figure in _of_a_run(f"{of}, run {place}", run)),
        Figure(of=of, name="cores taken with one worker", value=round(taken, 2)),
        Figure(of=of, name="cores left by others", value=round(left, 2)),
        Figure(of=of, name="bound that the cores set", value=bound, unit="x"),
        Figure(
            of=of,
            name="two workers / one",
            value=two / one,
            unit="x",
            budget=_WANTED if is_allowed else None,
            rule="at least",
        ),
    ]


def check_of(faults: Sequence[Fault]) -> Figure:
    """Return how much was wrong in all runs together."""
    return Figure(of="all runs", name="faults", value=len(faults), budget=0, rule="exactly")


def _of_a_run(of: str, run: Run) -> list[Figure]:
    cost = run.cost
    by_workers = [round(100 * seconds / cost.seconds) for seconds in cost.worker_seconds]
    others = round(100 * cost.other_seconds / cost.seconds)
    name = f"{cost.workers} workers" if cost.workers > 1 else "1 worker"
    return [
        Figure(of=of, name=name, value=round(run.a_minute), unit="websites/min"),
        Figure(of=of, name="busiest worker, share of a core", value=max(by_workers), unit="%"),
        Figure(of=of, name="others on the machine, share of a core", value=others, unit="%"),
    ]


def _taken_by_one(runs: Sequence[Run]) -> float:
    """Return how many cores one worker, its database and its websites take."""
    return fmean(_ours(run.cost) / run.cost.seconds for run in runs if run.cost.workers == 1)


def _ours(cost: Cost) -> float:
    return sum(cost.worker_seconds) + cost.site_seconds + cost.database_seconds
