"""The way of a search follows the frequency of what it asks for, band by band."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from hoistscraper.search.choosing import Gather, Walk, ways
from hoistscraper.search.clauses import AllOf, AnyOf, Beginning, Clause, Not, Phrase
from hoistscraper.search.frequencies import Frequencies
from hoistscraper.search.legs import Column, Leg
from hoistscraper.search.windows import Window, window

NOW = datetime(2030, 6, 15, 12, tzinfo=UTC)
MONTHS = {f"closes={2026 + month // 12}-{month % 12 + 1:02}": 0.02 for month in range(72)}
SEEN = {f"seen={2026 + month // 12}-{month % 12 + 1:02}": 0.02 for month in range(54)}
AMOUNTS = {f"amount={step:02}": 0.05 for step in range(4, 16)}
WORDS = {"common": 0.3, "usual": 0.05, "frequent": 0.02, "middling": 0.004, "seldom": 0.001}
KNOWN = Frequencies(1_000_000, MONTHS | SEEN | AMOUNTS | WORDS, 0.000_1)
SOON = Leg(column=Column.ENDS_AT, low=NOW)
NEWEST = Leg(column=Column.FIRST_SEEN_AT, is_descending=True)
LARGEST = Leg(column=Column.AMOUNT_ORDER, is_descending=True, low=Decimal(0))
LEGS = [SOON, NEWEST, LARGEST]


def kinds(leg: Leg, *clauses: Clause, known: Frequencies = KNOWN) -> list[type]:
    return [type(way) for way in ways(leg, clauses, known, now=NOW, wanted=26)]


@pytest.mark.parametrize("leg", LEGS)
def test_a_rare_word_is_looked_up(leg: Leg) -> None:
    assert kinds(leg, AnyOf(("nobody",))) == [Gather]
    assert kinds(leg, AnyOf(("common",)), AnyOf(("nobody",))) == [Gather]


@pytest.mark.parametrize("leg", LEGS)
def test_a_middling_word_is_looked_up_in_the_first_months_then_in_more_then_in_all(leg: Leg) -> None:
    first, *others = ways(leg, [AnyOf(("middling",))], KNOWN, now=NOW, wanted=26)
    assert isinstance(first, Window)
    assert isinstance(others[-1], Gather)
    widened = [way for way in others if isinstance(way, Window)]
    assert all(set(first.marks.lexemes) < set(way.marks.lexemes) for way in widened)


def test_for_the_beginning_of_a_frequent_word_the_index_would_read_all_that_go_on_from_it() -> None:
    assert kinds(SOON, AnyOf(("frequent",)))[0] is Window
    assert kinds(SOON, Beginning("frequent"))[0] is Walk
    assert kinds(SOON, Beginning("middling"))[0] is Window


@pytest.mark.parametrize("leg", LEGS)
def test_a_common_word_is_met_along_the_order_within_bounds(leg: Leg) -> None:
    first, *others = ways(leg, [AnyOf(("common",))], KNOWN, now=NOW, wanted=26)
    assert isinstance(first, Walk)
    assert first.most_rows is not None
    assert first.most_rows < 1_000
    assert isinstance(others[-1], Gather)


@pytest.mark.parametrize("leg", LEGS)
def test_without_a_word_the_order_is_followed(leg: Leg) -> None:
    assert ways(leg, [], KNOWN, now=NOW, wanted=26) == (Walk(None),)
    assert ways(leg, [Not(AnyOf(("common",)))], KNOWN, now=NOW, wanted=26) == (Walk(None),)


def test_nothing_is_known_before_the_first_analyze() -> None:
    assert kinds(SOON, AnyOf(("common",)), known=Frequencies()) == [Gather]


def test_the_months_of_a_window_begin_where_the_page_before_ended() -> None:
    later = Leg(column=Column.ENDS_AT, low=NOW + timedelta(days=60))
    asked = window(later, KNOWN, now=NOW, share=0.025)
    assert asked is not None
    assert asked.marks.lexemes == ("closes=2030-08", "closes=2030-09")
    assert asked.end == datetime(2030, 10, 1, tzinfo=UTC)
    over = Leg(column=Column.ENDS_AT, is_descending=True, low=NOW - timedelta(days=800), high=NOW)
    asked = window(over, KNOWN, now=NOW, share=0.025)
    assert asked is not None
    assert asked.marks.lexemes == ("closes=2030-06", "closes=2030-05")
    assert asked.end == datetime(2030, 5, 1, tzinfo=UTC)
    assert window(over, KNOWN, now=NOW, share=0.9) is None


@pytest.mark.parametrize(
    ("now", "last"), [(datetime(2030, 6, 3, tzinfo=UTC), "06"), (datetime(2030, 6, 28, tzinfo=UTC), "07")]
)
def test_of_a_month_counts_what_is_left_of_it(now: datetime, last: str) -> None:
    asked = window(Leg(column=Column.ENDS_AT, low=now), KNOWN, now=now, share=0.015)
    assert asked is not None
    assert asked.marks.lexemes[-1] == f"closes=2030-{last}"
    # What is read for it is the whole month all the same.
    assert asked.share == pytest.approx(0.02 * len(asked.marks.lexemes))


def test_of_a_month_counts_what_of_it_is_over() -> None:
    early, late = (datetime(2030, 6, day, tzinfo=UTC) for day in (3, 28))
    over = {
        at: Leg(column=Column.ENDS_AT, is_descending=True, low=at - timedelta(days=800), high=at)
        for at in (early, late)
    }
    found = {at: window(leg, KNOWN, now=at, share=0.015) for at, leg in over.items()}
    assert [each and len(each.marks.lexemes) for each in found.values()] == [2, 1]


def test_all_that_was_seen_this_month_is_over_but_what_was_shown() -> None:
    early = datetime(2030, 6, 3, tzinfo=UTC)
    fresh = window(NEWEST, KNOWN, now=early, share=0.015)
    assert fresh is not None
    assert fresh.marks.lexemes == ("seen=2030-07", "seen=2030-06")
    shown = Leg(column=Column.FIRST_SEEN_AT, is_descending=True, high=early - timedelta(days=1))
    older = window(shown, KNOWN, now=early, share=0.015)
    assert older is not None
    assert older.marks.lexemes == ("seen=2030-07", "seen=2030-06", "seen=2030-05")


def test_shares_of_several_words_are_put_together() -> None:
    common, middling = AnyOf(("common",)), AnyOf(("middling",))
    assert KNOWN.together([common, middling]) < KNOWN.share(middling)
    assert KNOWN.share(AnyOf(("common", "usual"))) == pytest.approx(1 - 0.7 * 0.95)
    assert KNOWN.share(Phrase(("common", "middling"))) < KNOWN.share(middling)
    assert KNOWN.share(Not(common)) == pytest.approx(0.7)
    assert KNOWN.share(Beginning("usu")) == pytest.approx(0.05, abs=0.001)
    assert KNOWN.share(AllOf((common,))) == KNOWN.share(common)
    assert KNOWN.together([]) == 1
