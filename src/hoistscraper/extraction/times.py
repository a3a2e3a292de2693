"""Times of day beside a date, and the zones that pages name with them. Works on folded text."""

import re
import tomllib
from dataclasses import dataclass
from datetime import time
from functools import cache
from importlib.resources import files
from typing import cast

_WORDS_FOR_TIMES = {
    "12:00 noon": time(12), "12:00 midnight": time(23, 59),
    "12 noon": time(12), "12 midnight": time(23, 59), "noon": time(12), "midday": time(12),
    "midi": time(12), "mittag": time(12), "mittags": time(12), "mediodia": time(12), "mezzogiorno": time(12),
    "midnight": time(23, 59), "minuit": time(23, 59), "mitternacht": time(23, 59),
    "medianoche": time(23, 59), "mezzanotte": time(23, 59), "meia-noite": time(23, 59),
}  # fmt: skip
_NAMED = "|".join(sorted(_WORDS_FOR_TIMES, key=len, reverse=True))
_HALF = r"\s?(?P<half{}>[ap])\.?\s?m\b\.?"
_CLOCK = (
    rf"(?:(?P<named>{_NAMED})\b"
    rf"|(?P<hour>\d{{1,2}})\s?[:.h]\s?(?P<minute>\d{{2}})(?::\d{{2}}(?:\.\d{{1,6}})?)?(?!\d)"
    rf"(?:{_HALF.format(1)}|\s?(?:uhr|hrs?|hours?|heures|horas|ore|h|godz|uur)\b)?"
    rf"|(?P<bare>\d{{1,2}}){_HALF.format(2)}"
    r"|(?P<military>[012]\d[0-5]\d)\s?(?:hrs|hours|hr|h)\b"
    r"|(?P<even>\d{1,2})\s?(?:h|uhr|uur|heures|horas|hrs|o'clock)(?![\w:]))"
)
_LEAD = (
    r"(?:\s|[,;(|@\-]|\bat\b|\bby\b|\bbefore\b|\btime\b|\bthe\b|\ba\b|\bum\b|\bbis\b|\bas\b|\blas\b|\balle\b|\bore\b"
    r"|\bore:|\bo\b|\bve\b|\bw\b|\bklo\b"
    r"|\bgodz\.|\bgodziny\b|\bgodz\b|\bv\b|\bom\b|\bde\b|\bhasta\b|\bavant\b|\bentro\b|\bdelle\b"
    r"|\bheure\b|\bhora\b|\buhrzeit\b|:|\buntil\b|\bup ?to\b|\bno later than\b|\bet\b|\btill\b|\br\.|\broku\b"
    r"|\bdo\b){0,8}"
)
_ZONE_AFTER = re.compile(
    r"\s{0,2}[,(\[]?\s{0,2}(?:(?P<offset>(?:utc|gmt)\s?[+-]\s?\d{1,2}(?::?[0-5]\d)?)(?![\w/.-])"
    r"|(?P<local>local time|heure locale|ortszeit|hora local|ora locale)"
    r"|(?P<words>[a-z]+(?: [a-z]+){0,3}))"
)
_AFTER = re.compile(_LEAD + _CLOCK)
_BEFORE = re.compile(
    _CLOCK
    + (
        r"(?P<zone>[\s,]{0,2}\(?[a-z+:\d ]{0,28}\)?)[\s,]{0,3}(?:(?:on|of|le|du|am|del|de|dia|el|il|"
        r"dne|dnia|uur|op|em|do)\b[\s,]{0,2}){0,2}(?:[a-z-]{3,12},?\s{1,2}){0,1}(?:the\s|den\s|"
        r"dem\s)?$"
    )
)

# "3 o'clock pm", "5:00 in the afternoon", "las 5 de la tarde"; nights and mornings say nothing new.
_HALF_AFTER = re.compile(
    r"\d{1,2}(?:\s?[:.h]\s?\d{2})?\s?(?:o'clock|hrs?|hours?|uhr|uur|heures?|horas?|ore|h|godz)?\.?[\s,]{1,2}"
    r"(?:(?P<half>[ap])\.?\s?m\b|in the (?:afternoon|evening)|nachmittags|abends|de la tarde|de la noche"
    r"|da tarde|da noite|del pomeriggio|di sera|de l'apres-midi|du soir|'?s (?:middags|avonds)|po poludniu"
    r"|wieczorem|odpoledne|vecer)"
)
_OF_A_CITY = re.compile(r"^(?:heure|hora|ora|time|czas|ortszeit) (?:locale? )?(?:de|di|d|in|of|w) ")
_TIME_WORD = re.compile(r"uhr|uur|hrs|hours|horas|heures|ore|\bat\b|\bum\b|\balle\b|\bh\b|godz")


