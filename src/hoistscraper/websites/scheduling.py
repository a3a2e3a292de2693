"""Giving a website its schedule, and pausing it."""

from datetime import datetime

from hoistscraper.websites.due import first_due
from hoistscraper.websites.model import Website
from hoistscraper.websites.schedule_text import format_schedule, parse_quiet_hours, parse_schedule

NEVER = "never"
NO_QUIET_HOURS = "none"


def give_schedule(website: Website, when: str | None, *, timezone: str, now: datetime) -> None:
    """Visit a website when the text says so; ``None`` or "never": only when asked.

    :raises Invalid: the text cannot be understood.
    """
    if when is None or when.strip().lower() == NEVER:
        website.schedule = None
    else:
        website.schedule = format_schedule(parse_schedule(when, timezone=timezone))
    website.next_due_at = first_due(website, now=now)


def give_quiet_hours(website: Website, hours: str | None, *, now: datetime) -> None:
    """Leave a website alone at these hours; ``None`` or "none": at no time.

    :raises Invalid: they cannot be understood.
    """
    is_none = hours is None or hours.strip().lower() == NO_QUIET_HOURS
    website.quiet_hours = None if is_none or hours is None else str(parse_quiet_hours(hours))
    website.next_due_at = first_due(website, now=now)


def pause(website: Website) -> None:
    """Leave a website alone until it is resumed."""
    website.paused = True


def resume(website: Website, *, now: datetime) -> None:
    """Visit a paused website again, by its schedule from now on."""
    website.paused = False
    website.next_due_at = first_due(website, now=now)
