"""Schedules as people write them: ``every 6 hours``, ``weekdays 06:00-08:00``, ``cron 0 7 * * 1-5``. Pure."""

import re
from datetime import UTC, datetime, time, timedelta
from functools import cache
from zoneinfo import available_timezones

from cronsim import CronSim, CronSimError

from hoistscraper.errors import Invalid
from hoistscraper.websites.schedules import (
    EVERY_DAY,
    LEAST_INTERVAL,
    MOST_INTERVAL,
    WORKING_DAYS,
    Adaptive,
    Cron,
    Every,
    OnDays,
    QuietHours,
    Rule,
    Schedule,
)

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_UNITS = {"minute": timedelta(minutes=1), "hour": timedelta(hours=1), "day": timedelta(days=1)}
_EVERY = re.compile(r"every(?: (?P<count>\d{1,4}))? (?P<unit>minute|hour|day)s?")
_ADAPTIVE = re.compile(
    r"adaptive(?: (?:from )?(?P<least>\d{1,4} (?:minute|hour|day)s?)"
    r" to (?P<most>\d{1,4} (?:minute|hour|day)s?))?"
)
_ON_DAYS = re.compile(
    r"(?P<days>daily|weekdays|weekly|(?:weekly on )?(?:DAYS)(?:(?:, ?| and )(?:DAYS))*)"
    r"(?: (?:at )?(?P<start>\d{1,2}:\d{2})(?: ?(?:-|–|to) ?(?P<end>\d{1,2}:\d{2}))?)?".replace(
        "DAYS", "|".join(f"{day}s?" for day in DAYS)
    )
)
_HINT = (
    'write it like "every 6 hours", "daily at 07:00", "weekdays 06:00-08:00", "weekly on monday at 07:00", '
    '"adaptive" or "cron 0 7 * * 1-5"'
)


def parse_schedule(
    text: str, *, timezone: str | None = None, quiet_hours: str | None = None, spread_by: str = ""
) -> Schedule:
    """Read a schedule; a time zone at its end (``daily at 07:00 Europe/Paris``) wins over ``timezone``.

    :raises Invalid: it cannot be understood, and how to write it.
    """
    words = text.split()
    if len(words) > 1 and not words[0].lower().startswith("cron"):
        is_zone = "/" in words[-1] or words[-1] in ("UTC", "GMT")
    else:
        is_zone = len(words) > 6 and words[0].lower() == "cron"
    if is_zone:
        timezone = words.pop()
    return Schedule(
        rule=parse_rule(" ".join(words)),
        timezone=known_timezone(timezone) if timezone else None,
        quiet_hours=parse_quiet_hours(quiet_hours) if quiet_hours else None,
        spread_by=spread_by,
    )


def parse_rule(text: str) -> Rule:
    """Read the part of a schedule that says how often.

    :raises Invalid: it cannot be understood, and how to write it.
    """
    told = " ".join(text.split())
    if told.lower().startswith("cron "):
        return _cron(told[5:])
    told = {"hourly": "every hour"}.get(told.lower(), told.lower())
    if found := _EVERY.fullmatch(told):
        return Every(_interval(f"{found['count'] or 1} {found['unit']}", text))
    if found := _ADAPTIVE.fullmatch(told):
        return _adaptive(found["least"], found["most"], text)
    if found := _ON_DAYS.fullmatch(told):
        return _on_days(found["days"], found["start"], found["end"], text)
    raise Invalid(f'"{text}" is no schedule that can be understood; {_HINT}.')


def format_schedule(schedule: Schedule) -> str:
    """Return a schedule as :func:`parse_schedule` reads it; quiet hours stand apart."""
    rule = format_rule(schedule.rule)
    return f"{rule} {schedule.timezone}" if schedule.timezone else rule


def format_rule(rule: Rule) -> str:
    """Return a rule as :func:`parse_rule` reads it."""
    match rule:
        case Every(interval):
            return f"every {_spelled(interval)}"
        case Adaptive(least, most):
            return f"adaptive {_spelled(least)} to {_spelled(most)}"
        case Cron(expression):
            return f"cron {expression}"
        case OnDays():
            return f"{_days_in_words(rule)}{_times_in_words(rule)}"


