"""``python -m benchmarks.soak``: an hour of readers and of websites that change, on one machine.

A server, two workers, their database; users who read as people do; a fleet of local websites that is scraped
again and again, each time with other deadlines, new calls and calls that are gone. Exit code 1: a request
failed or timed out, a job was left behind, or the memory of a process grew.
"""

import argparse
import asyncio
import os
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack

import psycopg

from benchmarks.api.running import HOST, Server, running
from benchmarks.api.soak import Soaked
from benchmarks.fleet.preparing import prepare, queue_all
from benchmarks.fleet.processes import parent_of
from benchmarks.fleet.surroundings import FleetSurroundings, Wishes, fleet_surroundings
from benchmarks.fleet.websites import build_fleet
from benchmarks.fleet.workers import Worker, working
from benchmarks.scrape.figures import Figure, as_table
from benchmarks.scrape.surroundings import command_line
from benchmarks.soak.disk import growth_in_words, read_sizes
from benchmarks.soak.memory import MOST_GROWTH, Memory, database_megabytes, rise
from hoistscraper.clock import now
from hoistscraper.database.urls import client_url, parse_url
from hoistscraper.loadtest.run import Order, Run, perform

_DATABASE = "database"
_LOOK_SECONDS = 10
_TIMEOUT_SECONDS = 10
_THINK_SECONDS = 1.0
_PATIENCE_SECONDS = 180
_CACHE_MEGABYTES = 8
"""Little, so that ready answers fill their room at the beginning, and growth after it is something else."""
_READY = "/api/health/ready"
_ENDINGS = "SELECT status, count(*) FROM scrape_job GROUP BY status ORDER BY status"
_UNFINISHED = "SELECT count(*) FROM scrape_job WHERE status IN ('pending', 'running')"


def main() -> int:
    """Run it, print what came of it, and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=60, help="(%(default)s)")
    parser.add_argument("--users", type=int, default=100, help="(%(default)s)")
    parser.add_argument("--websites", type=int, default=200, help="(%(default)s)")
    parser.add_argument("--workers", type=int, default=2, help="(%(default)s)")
    parser.add_argument(
        "--every",
        type=float,
        default=60,
        help="seconds between rounds of all websites (%(default)s)",
    )
    options = parser.parse_args()
    wishes = Wishes(options.websites, 1, now().date())
    fleet = build_fleet(wishes.websites, seed=wishes.seed, today=wishes.today)
    with ExitStack() as stack:
        around = stack.enter_context(fleet_surroundings(wishes))
        connection = stack.enter_context(
            psycopg.connect(client_url(parse_url(around.database_url)), autocommit=True)
        )
        prepare(around, fleet)
        os.environ["HOIST_CACHE_MEGABYTES"] = str(_CACHE_MEGABYTES)
        serve = [*command_line(), "serve", "--api-only", "--port"]
        server = stack.enter_context(running(serve, _READY, os.environ))
        workers = stack.enter_context(working(options.workers, folder=around.folder, connection=connection))
        queue_all()
        _until_done(connection)
        before = read_sizes(connection)
        memory = Memory(_looks(server, workers, connection))
        rounds = _Rounds(around, connection, every_seconds=options.every)
        order = Order(
            url=f"http://{HOST}:{server.port}",
            users=options.users,
            duration_seconds=options.minutes * 60,
            think_seconds=_THINK_SECONDS,
            timeout_seconds=_TIMEOUT_SECONDS,
        )
        soaked = asyncio.run(_soak(order, memory, rounds))
        left_behind = _until_done(connection)
        endings: dict[str, int] = dict(connection.execute(_ENDINGS).fetchall())
        after = read_sizes(connection)
    print(soaked.in_words())
    print(f"Jobs by their end: {endings}, in {rounds.number} rounds")
    print("What grew on the disk:")
    print(growth_in_words(before, after, jobs=sum(endings.values())))
    figures = _figures(soaked, memory, left_behind)
    print(as_table(figures))
    return int(any(figure.is_missed for figure in figures))


class _Rounds:
    """Asks for all websites again and again, each time as they are at another time."""

    def __init__(
        self, around: FleetSurroundings, connection: psycopg.Connection, *, every_seconds: float
    ) -> None:
        self._around, self._connection, self._every_seconds = around, connection, every_seconds
        self._over = threading.Event()
        self.number = 1

    def go_on(self) -> None:
        """Begin rounds until it is over; one that is not done delays the next."""
        while not self._over.wait(self._every_seconds):
            if _unfinished(self._connection):
                continue
            self.number += 1
            self._around.begin_round(2 - self.number % 2)
            queue_all()

    def end(self) -> None:
        """Begin no other one."""
        self._over.set()


async def _soak(order: Order, memory: Memory, rounds: _Rounds) -> Soaked:
    run = Run(order)
    # What fails here ends the whole: an hour in which nobody looked is worth nothing.
    async with asyncio.TaskGroup() as group:
        turning = group.create_task(asyncio.to_thread(rounds.go_on))
        looking = group.create_task(_look(memory))
        try:
            await perform(run)
        finally:
            rounds.end()
            looking.cancel()
            await turning
    return Soaked(run, memory.series["server"])


async def _look(memory: Memory) -> None:
    began = time.monotonic()
    while True:
        passed = time.monotonic() - began
        print(f"{passed:6.0f} s  {memory.look(passed)}", flush=True)
        await asyncio.sleep(_LOOK_SECONDS)


def _looks(
    server: Server, workers: Sequence[Worker], connection: psycopg.Connection
) -> dict[str, Callable[[], float]]:
    database = parent_of(connection.info.backend_pid)
    return {
        "server": lambda: server.memory_megabytes,
        **{f"worker {number}": _look_at(worker) for number, worker in enumerate(workers, start=1)},
        _DATABASE: lambda: database_megabytes(database),
    }


def _look_at(worker: Worker) -> Callable[[], float]:
    return lambda: worker.resident_megabytes


def _unfinished(connection: psycopg.Connection) -> int:
    row = connection.execute(_UNFINISHED).fetchone()
    assert row
    return int(row[0])


def _until_done(connection: psycopg.Connection) -> int:
    """Wait until no job waits or runs; return how many still do when patience ends."""
    until = time.monotonic() + _PATIENCE_SECONDS
    while (unfinished := _unfinished(connection)) and time.monotonic() < until:
        time.sleep(0.5)
    return unfinished


def _figures(soaked: Soaked, memory: Memory, left_behind: int) -> list[Figure]:
    whole = soaked.run.recording.whole()
    return [
        Figure(of="readers", name="requests", value=whole.requests),
        Figure(of="readers", name="failed, timeouts included", value=whole.failed, budget=0, rule="exactly"),
        Figure(of="readers", name="p95", value=soaked.p95_of(0, 1) / 1000, unit="s", budget=0.2),
        Figure(of="jobs", name="left behind", value=left_behind, budget=0, rule="exactly"),
        *(
            Figure(
                of=name,
                name=f"memory gained in the second half, of {points[-1][1]:.0f} MB",
                value=round(memory.growth(name) * 100, 2),
                unit="%",
                budget=MOST_GROWTH * 100,
            )
            for name, points in memory.series.items()
        ),
        Figure(
            of=_DATABASE,
            name="its most memory in the second half over its most in the first",
            value=round(rise(memory.series[_DATABASE]) * 100, 2),
            unit="%",
        ),
    ]


if __name__ == "__main__":
    sys.exit(main())
