"""How a website is doing: green, amber or red, why, and what to do about it. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from hoistscraper.fetching.errors import FetchError
from hoistscraper.scraping.advice import WHEN_CUT_SHORT, WHEN_LIMITED, on_deviation, on_failure
from hoistscraper.scraping.envelope import Deviation, Measure
from hoistscraper.scraping.report import JobStatus

# A website that fails once or twice may be restarting; one that fails three times is down.
FAILURES_UNTIL_RED = 3
# These need a person, however often they happen.
RED_AT_ONCE = frozenset(
    "blocked-page logged-out log-in-failed log-in-unreadable".split()
    + "forbidden robots-forbidden address-refused".split()
)
_STAYS = "The last good values stay."


class Health(StrEnum):
    """The state of a source."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


@dataclass(frozen=True, slots=True)
class HealthState:
    """A state with its reason, what to do, and since when the state is this one."""

    state: Health
    reason: str | None
    advice: str | None
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """How a visit ended, as far as it tells of the website's health.

    ``failures_in_a_row`` counts this visit. ``cut_short`` says why the listing could not be read to its end,
    ``limit`` that it is longer than we may read, ``pages_refused`` why most pages behind its calls are not
    shown.
    """

    status: JobStatus
    error_kind: str | None = None
    error: str | None = None
    failures_in_a_row: int = 0
    cut_short: str | None = None
    limit: str | None = None
    pages_refused: FetchError | None = None
    deviations: Sequence[Deviation] = ()


def judge(ending: Ending, *, before: HealthState | None, at: datetime) -> HealthState | None:
    """Return the state after a visit; a visit that somebody stopped changes nothing.

    A good visit is green whatever was before: a source recovers by itself.
    """
    if ending.status in (JobStatus.CANCELLED, JobStatus.RUNNING):
        return before
    state, reason, advice = _failed(ending) if ending.status is JobStatus.FAILED else _completed(ending)
    since = before.since if before and before.state is state else at
    return HealthState(state, reason, advice, since)


def _failed(ending: Ending) -> tuple[Health, str, str]:
    kind, error = ending.error_kind or "", ending.error or "The visit failed."
    is_lasting = ending.failures_in_a_row >= FAILURES_UNTIL_RED
    state = Health.RED if is_lasting or kind in RED_AT_ONCE else Health.AMBER
    times = f" It failed {ending.failures_in_a_row} times in a row." if ending.failures_in_a_row > 1 else ""
    return state, f"{error}{times} {_STAYS}", on_failure(kind, is_lasting=is_lasting)


def _completed(ending: Ending) -> tuple[Health, str | None, str | None]:
    if ending.cut_short:
        return (
            Health.AMBER,
            f"Only a part of the listing could be read. {ending.cut_short} {_STAYS}",
            WHEN_CUT_SHORT,
        )
    if ending.pages_refused:
        error = ending.pages_refused
        return (
            Health.RED if error.kind in RED_AT_ONCE else Health.AMBER,
            f"Most pages behind the calls are not shown. {error.message} {_STAYS}",
            on_failure(error.kind, is_lasting=False),
        )
    if deviations := [each for each in ending.deviations if not _is_of_limit(each, ending)]:
        first, *others = deviations
        told = " ".join(deviation.sentence for deviation in (first, *others[:1]))
        holds = any(deviation.holds for deviation in deviations)
        state = Health.RED if first.measure in (Measure.EMPTY, Measure.FIELDS) else Health.AMBER
        reason = " ".join(filter(None, (told, _STAYS if holds else None, _limit_of(ending))))
        return state, reason, on_deviation(first.measure)
    if ending.limit:
        return Health.AMBER, _limit_of(ending), WHEN_LIMITED
    return Health.GREEN, None, None


def _limit_of(ending: Ending) -> str | None:
    return f"The listing is longer than we may read. {ending.limit}" if ending.limit else None


def _is_of_limit(deviation: Deviation, ending: Ending) -> bool:
    """Tell whether a deviation only says that not all of a listing was read, which is known."""
    return ending.limit is not None and deviation.measure is Measure.LISTED
