"""A server that failed is left alone for a while, longer each time, and then looked at before it is asked."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from hoistscraper.language_model.errors import ModelFailure

_FIRST = timedelta(seconds=30)
_LONGEST = timedelta(hours=1)
_GROWTH = 2


@dataclass(frozen=True, slots=True)
class Circuit:
    """How often in a row a server failed, when it may be asked again, and why it is not, in words."""

    failures: int
    retry_at: datetime
    why: str


def opened(before: Circuit | None, failure: ModelFailure, *, at: datetime) -> Circuit:
    """Return the circuit after one more failure; a server that says when to come back is believed."""
    failures = (before.failures if before else 0) + 1
    wait = min(_FIRST * _GROWTH ** min(failures - 1, 10), _LONGEST)
    if failure.retry_after_seconds is not None:
        wait = min(max(wait, timedelta(seconds=failure.retry_after_seconds)), timedelta(days=1))
    return Circuit(failures, at + wait, failure.message)
