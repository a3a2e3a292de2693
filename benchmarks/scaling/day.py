"""One day, minute by minute: websites become due, workers visit them. Deterministic, no chance in it."""

from dataclasses import dataclass
from math import ceil

MINUTES = 24 * 60
_MOST_LAG_MINUTES = 15.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What one visit takes: processor time, requests, and what it leaves behind."""

    worker_seconds: float
    database_seconds: float
    requests: float
    transactions: float
    wal_kilobytes: float
    grown_kilobytes: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How websites are visited: the pace, jobs at a time in a worker, and how uneven the day is.

    ``peak`` is how many times as many websites become due in the busiest hour as in a mean one.
    """

    request_seconds: float
    concurrency: int
    peak: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """What a day with so many workers comes to."""

    workers: int
    lag_minutes: float
    busy_share: float


def a_minute_of(visit: Visit, manner: Manner) -> float:
    """Return how many visits one worker makes a minute: it waits for websites, or it computes."""
    waiting = manner.concurrency / (visit.requests * manner.request_seconds + visit.worker_seconds)
    return 60 * min(waiting, 1 / visit.worker_seconds)


def plan_day(websites: int, visit: Visit, manner: Manner) -> Day:
    """Return the least number of workers that keeps every website's lag short."""
    workers = max(1, ceil(websites / MINUTES / a_minute_of(visit, manner)))
    while (day := _run(websites, workers, visit, manner)).lag_minutes > _MOST_LAG_MINUTES:
        workers += 1
    return day


def _run(websites: int, workers: int, visit: Visit, manner: Manner) -> Day:
    able = workers * a_minute_of(visit, manner)
    waiting = lag = done = 0.0
    for minute in range(MINUTES):
        waiting += _due(websites, minute, manner.peak)
        # Whoever comes last now waits until all before it are visited.
        lag = max(lag, waiting / able - 1)
        visited = min(waiting, able)
        waiting, done = waiting - visited, done + visited
    lag = max(lag, waiting / able)
    return Day(workers=workers, lag_minutes=max(0.0, lag), busy_share=done / (able * MINUTES))


def _due(websites: int, minute: int, peak: float) -> float:
    """Spread a day evenly but for its busiest hour, from eight to nine."""
    hour = websites / 24
    rest = (websites - peak * hour) / (MINUTES - 60)
    return peak * hour / 60 if minute // 60 == 8 else rest
