from collections import Counter
from datetime import date
from decimal import Decimal

from hoistscraper.sample_portal.calls import load_calls
from hoistscraper.sample_portal.expected import expected_calls

YEAR = 2026


def test_there_are_sixty_calls_of_which_eight_are_past() -> None:
    calls = load_calls(YEAR)
    assert len(calls) == 60
    assert sum(call.outcome.is_past for call in calls) == 8
    assert {call.outcome.value for call in calls} == {"open", "forthcoming", "closed", "awarded", "overdue"}


def test_past_calls_are_mixed_into_every_listing_page() -> None:
    calls = load_calls(YEAR)
    for first in (0, 20, 40):
        assert 2 <= sum(call.outcome.is_past for call in calls[first : first + 20]) <= 3


def test_titles_addresses_and_references_are_each_their_own() -> None:
    calls = load_calls(YEAR)
    assert len({call.title for call in calls}) == 60
    assert len({call.path for call in calls}) == 60
    assert len({call.reference for call in calls}) == 60


def test_layouts_are_shared_out_with_two_documents_and_one_script() -> None:
    layouts = Counter(call.layout for call in load_calls(YEAR))
    assert layouts["pdf"] == 2
    assert layouts["script"] == 1
    assert all(layouts[layout] >= 10 for layout in ("definitions", "table", "prose", "cards"))


def test_one_page_is_french_one_german_and_two_calls_have_no_deadline() -> None:
    calls = load_calls(YEAR)
    assert Counter(call.language for call in calls) == {"en": 58, "fr": 1, "de": 1}
    assert sum(call.deadline is None for call in calls) == 2


def test_open_calls_fall_in_the_next_year_and_past_ones_in_the_previous() -> None:
    for call in load_calls(YEAR):
        days = [day for _, day in call.other_dates]
        days += [call.opens] if call.opens else []
        days += [call.deadline.day] if call.deadline else []
        assert {day.year for day in days} <= {YEAR - 1 if call.outcome.is_past else YEAR + 1}


def test_every_year_has_all_the_days() -> None:
    assert all(len(load_calls(year)) == 60 for year in range(2023, 2033))


def test_other_dates_come_before_the_deadline() -> None:
    for call in load_calls(YEAR):
        assert all(call.deadline and day < call.deadline.day for _, day in call.other_dates)
        assert call.opens is None or (call.deadline and call.opens < call.deadline.day)


def test_days_written_with_slashes_can_be_read_in_one_way_only() -> None:
    for call in load_calls(YEAR):
        if call.organisation.dates == "slash":
            days = [day for _, day in call.other_dates]
            days += [day for day in (call.opens, call.deadline and call.deadline.day) if day]
            assert all(day.day > 12 for day in days), call.title


def test_the_true_answers_follow_the_calls() -> None:
    first, *_ = expected_calls(load_calls(YEAR))
    assert (first.title, first.detail_path) == (
        "Seed Grants for Early-Career Ecologists",
        "/calls/seed-grants-for-early-career-ecologists/",
    )
    assert first.deadline == date(2027, 2, 18)
    assert first.deadline_timezone == "Europe/London"
    assert (first.amount_min, first.amount_max, first.currency) == (Decimal(5000), Decimal(20000), "GBP")


def test_no_past_call_is_expected_to_be_open() -> None:
    calls = load_calls(YEAR)
    for call, expected in zip(calls, expected_calls(calls), strict=True):
        assert (expected.status == "closed") == call.outcome.is_past
