"""The memory of one worker: all jobs are first visits, and every website is visited twice.

The first time the caches of words fill, which are bounded. The second time brings nothing new to them, so
that what grows then is a leak.
"""

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
_FORGET = "TRUNCATE opportunity, page, host CASCADE"
_MOST_KILOBYTES_A_JOB = 10.0
_ENDED = "SELECT count(*) FROM scrape_job WHERE status NOT IN ('pending', 'running')"
_LOOK_SECONDS = 0.02

Sample = tuple[int, float]
"""Jobs done, and kilobytes resident."""


def measure_memory(jobs: int) -> list[Figure]:
    """Return the memory after every twenty jobs, and by how much a job makes it grow in the second half."""
    wishes = Wishes(jobs // 2, seed=1, today=now().date(), calm=True)
    fleet = build_fleet(wishes.websites, seed=wishes.seed, today=wishes.today, calm=True)
    samples: list[Sample] = []
    with (
        fleet_surroundings(wishes) as around,
        psycopg.connect(client_url(parse_url(around.database_url)), autocommit=True) as connection,
    ):
        prepare(around, fleet)
        with working(1, folder=around.folder, connection=connection) as [worker]:
            for visits in (1, 2):
                connection.execute(_FORGET)
                queue_all()
                samples += _samples(worker, connection, until=visits * len(fleet))
    warm = [sample for sample in samples if sample[0] >= len(fleet) + _EVERY]
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


def _samples(worker: Worker, connection: psycopg.Connection, *, until: int) -> Sequence[Sample]:
    samples: list[Sample] = []
    sampled = number(connection, _ENDED)
    while sampled < until:
        ended = number(connection, _ENDED)
        if ended // _EVERY > sampled // _EVERY or ended == until:
            sampled = ended
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
