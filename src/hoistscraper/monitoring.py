"""Figures of this process for whoever watches it, in the form that Prometheus reads."""

from collections.abc import Callable, Iterable, Sequence
from time import perf_counter

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.registry import Collector

# When a figure was first counted tells nobody anything.
disable_created_metrics()

MEDIA_TYPE = CONTENT_TYPE_PLAIN_0_0_4

# From a ready answer to the longest statement that is let run.
_BUCKETS_SECONDS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"})


class Measures(Collector):
    """What is counted while it happens, and what others are asked for when somebody looks."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._sources: list[Callable[[], Iterable[Metric]]] = []
        self._requests = Counter(
            "hoistscraper_http_requests_total",
            "Requests by method, route and status.",
            ("method", "route", "status"),
            registry=self._registry,
        )
        self._durations = Histogram(
            "hoistscraper_http_request_duration_seconds",
            "Time from a request to the beginning of its answer.",
            ("method", "route"),
            buckets=_BUCKETS_SECONDS,
            registry=self._registry,
        )
        self._waits = Histogram(
            "hoistscraper_database_wait_seconds",
            "Time that a read waited for a connection.",
            buckets=_BUCKETS_SECONDS,
            registry=self._registry,
        )
        self._reads = Histogram(
            "hoistscraper_database_read_seconds",
            "Time that a read held its connection.",
            buckets=_BUCKETS_SECONDS,
            registry=self._registry,
        )
        # Looking a child up by its labels takes longer than counting.
        self._known: dict[tuple[str, str, int], tuple[Counter, Histogram]] = {}
        ProcessCollector(namespace="hoistscraper", registry=self._registry)
        self._registry.register(self)

    def answered(self, method: str, route: str, status: int, *, since: float) -> None:
        """Count a request that began at ``since`` (``perf_counter``)."""
        key = (method, route, status)
        counted = self._known.get(key)
        if counted is None:
            named = method if method in _METHODS else "other"
            counted = self._known[key] = (
                self._requests.labels(named, route, str(status)),
                self._durations.labels(named, route),
            )
        counted[0].inc()
        counted[1].observe(perf_counter() - since)

    def read(self, waited_seconds: float, held_seconds: float) -> None:
        """Count a read of the database."""
        self._waits.observe(waited_seconds)
        self._reads.observe(held_seconds)

    def watch(self, source: Callable[[], Iterable[Metric]]) -> None:
        """Ask a source, too, whenever somebody looks; it must answer at once."""
        self._sources.append(source)

    def collect(self) -> Iterable[Metric]:
        """Return what the sources tell."""
        for source in self._sources:
            yield from source()

    def text(self) -> bytes:
        """Return all figures as Prometheus reads them."""
        return generate_latest(self._registry)


def gauge(name: str, meaning: str, value: float) -> Metric:
    """Return a figure that goes up and down."""
    return GaugeMetricFamily(f"hoistscraper_{name}", meaning, value=value)


def gauges(name: str, meaning: str, label: str, values: Iterable[tuple[str, float]]) -> Metric:
    """Return one such figure for each of several things."""
    family = GaugeMetricFamily(f"hoistscraper_{name}", meaning, labels=[label])
    for thing, value in values:
        family.add_metric([thing], value)
    return family


def counter(name: str, meaning: str, value: float) -> Metric:
    """Return a figure that only grows."""
    return CounterMetricFamily(f"hoistscraper_{name}", meaning, value=value)


def counters(
    name: str, meaning: str, labels: Sequence[str], rows: Iterable[tuple[Sequence[str], float]]
) -> Metric:
    """Return one such figure for each of several things."""
    family = CounterMetricFamily(f"hoistscraper_{name}", meaning, labels=labels)
    for values, value in rows:
        family.add_metric(values, value)
    return family
