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
    """The first stretch of a leg: before ``end`` (or from it on, downwards), its calls marked like this."""

    end: Key
    marks: AnyOf
    share: float


def window(leg: Leg, frequencies: Frequencies, *, now: datetime, share: float) -> Window | None:
    """Return the shortest stretch with this share of all calls, or ``None`` where the leg is too short."""
    marks: list[str] = []
    held = 0.0
    for mark, end in _buckets(leg, now):
        marks.append(mark)
        held += frequencies.of(mark)
        if held >= share:
            return Window(end, AnyOf(tuple(marks)), held)
        if len(marks) == MOST_BUCKETS:
            break
    return None


def _buckets(leg: Leg, now: datetime) -> Iterator[tuple[str, Key]]:
    match leg.column, leg.low, leg.high:
        case Column.ENDS_AT, datetime() as low, _ if not leg.is_descending and low < NEVER:
            yield from _upwards(low)
        case Column.ENDS_AT, datetime() as low, datetime() as high:
            yield from _downwards(Mark.CLOSES, high, low)
        case Column.FIRST_SEEN_AT, low, high:
            since = low if isinstance(low, datetime) else None
            yield from _downwards(Mark.SEEN, high if isinstance(high, datetime) else now, since)
        case Column.AMOUNT_ORDER, Decimal(), high:
            yield from _steps(amount_step(high) if isinstance(high, Decimal) else MOST_STEPS)


def _upwards(low: datetime) -> Iterator[tuple[str, Key]]:
    month = low.astimezone(UTC).date().replace(day=1)
    while month.year < NEVER.year - 1:
        following = next_month(month)
        yield month_mark(Mark.CLOSES, month), _midnight(following)
        month = following


def _downwards(kind: Mark, high: datetime, low: datetime | None) -> Iterator[tuple[str, Key]]:
    month = high.astimezone(UTC).date().replace(day=1)
    if kind is Mark.SEEN:
        # Clocks of several machines differ a little.
        yield month_mark(kind, next_month(month)), _midnight(next_month(month))
    while month.year > 1900 and (low is None or month >= low.date().replace(day=1)):
        yield month_mark(kind, month), _midnight(month)
        month = previous_month(month)


def _steps(highest: int) -> Iterator[tuple[str, Key]]:
    for step in range(highest, 0, -1):
        lowest = Decimal(10) ** ((step - 1) // 2) * (1 if step % 2 else 3)
        yield Mark.AMOUNT.of(f"{step:02}"), lowest


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
