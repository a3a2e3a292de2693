"""A round in figures: checks first, then speed, by shape and in all."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median, quantiles

from benchmarks.fleet.checking import Fault, Kind, Round
from benchmarks.fleet.shapes import Shape
from benchmarks.scrape.figures import Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What a round took: processor time by whom, memory, and work of the database."""

    workers: int
    seconds: float
    worker_seconds: Sequence[float]
    worker_megabytes: Sequence[float]
    site_seconds: float
    database_seconds: float
    machine_seconds: float
    transactions: int
    wal_bytes: int
    grown_bytes: int

    @property
    def other_seconds(self) -> float:
        """Processor time of everything else on the machine."""
        return self.machine_seconds - sum(self.worker_seconds) - self.site_seconds - self.database_seconds


def figures_of(over: Round, cost: Cost, faults: Sequence[Fault]) -> list[Figure]:
    """Return all figures of a round."""
    of = f"round {over.visit}"
    return [*_checks(of, faults), *_work(of, over), *_costs(of, over, cost), *_durations(of, over)]


def _checks(of: str, faults: Sequence[Fault]) -> list[Figure]:
    return [
        Figure(of=of, name=kind.value, value=sum(f.kind is kind for f in faults), budget=0, rule="exactly")
        for kind in Kind
    ]


def _work(of: str, over: Round) -> list[Figure]:
    jobs = [job for jobs in over.books.jobs.values() for job in jobs]
    listed = sum(call.is_listed for calls in over.books.calls.values() for call in calls)
    received = round(sum(job.bytes_received for job in jobs) / 1e6, 2)
    return [
        Figure(of=of, name="jobs", value=len(jobs)),
        Figure(of=of, name="attempts", value=sum(job.attempt for job in jobs)),
        Figure(of=of, name="calls listed", value=listed),
        Figure(of=of, name="revisions", value=len(over.books.revisions)),
        Figure(of=of, name="requests", value=sum(job.requests for job in jobs)),
        Figure(of=of, name="answered 304", value=sum(job.not_modified for job in jobs)),
        Figure(of=of, name="received", value=received, unit="MB"),
        Figure(of=of, name="most jobs at one time", value=over.watched.most_running),
        Figure(of=of, name="most connections to the database", value=over.watched.most_connections),
        Figure(
            of=of,
            name="most requests to one host at one time",
            value=max(counts.most_at_once for counts in over.counts.values()),
            budget=4,
        ),
    ]


def _costs(of: str, over: Round, cost: Cost) -> list[Figure]:
    jobs = len(over.fleet)
    by_worker = sum(cost.worker_seconds)
    return [
        Figure(
            of=of, name=f"{cost.workers} workers", value=round(60 * jobs / cost.seconds), unit="websites/min"
        ),
        Figure(of=of, name="from the first begin to the last end", value=cost.seconds, unit="s"),
        Figure(of=of, name="processor time a job: workers", value=by_worker / jobs, unit="s"),
        Figure(of=of, name="processor time a job: database", value=cost.database_seconds / jobs, unit="s"),
        Figure(of=of, name="processor time a job: websites", value=cost.site_seconds / jobs, unit="s"),
        Figure(of=of, name="processor time of others", value=cost.other_seconds, unit="s"),
        Figure(of=of, name="memory of a worker, most", value=round(max(cost.worker_megabytes)), unit="MB"),
        Figure(of=of, name="transactions a job", value=round(cost.transactions / jobs, 1)),
        Figure(of=of, name="write-ahead log a job", value=round(cost.wal_bytes / jobs / 1e3, 1), unit="kB"),
        Figure(of=of, name="database grown a job", value=round(cost.grown_bytes / jobs / 1e3, 1), unit="kB"),
    ]


def _durations(of: str, over: Round) -> list[Figure]:
    figures = []
    for shape in (*Shape, None):
        seconds = sorted(
            job.seconds
            for website in over.fleet
            if shape in (website.shape, None)
            for job in over.books.jobs.get(over.url_of(website), ())
        )
        if seconds:
            name = f"{of}, {len(seconds)} x {shape or 'all shapes'}"
            figures.append(Figure(of=name, name="job, p50", value=median(seconds), unit="s"))
            figures.append(Figure(of=name, name="job, p95", value=_p95(seconds), unit="s"))
    return figures


def _p95(values: Sequence[float]) -> float:
    return quantiles(values, n=20, method="inclusive")[-1] if len(values) > 1 else values[0]
