"""Schedules: how often, on which days, in which window, in which zone, and when never. Pure."""

from dataclasses import dataclass
from datetime import time, timedelta
from zoneinfo import ZoneInfo

EVERY_DAY = frozenset(range(7))
WORKING_DAYS = frozenset(range(5))
MIDNIGHT = time(0)

LEAST_INTERVAL = timedelta(minutes=5)
MOST_INTERVAL = timedelta(days=90)
USUAL_LEAST = timedelta(hours=6)
USUAL_MOST = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Every:
    """Again and again after the same time."""

    interval: timedelta


@dataclass(frozen=True, slots=True)
class OnDays:
    """On these days of the week (Monday is 0), at ``start`` or anywhere up to ``end``.

    ``end`` is ``None`` for a time rather than a window; a window that ends before it starts ends on the next
    day, and one from midnight to midnight is the whole day. ``once_a_week``: on one of these days, whichever.
    """

    days: frozenset[int]
    start: time = MIDNIGHT
    end: time | None = MIDNIGHT
    once_a_week: bool = False


@dataclass(frozen=True, slots=True)
class Cron:
    """Whenever a cron expression of five fields says so."""

    expression: str


@dataclass(frozen=True, slots=True)
class Adaptive:
    """As often as the website changes, but neither more nor less often than this."""

    least: timedelta = USUAL_LEAST
    most: timedelta = USUAL_MOST


Rule = Every | OnDays | Cron | Adaptive


@dataclass(frozen=True, slots=True)
class QuietHours:
    """The time of day in which a website is left alone; it may span midnight."""

    start: time
    end: time

    def holds(self, clock_time: time) -> bool:
        """Tell whether a local time of day is within."""
        if self.start < self.end:
            return self.start <= clock_time < self.end
        return clock_time >= self.start or clock_time < self.end

    def __str__(self) -> str:
        return f"{self.start:%H:%M}-{self.end:%H:%M}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """When a website is to be visited; ``timezone`` is an IANA name, ``None`` where none was given.

    ``spread_by`` names the website: a stable hash of it decides where in an allowed window its visit lies,
    so that a thousand websites of one schedule are not visited at once.
    """

    rule: Rule
    timezone: str | None = None
    quiet_hours: QuietHours | None = None
    spread_by: str = ""

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which its times of day are meant."""
        return ZoneInfo(self.timezone or "UTC")
