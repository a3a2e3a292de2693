"""When a website stays different for days, it has changed, and is taken as it is. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import takewhile

from hoistscraper.scraping.envelope import Measure
from hoistscraper.scraping.figures import VisitFigures
from hoistscraper.scraping.suspicion import LEAST_CALLS

LEAST_VISITS = 3
LEAST_TIME = timedelta(days=3)
_ALIKE_SHARE = 0.2
_ALIKE_CALLS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class PastVisit:
    """A visit that ran to its end: its figures, and what of it was held."""

    figures: VisitFigures
    is_held: bool = False
    measures: frozenset[str] = field(default_factory=frozenset)
    calls_held: int = 0


def has_shrunk(recent: Sequence[PastVisit], *, listed: int, at: datetime) -> bool:
    """Tell whether a listing that lost calls has looked the same ever since; ``recent``: the newest first."""
    alike = max(_ALIKE_CALLS, _ALIKE_SHARE * listed)
    held = _since(recent, Measure.MISSING)
    return _lasted(held, at) and all(abs(visit.figures.listed - listed) <= alike for visit in held)


def lost_fields(recent: Sequence[PastVisit]) -> bool:
    """Tell whether the last visit held values of calls."""
    return bool(_since(recent[:1], Measure.FIELDS))


def has_been_rewritten(recent: Sequence[PastVisit], *, at: datetime) -> bool:
    """Tell whether one or two calls have stated less for days; when it is more calls, a person decides."""
    held = _since(recent, Measure.FIELDS)
    return _lasted(held, at) and all(visit.calls_held < LEAST_CALLS for visit in held)


def _since(recent: Sequence[PastVisit], measure: Measure) -> list[PastVisit]:
    return list(takewhile(lambda visit: visit.is_held and measure in visit.measures, recent))


def _lasted(held: Sequence[PastVisit], at: datetime) -> bool:
    return len(held) >= LEAST_VISITS and at - held[-1].figures.at >= LEAST_TIME
