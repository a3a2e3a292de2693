"""The filters of a search: marks that the index is asked for, and conditions on the row."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta

from hoistscraper.extraction.candidate import Status
from hoistscraper.opportunities.marks import (
    DOCUMENTS,
    Mark,
    amount_marks,
    month_mark,
    name_mark,
    site_mark,
)
from hoistscraper.opportunities.standing import standing_sql
from hoistscraper.search.clauses import AnyOf, Clause, any_of, word
from hoistscraper.search.query import Search

# Deadlines are filtered as their pages print them; the instant may lie on the day before or after.
ZONES = timedelta(days=2)
# A longer range has too many months to ask for each.
MOST_MONTHS = 36
STANDING = standing_sql("%(now)s")
_FIRST_DAY, _LAST_DAY = date(1, 1, 3), date(9998, 12, 29)


def filter_clauses(search: Search, now: datetime, sites: Iterable[str | None]) -> tuple[Clause, ...]:
    """Return marks that every wanted call has; ``sites`` are the addresses of the websites asked for."""
    return (
        *any_of(site_mark(address or "") for address in sites),
        *any_of(name_mark(Mark.CATEGORY, name) for name in search.categories),
        *any_of(name_mark(Mark.ORGANISATION, name) for name in search.organisations),
        *any_of(name_mark(Mark.CURRENCY, name) for name in search.currencies),
        *any_of([name_mark(Mark.REFERENCE, search.reference_number)] if search.reference_number else []),
        *(_statuses(search.statuses)),
        *(_amounts(search)),
        *_months(Mark.OPENS, search.opens_from, search.opens_to),
        *_months(Mark.CLOSES, *closing_days(search, now)),
        *_seen(search, now),
        *((word(DOCUMENTS),) if search.has_documents else ()),
    )


def closing_days(search: Search, now: datetime) -> tuple[date | None, date | None]:
    """Return the first and last day, in any zone, of the deadlines that are asked for."""
    low = max(search.closes_from, _FIRST_DAY) - ZONES if search.closes_from else None
    high = min(search.closes_to, _LAST_DAY) + ZONES if search.closes_to else None
    if search.closing_within_days is None:
        return low, high
    today = now.astimezone(UTC).date()
    last = today + timedelta(days=search.closing_within_days)
    return max(low or today, today), min(high or last, last)


def conditions(search: Search, now: datetime) -> tuple[list[str], dict[str, object]]:
    """Return what must hold for the row ``o`` beside its marks, with its parameters."""
    told = dict(_conditions(search, now))
    return [condition for condition in told if condition], {
        name: value for values in told.values() for name, value in values.items()
    }


def _conditions(search: Search, now: datetime) -> Iterator[tuple[str, dict[str, object]]]:
    yield "", {"now": now}
    if search.statuses:
        yield f"{STANDING} = ANY(%(statuses)s)", {"statuses": [each.value for each in search.statuses]}
    if search.amount_min is not None:
        yield "coalesce(o.amount_max, o.amount_min) >= %(amount_min)s", {"amount_min": search.amount_min}
    if search.amount_max is not None:
        yield "coalesce(o.amount_min, o.amount_max) <= %(amount_max)s", {"amount_max": search.amount_max}
    for column, name in (("opening_date", "opens"), ("deadline_date", "closes")):
        for comparison, end in ((">=", "from"), ("<=", "to")):
            bound = getattr(search, f"{name}_{end}")
            if bound is not None:
                yield f"o.{column} {comparison} %({name}_{end})s", {f"{name}_{end}": bound}
    if search.closing_within_days is not None:
        last = now + timedelta(days=search.closing_within_days)
        condition = f"o.closes_at <= %(closes_within)s AND {STANDING} <> 'closed'"
        yield condition, {"closes_within": last}
    if since := search.seen_since(now):
        yield "o.first_seen_at >= %(seen_since)s", {"seen_since": since}
    if search.is_listed:
        yield _IS_LISTED, {}


_IS_LISTED = (
    "EXISTS (SELECT FROM opportunity_source s "
    "WHERE s.opportunity_id = o.id AND s.no_longer_listed_at IS NULL)"
)


def _statuses(statuses: tuple[Status, ...]) -> tuple[AnyOf, ...]:
    """Only what is rare is worth a mark; a call of which its page says nothing is what its dates tell."""
    if not statuses or {Status.OPEN, Status.CLOSED} & set(statuses):
        return ()
    said = {*statuses, Status.UNKNOWN}
    return any_of(Mark.SAYS.of(each.value) for each in sorted(said))


def _amounts(search: Search) -> tuple[AnyOf, ...]:
    if search.amount_min is None and search.amount_max is None:
        return ()
    return any_of(amount_marks(search.amount_min, search.amount_max))


def _seen(search: Search, now: datetime) -> tuple[AnyOf, ...]:
    since = search.seen_since(now)
    # Clocks of several machines differ a little.
    return _months(Mark.SEEN, since.astimezone(UTC).date(), now.date() + ZONES) if since else ()


def _months(kind: Mark, low: date | None, high: date | None) -> tuple[AnyOf, ...]:
    if low is None or high is None or (high - low).days > MOST_MONTHS * 30:
        return ()
    return any_of(month_mark(kind, month) for month in months(low, high))


def months(low: date, high: date) -> Iterator[date]:
    """Yield the first day of each month from the first one to the last one."""
    month = low.replace(day=1)
    while month <= high:
        yield month
        month = next_month(month)


def next_month(day: date) -> date:
    """Return the first day of the month after."""
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)


def previous_month(day: date) -> date:
    """Return the first day of the month before."""
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)
