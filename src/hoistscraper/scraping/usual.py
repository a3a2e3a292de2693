"""What is usual, by medians: one odd visit moves nothing, and the fewer visits, the wider. Pure."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from hoistscraper.scraping.figures import VisitFigures

# Makes the median of deviations comparable with a standard deviation.
_PER_DEVIATION = 1.4826
_WIDTH = 3.0
LEAST_CALLS = 2  # may always come or go
_MOST_MISSING_SHARE = 0.6
_LEAST_FILL_DROP = 0.12
_LEAST_CALLS_READ = 3  # of one call or two, the fields that are filled tell nothing
_LEAST_WEEKS = 4
GROWTH = 3.0  # times the most seen so far


@dataclass(frozen=True, slots=True)
class Range:
    """What is usual, and how far from it is still usual."""

    low: float
    usual: float
    high: float


def usual_listed(counts: Sequence[int]) -> Range:
    """Return how many calls are listed."""
    usual = median(counts)
    # A listing seen once may shrink by two fifths, one seen fifty times by a fifth, without being odd.
    slack = usual * (0.15 + 0.25 / math.sqrt(len(counts)))
    reach = max(_WIDTH * _spread(counts), slack, LEAST_CALLS)
    high = max(usual + GROWTH * reach, GROWTH * max(counts)) + 5
    return Range(max(0.0, usual - reach), usual, high)


def usual_fill(shares: Sequence[float]) -> Range:
    """Return which share of the core fields is filled."""
    usual = median(shares)
    reach = max(_WIDTH * _spread(shares), _LEAST_FILL_DROP * (1 + 1 / math.sqrt(len(shares))))
    return Range(max(0.0, usual - reach), usual, 1.0)


def telling_fill(visit: VisitFigures) -> float | None:
    """Return the share of filled fields, where enough calls were read to tell one."""
    return visit.fill_share if visit.calls_read >= _LEAST_CALLS_READ else None


def usual_missing_share(visits: Sequence[VisitFigures]) -> float:
    """Return which share of the calls that should still be listed is gone, at most."""
    shares = [visit.missing / visit.expected for visit in visits if visit.expected]
    floor = 0.10 + 0.15 / math.sqrt(len(shares) or 1)
    learned = median(shares) + _WIDTH * _spread(shares) if shares else 0.0
    return min(_MOST_MISSING_SHARE, max(floor, learned))


def usual_failed_share(visits: Sequence[VisitFigures]) -> float:
    """Return which share of the pages behind calls fails, at most."""
    shares = [visit.pages_failed / visit.pages_asked for visit in visits if visit.pages_asked]
    return min(0.9, max(0.2, median(shares) + _WIDTH * _spread(shares))) if shares else 0.2


def usual_new_a_week(weekly_new: Sequence[int]) -> tuple[float | None, int]:
    """Return how many calls come in a usual week, and how many of the last weeks brought none."""
    without = 0
    for count in reversed(weekly_new):
        if count:
            break
        without += 1
    before = weekly_new[: len(weekly_new) - without]
    return (float(median(before)) if len(before) >= _LEAST_WEEKS else None), without


def _spread(values: Iterable[float]) -> float:
    known = list(values)
    middle = median(known)
    return _PER_DEVIATION * median(abs(value - middle) for value in known)
