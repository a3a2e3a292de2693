"""Wall clocks and instants, where days have 23 and 25 hours, too. Pure."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def instant(day: date, clock_time: time, zone: ZoneInfo) -> datetime:
    """Return when a wall clock shows this, in UTC.

    A time that the clock skips comes as much later as it skips (02:30 becomes 03:30); of a time that it shows
    twice, the first one counts.
    """
    return datetime.combine(day, clock_time, tzinfo=zone).astimezone(UTC)


def next_instant(after: datetime, clock_time: time, zone: ZoneInfo) -> datetime:
    """Return when a wall clock shows this next, strictly after an instant; here shown twice counts twice."""
    day = after.astimezone(zone).date()
    for offset in range(3):
        for fold in (0, 1):
            candidate = instant(day + timedelta(days=offset), clock_time.replace(fold=fold), zone)
            if candidate > after:
                return candidate
    raise AssertionError("Every time of day comes within three days.")
