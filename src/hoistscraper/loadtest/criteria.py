"""When a run is a success: each criterion, what was measured, and whether that passes."""

from dataclasses import dataclass
from statistics import median

from hoistscraper.loadtest.recording import TIMED_OUT
from hoistscraper.loadtest.run import Run

_ENOUGH_POINTS = 8
_HEADROOM = 1.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What is demanded."""

    p95_seconds: float = 0.2
    failures: int = 0
    timeouts: int = 0
    rate: float = 100.0
    memory_growth: float = 0.1
    """Of the server's memory, from the second quarter of the run to its last."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """One criterion; ``passes`` is ``None`` where it could not be judged."""

    criterion: str
    measured: str
    passes: bool | None


def judge(run: Run, limits: Limits) -> list[Judgement]:
    """Hold a run that ended against what is demanded."""
    whole = run.recording.whole()
    p95 = whole.since_due.quantile(0.95)
    timeouts = whole.failures[TIMED_OUT]
    return [
        Judgement(
            f"p95 under {limits.p95_seconds * 1000:g} ms",
            f"{p95 * 1000:.1f} ms{_slowest(run)}",
            bool(whole.since_due.count) and p95 < limits.p95_seconds,
        ),
        Judgement(
            f"at most {limits.failures} failures",
            f"{whole.failed} of {whole.requests:,}",
            bool(whole.requests) and whole.failed <= limits.failures,
        ),
        Judgement(f"at most {limits.timeouts} timeouts", f"{timeouts}", timeouts <= limits.timeouts),
        _judge_rate(run, limits, (whole.requests - whole.failed) / run.seconds),
        _judge_memory(run, limits),
    ]


def has_passed(judgements: list[Judgement]) -> bool:
    """Return whether nothing was missed."""
    return not any(each.passes is False for each in judgements)


def memory_growth(points: list[tuple[float, float]]) -> float | None:
    """Return by which share memory grew once the server was warm, or ``None``: too few points to say."""
    if len(points) < _ENOUGH_POINTS:
        return None
    quarter = len(points) // 4
    early = median(value for _, value in points[quarter : 2 * quarter])
    late = median(value for _, value in points[-quarter:])
    return late / early - 1


def _slowest(run: Run) -> str:
    endpoints = run.recording.endpoints
    if len(endpoints) < 2:
        return ""
    name, figures = max(endpoints.items(), key=lambda each: each[1].since_due.quantile(0.95))
    return f" (slowest: {name}, {figures.since_due.quantile(0.95) * 1000:.1f} ms)"


def _judge_rate(run: Run, limits: Limits, rate: float) -> Judgement:
    planned = run.order.planned_rate
    criterion = f"more than {limits.rate:g} requests/s"
    if planned is not None and planned < limits.rate * _HEADROOM:
        told = f"{rate:.1f}; {run.order.users} users who think {run.order.think_seconds:g} s ask no faster"
        return Judgement(criterion, told, None)
    return Judgement(criterion, f"{rate:.1f}", rate > limits.rate)


def _judge_memory(run: Run, limits: Limits) -> Judgement:
    criterion = f"memory of the server grows by less than {limits.memory_growth:.0%}"
    points = run.memory.points
    growth = memory_growth(points)
    if growth is None:
        why = "the run was too short to tell" if points else "the server does not tell it at /metrics"
        return Judgement(criterion, why, None)
    highest = max(value for _, value in points) / 1e6
    return Judgement(criterion, f"{growth:+.1%}, at most {highest:.0f} MB", growth < limits.memory_growth)
