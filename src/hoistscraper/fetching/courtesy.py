"""What one visit owes the next: when a host may be asked again, and how often it was asked today.

Values in, values out: whoever runs many visits keeps them, so that a host's pace, its "later" (Retry-After)
and its daily budget hold over all of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from hoistscraper.fetching.pace import Pace


@dataclass(frozen=True, slots=True, kw_only=True)
class HostCourtesy:
    """How to treat one host. ``requests_today`` counts those of the UTC day, by everybody."""

    next_request_at: datetime | None = None
    retry_after_until: datetime | None = None
    requests_today: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class HostAsked:
    """What a visit leaves behind for one host; ``requests`` are its own."""

    next_request_at: datetime
    retry_after_until: datetime | None
    requests: int


def keep_courtesies(pace: Pace, courtesies: Mapping[str, HostCourtesy], *, now: datetime) -> None:
    """Have a pace begin where the visits before it ended."""
    for host, courtesy in courtesies.items():
        if courtesy.next_request_at and courtesy.next_request_at > now:
            pace.hold_next(host, (courtesy.next_request_at - now).total_seconds())
        if courtesy.retry_after_until and courtesy.retry_after_until > now:
            pace.hold(host, (courtesy.retry_after_until - now).total_seconds())


def hosts_asked(pace: Pace, requests: Mapping[str, int], *, now: datetime) -> dict[str, HostAsked]:
    """Return what the visits after this one should know."""
    next_seconds, held_seconds = pace.seconds_until_next(), pace.seconds_held()
    return {
        host: HostAsked(
            next_request_at=now + timedelta(seconds=next_seconds.get(host, 0.0)),
            retry_after_until=now + timedelta(seconds=held) if (held := held_seconds.get(host)) else None,
            requests=count,
        )
        for host, count in requests.items()
    }
