"""The memory of one worker, over many websites that it visits for the first time."""

import time
from collections.abc import Sequence

import psycopg

from benchmarks.fleet.books import number
from benchmarks.fleet.preparing import prepare, queue_all
from benchmarks.fleet.surroundings import Wishes, fleet_surroundings
from benchmarks.fleet.websites import build_fleet
from benchmarks.fleet.workers import Worker, working
from benchmarks.scrape.figures import Figure
from hoistscraper.clock import now
from hoistscraper.database.urls import client_url, parse_url

OF = "memory of a worker"
_EVERY = 20
_WARM_AFTER = 0.4
"""The share of the jobs after which caches are full and libraries loaded."""

_MOST_KILOBYTES_A_JOB = 40.0
_ENDED = "SELECT count(*) FROM scrape_job WHERE status NOT IN ('pending', 'running')"
_LOOK_SECONDS = 0.02

Sample = tuple[int, float]
"""Jobs done, and kilobytes resident."""


def measure_memory(jobs: int) -> list[Figure]:
    """Return the memory after every twenty jobs, and by how much a job makes it grow in the long run."""
    wishes = Wishes(jobs, seed=1, today=now().date(), calm=True)
    fleet = build_fleet(jobs, seed=wishes.seed, today=wishes.today, calm=True)
    with (
        fleet_surroundings(wishes) as around,
        psycopg.connect(client_url(parse_url(around.database_url)), autocommit=True) as connection,
    ):
        prepare(around, fleet)
        queue_all()
        with working(1, folder=around.folder, connection=connection) as [worker]:
            samples = list(_samples(worker, connection, jobs))
    warm = [sample for sample in samples if sample[0] >= _WARM_AFTER * jobs]
    return [
        *(Figure(of=OF, name=f"after {n} jobs", value=round(kb / 1_024, 1), unit="MB") for n, kb in samples),
        Figure(
            of=OF,
            name=f"growth after {warm[0][0]} jobs",
            value=round(_slope(warm), 1),
            unit="kB/job",
            budget=_MOST_KILOBYTES_A_JOB,
        ),
    ]


def _samples(worker: Worker, connection: psycopg.Connection, jobs: int) -> Sequence[Sample]:
    samples: list[Sample] = []
    while not samples or samples[-1][0] < jobs:
        ended = number(connection, _ENDED)
        if ended >= (samples[-1][0] + _EVERY if samples else _EVERY) or ended == jobs:
            samples.append((ended, worker.resident_megabytes * 1_024))
        assert worker.is_running, worker.log.read_text()
        time.sleep(_LOOK_SECONDS)
    return samples


def _slope(samples: Sequence[Sample]) -> float:
    """Return the straight line's that fits best (least squares)."""
    middle = sum(jobs for jobs, _ in samples) / len(samples)
    level = sum(size for _, size in samples) / len(samples)
    return sum((jobs - middle) * (size - level) for jobs, size in samples) / sum(
        (jobs - middle) ** 2 for jobs, _ in samples
    )
