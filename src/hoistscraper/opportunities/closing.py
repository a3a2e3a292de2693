"""When a call closes, as an instant."""

from datetime import UTC, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from hoistscraper.extraction.candidate import Candidate, Moment, Status

# Where a page names no zone, the last place on earth where the day is not over yet decides: a call that
# is still open must never be shown as closed.
LAST_ZONE_ON_EARTH = timezone(timedelta(hours=-12))
END_OF_DAY = time(23, 59, 59)


def closing_instant(deadline: Moment | None, website_timezone: str | None = None) -> datetime | None:
    """Return the last instant at which one may apply, in UTC.

    A deadline without a time of day lasts to the end of its day.
    """
    if deadline is None:
        return None
    zone = zone_of(deadline.timezone) or zone_of(website_timezone) or LAST_ZONE_ON_EARTH
    return datetime.combine(deadline.date, deadline.time or END_OF_DAY, zone).astimezone(UTC)


def standing(call: Candidate, closes_at: datetime | None, *, now: datetime) -> Status:
    """Return whether one may apply at this moment, from what the page says and its dates.

    A deadline that has passed closes a call whatever its page still says; one to come makes a call open of
    which the page says nothing else. ``opportunities.standing`` is the same for the database.
    """
    if closes_at is not None and closes_at < now:
        return Status.CLOSED
    if call.status is not Status.UNKNOWN:
        return call.status
    if call.opening_date is not None and call.opening_date.date > now.date():
        return Status.FORTHCOMING
    return Status.OPEN if closes_at is not None else Status.UNKNOWN


def zone_of(name: str | None) -> tzinfo | None:
    """Return the zone of an IANA name or a fixed offset such as ``+10:00``."""
    if not name:
        return None
    if name[0] in "+-":
        return datetime.strptime(name, "%z").tzinfo
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return None
