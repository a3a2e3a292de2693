"""One round: ask for every website, wait for the workers, look at what came of it and what it took."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import psycopg

from benchmarks.fleet.books import number, read_books
from benchmarks.fleet.checking import Fault, Round, faults_of
from benchmarks.fleet.preparing import queue_all
from benchmarks.fleet.processes import family_seconds, machine_seconds, parent_of, processor_seconds
from benchmarks.fleet.results import Cost
from benchmarks.fleet.surroundings import FleetSurroundings
from benchmarks.fleet.watching import watch_until_done
from benchmarks.fleet.websites import FleetWebsite
from benchmarks.fleet.workers import Worker

# Sessions hand on their counts once a second at most.
_COUNTS_ARRIVE_SECONDS = 1.5
_TRANSACTIONS = "SELECT xact_commit + xact_rollback FROM pg_stat_database WHERE datname = current_database()"
_WAL = "SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint"
_SIZE = "SELECT pg_database_size(current_database())"


@dataclass(frozen=True, slots=True)
class _Reading:
    """The counters at one moment."""

    workers: Sequence[float]
    site: float
    database: float
    machine: float
    transactions: int
    wal: int
    size: int


def run_round(
    around: FleetSurroundings,
    fleet: Sequence[FleetWebsite],
    workers: Sequence[Worker],
    connection: psycopg.Connection,
    *,
    visit: int,
    since: datetime,
) -> tuple[Round, Cost, list[Fault]]:
    """Watch a round to its end and judge it; ``since`` is when its jobs were asked for."""
    before = _read(around, workers, connection)
    if visit > 1:
        queue_all()
    watched = watch_until_done(connection)
    time.sleep(_COUNTS_ARRIVE_SECONDS)
    after = _read(around, workers, connection)
    over = Round(fleet, around.url_of, visit, read_books(connection, since=since), watched, around.counts())
    return over, _cost(over, before, after, workers), faults_of(over)


def _read(around: FleetSurroundings, workers: Sequence[Worker], connection: psycopg.Connection) -> _Reading:
    server = parent_of(connection.info.backend_pid)
    return _Reading(
        workers=[worker.processor_seconds for worker in workers],
        site=processor_seconds(around.site_pid),
        database=family_seconds(server),
        machine=machine_seconds(),
        transactions=number(connection, _TRANSACTIONS),
        wal=number(connection, _WAL),
        size=number(connection, _SIZE),
    )


def _cost(over: Round, before: _Reading, after: _Reading, workers: Sequence[Worker]) -> Cost:
    jobs = [job for jobs in over.books.jobs.values() for job in jobs]
    began = min(job.started_at for job in jobs if job.started_at)
    ended = max(job.finished_at for job in jobs if job.finished_at)
    return Cost(
        workers=len(workers),
        seconds=(ended - began).total_seconds(),
        worker_seconds=[late - early for early, late in zip(before.workers, after.workers, strict=True)],
        worker_megabytes=[worker.peak_megabytes for worker in workers],
        site_seconds=after.site - before.site,
        database_seconds=after.database - before.database,
        machine_seconds=after.machine - before.machine,
        # Our own looks at the jobs are transactions, too.
        transactions=after.transactions - before.transactions - over.watched.looks,
        wal_bytes=after.wal - before.wal,
        grown_bytes=after.size - before.size,
    )
