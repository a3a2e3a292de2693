"""One visit watched against what the website usually gives. Pure: told what happens, it says what to hold."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import takewhile

from hoistscraper.extraction.candidate import Candidate
from hoistscraper.opportunities.sources import KnownSource
from hoistscraper.scraping.call_fields import CallFields
from hoistscraper.scraping.envelope import Deviation, Envelope, Measure
from hoistscraper.scraping.figures import VisitFigures, fill_share
from hoistscraper.scraping.held import Screen
from hoistscraper.scraping.lacking import Lacks
from hoistscraper.scraping.recipe_state import KnownCallPages, LearnedCallPages
from hoistscraper.scraping.settling import PastVisit, has_been_rewritten, has_shrunk, lost_fields


class Watch:
    """What is known before a visit, and what it may therefore take away.

    ``recent`` are visits that ran to their end since the website was last taken as it is, the newest first;
    without a good one among them there is nothing to compare with, and whatever comes is believed.
    ``calls`` is what is known of the pages of calls, where that is learned.
    """

    def __init__(
        self,
        known: Mapping[str, KnownSource],
        *,
        recent: Sequence[PastVisit] = (),
        weekly_new: Sequence[int] = (),
        calls: KnownCallPages | None = None,
        at: datetime,
    ) -> None:
        self._recent = recent
        good = [visit.figures for visit in recent if not visit.is_held]
        self.envelope = Envelope.learn(good, weekly_new=weekly_new)
        self._learns_calls = calls is not None
        calls = calls or KnownCallPages()
        few_may_lose = has_been_rewritten(recent, at=at)
        self._call_fields = CallFields(calls.learned, is_in_doubt=lost_fields(recent) and not few_may_lose)
        self.lacks = Lacks(calls.lacks, at=at)
        self.screen = Screen(
            known,
            is_open=not good,
            few_may_lose=few_may_lose,
            calls=self._call_fields,
        )
        self._expected = sum(source.is_listed and not source.is_past(at) for source in known.values())
        self._missing = 0
        self._ended = 0
        self.has_settled = False

    def missed(self, sources: Sequence[KnownSource], *, at: datetime) -> None:
        """Take the calls that were listed last time and were not met."""
        self._ended = sum(source.is_past(at) for source in sources)
        self._missing = len(sources) - self._ended

    def holds_the_missing(self, *, listed: int, at: datetime) -> bool:
        """Tell whether the missing calls stay listed, because too many are missing at once.

        A listing that has looked the same for days has changed: then it is taken as it is.
        """
        visit = VisitFigures(at=at, listed=listed, expected=self._expected, missing=self._missing)
        if self.envelope.missing(visit) is None:
            return False
        self.has_settled = has_shrunk(self._recent, listed=listed, at=at)
        return not self.has_settled

    def completed(self, visit: VisitFigures, read: Sequence[Candidate]) -> VisitFigures:
        """Return the figures of a visit with what was missed, and what the calls that were read state."""
        return replace(
            visit,
            expected=self._expected,
            missing=self._missing,
            ended=self._ended,
            calls_read=len(read),
            fill_share=fill_share(read),
        )

    def deviations(self, visit: VisitFigures) -> tuple[Deviation, ...]:
        """Return what lies outside of the envelope, the most telling first."""
        if self.has_settled:
            return ()
        held = self.screen.deviation
        others = [d for d in self.envelope.deviations(visit) if not (held and d.measure is Measure.FIELDS)]
        # Of values that were lost at once it is said already; what is still lacking then is told afterwards.
        lacking = None if held else self.lacks.deviation()
        holding = list(takewhile(lambda deviation: deviation.holds, others))
        told = (held, *holding, lacking, *others[len(holding) :])
        return tuple(deviation for deviation in told if deviation)

    def learned_of_calls(self) -> LearnedCallPages | None:
        """Return what the visit taught of the pages of calls; ``None`` where that is not learned."""
        if not self._learns_calls:
            return None
        calls = self._call_fields
        return LearnedCallPages(
            calls.learned(), self.lacks, calls.pages, calls.notes(), refused=len(calls.doubts)
        )
