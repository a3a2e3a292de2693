"""Whether a job that failed is tried again, and when."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from random import SystemRandom
from types import MappingProxyType

# Failures that may heal by themselves, and how many attempts they are worth; the others are told at once.
# A name that is not known is either misspelt or a fault of a day, so it gets one more look.
_AS_MANY_AS_ALLOWED = 1_000
PAGES_MISSING = "pages-missing"
"""No failure of the visit, but of some of its pages."""

ATTEMPTS: Mapping[str, int] = MappingProxyType(
    {
        "timed-out": _AS_MANY_AS_ALLOWED,
        "connection-lost": _AS_MANY_AS_ALLOWED,
        "connection-refused": _AS_MANY_AS_ALLOWED,
        "unreachable": _AS_MANY_AS_ALLOWED,
        "rate-limited": _AS_MANY_AS_ALLOWED,
        "server-failure": _AS_MANY_AS_ALLOWED,
        "maintenance": _AS_MANY_AS_ALLOWED,
        "robots-unavailable": _AS_MANY_AS_ALLOWED,
        "empty-page": _AS_MANY_AS_ALLOWED,
        "daily-budget-spent": _AS_MANY_AS_ALLOWED,
        "browser-missing": _AS_MANY_AS_ALLOWED,  # one that is there, but did not start
        "browser-crashed": _AS_MANY_AS_ALLOWED,
        "browser-timed-out": _AS_MANY_AS_ALLOWED,
        "unknown-host": 2,
        PAGES_MISSING: _AS_MANY_AS_ALLOWED,
    }
)
_GROWTH = 4
_LONGEST = timedelta(hours=6)
_SPREAD = 0.2
_chance = SystemRandom()


def next_attempt(
    error_kind: str | None,
    *,
    failures: int,
    most_attempts: int,
    first_wait_seconds: float,
    retry_after_seconds: float | None,
    at: datetime,
) -> datetime | None:
    """Return when to try again; ``None``: it is given up.

    ``failures`` counts this one, too. A website that says when to come back is believed.
    """
    if failures >= min(most_attempts, ATTEMPTS.get(error_kind or "", 0)):
        return None
    seconds = min(first_wait_seconds * _GROWTH ** (failures - 1), _LONGEST.total_seconds())
    # A server that has fallen over shall not be met by all its websites' jobs in one second.
    seconds *= 1 + _chance.uniform(0, _SPREAD)
    return at + timedelta(seconds=max(seconds, retry_after_seconds or 0.0))
