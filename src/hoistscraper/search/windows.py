"""The months (or steps of amounts) along a leg: the words' index has a mark for each of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal

from hoistscraper.opportunities.findable import NEVER
from hoistscraper.opportunities.marks import MOST_STEPS, Mark, amount_step, month_mark
from hoistscraper.search.clauses import AnyOf
from hoistscraper.search.filters import next_month, previous_month
from hoistscraper.search.frequencies import Frequencies
from hoistscraper.search.legs import Column, Key, Leg

MOST_BUCKETS = 48


@dataclass(frozen=True, slots=True)
class Window:
    """The first stretch of a leg: before ``end`` (or from it on, downwards), its calls marked like this.

    ``share``: how many of all calls have these marks, those of its first month before the leg among them.
    """

    end: Key
    marks: AnyOf
    share: float


def window(leg: Leg, frequencies: Frequencies, *, now: datetime, share: float) -> Window | None:
    """Return the shortest stretch with this share of all calls, or ``None`` where the leg is too short."""
    marks: list[str] = []
    held = marked = 0.0
    for mark, end, part in _buckets(leg, now):
        marks.append(mark)
        marked += frequencies.of(mark)
        held += frequencies.of(mark) * part
        if held >= share:
            return Window(end, AnyOf(tuple(marks)), marked)
        if len(marks) == MOST_BUCKETS:
            break
    return None


def _buckets(leg: Leg, now: datetime) -> Iterator[tuple[str, Key, float]]:
    """Yield marks along a leg, where each ends, and which part of its calls is likely to be in the leg."""
    match leg.column, leg.low, leg.high:
        case Column.ENDS_AT, datetime() as low, _ if not leg.is_descending and low < NEVER:
            yield from _upwards(low)
        case Column.ENDS_AT, datetime() as low, datetime() as high:
            yield from _downwards(Mark.CLOSES, high, low, _passed(high))
        case Column.FIRST_SEEN_AT, low, high:
            since = low if isinstance(low, datetime) else None
            yield from _seen(high if isinstance(high, datetime) else now, since, now)
        case Column.AMOUNT_ORDER, Decimal(), high:
            yield from _steps(amount_step(high) if isinstance(high, Decimal) else MOST_STEPS)


def _upwards(low: datetime) -> Iterator[tuple[str, Key, float]]:
    month, part = _first_of_month(low), 1 - _passed(low)
    while month.year < NEVER.year - 1:
        following = next_month(month)
        yield month_mark(Mark.CLOSES, month), _midnight(following), part
        month, part = following, 1.0


def _seen(high: datetime, low: datetime | None, now: datetime) -> Iterator[tuple[str, Key, float]]:
    following = next_month(_first_of_month(high))
    # Clocks of several machines differ a little.
    yield month_mark(Mark.SEEN, following), _midnight(following), 1.0
    # Nothing was seen yet that is still to come.
    yield from _downwards(Mark.SEEN, high, low, _passed(high, now))


def _downwards(
    kind: Mark, high: datetime, low: datetime | None, part: float
) -> Iterator[tuple[str, Key, float]]:
    month = _first_of_month(high)
    while month.year > 1900 and (low is None or month >= low.date().replace(day=1)):
        yield month_mark(kind, month), _midnight(month), part
        month, part = previous_month(month), 1.0


def _steps(highest: int) -> Iterator[tuple[str, Key, float]]:
    for step in range(highest, 0, -1):
        lowest = Decimal(10) ** ((step - 1) // 2) * (1 if step % 2 else 3)
        yield Mark.AMOUNT.of(f"{step:02}"), lowest, 1.0


def _passed(at: datetime, until: datetime | None = None) -> float:
    """Return which part of its month is over at a time; with ``until``, of what was over of it then."""
    begin = _midnight(_first_of_month(at))
    end = _midnight(next_month(begin.date()))
    whole = (min(end, max(until, at)) if until else end) - begin
    return (at - begin) / whole if whole else 1.0


def _first_of_month(at: datetime) -> date:
    return at.astimezone(UTC).date().replace(day=1)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