def parse_quiet_hours(text: str) -> QuietHours:
    """Read ``22:00-06:00``.

    :raises Invalid: it is no span of time within a day.
    """
    start, _, end = text.replace("–", "-").replace(" to ", "-").partition("-")
    try:
        hours = QuietHours(_time(start.strip(), text), _time(end.strip(), text))
    except Invalid:
        raise Invalid(f'"{text}" are no quiet hours; write them like 22:00-06:00.') from None
    if hours.start == hours.end:
        raise Invalid(f'The quiet hours "{text}" leave no time at all; write them like 22:00-06:00.')
    return hours


def known_timezone(name: str) -> str:
    """Return the name of a time zone.

    :raises Invalid: there is none of that name.
    """
    if name not in _timezones():
        raise Invalid(f'There is no time zone "{name}"; write it like Europe/Paris or UTC.')
    return name


@cache
def _timezones() -> frozenset[str]:
    # Looks through hundreds of files, and a fleet asks for each of its websites.
    return frozenset(available_timezones())


def _cron(expression: str) -> Cron:
    if len(expression.split()) != 5:
        raise Invalid(
            f'"cron {expression}" needs five fields: minute, hour, day of the month, month, day of the week.'
        )
    try:
        next(CronSim(expression, datetime(2024, 1, 1, tzinfo=UTC)))
    except CronSimError as error:
        raise Invalid(f'"cron {expression}" is no cron expression: {str(error).lower()}.') from None
    except StopIteration:
        raise Invalid(f'"cron {expression}" names a day that never comes.') from None
    return Cron(" ".join(expression.split()))


def _interval(amount: str, text: str) -> timedelta:
    count, unit = amount.split()
    interval = int(count) * _UNITS[unit.rstrip("s")]
    if not LEAST_INTERVAL <= interval <= MOST_INTERVAL:
        raise Invalid(
            f'"{text}" is too often or too seldom; from every {_spelled(LEAST_INTERVAL)} to every '
            f"{_spelled(MOST_INTERVAL)} is possible."
        )
    return interval


def _adaptive(least: str | None, most: str | None, text: str) -> Adaptive:
    if least is None or most is None:
        return Adaptive()
    rule = Adaptive(_interval(least, text), _interval(most, text))
    if rule.least > rule.most:
        raise Invalid(f'"{text}" has its bounds the wrong way round; write the shorter one first.')
    return rule


def _on_days(days: str, start: str | None, end: str | None, text: str) -> OnDays:
    named = frozenset(number for number, day in enumerate(DAYS) if day in days)
    chosen = {"daily": EVERY_DAY, "weekdays": WORKING_DAYS, "weekly": EVERY_DAY}.get(days, named)
    if start is None:
        return OnDays(chosen, once_a_week=days == "weekly")
    begins, ends = _time(start, text), _time(end, text) if end else None
    if begins == ends:
        raise Invalid(f'The window in "{text}" is empty; write it like 06:00-08:00, or one time alone.')
    return OnDays(chosen, begins, ends, once_a_week=days == "weekly")


def _time(written: str, text: str) -> time:
    hour, _, minute = written.partition(":")
    try:
        return time(int(hour), int(minute))
    except ValueError:
        raise Invalid(f'"{written}" in "{text}" is no time of day; write it like 07:00.') from None


def _spelled(interval: timedelta) -> str:
    for unit in ("day", "hour", "minute"):
        count, rest = divmod(interval, _UNITS[unit])
        if count and not rest:
            return f"{count} {unit}" if count == 1 else f"{count} {unit}s"
    return f"{interval}"


def _days_in_words(rule: OnDays) -> str:
    if rule.once_a_week:
        return "weekly"
    if rule.days == EVERY_DAY:
        return "daily"
    if rule.days == WORKING_DAYS:
        return "weekdays"
    return f"weekly on {', '.join(DAYS[day] for day in sorted(rule.days))}"


def _times_in_words(rule: OnDays) -> str:
    if rule.end is None:
        return f" at {rule.start:%H:%M}"
    if rule.start == rule.end:
        return ""
    return f" {rule.start:%H:%M}-{rule.end:%H:%M}"
