"""What workers did, counted: kept in memory between two heartbeats, then added to the database's totals.

The totals of all workers of all machines, those that have ended included, are therefore told by every process
of the API alike. A worker that is killed takes a heartbeat's counts with it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate

from prometheus_client.core import CounterMetricFamily, HistogramMetricFamily, Metric

from hoistscraper.extraction.candidate import Candidate
from hoistscraper.extraction.proof import FIELDS
from hoistscraper.features import FEATURES
from hoistscraper.scraping.report import Change, Outcome, ScrapeReport
from hoistscraper.settings import Settings

Key = tuple[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Total:
    """A figure that only grows; for ``known`` values of its only label it is there before it happens."""

    name: str
    meaning: str
    labels: tuple[str, ...] = ()
    known: tuple[str, ...] = ()


JOBS = Total(
    "jobs_ended",
    "Attempts at scrape jobs, by how they ended.",
    ("outcome",),
    ("completed", "failed", "cancelled", "retried", "halted"),
)
JOB_ERRORS = Total("job_errors", "Attempts at scrape jobs that failed, by why.", ("error_kind",))
PAGES = Total(
    "pages",
    "Pages, by how they were had.",
    ("way",),
    ("http", "not_modified", "browser", "refused", "failed"),
)
BYTES_RECEIVED = Total("bytes_received", "Bytes that websites sent.")
BYTES_SAVED = Total("bytes_saved", "Bytes that websites need not send again.")
CALLS = Total(
    "calls",
    "Calls that visits met, by what they were to us.",
    ("change",),
    (*(change.value for change in Change), "no_longer_listed"),
)
CALLS_READ = Total("calls_read", "Calls that were read.")
VALUES = Total(
    "values", "Values of calls that were read, by field and by how they were found.", ("field", "method")
)
VALUES_DROPPED = Total(
    "values_dropped",
    "Values that were read and left out, as their quotes do not prove them.",
    ("field",),
    FIELDS,
)
BROWSER_STARTS = Total("browser_starts", "How often the browser was started.")
FEATURE_JOBS = Total(
    "feature_jobs", "Attempts at scrape jobs with a feature on and off.", ("feature", "cohort", "outcome")
)
FEATURE_SECONDS = Total(
    "feature_job_seconds", "Time of attempts with a feature on and off.", ("feature", "cohort")
)
FEATURE_REQUESTS = Total(
    "feature_job_requests", "Requests of attempts with a feature on and off.", ("feature", "cohort")
)
TOTALS = (
    JOBS, JOB_ERRORS, PAGES, BYTES_RECEIVED, BYTES_SAVED, CALLS, CALLS_READ, VALUES, VALUES_DROPPED,
    BROWSER_STARTS, FEATURE_JOBS, FEATURE_SECONDS, FEATURE_REQUESTS,
)  # fmt: skip

JOB_SECONDS = Total("job_duration_seconds", "Time from the beginning of an attempt to its end.", ("part",))
BOUNDS_SECONDS = (0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0, 1800.0)
_OF_WEBSITES = tuple(
    name for name in FEATURES if name not in ("response_cache", "compression", "search_chooser")
)
_SUM = "sum"


class Totals:
    """What was counted since it was taken last."""

    def __init__(self) -> None:
        self._counts: Counter[Key] = Counter()

    def add(self, total: Total, *labels: str, by: float = 1) -> None:
        """Count something."""
        if by:
            self._counts[total.name, labels] += by  # type: ignore[assignment]

    def attempt(
        self, website: str, settings: Settings, outcome: Outcome, report: ScrapeReport, *, ended: str
    ) -> None:
        """Count an attempt at a job; ``ended`` says how: as the job's status, ``retried`` or ``halted``."""
        self.ended(ended, outcome.error_kind)
        self._took(outcome.elapsed_seconds)
        blocked = sum(outcome.pages_blocked.values())
        self.add(PAGES, "http", by=outcome.requests - outcome.not_modified)
        self.add(PAGES, "not_modified", by=outcome.not_modified)
        self.add(PAGES, "refused", by=blocked)
        self.add(PAGES, "failed", by=outcome.pages_failed)
        self.add(BYTES_RECEIVED, by=outcome.bytes_received)
        self.add(BYTES_SAVED, by=outcome.bytes_saved)
        for call in report.calls:
            self.add(CALLS, call.change.value)
            if call.candidate is not None and call.change is not Change.HELD:
                self._read(call.candidate)
        self.add(CALLS, "no_longer_listed", by=report.no_longer_listed)
        for field, times in outcome.dropped.items():
            self.add(VALUES_DROPPED, field, by=times)
        for feature in _OF_WEBSITES:
            is_on = getattr(settings, f"features_{feature}").includes(website)
            cohort = "on" if is_on else "off"
            self.add(FEATURE_JOBS, feature, cohort, ended)
            self.add(FEATURE_SECONDS, feature, cohort, by=outcome.elapsed_seconds)
            self.add(FEATURE_REQUESTS, feature, cohort, by=outcome.requests)

    def ended(self, ended: str, error_kind: str | None) -> None:
        """Count how an attempt ended, and why if it failed."""
        self.add(JOBS, ended)
        if error_kind:
            self.add(JOB_ERRORS, error_kind)

    def _took(self, seconds: float) -> None:
        bound = next((str(bound) for bound in BOUNDS_SECONDS if seconds <= bound), "+Inf")
        self.add(JOB_SECONDS, bound)
        self.add(JOB_SECONDS, _SUM, by=seconds)

    def _read(self, candidate: Candidate) -> None:
        self.add(CALLS_READ)
        for field, proof in candidate.evidence.items():
            self.add(VALUES, field, proof.method.partition(":")[0])

    def take(self) -> Mapping[Key, float]:
        """Return what was counted, and begin anew."""
        taken, self._counts = self._counts, Counter()
        return taken

    def give_back(self, taken: Mapping[Key, float]) -> None:
        """Count again what could not be told."""
        self._counts.update(taken)


def families(rows: Iterable[tuple[str, list[str], float]]) -> Iterator[Metric]:
    """Return the totals for Prometheus, each at 0 at least where it has no labels."""
    known: dict[str, list[tuple[list[str], float]]] = {}
    for name, labels, value in rows:
        known.setdefault(name, []).append((labels, value))
    for total in TOTALS:
        family = CounterMetricFamily(f"hoistscraper_{total.name}", total.meaning, labels=total.labels)
        beginnings: list[tuple[str, ...]] = [(label,) for label in total.known] if total.labels else [()]
        values = dict.fromkeys(beginnings, 0.0)
        for labels, value in known.get(total.name, ()):
            if len(labels) == len(total.labels):  # another release may have counted by others
                values[tuple(labels)] = value
        for told, value in values.items():
            family.add_metric(told, value)
        yield family
    yield _durations({labels[0]: value for labels, value in known.get(JOB_SECONDS.name, ())})


def _durations(parts: Mapping[str, float]) -> Metric:
    bounds = [*map(str, BOUNDS_SECONDS), "+Inf"]
    counts = accumulate(parts.get(bound, 0.0) for bound in bounds)
    family = HistogramMetricFamily(f"hoistscraper_{JOB_SECONDS.name}", JOB_SECONDS.meaning)
    family.add_metric([], list(zip(bounds, counts, strict=True)), sum_value=parts.get(_SUM, 0.0))
    return family
