"""When a call closes, as an instant."""

from datetime import UTC, date, datetime, time

from hoistscraper.extraction.candidate import Moment
from hoistscraper.opportunities.closing import closing_instant, zone_of

DAY = date(2027, 3, 1)


def test_a_stated_time_and_zone_is_that_instant() -> None:
    moment = Moment(DAY, time(17), "Australia/Sydney")
    assert closing_instant(moment) == datetime(2027, 3, 1, 6, 0, tzinfo=UTC)


def test_a_fixed_offset_counts_as_a_zone() -> None:
    assert closing_instant(Moment(DAY, time(17), "+02:00")) == datetime(2027, 3, 1, 15, 0, tzinfo=UTC)


def test_a_day_without_a_time_lasts_to_its_end() -> None:
    assert closing_instant(Moment(DAY, None, "UTC")) == datetime(2027, 3, 1, 23, 59, 59, tzinfo=UTC)


def test_without_a_zone_the_last_place_on_earth_decides() -> None:
    assert closing_instant(Moment(DAY)) == datetime(2027, 3, 2, 11, 59, 59, tzinfo=UTC)


def test_the_websites_zone_is_taken_where_the_page_states_none() -> None:
    assert closing_instant(Moment(DAY, time(12)), "Europe/Paris") == datetime(2027, 3, 1, 11, tzinfo=UTC)


def test_no_deadline_has_no_instant() -> None:
    assert closing_instant(None) is None


def test_an_unknown_zone_is_none() -> None:
    assert zone_of("Mars/Olympus") is None
    assert zone_of(None) is None
