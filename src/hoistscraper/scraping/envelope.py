"""What a website usually gives, learned from its good visits, and what lies outside of it, in words. Pure."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from hoistscraper.scraping.figures import VisitFigures
from hoistscraper.scraping.usual import (
    GROWTH,
    LEAST_CALLS,
    Range,
    telling_fill,
    usual_failed_share,
    usual_fill,
    usual_listed,
    usual_missing_share,
    usual_new_a_week,
)

_LEAST_FAILED_PAGES = 3
_LEAST_DROUGHT = 8  # calls that should have come by now
_SLOW_SECONDS = 60.0
_LARGE_BYTES = 2_000_000


class Measure(StrEnum):
    """What is compared."""

    NOTHING = "nothing"  # nothing was found, and nothing ever was
    EMPTY = "empty"
    LISTED = "listed"
    MISSING = "missing"
    FIELDS = "fields"
    FAILED_PAGES = "failed-pages"
    LACKING = "lacking"
    NEW = "new"
    BYTES = "bytes"
    DURATION = "duration"


# Outside of these a visit may not take anything away; the others are only told.
HOLDING = frozenset({Measure.NOTHING, Measure.EMPTY, Measure.MISSING, Measure.FIELDS})


@dataclass(frozen=True, slots=True)
class Deviation:
    """One figure outside of the envelope, as a sentence with what was met and what is usual."""

    measure: Measure
    sentence: str

    @property
    def holds(self) -> bool:
        """Whether nothing may be taken away because of it."""
        return self.measure in HOLDING


ANYTHING = Range(0, 0, math.inf)


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """What a website usually gives; with ``visits == 0`` nothing is known, and nothing is outside."""

    visits: int
    listed: Range = ANYTHING
    missing_share: float = 1.0
    fill: Range | None = None
    failed_share: float = 1.0
    most_bytes: float = math.inf
    most_seconds: float = math.inf
    new_a_week: float | None = None
    weeks_without: int = 0

    @classmethod
    def learn(cls, visits: Sequence[VisitFigures], *, weekly_new: Sequence[int] = ()) -> Self:
        """Learn from good visits, in any order, and from the new calls of past weeks, the oldest first.

        Medians, so that one odd visit moves nothing; the fewer visits, the wider.
        """
        if not visits:
            return cls(visits=0)
        fills = [share for visit in visits if (share := telling_fill(visit)) is not None]
        usual_new, weeks_without = usual_new_a_week(weekly_new)
        return cls(
            visits=len(visits),
            listed=usual_listed([visit.listed for visit in visits]),
            missing_share=usual_missing_share(visits),
            fill=usual_fill(fills) if fills else None,
            failed_share=usual_failed_share(visits),
            most_bytes=max(_LARGE_BYTES, GROWTH * max(visit.bytes_received for visit in visits)),
            most_seconds=max(_SLOW_SECONDS, GROWTH * max(visit.seconds for visit in visits)),
            new_a_week=usual_new,
            weeks_without=weeks_without,
        )

    def deviations(self, visit: VisitFigures) -> tuple[Deviation, ...]:
        """Return what of a visit is outside, the most telling first."""
        if not self.visits:
            return () if visit.listed else (Deviation(Measure.NOTHING, "No call was found."),)
        found = (
            self.empty(visit),
            self.missing(visit),
            self._listed(visit),
            self._fields(visit),
            self._failed_pages(visit),
            self._new(visit),
            self._drought(visit),
            self._bytes(visit),
            self._duration(visit),
        )
        return tuple(deviation for deviation in found if deviation)

    def empty(self, visit: VisitFigures) -> Deviation | None:
        """Tell whether nothing was found where calls are usual."""
        if visit.listed or self.listed.low < 1:
            return None
        return Deviation(Measure.EMPTY, f"No call was found where {_spelled(self.listed)} are usual.")

    def missing(self, visit: VisitFigures) -> Deviation | None:
        """Tell whether more calls have vanished at once than ever do, those past their deadline left out."""
        if not self.visits or not visit.listed or visit.missing <= self.most_missing(visit.expected):
            return None
        return Deviation(
            Measure.MISSING,
            f"{visit.missing} of {visit.expected} calls that are still open are not listed any more, all at "
            f"once; up to {self.most_missing(visit.expected)} are usual.",
        )

    def most_missing(self, expected: int) -> int:
        """Return how many of so many calls may vanish between two visits."""
        share = self.missing_share
        spread = math.sqrt(share * (1 - share) * expected) if share < 1 else 0.0
        return max(LEAST_CALLS, math.floor(share * expected + spread))

    def _listed(self, visit: VisitFigures) -> Deviation | None:
        if not visit.listed or self.missing(visit):
            return None  # said better already
        if visit.accounted < self.listed.low:
            few = f"Only {_calls(visit.listed)} {_are(visit.listed)} listed"
        elif visit.listed > self.listed.high:
            few = f"{visit.listed} calls are listed"
        else:
            return None
        return Deviation(Measure.LISTED, f"{few} where {_spelled(self.listed)} are usual.")

    def _fields(self, visit: VisitFigures) -> Deviation | None:
        share = telling_fill(visit)
        if self.fill is None or share is None or share >= self.fill.low:
            return None
        return Deviation(
            Measure.FIELDS,
            f"Only {share:.0%} of the usual fields could be read where {self.fill.usual:.0%} are usual.",
        )

    def _failed_pages(self, visit: VisitFigures) -> Deviation | None:
        most = max(_LEAST_FAILED_PAGES - 1, self.failed_share * visit.pages_asked)
        if visit.pages_failed <= most and not _all_failed(visit):
            return None
        return Deviation(
            Measure.FAILED_PAGES,
            f"{visit.pages_failed} of {visit.pages_asked} pages behind the calls could not be read.",
        )

    def _new(self, visit: VisitFigures) -> Deviation | None:
        if self.new_a_week is None:
            return None
        most = max(10.0, self.listed.usual / 2, 4 * self.new_a_week + 3 * math.sqrt(self.new_a_week))
        if visit.new <= most:
            return None
        return Deviation(
            Measure.NEW, f"{visit.new} calls are new where about {self.new_a_week:.0f} a week are usual."
        )

    def _drought(self, visit: VisitFigures) -> Deviation | None:
        if self.new_a_week is None or visit.new or self.weeks_without * self.new_a_week < _LEAST_DROUGHT:
            return None
        return Deviation(
            Measure.NEW,
            f"No new call for {self.weeks_without} weeks where about {self.new_a_week:.0f} a week are usual.",
        )

    def _bytes(self, visit: VisitFigures) -> Deviation | None:
        if visit.bytes_received <= self.most_bytes:
            return None
        return Deviation(
            Measure.BYTES,
            f"The visit took {visit.bytes_received / 1e6:.1f} MB where up to {self.most_bytes / 1e6:.1f} MB "
            "are usual.",
        )

    def _duration(self, visit: VisitFigures) -> Deviation | None:
        if visit.seconds <= self.most_seconds:
            return None
        return Deviation(
            Measure.DURATION,
            f"The visit took {visit.seconds:.0f} seconds where up to {self.most_seconds:.0f} are usual.",
        )


def _spelled(usual: Range) -> str:
    return f"about {usual.usual:.0f}"


def _calls(count: int) -> str:
    return f"{count} call" if count == 1 else f"{count} calls"


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def _all_failed(visit: VisitFigures) -> bool:
    return visit.pages_asked >= 2 and visit.pages_failed == visit.pages_asked
