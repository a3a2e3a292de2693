"""Dates as programs write them: nothing is guessed, and what could be read in two ways is not read."""

import re
from datetime import date, time

from hoistscraper.extraction.candidate import Moment
from hoistscraper.extraction.dates import DateContext, find_moments

_ISO = re.compile(
    r"((?:19|20)\d\d)-(\d\d)-(\d\d)"
    r"(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d{1,9})?)?)?"
    r"\s?(Z|z|UTC|[+-]\d\d:?[0-5]\d)?"
)
_MONTH_FIRST = re.compile(r"(\d\d)(/?)(\d\d)\2((?:19|20)\d\d)")
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)")
_CLOCK = re.compile(r"(\d\d):(\d\d)(?::(\d\d)(?:[.,]\d{1,9})?)?\s?(Z|z|UTC|[+-]\d\d:?[0-5]\d)?")
_LETTER = re.compile(r"[^\W\d_]")
_MOST_HOURS_OFFSET = 14
LONGEST_DATE = 60
_MOST_LETTERS_BESIDE = 12


def iso_moment(text: str) -> Moment | None:
    """Read a date of ISO 8601, with the time of day and the offset that it states.

    Midnight is what programs write for a date without a time of day, so it is left out.
    """
    found = _ISO.fullmatch(text.strip())
    if found is None:
        return None
    day = _date(found[1], found[2], found[3])
    if day is None:
        return None
    if found[4] is None:
        return Moment(day)
    return _with_clock(day, found[4], found[5], found[6], found[7])


def month_first_moment(text: str) -> Moment | None:
    """Read a date whose form is month, day and year by its format's definition: 03152027 or 03/15/2027."""
    found = _MONTH_FIRST.fullmatch(text.strip())
    day = _date(found[4], found[1], found[3]) if found else None
    return Moment(day) if day else None


def compact_moment(text: str) -> Moment | None:
    """Read 20270315: whatever begins with a year of ours cannot begin with a month."""
    found = _COMPACT.fullmatch(text.strip())
    day = _date(found[1], found[2], found[3]) if found else None
    return Moment(day) if day else None


def named_moment(text: str) -> Moment | None:
    """Read a date with the month first, one of ISO 8601, or one that names its month."""
    moment = month_first_moment(text) or iso_moment(text)
    if moment is not None or len(text) > LONGEST_DATE:
        return moment
    # Some answers write the month by its name, with a time of day that is always midnight.
    found = find_moments(text, DateContext(today=date.min, order="MDY"))
    if len(found) != 1 or found[0].start:
        return None
    return starts_the_day(found[0].moment)


def sole_moment(text: str, clock: str | None, dates: DateContext) -> Moment | None:
    """Read a text of nothing but a date: one that says more may mean another.

    ``clock`` is a time of day that stands apart, in ISO 8601.
    """
    if len(text) > LONGEST_DATE:
        return None
    exact = iso_moment_of(text, clock) or compact_moment(text)
    if exact is not None:
        return exact
    found = find_moments(text, dates)
    if len(found) != 1:
        return None
    beside = text[: found[0].start] + text[found[0].end :]
    return None if len(_LETTER.findall(beside)) > _MOST_LETTERS_BESIDE else starts_the_day(found[0].moment)


def starts_the_day(moment: Moment) -> Moment:
    """Return a moment without a time of day that is midnight, which programs write for a date alone."""
    return Moment(moment.date) if moment.time == time() else moment


def iso_moment_of(day: str, clock: str | None) -> Moment | None:
    """Read a date and a time of day that stand apart, both of ISO 8601; a broken time leaves the date."""
    moment = iso_moment(day)
    found = _CLOCK.fullmatch(clock.strip()) if clock else None
    if moment is None or moment.time is not None or found is None:
        return moment
    return _with_clock(moment.date, found[1], found[2], found[3], found[4])


def _with_clock(day: date, hour: str, minute: str, second: str | None, zone: str | None) -> Moment | None:
    try:
        clock = time(int(hour), int(minute), int(second or 0))
    except ValueError:
        return None
    return starts_the_day(Moment(day, clock, _zone(zone)))


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _zone(text: str | None) -> str | None:
    if text is None:
        return None
    if text in ("Z", "z", "UTC") or text[1:].replace(":", "") == "0000":
        return "UTC"
    zone = f"{text[:3]}:{text[-2:]}"
    return zone if int(text[1:3]) <= _MOST_HOURS_OFFSET else None
