"""Dates and amounts in words, in the many forms in which portals print them."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from hoistscraper.sample_portal.calls import Call, Deadline, Language, Organisation

_MONTHS = {
    "en": "January February March April May June July August September October November December".split(),
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split(),
}
_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_SYMBOLS = {"EUR": "€", "USD": "US$", "GBP": "£", "AUD": "A$"}
_UP_TO = {"en": "Up to", "fr": "Jusqu’à", "de": "Bis zu"}
_RANGE = {"en": "{low} to {high}", "fr": "de {low} à {high}", "de": "{low} bis {high}"}


def day_in_words(day: date, organisation: Organisation, language: Language = "en") -> str:
    """Return a day as the organisation writes it; pages in French and German follow their language."""
    month = _MONTHS[language][day.month - 1]
    if language == "fr":
        return f"{day.day} {month} {day.year}"
    if language == "de":
        return f"{day.day}. {month} {day.year}"
    return {
        "long": f"{day.day} {month} {day.year}",
        "short": f"{day.day} {month[:3]} {day.year}",
        "weekday": f"{_WEEKDAYS[day.weekday()]}, {day.day} {month} {day.year}",
        "american": f"{month} {day.day}, {day.year}",
        "iso": day.isoformat(),
        "slash": f"{day:%d/%m/%Y}",
    }[organisation.dates]


def deadline_in_words(deadline: Deadline, organisation: Organisation, language: Language = "en") -> str:
    """Return the deadline with its hour and zone, where it has an hour."""
    day = day_in_words(deadline.day, organisation, language)
    if deadline.hour is None:
        return day
    hour = deadline.hour
    if language == "fr":
        return f"{day} à {hour:%H} h {hour:%M} (heure de Paris)"
    if language == "de":
        return f"{day}, {hour:%H:%M} Uhr (MEZ)"
    zone = zone_in_words(deadline.day, hour, organisation)
    return {
        "long": f"{day}, {_noon_or_clock(hour)} ({zone})",
        "short": f"{day} {hour:%H:%M} {zone}",
        "weekday": f"{day} at {_twelve_hours(hour).replace(' ', '').lower()} {zone}",
        "american": f"{day} at {_twelve_hours(hour, minutes=True)} {zone}",
        "iso": f"{day} {hour:%H:%M} {zone}",
        "slash": f"{day} at {_twelve_hours(hour).replace(' ', '').lower()} ({zone})",
    }[organisation.dates]


def zone_in_words(day: date, hour: time, organisation: Organisation) -> str:
    """Return the zone as the organisation names it, or its abbreviation on that day."""
    moment = datetime.combine(day, hour, tzinfo=ZoneInfo(organisation.timezone))
    return organisation.timezone_words or moment.tzname() or organisation.timezone


def amount_in_words(call: Call, language: Language = "en") -> str | None:
    """Return "£5,000 to £20,000", "Up to AUD 12,000", "EUR 320,000" or their like, as the call has it."""
    low, high = call.amount_min, call.amount_max
    if high is None:
        return None
    if low == high:
        return _money(high, call.organisation, language)
    if low is None:
        return f"{_UP_TO[language]} {_money(high, call.organisation, language)}"
    return _RANGE[language].format(
        low=_money(low, call.organisation, language), high=_money(high, call.organisation, language)
    )


def email_in_words(organisation: Organisation) -> str:
    """Return the address as the organisation prints it: some hide theirs from machines."""
    if not organisation.email_hidden:
        return organisation.email
    return organisation.email.replace("@", " [at] ").replace(".", " [dot] ")


def _money(amount: int, organisation: Organisation, language: Language) -> str:
    if language == "fr":
        return f"{amount:,} €".replace(",", "\N{NO-BREAK SPACE}")
    if language == "de":
        return f"{amount:,} Euro".replace(",", ".")
    if organisation.money == "symbol":
        return f"{_SYMBOLS[organisation.currency]}{amount:,}"
    return f"{organisation.currency} {amount:,}"


def _noon_or_clock(hour: time) -> str:
    return "12 noon" if hour == time(12) else f"{hour:%H:%M}"


def _twelve_hours(hour: time, *, minutes: bool = False) -> str:
    written = f"{hour.hour % 12 or 12}"
    if minutes or hour.minute:
        written += f":{hour:%M}"
    return f"{written} {'AM' if hour.hour < 12 else 'PM'}"
