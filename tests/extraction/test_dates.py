"""Dates as funding pages write them, and those that must not be read."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoistscraper.extraction.dates import DateContext, Order, find_moments, order_of
from hoistscraper.extraction.lexicon import months

ANY = DateContext(today=date(2026, 6, 1))


def read(text: str, context: DateContext = ANY) -> list[tuple[str, str | None]]:
    return [(found.moment.isoformat(), found.moment.timezone) for found in find_moments(text, context)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("31 March 2026", "2026-03-31"),
        ("March 312026", "2026-03-31"),
        ("31 mars2026", "2026-03-31"),
        ("３１ March ２０２６", "2026-03-31"),
        ("31st of March, 2026", "2026-03-31"),
        ("the 2nd day of April 2026", "2026-04-02"),
        ("March 31, 2026", "2026-03-31"),
        ("Mar. 31st 2026", "2026-03-31"),
        ("Tuesday, 31 March 2026", "2026-03-31"),
        ("8-Nov-26", "2026-11-08"),
        ("2026-03-31", "2026-03-31"),
        ("2026/03/31", "2026-03-31"),
        ("31/03/2026", "2026-03-31"),
        ("03/31/2026", "2026-03-31"),
        ("31.3.26", "2026-03-31"),
        ("31. 3. 2026", "2026-03-31"),
        ("1er août 2026", "2026-08-01"),
        ("31 mars 2026", "2026-03-31"),
        ("31. März 2026", "2026-03-31"),
        ("31 de marzo de 2026", "2026-03-31"),
        ("31 marzo 2026", "2026-03-31"),
        ("31 de março de 2026", "2026-03-31"),
        ("31 maart 2026", "2026-03-31"),
        ("31 marca 2026 r.", "2026-03-31"),
        ("31. března 2026", "2026-03-31"),
        ("2026年3月31日", "2026-03-31"),
        ("31 March 2026 17:00", "2026-03-31T17:00:00"),
        ("31 March 2026 at 5 pm", "2026-03-31T17:00:00"),
        ("31 March 2026, 5.30 p.m.", "2026-03-31T17:30:00"),
        ("31 March 2026 (12 noon)", "2026-03-31T12:00:00"),
        ("12:00 midnight, 31 March 2026", "2026-03-31T23:59:00"),
        ("5 pm on Tuesday 31 March 2026", "2026-03-31T17:00:00"),
        ("31 mars 2026 à 17h00", "2026-03-31T17:00:00"),
        ("17h le 31 mars 2026", "2026-03-31T17:00:00"),
        ("31.03.2026 um 23.59 Uhr", "2026-03-31T23:59:00"),
        ("31 de marzo de 2026 a las 14:00 horas", "2026-03-31T14:00:00"),
        ("31 marzo 2026 ore 12.00", "2026-03-31T12:00:00"),
        ("31 marca 2026 r. godz. 15:00", "2026-03-31T15:00:00"),
        ("2026-03-31 1700 hrs", "2026-03-31T17:00:00"),
    ],
)
def test_a_date_is_read(text: str, expected: str) -> None:
    assert [moment for moment, _ in read(text)] == [expected]


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("31 March 2026, 17:00 CET", "Europe/Brussels"),
        ("31 March 2026 at 17:00 (Brussels time)", "Europe/Brussels"),
        ("31 March 2026, 5 pm AEST", "+10:00"),
        ("March 31, 2026 at 11:59 PM Eastern Time", "America/New_York"),
        ("31 March 2026 17:00 GMT+2", "+02:00"),
        ("2026-03-31T17:00:00Z", "UTC"),
        ("2026-03-31T17:00:00+01:00", "+01:00"),
        ("31 March 2026, 17:00", None),
        ("31 March 2026, 17:00 at the latest", None),
    ],
)
def test_a_zone_is_read_only_where_it_is_stated(text: str, zone: str | None) -> None:
    assert [found for _, found in read(text)] == [zone]


def test_local_time_means_the_zone_of_the_website() -> None:
    context = DateContext(today=date(2026, 6, 1), timezone="Africa/Nairobi")
    assert read("31 March 2026 17:00 (local time)", context) == [("2026-03-31T17:00:00", "Africa/Nairobi")]


@pytest.mark.parametrize(
    "text",
    [
        "31 February 2026",
        "31/02/2026",
        "2026-13-01",
        "15 March",
        "March 2026",
        "03/04/2026",
        "1-2-26",
        "Version 1.2.2026.3",
        "tel. 01.02.03.04.05",
        "10/12",
        "1,234,56",
        "room 12, May 3rd floor",
        "12.5.99999",
        "",
    ],
)
def test_what_is_no_certain_date_gives_nothing(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("March 31-April 2, 2026", ["2026-03-31", "2026-04-02"]),
        ("12-15 May 2026", ["2026-05-12", "2026-05-15"]),
        ("from 1 March to 30 April 2026", ["2026-03-01", "2026-04-30"]),
        ("del 15 de enero al 28 de febrero de 2026", ["2026-01-15", "2026-02-28"]),
        ("15 December - 3 January 2026", ["2025-12-15", "2026-01-03"]),
        ("1 March 2026 - 30 April 2026", ["2026-03-01", "2026-04-30"]),
        ("between October 1st and October 31st of 2026", ["2026-10-01", "2026-10-31"]),
    ],
)
def test_a_range_gives_both_its_dates(text: str, expected: list[str]) -> None:
    assert [moment for moment, _ in read(text)] == expected


@pytest.mark.parametrize(("order", "expected"), [("DMY", "2026-04-03"), ("MDY", "2026-03-04")])
def test_the_order_of_the_page_decides_doubtful_numbers(order: Order, expected: str) -> None:
    context = DateContext(today=date(2026, 6, 1), order=order)
    assert [moment for moment, _ in read("03/04/2026", context)] == [expected]


def test_another_number_of_the_page_proves_the_order() -> None:
    assert order_of("opens 01/02/2026, closes 01/31/2026") == "MDY"
    assert order_of("opens 01/02/2026, closes 31/01/2026") == "DMY"
    assert order_of("opens 13/02/2026, closes 01/31/2026") is None
    assert order_of("01/02/2026", "fr") == "DMY"
    assert order_of("01/02/2026", "en") is None


@given(st.text(max_size=400))
def test_no_text_breaks_the_reader_and_quotes_lie_within_it(text: str) -> None:
    for found in find_moments(text, ANY):
        assert 0 <= found.start < found.end <= len(text)


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2040, 12, 31)), st.text(max_size=30))
def test_an_iso_date_is_found_wherever_it_stands(day: date, around: str) -> None:
    text = f"{around} | {day.isoformat()} | {around}"
    assert day in [found.moment.date for found in find_moments(text, ANY)]


@pytest.mark.parametrize(
    "piece", ["1 ", "1 march ", "12-", "12:", "march ", "1.1.", "2026-", " at", "5 pm on the "]
)
def test_long_monotonous_text_is_read_all_the_same(piece: str) -> None:
    assert isinstance(find_moments(piece * 20_000, ANY), list)


@pytest.mark.parametrize("name", months())
def test_every_name_of_a_month_is_read(name: str) -> None:
    day = date(2026, months()[name], 28).isoformat()
    assert read(f"28 {name.upper()} 2026") == [(day, None)]
    assert read(f"{name} 28, 2026") == [(day, None)]
