"""An order as legs: stretches of an index, walked one after the other.

By deadline, the calls that are still open come first, soonest first, then those that are over, the latest
first. Each of these is one stretch of the index on ``ends_at``, so a page never sorts more than it shows.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias
from uuid import UUID

from hoistscraper.extraction.candidate import Status
from hoistscraper.opportunities.findable import LONG_AGO
from hoistscraper.search.clauses import AllOf, Clause, Not, in_title
from hoistscraper.search.filters import closing_days
from hoistscraper.search.query import Order, Search

Key: TypeAlias = datetime | Decimal
_AFTER_LONG_AGO = LONG_AGO + timedelta(days=1)


class Column(StrEnum):
    """What a leg is ordered by; each leads an index, with the id behind it."""

    ENDS_AT = "ends_at"
    FIRST_SEEN_AT = "first_seen_at"
    AMOUNT_ORDER = "amount_order"


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """One stretch of one index, from ``low`` on and before ``high``; ``part``: what else its calls hold.

    ``after``: the last call that was shown; its key is ``low``, or ``high`` where the leg leads downwards.
    """

    column: Column
    is_descending: bool = False
    low: Key | None = None
    high: Key | None = None
    part: tuple[Clause, ...] = ()
    after: UUID | None = None

    def beyond(self, key: Key, shown: UUID) -> "Leg":
        """Return what comes after a call that was shown."""
        if self.is_descending:
            return replace(self, after=shown, high=key)
        return replace(self, after=shown, low=key)


def legs_of(search: Search, now: datetime) -> tuple[Leg, ...]:
    """Return the legs of a search, in their order."""
    match search.order:
        case Order.DEADLINE:
            return tuple(_by_deadline(search, now, ()))
        case Order.RELEVANCE:
            title = tuple(in_title(search.clauses))
            elsewhere = Not(AllOf(title))
            return (*_by_deadline(search, now, title), *_by_deadline(search, now, (elsewhere,)))
        case Order.NEWEST:
            since = search.seen_since(now)
            return (Leg(column=Column.FIRST_SEEN_AT, is_descending=True, low=since),)
        case Order.AMOUNT:
            with_amount = Leg(column=Column.AMOUNT_ORDER, is_descending=True, low=Decimal(0))
            without = Leg(column=Column.AMOUNT_ORDER, is_descending=True, high=Decimal(0))
            is_asked = search.amount_min is not None or search.amount_max is not None
            return (with_amount,) if is_asked else (with_amount, without)


def _by_deadline(search: Search, now: datetime, part: tuple[Clause, ...]) -> Iterator[Leg]:
    first, last = closing_days(search, now)
    low = _midnight(first) if first else None
    high = _midnight(last + timedelta(days=1)) if last else None
    wanted = search.statuses or tuple(Status)
    if set(wanted) - {Status.CLOSED}:
        from_now = max(low, now) if low else now
        yield Leg(column=Column.ENDS_AT, low=from_now, high=high, part=part)
    if Status.CLOSED in wanted and search.closing_within_days is None:
        over = min(high, now) if high else now
        since = max(low, _AFTER_LONG_AGO) if low else _AFTER_LONG_AGO
        yield Leg(column=Column.ENDS_AT, is_descending=True, low=since, high=over, part=part)
        # Their page calls them closed, and nobody knows since when.
        yield Leg(column=Column.ENDS_AT, is_descending=True, high=_AFTER_LONG_AGO, part=part)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
