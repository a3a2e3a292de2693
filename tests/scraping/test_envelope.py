"""What a website usually gives, from one visit or from fifty, and what lies outside of it."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoistscraper.scraping.envelope import Envelope, Measure
from hoistscraper.scraping.figures import VisitFigures

AT = datetime(2026, 5, 1, tzinfo=UTC)


def visit(listed: int = 40, **figures: object) -> VisitFigures:
    return VisitFigures(**{"at": AT, "listed": listed, "expected": 40, **figures})  # type: ignore[arg-type]


def measures(envelope: Envelope, seen: VisitFigures) -> set[Measure]:
    return {deviation.measure for deviation in envelope.deviations(seen)}


HISTORIES = [1, 2, 5, 50]


@pytest.mark.parametrize("visits", HISTORIES)
def test_the_same_again_is_as_usual_whatever_the_number_of_visits(visits: int) -> None:
    assert not Envelope.learn([visit()] * visits).deviations(visit())


@pytest.mark.parametrize("visits", HISTORIES)
def test_half_of_a_listing_gone_is_outside(visits: int) -> None:
    envelope = Envelope.learn([visit()] * visits)
    [deviation] = envelope.deviations(visit(20, missing=20))
    assert deviation.measure is Measure.MISSING
    assert deviation.holds
    assert deviation.sentence.startswith("20 of 40 calls that are still open are not listed any more")


@pytest.mark.parametrize("visits", HISTORIES)
def test_a_few_calls_gone_are_as_usual(visits: int) -> None:
    assert not Envelope.learn([visit()] * visits).deviations(visit(37, missing=3))


@pytest.mark.parametrize("visits", HISTORIES)
def test_nothing_found_is_outside(visits: int) -> None:
    [deviation] = Envelope.learn([visit()] * visits).deviations(visit(0))
    assert deviation.sentence == "No call was found where about 40 are usual."


def test_a_listing_of_one_call_may_be_empty() -> None:
    assert not Envelope.learn([visit(1, expected=1)] * 5).deviations(visit(0, expected=1))


def test_before_the_first_good_visit_only_an_empty_one_is_told() -> None:
    unknown = Envelope.learn([])
    assert not unknown.deviations(visit(3, missing=30, pages_asked=9, pages_failed=9))
    assert measures(unknown, visit(0)) == {Measure.NOTHING}


def test_a_website_that_comes_and_goes_is_given_more_room() -> None:
    restless = [visit(40, missing=n) for n in (2, 30, 12, 25, 5, 28, 9)]
    assert not Envelope.learn(restless).deviations(visit(38, missing=20))


def test_one_odd_visit_among_many_moves_nothing() -> None:
    envelope = Envelope.learn([visit()] * 9 + [visit(400, missing=40, fill_share=0.0, calls_read=9)])
    assert measures(envelope, visit(20, missing=20)) == {Measure.MISSING}


def test_calls_past_their_deadline_are_not_missed() -> None:
    assert not Envelope.learn([visit()] * 5).deviations(visit(5, expected=5, ended=35))


def test_a_listing_that_shrank_without_a_loss_is_told_but_holds_nothing() -> None:
    [deviation] = Envelope.learn([visit()] * 5).deviations(visit(12, expected=12))
    assert (deviation.measure, deviation.holds) == (Measure.LISTED, False)
    assert deviation.sentence == "Only 12 calls are listed where about 40 are usual."


def test_a_listing_that_multiplies_is_told() -> None:
    [deviation] = Envelope.learn([visit()] * 5).deviations(visit(400))
    assert deviation.sentence == "400 calls are listed where about 40 are usual."


@pytest.mark.parametrize("visits", HISTORIES)
def test_fewer_filled_fields_are_outside_where_enough_calls_were_read(visits: int) -> None:
    envelope = Envelope.learn([visit(fill_share=0.8, calls_read=40)] * visits)
    [deviation] = envelope.deviations(visit(fill_share=0.4, calls_read=40))
    assert deviation.sentence == "Only 40% of the usual fields could be read where 80% are usual."
    assert not envelope.deviations(visit(fill_share=0.75, calls_read=40))
    assert not envelope.deviations(visit(fill_share=0.1, calls_read=2))


def test_pages_that_fail_are_outside_from_three_on_or_when_all_do() -> None:
    envelope = Envelope.learn([visit(pages_asked=40)])
    assert not envelope.deviations(visit(pages_asked=2, pages_failed=1))
    assert measures(envelope, visit(pages_asked=2, pages_failed=2)) == {Measure.FAILED_PAGES}
    assert measures(envelope, visit(pages_asked=40, pages_failed=12)) == {Measure.FAILED_PAGES}
    assert not envelope.deviations(visit(pages_asked=40, pages_failed=7))


def test_new_calls_by_the_dozen_and_their_absence_for_weeks_are_told() -> None:
    busy = Envelope.learn([visit()] * 5, weekly_new=[3, 2, 4, 3, 3])
    assert not busy.deviations(visit(48, new=8))
    [many] = busy.deviations(visit(90, new=50))
    assert many.sentence == "50 calls are new where about 3 a week are usual."
    dry = Envelope.learn([visit()] * 5, weekly_new=[3, 2, 4, 3, 3, 0, 0, 0])
    [none] = dry.deviations(visit())
    assert none.sentence == "No new call for 3 weeks where about 3 a week are usual."
    assert not none.holds
    assert not dry.deviations(visit(41, new=1))


def test_much_larger_and_slower_visits_are_told() -> None:
    envelope = Envelope.learn([visit(bytes_received=1_000_000, seconds=30)] * 5)
    assert not envelope.deviations(visit(bytes_received=2_500_000, seconds=80))
    assert measures(envelope, visit(bytes_received=9_000_000, seconds=600)) == {
        Measure.BYTES,
        Measure.DURATION,
    }


COUNTS = st.integers(0, 500)
FIGURES = st.builds(
    lambda listed, expected, missing, fill, read: visit(
        listed, expected=expected, missing=min(missing, expected), fill_share=fill, calls_read=read
    ),
    COUNTS,
    COUNTS,
    COUNTS,
    st.none() | st.floats(0, 1),
    COUNTS,
)


@given(st.lists(FIGURES, max_size=50), FIGURES)
def test_every_deviation_is_a_sentence(history: list[VisitFigures], seen: VisitFigures) -> None:
    for deviation in Envelope.learn(history).deviations(seen):
        assert deviation.sentence.endswith(".")


@given(st.integers(3, 500), st.integers(1, 50))
def test_losing_everything_is_outside_from_three_calls_on(listed: int, visits: int) -> None:
    envelope = Envelope.learn([visit(listed, expected=listed)] * visits)
    assert any(d.holds for d in envelope.deviations(visit(1, expected=listed, missing=listed)))
