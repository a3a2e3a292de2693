"""A run in words and numbers, the same on the screen, in the report and as JSON."""

from collections.abc import Sequence

from hoistscraper.loadtest.criteria import Judgement, has_passed
from hoistscraper.loadtest.plots import in_words
from hoistscraper.loadtest.recording import Figures
from hoistscraper.loadtest.run import Run

_BUSY_SHARE = 0.8
_SHARES = (("p50", 0.5), ("p95", 0.95), ("p99", 0.99))


def endpoint_rows(run: Run) -> list[tuple[str, ...]]:
    """Return a row for each endpoint, those asked most first, and at the end one for all."""
    by_requests = sorted(run.recording.endpoints.items(), key=lambda each: -each[1].requests)
    return [_row(name, figures, run) for name, figures in [*by_requests, ("all", run.recording.whole())]]


def about_order(run: Run) -> str:
    """Return what was done."""
    order = run.order
    thinking = f"who think {order.think_seconds:g} s" if order.think_seconds else "who never think"
    return f"{order.users} users {thinking}, {run.seconds:.0f} s."


def about_latencies(run: Run) -> str:
    """Return what the latencies mean, which depends on whether users had a plan to be late for."""
    if not run.order.think_seconds:
        return (
            "Latencies count from when a request was sent: users who never think have no plan, "
            "so a server that stands still is asked less."
        )
    told = (
        "Latencies count from when a request was due, so waiting for a late answer before it is part of them"
    )
    waited = run.recording.whole().since_sent.quantile(0.95)
    unsent = f"; {run.recording.unsent:,} requests that were due were not sent any more" * bool(
        run.recording.unsent
    )
    return f"{told} (from when it was sent: p95 {in_words(waited)}){unsent}."


def about_failures(run: Run) -> list[str]:
    """Return a line for each kind of failure, the most frequent first: how many, and the first of them."""
    counted = run.recording.whole().failures.most_common()
    return [f"{count:,} × {kind}, first {run.recording.examples[kind]}" for kind, count in counted]


def about_client(run: Run) -> str:
    """Return how much of the latencies may be the client's own."""
    effort = run.effort
    told = (
        f"The client took {effort.cpu_share:.0%} of a core and was late by "
        f"{in_words(effort.lateness.quantile(0.95))} at p95."
    )
    if effort.cpu_share > _BUSY_SHARE:
        told += (
            " That is all it has: what was measured is the client, the server may be faster. "
            "Let users think longer, or take fewer."
        )
    if run.not_asked:
        told += f" Not asked, for nothing was there to ask for: {', '.join(run.not_asked)}."
    return told


def as_document(run: Run, judgements: Sequence[Judgement]) -> dict[str, object]:
    """Return everything as one JSON object; latencies in seconds."""
    order = run.order
    endpoints = {name: _figures(each, run) for name, each in run.recording.endpoints.items()}
    return {
        "url": order.url,
        "users": order.users,
        "think_seconds": order.think_seconds,
        "seconds": run.seconds,
        "passed": has_passed(list(judgements)),
        "criteria": [
            {"criterion": each.criterion, "measured": each.measured, "passes": each.passes}
            for each in judgements
        ],
        "all": _figures(run.recording.whole(), run),
        "endpoints": endpoints,
        "examples_of_failures": run.recording.examples,
        "unsent": run.recording.unsent,
        "not_asked": run.not_asked,
        "server_memory": [{"second": at, "bytes": size} for at, size in run.memory.points],
        "client": {
            "cpu_share": run.effort.cpu_share,
            "late_p95_seconds": run.effort.lateness.quantile(0.95),
        },
    }


def _row(name: str, figures: Figures, run: Run) -> tuple[str, ...]:
    latencies = figures.since_due
    times = [*(latencies.quantile(share) for _, share in _SHARES), latencies.highest_seconds]
    return (
        name,
        f"{figures.requests:,}",
        f"{figures.failed:,}",
        f"{figures.requests / run.seconds:.1f}",
        *(in_words(seconds) if latencies.count else "–" for seconds in times),
    )


def _figures(figures: Figures, run: Run) -> dict[str, object]:
    return {
        "requests": figures.requests,
        "failures": dict(figures.failures),
        "per_second": figures.requests / run.seconds,
        **{name: figures.since_due.quantile(share) for name, share in _SHARES},
        "max": figures.since_due.highest_seconds,
        "p95_since_sent": figures.since_sent.quantile(0.95),
    }
