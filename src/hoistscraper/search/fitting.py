"""For which share of calls the conditions on their rows are likely to hold, where no mark tells it."""

from datetime import UTC, datetime

from hoistscraper.extraction.candidate import Status
from hoistscraper.opportunities.marks import NEVER, Mark, month_mark
from hoistscraper.search.filters import months
from hoistscraper.search.frequencies import Frequencies
from hoistscraper.search.legs import Column, Leg
from hoistscraper.search.query import Search
from hoistscraper.search.windows import MOST_BUCKETS

# Guesses: calls that are listed still, those whose amount is within a step, those that do not say "open".
_LISTED, _AMOUNT, _NOT_OPEN = 0.5, 0.5, 0.1


def likely_to_fit(asked: Search, leg: Leg, frequencies: Frequencies, now: datetime) -> float:
    """Return the share of a leg's calls that the conditions are likely to leave."""
    share = 1.0
    is_live = bool(asked.statuses) and Status.CLOSED not in asked.statuses
    # Of calls that close soon, their months tell that they are open.
    if is_live and asked.closing_within_days is None and leg.column is not Column.ENDS_AT:
        share *= _still_open(frequencies, now)
    if is_live and Status.OPEN not in asked.statuses:
        share *= _NOT_OPEN
    if asked.is_listed:
        share *= _LISTED
    if asked.amount_min is not None or asked.amount_max is not None:
        share *= _AMOUNT
    return share


def _still_open(frequencies: Frequencies, now: datetime) -> float:
    today = now.astimezone(UTC).date()
    last = today.replace(year=today.year + MOST_BUCKETS // 12, day=1)
    share = sum(frequencies.of(month_mark(Mark.CLOSES, month)) for month in months(today, last))
    return min(share + frequencies.of(Mark.CLOSES.of(NEVER)), 1.0)
