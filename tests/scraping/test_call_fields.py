"""When the pages of calls are believed after they changed, and when not."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hoistscraper.extraction.candidate import Candidate, Evidence, Moment
from hoistscraper.extraction.standing import Standing
from hoistscraper.reading.call_pages import CallPageKind, CallPages, PageFields
from hoistscraper.scraping.call_fields import CallFields
from hoistscraper.scraping.lacking import Lacks, from_json

AT = datetime(2031, 1, 1, tzinfo=UTC)
LISTED = Standing("label:dl", "deadline")
APPLY_BY = Standing("label:table", "apply by")
CLOSES = Standing("label:line", "closes")
MARCH, MAY = date(2031, 3, 4), date(2031, 5, 9)
SWAPPED = date(2031, 4, 3)
SAME_ELSEWHERE = (APPLY_BY, MARCH, MARCH)
OTHER_ELSEWHERE = (APPLY_BY, MARCH, MAY)


def page(standing: Standing | None) -> PageFields:
    return PageFields(CallPageKind.PAGE, {"deadline": standing} if standing else {})


def closing(day: date | None) -> Candidate:
    proof = {"deadline": Evidence(str(day), "label:dl", 0.9)} if day else {}
    return Candidate(title="Study", deadline=Moment(day) if day else None, evidence=proof)


def visit(*read: tuple[Standing | None, date | None, date | None], is_in_doubt: bool = False) -> CallFields:
    """Return a visit to known calls: where their deadline stands, what it was and what it is."""
    learned = CallPages().after([*[page(LISTED)] * 10, *[page(None)] * 2])  # some may always lack it
    fields = CallFields(learned, is_in_doubt=is_in_doubt)
    for standing, before, now in read:
        fields.count(page(standing), closing(before), closing(now))
    return fields


def test_a_new_place_is_learned_where_three_calls_read_the_same() -> None:
    fields = visit(*[SAME_ELSEWHERE] * 3)
    assert not fields.doubts
    assert fields.moves == [(CallPageKind.PAGE, "deadline", APPLY_BY, 3)]
    assert fields.learned().usual_label == "apply by"
    assert "3 calls read as before" in fields.notes()[0]


def test_two_calls_that_read_the_same_elsewhere_prove_and_doubt_nothing() -> None:
    fields = visit(*[SAME_ELSEWHERE] * 2)
    assert (fields.moves, dict(fields.doubts)) == ([], {})


def test_a_new_place_is_refused_where_more_than_one_in_ten_contradicts() -> None:
    assert not visit(*[SAME_ELSEWHERE] * 9, OTHER_ELSEWHERE).doubts
    assert visit(*[SAME_ELSEWHERE] * 8, OTHER_ELSEWHERE).doubts.keys() == {"deadline"}


def test_a_new_place_is_refused_where_another_comes_near_it() -> None:
    assert visit(*[SAME_ELSEWHERE] * 4, *[(CLOSES, MARCH, MARCH)] * 3).doubts.keys() == {"deadline"}
    assert not visit(*[SAME_ELSEWHERE] * 6, *[(CLOSES, MARCH, MARCH)] * 3).doubts


def test_calls_that_get_other_deadlines_where_they_always_stood_are_believed() -> None:
    assert not visit(*[(LISTED, MARCH, MAY)] * 10).doubts


def test_day_and_month_that_change_places_are_not_believed() -> None:
    assert "other way round" in visit(*[(LISTED, MARCH, SWAPPED)] * 2).doubts["deadline"]


def test_a_few_calls_that_read_otherwise_elsewhere_are_doubted_among_many() -> None:
    kept = [(LISTED, MARCH, MARCH)] * 10
    assert visit(*kept, *[OTHER_ELSEWHERE] * 3).doubts.keys() == {"deadline"}
    assert not visit(*kept, *[OTHER_ELSEWHERE] * 2).doubts


def test_what_was_doubted_is_not_believed_because_little_of_it_is_read_again() -> None:
    assert not visit(OTHER_ELSEWHERE).doubts
    assert visit(OTHER_ELSEWHERE, is_in_doubt=True).doubts.keys() == {"deadline"}
    assert not visit((LISTED, MARCH, MAY), is_in_doubt=True).doubts


def test_three_calls_that_lose_their_deadline_are_doubted_unless_they_are_few_among_many() -> None:
    lost = (None, MARCH, None)
    assert visit(*[lost] * 3).doubts.keys() == {"deadline"}
    assert not visit(*[lost] * 2).doubts
    assert not visit(*[lost] * 3, *[(LISTED, MARCH, MARCH)] * 7).doubts


def test_a_row_that_still_states_the_deadline_loses_nothing() -> None:
    assert not visit(*[(None, MARCH, MARCH)] * 5).doubts


def test_a_new_call_goes_without_what_nothing_confirms() -> None:
    fields, new = visit(*[OTHER_ELSEWHERE] * 3), closing(MAY)
    without = fields.confirmed(page(APPLY_BY), new)
    assert (without.deadline, without.title, dict(without.evidence)) == (None, "Study", {})
    assert fields.confirmed(page(LISTED), new) is new
    assert visit(*[SAME_ELSEWHERE] * 3).confirmed(page(APPLY_BY), new) is new
    assert fields.confirmed(page(APPLY_BY), new, closing(None)).deadline is None
    assert fields.confirmed(page(APPLY_BY), new, closing(MAY)) is new
    swapped = visit(*[(LISTED, MARCH, SWAPPED)] * 2)
    assert swapped.confirmed(page(LISTED), new).deadline is None


def test_what_a_page_lacks_is_told_for_three_days_and_not_again() -> None:
    lacks = Lacks({}, at=AT)
    assert lacks.read("url:1", "Study", frozenset({"deadline"})) == {"deadline"}
    told = lacks.deviation()
    assert told is not None
    assert not told.holds
    later = Lacks(from_json(lacks.as_json()), at=AT + timedelta(days=2))
    assert later.deviation() == told
    settled = Lacks(from_json(lacks.as_json()), at=AT + timedelta(days=3))
    assert settled.deviation() is None
    assert settled.read("url:1", "Study", frozenset({"deadline"})) == frozenset()
    assert settled.read("url:2", "Other", frozenset({"deadline"})) == {"deadline"}


def test_a_page_that_states_it_again_lacks_nothing() -> None:
    lacks = Lacks({}, at=AT)
    lacks.read("url:1", "Study", frozenset({"deadline"}))
    lacks.read("url:1", "Study", frozenset())
    assert lacks.deviation() is None


def test_pages_are_told_what_they_lack_whether_their_call_is_known_or_not() -> None:
    fields = CallFields(CallPages().after([page(LISTED)] * 10))
    assert fields.count(page(None), None, closing(None)) == {"deadline"}
    assert fields.count(page(LISTED), None, replace(closing(MARCH), title="Other")) == frozenset()
