"""The windows in which a schedule wants a visit, one after another. Pure."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from cronsim import CronSim

from hoistscraper.websites.local_time import instant
from hoistscraper.websites.schedules import Cron, OnDays

# Where a time is given instead of a window, visits are spread over so much time from then on.
SPREAD = timedelta(minutes=30)
_DAY = timedelta(days=1)

Window = tuple[datetime, datetime]


def windows(rule: OnDays | Cron, after: datetime, zone: ZoneInfo) -> Iterator[Window]:
    """Return the windows that end after an instant, in order."""
    return _of_cron(rule, after, zone) if isinstance(rule, Cron) else _of_days(rule, after, zone)


def usual_gap(rule: OnDays | Cron, after: datetime, zone: ZoneInfo) -> timedelta:
    """Return the time from one window to the next."""
    following = windows(rule, after, zone)
    first = next(following)[0]
    return next(following)[0] - first


def _of_days(rule: OnDays, after: datetime, zone: ZoneInfo) -> Iterator[Window]:
    # Two days back: a window may have begun the day before, and that day may have had 25 hours.
    day = after.astimezone(zone).date() - 2 * _DAY
    while True:
        if day.weekday() in rule.days:
            start = instant(day, rule.start, zone)
            if rule.end is None:
                end = start + SPREAD
            else:
                end = instant(day if rule.end > rule.start else day + _DAY, rule.end, zone)
            if end > after:
                yield start, max(start, end)  # a window that the clock skips is a moment
        day += _DAY


def _of_cron(rule: Cron, after: datetime, zone: ZoneInfo) -> Iterator[Window]:
    times = CronSim(rule.expression, (after - SPREAD).astimezone(zone))
    start = next(times).astimezone(UTC)
    for following in times:
        follows = following.astimezone(UTC)
        # The window of one time must not reach into that of the next.
        end = start + min(SPREAD, (follows - start) / 2)
        if end > after:
            yield start, end
        start = follows