@dataclass(frozen=True, slots=True)
class ClockTime:
    """A time of day found in text[start:end], its zone included where one is named."""

    time: time
    timezone: str | None
    start: int
    end: int


@cache
def _zones() -> dict[str, dict[str, str]]:
    text = files("hoistscraper.extraction.lexicon").joinpath("zones.toml").read_text("utf-8")
    return cast("dict[str, dict[str, str]]", tomllib.loads(text))


def time_after(folded: str, position: int, local: str | None = None) -> ClockTime | None:
    """Return the time of day written right after a date that ends at the position."""
    found = _AFTER.match(folded, position, position + 60)
    moment = _time_of(found) if found else None
    if not found or moment is None or not _is_plain(found, folded, position):
        return None
    zone, end = _zone_at(folded, found.end(), local)
    return ClockTime(moment, zone, position, end)


def time_before(folded: str, position: int, local: str | None = None, *, after: int = 0) -> ClockTime | None:
    """Return the time of day written on the same line right before a date that starts at the position.

    What stands before ``after`` belongs to another date.
    """
    window = max(0, position - 64, min(after, position), folded.rfind("\n", 0, position) + 1)
    for found in _BEFORE.finditer(folded[window:position]):
        start = window + found.start()
        moment = _time_of(found)
        clean = start == 0 or not (folded[start - 1].isalnum() or folded[start - 1] in ".:/-,$€£")
        if moment is not None and clean:
            zone, _ = _zone_at(folded, window + found.start("zone"), local)
            return ClockTime(moment, zone, start, position)
    return None


def _is_plain(found: re.Match[str], folded: str, position: int) -> bool:
    # "12.10" after a date is as likely an amount or a section: a point needs a word that says "time".
    matched = found.group()
    pointed = found["hour"] and "." in folded[found.end("hour") : found.start("minute")]
    if pointed and not found["half1"]:
        return _TIME_WORD.search(matched) is not None or _zone_at(folded, found.end(), "")[0] is not None
    return found.end() > position


def _time_of(found: re.Match[str]) -> time | None:
    if found["named"]:
        return _WORDS_FOR_TIMES[found["named"]]
    if found["military"]:
        hour, minute = int(found["military"][:2]), int(found["military"][2:])
    else:
        hour = int(found["hour"] or found["bare"] or found["even"])
        minute = int(found["minute"] or 0)
    half = found["half1"] or found["half2"]
    if half is None and (later := _HALF_AFTER.match(found.string, _start_of(found))):
        half = later["half"] or "p"
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    if (hour, minute) == (24, 0):
        return time(23, 59)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _start_of(found: re.Match[str]) -> int:
    return max(found.start(name) for name in ("hour", "bare", "military", "even"))


def _zone_at(folded: str, position: int, local: str | None) -> tuple[str | None, int]:
    found = _ZONE_AFTER.match(folded, position, position + 48)
    if not found:
        return None, position
    if found["offset"]:
        return _offset(found["offset"]), found.end("offset")
    if found["local"]:
        return local, found.end("local")
    return _named_zone(found["words"], found.start("words"), position)


def _named_zone(words: str, start: int, position: int) -> tuple[str | None, int]:
    zones = _zones()
    parts = words.split(" ")
    for count in range(min(4, len(parts)), 0, -1):
        phrase = " ".join(parts[:count])
        zone = zones["names"].get(phrase) if count > 1 else zones["abbreviations"].get(phrase)
        city = _OF_A_CITY.sub("", phrase.removesuffix(" time"))
        if zone is None and city != phrase:
            zone = zones["names"].get(city) or zones["abbreviations"].get(city)
        if zone is not None and not (count > 1 and city == phrase and not phrase.endswith(("time", "earth"))):
            return zone, start + len(phrase)
    return None, position


def _offset(text: str) -> str | None:
    found = re.search(r"([+-])\s?(\d{1,2}):?(\d{2})?$", text)
    if not found or int(found[2]) > 14:
        return None
    return f"{found[1]}{int(found[2]):02d}:{found[3] or '00'}"
