"""Dates in running text, with the time of day and zone written beside them.

A date that could be read in two ways, or whose year is not written, gives nothing: a wrong deadline is worse
than a missing one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from functools import cache, lru_cache
from typing import Literal

from hoistscraper.extraction.candidate import Moment
from hoistscraper.extraction.folding import fold
from hoistscraper.extraction.lexicon import alternation, months
from hoistscraper.extraction.times import time_after, time_before

Order = Literal["DMY", "MDY"]
LONGEST_TEXT = 200_000
_SHORT = 200
YEARS_BACK, YEARS_AHEAD = 40, 25


@dataclass(frozen=True, kw_only=True)
class DateContext:
    """What decides how a date is read; ``timezone`` is what "local time" means on this website."""

    today: date
    language: str | None = None
    order: Order | None = None
    timezone: str | None = None


@dataclass(frozen=True, slots=True)
class FoundMoment:
    """A date in a text: ``text[start:end]`` is the verbatim quote it was read from.

    Of a range ("March 31 - April 2, 2026") the first date is quoted with the whole range.
    """

    moment: Moment
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Span:
    day: date
    start: int
    end: int
    clock: time | None = None
    zone: str | None = None


# Every date holds two numbers, even if only its year tells them apart ("March 312026").
_NUMBERS = re.compile(r"\d\D+\d|\d(?:19|20)\d\d")
# What every date in figures holds.
_FIGURES = re.compile(r"\d\s?[./-]\s?\d")
_LETTERS = re.compile(r"[a-z]+")
_YEAR = r"(?:19|20)\d{2}(?!\d)"
_ORDINAL = r"(?:st|nd|rd|th|er|ere|eme|o|a|e)?(?![a-z])[.ºª°]?"
_NUMERIC = re.compile(
    # It begins with what is looked for, not with what must not stand before: that is found in half the time.
    r"(\d(?<![\d./,-]\d)\d?)(\s?[./-]\s?)(\d{1,2})(\s?[./-]\s?)((?:19|20)\d{2}|\d{2})(?![\d/]|[.,-]\d|[%°€$£])"
)
_ISO = re.compile(
    r"(?<![\d./-])((?:19|20)\d{2})([-/.])(\d{1,2})\2(\d{1,2})(?![\d/]|[-.,]\d)"
    r"(?:[t ](\d{2}):(\d{2})(?::\d{2}(?:\.\d{1,9})?)?(z(?!\w)|[+-]\d{2}:?\d{2}(?!\d))?)?"
)
_UNTIL = re.compile(
    r"[\s,]{0,2}(?:-|to|until|till|up ?to|and|bis|au|jusqu'(?:au|a)|et|hasta|y|al?|fino al?(?:le)?|ate|e|tot"
    r"|do)\b"
)
_ON = re.compile(
    r"[\s,]{0,2}(?:on|of|am|den|dem|vom|le|du|del?|dia|di|il|op|dne|dnia)?(?: (?:the|den|el|dia))?[\s,]{0,2}"
)
_LISTS = frozenset("and or und oder et ou y o e en of oraz i a nebo".split())
_ARTICLE = re.compile(r"\s(?:the|le|el|am|den|il|o|op)\s$")
_NEAR = 12
_LONGEST_LISTED = 32
_MOST_LISTED = 12
_CJK = re.compile(r"((?:19|20)\d{2})\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})\s?日")


@cache
def _month_names() -> str:
    return alternation(months())


@cache
def _month_words() -> frozenset[str]:
    """Return the letters that the names of months begin with, up to what is none."""
    return frozenset(found.group() for name in months() if (found := _LETTERS.match(name)))


@cache
def _day_first() -> re.Pattern[str]:
    # "31st of March, 2026", "1er mars 2026", "31. marca 2026", "31-Mar-26", and ranges ending in one
    month = rf"(?:{_month_names()})"
    return re.compile(
        rf"(?<![\d.,/:])(?:(?P<from_day>\d{{1,2}}){_ORDINAL}\s{{0,2}}(?:of\s|de\s|di\s)?(?P<from_month>{month})?\.?"
        rf"\s{{0,2}}(?:-|to|until|and|bis|au|et|al|a|ao|do|til|tot)\s{{0,2}}(?:the\s|le\s|el\s|zum\s|dem\s|il\s)?)?"
        rf"(?P<day>\d{{1,2}}){_ORDINAL}[\s\-/,]{{0,3}}(?:(?:day\s)?of\s|de\s|di\s|del\s|d')?(?:the\s)?"
        rf"(?P<month>{month})(?![a-z])\.?[\s\-/,']{{0,3}}(?:de\s|del\s|di\s|do\s|of\s)?(?P<year>{_YEAR}|\d{{2}}(?![\d:.,%a-z]))"
    )


@cache
def _month_first() -> re.Pattern[str]:
    # "March 31, 2026", "Mar. 31st 2026", "March 31-April 2, 2026"
    month = rf"(?:{_month_names()})"
    return re.compile(
        rf"(?<![a-z\d])(?P<month>{month})(?![a-z])\.?[\s\-]{{0,3}}(?:the\s)?(?P<day>\d{{1,2}}){_ORDINAL}"
        rf"(?:\s{{0,2}}(?:-|to|until|and|through)\s{{0,2}}(?P<to_month>{month})?\.?\s{{0,2}}(?P<to_day>\d{{1,2}}){_ORDINAL})?"
        rf"[\s,\-/]{{0,4}}(?:of\s|in\s)?(?P<year>{_YEAR})"
    )


@cache
def _listed() -> re.Pattern[str]:
    # "15 January, ", "January 15 and "
    month = rf"(?:{_month_names()})"
    return re.compile(
        rf"(?<![\w/.])(?:(?P<month>{month})(?![a-z])\.?\s(?:the\s)?(?P<day>\d{{1,2}}){_ORDINAL}"
        rf"|(?P<number>\d{{1,2}}){_ORDINAL}\s?(?:of\s|de\s|di\s)?(?P<named>{month})(?![a-z])\.?)"
        r"(?P<end>)(?:\s?,\s?(?:and|or)?|\s(?:and|or|und|oder|et|ou|y|o|e|en|of|oraz|i|a|nebo)|\s?&)(?:\s(?:the|le|el|am|den|il|o|op))?\s?$"
    )


def find_moments(text: str, context: DateContext) -> list[FoundMoment]:
    """Return the dates that the text states, in text order."""
    if text.isascii() and _NUMBERS.search(text) is None:
        return []  # what is not ASCII may fold to figures
    return [*(_found_in_short(text, context) if len(text) <= _SHORT else _found(text, context))]


def _found(text: str, context: DateContext) -> list[FoundMoment]:
    folded = fold(text[:LONGEST_TEXT])
    if _NUMBERS.search(folded) is None:
        return []
    spans = sorted(_spans(folded, context), key=lambda span: (span.start, -span.end))
    found: list[FoundMoment] = []
    single = list(_without_overlaps(spans))
    for number, span in enumerate(single):
        # A time of day belongs to one date: to the one that it follows rather than to the next.
        after = found[-1].end if found else 0
        following = single[number + 1].start if number + 1 < len(single) else None
        found.append(_with_time(span, folded, context, after=after, following=following))
    return found


# What a value is read from is read again to prove it, and rows close on the same days.
_found_in_short = lru_cache(maxsize=4_096)(_found)


def order_of(text: str, language: str | None = None) -> Order | None:
    """Return the order of day and month that the text's own numbers prove, else its language's habit."""
    return _order_in(fold(text[:LONGEST_TEXT]), language)


def _order_in(folded: str, language: str | None) -> Order | None:
    proven = {order for found in _NUMERIC.finditer(folded) if (order := _proven_order(found))}
    if len(proven) == 1:
        return proven.pop()
    return "DMY" if not proven and language not in (None, "en") else None


def holds_numeric(text: str) -> bool:
    """Tell whether a text holds a date in figures, whose order has to be known."""
    return _NUMERIC.search(text) is not None


def _proven_order(found: re.Match[str]) -> Order | None:
    first, second = int(found[1]), int(found[3])
    if found[2].strip() != found[4].strip():
        return None
    if 12 < first <= 31 and 1 <= second <= 12:
        return "DMY"
    return "MDY" if 12 < second <= 31 and 1 <= first <= 12 else None


def _spans(folded: str, context: DateContext) -> Iterator[_Span]:
    # Each pattern takes many times as long as looking for what it cannot do without.
    if _FIGURES.search(folded):
        yield from _iso(folded)
        yield from _numeric(folded, context.order or _order_in(folded, context.language), context)
    if "年" in folded:
        for found in _CJK.finditer(folded):
            yield from _span(found, found[1], found[2], found[3])
    if not _month_words().isdisjoint(_LETTERS.findall(folded)):
        for found in _day_first().finditer(folded):
            yield from _named(found, "from", context)
        for found in _month_first().finditer(folded):
            yield from _named(found, "to", context)


def _iso(folded: str) -> Iterator[_Span]:
    for found in _ISO.finditer(folded):
        day = _date(found[1], found[3], found[4])
        if day is not None:
            clock = _clock(found[5], found[6])
            yield _Span(day, found.start(), found.end(), clock, _offset(found[7]) if clock else None)


def _numeric(folded: str, order: Order | None, context: DateContext) -> Iterator[_Span]:
    for found in _NUMERIC.finditer(folded):
        if found[2].strip() != found[4].strip() or (len(found[5]) == 2 and found[2].strip() == "-"):
            continue
        chosen = _proven_order(found) or order
        if found[1] == found[3] and chosen is None:
            chosen = "DMY"
        # Points part day from month; the month never comes first with them.
        if chosen is None and found[2].strip() == ".":
            chosen = "DMY"
        if chosen is not None:
            day, month = (found[1], found[3]) if chosen == "DMY" else (found[3], found[1])
            yield from _span(found, _full_year(found[5], context), month, day)


def _named(found: re.Match[str], other: str, context: DateContext) -> Iterator[_Span]:
    if len(found["year"]) == 2 and _holds_day(found):
        return
    year = _full_year(found["year"], context)
    month = months()[_plain(found["month"])]
    main = _date(year, month, found["day"])
    if main is None:
        return
    yield from _listed_before(found.string, found.start(), main)
    other_day = found[f"{other}_day"]
    if other_day is None:
        yield _Span(main, found.start(), found.end())
        return
    other_month = found[f"{other}_month"]
    second = _date(year, months()[_plain(other_month)] if other_month else month, other_day)
    first_day, last_day = (second, main) if other == "from" else (main, second)
    if first_day is None or last_day is None:
        return
    if first_day > last_day:
        first_day = _date(first_day.year - 1, first_day.month, first_day.day) or first_day
    yield _Span(first_day, found.start(), found.end())
    yield _Span(last_day, *_second_part(found, other, same_month=other_month is None))


def _holds_day(found: re.Match[str]) -> bool:
    """Tell whether two figures are the day of another date: "January 15, April 15, July 15"."""
    if "," in found.string[found.end("day") : found.start("month")] or "\n" in found.group():
        return True
    following = _LETTERS.search(found.string, found.end(), found.end() + _NEAR)
    return following is not None and following.group() in months()


def _listed_before(folded: str, start: int, following: date) -> Iterator[_Span]:
    """Read the days right before a date that share its year: "1 February, 1 May and 1 August 2027"."""
    for _ in range(_MOST_LISTED):
        ending = _ARTICLE.sub("", folded[max(0, start - _NEAR) : start]).rstrip()
        if not ending.endswith((",", "&")) and ending.rpartition(" ")[2] not in _LISTS:
            return
        listed = _listed().search(folded, max(0, start - _LONGEST_LISTED), start)
        if listed is None:
            return
        month = months()[_plain(listed["month"] or listed["named"])]
        day = _date(following.year, month, listed["day"] or listed["number"])
        if day is None or day >= following:
            return  # of another year
        yield _Span(day, listed.start(), listed.start("end"))
        start, following = listed.start(), day


def _second_part(found: re.Match[str], other: str, *, same_month: bool) -> tuple[int, int]:
    if other == "from":
        return found.start("day"), found.end()
    if same_month:
        return found.start(), found.end()
    return found.start("to_month"), found.end()


def _plain(month: str) -> str:
    return re.sub(r"[\s'-]+", " ", month)


def _span(found: re.Match[str], year: str | int | None, month: str | int, day: str) -> Iterator[_Span]:
    value = _date(year, month, day)
    if value is not None:
        yield _Span(value, found.start(), found.end())


def _date(year: str | int | None, month: str | int, day: str | int) -> date | None:
    if year is None:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _full_year(year: str, context: DateContext) -> int | None:
    if len(year) == 4:
        return int(year)
    full = 2000 + int(year)
    return full if context.today.year - YEARS_BACK <= full <= context.today.year + YEARS_AHEAD else None


def _clock(hour: str | None, minute: str | None) -> time | None:
    if hour is None or minute is None or int(hour) > 23 or int(minute) > 59:
        return None
    return time(int(hour), int(minute))


def _offset(zone: str | None) -> str | None:
    if zone is None:
        return None
    return "UTC" if zone == "z" else f"{zone[:3]}:{zone[-2:]}"


def _without_overlaps(spans: list[_Span]) -> Iterator[_Span]:
    # The two dates of one range lie inside each other and are both kept; other overlaps are misreadings.
    reach, whole = -1, None
    for span in spans:
        if span.start >= reach:
            reach, whole = span.end, span
            yield span
        elif whole is not None and span.end == whole.end and span.day > whole.day:
            whole = None
            yield span


def _with_time(
    span: _Span, folded: str, context: DateContext, *, after: int, following: int | None
) -> FoundMoment:
    if span.clock is not None:
        return FoundMoment(Moment(span.day, span.clock, span.zone), span.start, span.end)
    clock = time_after(folded, span.end, context.timezone)
    if clock is not None and following is not None and _leads_on(folded, span.end, clock.end, following):
        clock = None
    clock = clock or time_before(folded, span.start, context.timezone, after=after)
    if clock is None:
        return FoundMoment(Moment(span.day), span.start, span.end)
    moment = Moment(span.day, clock.time, clock.timezone)
    return FoundMoment(moment, min(span.start, clock.start), max(span.end, clock.end))


def _leads_on(folded: str, start: int, end: int, following: int) -> bool:
    """Tell whether a time between two dates is that of the second: "from 1 May until noon on 3 May"."""
    is_led = _UNTIL.match(folded, start, end) is not None
    return is_led and _ON.fullmatch(folded, end, max(end, following)) is not None
