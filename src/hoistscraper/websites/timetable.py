"""When a website is due for its next visit. Pure.

A visit that was missed, because nothing ran at its time, is made up for as soon as something runs again,
though never within quiet hours.
"""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from hashlib import sha256

from hoistscraper.websites.adapting import Changes, interval_of
from hoistscraper.websites.local_time import next_instant
from hoistscraper.websites.occurrences import usual_gap, windows
from hoistscraper.websites.schedules import (
    LEAST_INTERVAL,
    Adaptive,
    Cron,
    OnDays,
    QuietHours,
    Schedule,
)

# A source that fails again and again is asked at least this often.
LONGEST_BACK_OFF = timedelta(days=7)
# A website that was never visited is visited within this time, where its schedule names no time of day.
FIRST_WITHIN = timedelta(hours=1)
# After quiet hours, websites start one by one within this time.
SPREAD_AFTER_QUIET = timedelta(hours=1)
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_DAY = timedelta(days=1)


def next_due(
    schedule: Schedule,
    *,
    last_scraped_at: datetime | None,
    failures_in_a_row: int = 0,
    changes: Changes | None = None,
    now: datetime,
) -> datetime:
    """Return when a website is due next, in UTC: after its last visit, and outside of its quiet hours.

    What lies before ``now`` is due at once. With failures in a row the time between visits doubles for each
    after the first, up to :data:`LONGEST_BACK_OFF`; one good visit, and it is as before.
    """
    share = share_of(schedule.spread_by)
    rule = schedule.rule
    if isinstance(rule, OnDays | Cron):
        due = _in_window(schedule, rule, share, last_scraped_at, failures_in_a_row, now=now)
    else:
        interval = interval_of(rule, changes) if isinstance(rule, Adaptive) else rule.interval
        due = _after_interval(interval, share, last_scraped_at, failures_in_a_row, now=now)
    return _outside_quiet_hours(schedule, due, share)


def is_due(schedule: Schedule, next_due_at: datetime | None, *, now: datetime) -> bool:
    """Tell whether a website may and should be visited now."""
    return next_due_at is not None and next_due_at <= now and not is_quiet(schedule, now)


def is_quiet(schedule: Schedule, moment: datetime) -> bool:
    """Tell whether a moment lies within the quiet hours of a schedule."""
    local = moment.astimezone(schedule.zone).time()
    return schedule.quiet_hours is not None and schedule.quiet_hours.holds(local)


def share_of(name: str) -> float:
    """Return a number from 0 to 1, always the same for one name and evenly spread over many."""
    return int.from_bytes(sha256(name.encode()).digest()[:6]) / 2**48


def back_off(gap: timedelta, failures_in_a_row: int) -> timedelta:
    """Return how much longer than the usual gap to wait after so many failures in a row."""
    doublings = min(max(failures_in_a_row - 1, 0), 16)
    longer: timedelta = gap * (2**doublings - 1)
    return min(longer, LONGEST_BACK_OFF)


def _after_interval(
    interval: timedelta, share: float, last: datetime | None, failures: int, *, now: datetime
) -> datetime:
    if last is None:
        return now + share * min(interval, FIRST_WITHIN)
    # Each website has its own beat, so that those that were added together drift apart and stay apart.
    beat = _EPOCH + share * interval
    earliest = last + back_off(interval, failures) + interval / 2
    return beat + -((beat - earliest) // interval) * interval


def _in_window(
    schedule: Schedule,
    rule: OnDays | Cron,
    share: float,
    last: datetime | None,
    failures: int,
    *,
    now: datetime,
) -> datetime:
    if isinstance(rule, OnDays) and rule.once_a_week:
        day, share = divmod(share * len(rule.days), 1)
        rule = replace(rule, days=frozenset({sorted(rule.days)[int(day)]}), once_a_week=False)
    if last is None:
        start, end = next(windows(rule, now, schedule.zone))
        return max(now, start + share * (end - start))
    earliest = last + max(LEAST_INTERVAL, back_off(usual_gap(rule, last, schedule.zone), failures))
    for start, end in windows(rule, earliest, schedule.zone):
        due = start + share * (end - start)
        if due >= earliest:
            return due
    return earliest + LONGEST_BACK_OFF  # a cron expression that has no more days


def _outside_quiet_hours(schedule: Schedule, due: datetime, share: float) -> datetime:
    quiet = schedule.quiet_hours
    if quiet is None or not is_quiet(schedule, due):
        return due
    end = due
    while is_quiet(schedule, end):  # twice where the clock is set back across the end
        end = next_instant(end, quiet.end, schedule.zone)
    later = end + share * min(SPREAD_AFTER_QUIET, (_DAY - _length(quiet)) / 2)
    return end if is_quiet(schedule, later) else later


def _length(quiet: QuietHours) -> timedelta:
    return (_since_midnight(quiet.end) - _since_midnight(quiet.start)) % _DAY


def _since_midnight(clock_time: time) -> timedelta:
    return timedelta(hours=clock_time.hour, minutes=clock_time.minute)
