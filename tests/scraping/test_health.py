"""The states of a source, their reasons, and the way back to green."""

from datetime import UTC, datetime, timedelta

import pytest

from hoistscraper.scraping.advice import on_deviation
from hoistscraper.scraping.envelope import Deviation, Measure
from hoistscraper.scraping.figures import VisitFigures
from hoistscraper.scraping.health import Ending, Health, HealthState, judge
from hoistscraper.scraping.report import JobStatus
from hoistscraper.scraping.settling import PastVisit, has_been_rewritten, has_shrunk

AT = datetime(2026, 5, 1, tzinfo=UTC)
GREEN = HealthState(Health.GREEN, None, None, AT - timedelta(days=9))


def failed(kind: str, times: int = 1) -> Ending:
    return Ending(status=JobStatus.FAILED, error_kind=kind, error="It failed.", failures_in_a_row=times)


@pytest.mark.parametrize(
    ("ending", "state"),
    [
        (Ending(status=JobStatus.COMPLETED), Health.GREEN),
        (failed("timed-out", 1), Health.AMBER),
        (failed("timed-out", 2), Health.AMBER),
        (failed("timed-out", 3), Health.RED),
        (failed("blocked-page"), Health.RED),
        (failed("logged-out"), Health.RED),
        (failed("forbidden"), Health.RED),
        (failed("maintenance"), Health.AMBER),
        (Ending(status=JobStatus.COMPLETED, cut_short="Page 2 failed."), Health.AMBER),
        (Ending(status=JobStatus.COMPLETED, limit="Stopped after 50 pages."), Health.AMBER),
    ],
)
def test_how_a_visit_ended_decides(ending: Ending, state: Health) -> None:
    judged = judge(ending, before=GREEN, at=AT)
    assert judged
    assert judged.state is state
    assert (judged.reason is None, judged.advice is None) == (state is Health.GREEN, state is Health.GREEN)
    assert (judged.since == AT) is (state is not Health.GREEN)


def test_a_stopped_visit_changes_nothing() -> None:
    assert judge(Ending(status=JobStatus.CANCELLED), before=GREEN, at=AT) is GREEN
    assert judge(Ending(status=JobStatus.CANCELLED), before=None, at=AT) is None


def test_a_state_keeps_its_beginning_and_a_good_visit_ends_it() -> None:
    red = judge(failed("timed-out", 3), before=GREEN, at=AT)
    assert red
    still = judge(failed("timed-out", 4), before=red, at=AT + timedelta(days=2))
    assert still
    assert (still.since, "4 times in a row" in str(still.reason)) == (AT, True)
    good = judge(Ending(status=JobStatus.COMPLETED), before=still, at=AT + timedelta(days=3))
    assert good == HealthState(Health.GREEN, None, None, AT + timedelta(days=3))


@pytest.mark.parametrize("measure", Measure)
def test_every_deviation_has_a_state_a_reason_and_a_remedy(measure: Measure) -> None:
    deviation = Deviation(measure, "It is odd.")
    judged = judge(Ending(status=JobStatus.COMPLETED, deviations=(deviation,)), before=None, at=AT)
    assert judged
    assert judged.state is (Health.RED if measure in (Measure.EMPTY, Measure.FIELDS) else Health.AMBER)
    assert ("last good values stay" in str(judged.reason)) is deviation.holds
    assert judged.advice == on_deviation(measure)


def test_a_limit_is_told_beside_what_else_is_odd_and_explains_a_short_list() -> None:
    odd = tuple(
        Deviation(measure, f"{measure} is odd.") for measure in (Measure.LISTED, Measure.FAILED_PAGES)
    )
    judged = judge(
        Ending(status=JobStatus.COMPLETED, deviations=odd, limit="Half of it."), before=None, at=AT
    )
    assert judged
    assert judged.reason == "failed-pages is odd. The listing is longer than we may read. Half of it."
    assert judged.advice == on_deviation(Measure.FAILED_PAGES)


def past(days_ago: int, listed: int = 20, measure: Measure = Measure.MISSING, held: int = 0) -> PastVisit:
    figures = VisitFigures(at=AT - timedelta(days=days_ago), listed=listed)
    return PastVisit(figures=figures, is_held=True, measures=frozenset({measure}), calls_held=held)


GOOD = PastVisit(figures=VisitFigures(at=AT - timedelta(days=9), listed=40))


def test_a_listing_has_shrunk_when_three_visits_over_three_days_say_so() -> None:
    assert has_shrunk([past(1), past(2), past(3), GOOD], listed=20, at=AT)
    assert not has_shrunk([past(1), past(3), GOOD], listed=20, at=AT)
    assert not has_shrunk([past(0), past(1), past(2), GOOD], listed=20, at=AT)
    assert not has_shrunk([past(1), past(2, listed=9), past(3), GOOD], listed=20, at=AT)
    assert not has_shrunk([past(1), GOOD, past(2), past(3)], listed=20, at=AT)


def test_one_or_two_calls_may_be_rewritten_many_need_a_person() -> None:
    fields = Measure.FIELDS
    assert has_been_rewritten([past(n, measure=fields, held=2) for n in (1, 2, 3)], at=AT)
    assert not has_been_rewritten([past(n, measure=fields, held=3) for n in (1, 2, 3)], at=AT)
