"""When a website of the list is due: its columns and its timetable put together. Pure."""

from datetime import datetime

from hoistscraper.websites.adapting import Changes
from hoistscraper.websites.model import Website
from hoistscraper.websites.schedule_text import parse_schedule
from hoistscraper.websites.schedules import Schedule
from hoistscraper.websites.timetable import is_due, next_due


def schedule_of(website: Website) -> Schedule | None:
    """Return when a website is to be visited, or ``None`` where nobody said so.

    :raises Invalid: what is stored was not written by us.
    """
    if website.schedule is None:
        return None
    return parse_schedule(website.schedule, quiet_hours=website.quiet_hours, spread_by=website.url)


def first_due(website: Website, *, now: datetime) -> datetime | None:
    """Return when a website that got its schedule now, or was resumed, is due."""
    schedule = schedule_of(website)
    return next_due(schedule, last_scraped_at=None, now=now) if schedule else None


def due_again(
    website: Website, *, scraped_at: datetime, failures_in_a_row: int, changes: Changes | None
) -> datetime | None:
    """Return when a website that was visited just now is due again."""
    schedule = schedule_of(website)
    if schedule is None:
        return None
    return next_due(
        schedule,
        last_scraped_at=scraped_at,
        failures_in_a_row=failures_in_a_row,
        changes=changes,
        now=scraped_at,
    )


def may_be_visited(website: Website, *, now: datetime) -> bool:
    """Tell whether a website is due, and neither paused nor to be left alone at this time of day."""
    schedule = schedule_of(website)
    if schedule is None or website.paused or not website.active:
        return False
    return is_due(schedule, website.next_due_at, now=now)
