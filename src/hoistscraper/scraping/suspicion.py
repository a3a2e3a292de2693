"""Do the pages of known calls read as if they had been rebuilt? Counted over one visit. Pure."""

from hoistscraper.extraction.candidate import Candidate, Moment, Status
from hoistscraper.scraping.figures import core_fields

# Calls get rewritten one by one; that many losing that much together are pages that are read wrongly.
LEAST_CALLS = 3
MOST_LOST_SHARE = 0.3
# Of one or two calls, more has to be lost.
MOST_LOST_OF_FEW = 0.4
LEAST_STATED_BY_FEW = 3
MOST_CLOSED_SHARE = 0.5
# Deadlines that differed and are all the same now stand at the top of the page, not in the call.
LEAST_DEADLINES = 5
LEAST_DIFFERENT = 3


class Suspicion:
    """What the known calls that were read stated before and state now."""

    def __init__(self, *, few_may_lose: bool = False) -> None:
        self._few_may_lose = few_may_lose
        self._calls = 0
        self._stated = 0
        self._lost = 0
        self._closed = 0
        self._deadlines: list[tuple[Moment, Moment]] = []

    def count(self, before: Candidate, now: Candidate) -> None:
        """Take one known call."""
        stated = core_fields(before)
        self._calls += 1
        self._stated += len(stated)
        self._lost += len(stated - core_fields(now))
        self._closed += _closed_by_words(before, now)
        if before.deadline and now.deadline:
            self._deadlines.append((before.deadline, now.deadline))

    @property
    def sentence(self) -> str | None:
        """What is suspicious, or ``None``."""
        if self._loses_fields():
            return (
                f"{self._lost} of {self._stated} values of {self._calls} known "
                f"{'call' if self._calls == 1 else 'calls'} could not be read any more."
            )
        if self._closed >= LEAST_CALLS and self._closed > MOST_CLOSED_SHARE * self._calls:
            return f"{self._closed} of {self._calls} calls read as closed before their deadline, all at once."
        if self._share_one_deadline():
            return f"The deadlines of {len(self._deadlines)} calls, which differed, all read the same now."
        return None

    def _loses_fields(self) -> bool:
        if self._calls >= LEAST_CALLS:
            return self._lost > MOST_LOST_SHARE * self._stated
        if self._few_may_lose:
            return False
        return self._stated >= LEAST_STATED_BY_FEW and self._lost > MOST_LOST_OF_FEW * self._stated

    def _share_one_deadline(self) -> bool:
        before = {old for old, _ in self._deadlines}
        after = {new for _, new in self._deadlines}
        return len(self._deadlines) >= LEAST_DEADLINES and len(before) >= LEAST_DIFFERENT and len(after) == 1


def _closed_by_words(before: Candidate, now: Candidate) -> bool:
    if now.status is not Status.CLOSED or before.status is Status.CLOSED:
        return False
    proof = now.evidence.get("status")
    return proof is None or proof.method != "deadline"
