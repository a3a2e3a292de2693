"""Dates, sums and places of declared values: kept as they are written, never guessed."""

import json
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoistscraper.extraction.candidate import Moment
from hoistscraper.extraction.json_nodes import Node, parse_json
from hoistscraper.extraction.native.moments import iso_moment, iso_moment_of, month_first_moment
from hoistscraper.extraction.native.telling import Telling, sum_in

DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))
OFFSETS = st.integers(-12 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@given(st.datetimes(datetime(1990, 1, 2), datetime(2090, 12, 31)), OFFSETS)  # noqa: DTZ001 - the zone is drawn apart
def test_a_time_with_its_offset_names_the_same_instant(when: datetime, zone: timezone) -> None:
    stated = when.replace(tzinfo=zone, microsecond=0)
    moment = iso_moment(stated.isoformat())

    assert moment is not None
    assert moment.date == stated.date()
    if stated.time() == time():
        assert (moment.time, moment.timezone) == (None, None)
    else:
        offset = "+00:00" if moment.timezone == "UTC" else moment.timezone
        assert datetime.fromisoformat(f"{moment.isoformat()}{offset}") == stated


@given(DAYS)
def test_a_date_stays_a_date(day: date) -> None:
    assert iso_moment(day.isoformat()) == Moment(day)
    assert iso_moment(f"{day.isoformat()}T00:00:00Z") == Moment(day)
    assert month_first_moment(f"{day:%m%d%Y}") == month_first_moment(f"{day:%m/%d/%Y}") == Moment(day)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2027",
        "2027-13-01",
        "2027-02-30",
        "01/02/2027",
        "2027-03-01 or later",
        "20270301",
        "2027-03-01T25:00",
    ],
)
def test_what_is_no_date_of_iso_8601_is_none(text: str) -> None:
    assert iso_moment(text) is None


def test_a_zone_that_is_none_leaves_the_time_without_one() -> None:
    assert iso_moment("2027-03-01T17:00:00+19:00") == Moment(date(2027, 3, 1), time(17))


@pytest.mark.parametrize(
    "text", ["13012027", "02302027", "1/2/2027", "2027-01-02", "01-02-2027", "01/022027"]
)
def test_what_is_not_written_month_first_is_not_read_so(text: str) -> None:
    assert month_first_moment(text) is None


def test_a_time_that_stands_apart_joins_its_date() -> None:
    assert iso_moment_of("2027-03-01", "17:00:00") == Moment(date(2027, 3, 1), time(17))
    assert iso_moment_of("2027-03-01", "soon") == Moment(date(2027, 3, 1))
    assert iso_moment_of("2027-03-01T09:00:00Z", "17:00") == Moment(date(2027, 3, 1), time(9), "UTC")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("320000.00", "320000.00"),
        ("0", None),
        ('"1,250,000"', "1250000"),
        ('"12 to 15"', None),
        ('"$500"', "500"),
        ('"1.250.000"', None),
        ("true", None),
        ("-5", None),
        ("1e6", "1000000"),
        ('"none"', None),
    ],
)
def test_a_sum_is_what_one_number_states(text: str, value: str | None) -> None:
    assert sum_in(Node(json.loads(text, parse_float=Decimal))) == (None if value is None else Decimal(value))


@given(
    st.recursive(
        st.none() | st.booleans() | st.text() | st.integers(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_every_pointer_leads_to_its_value(value: object) -> None:
    waiting = [Node(value)]
    while waiting:
        node = waiting.pop()
        assert _followed(value, node.pointer) == node.value
        waiting += [inner for _, inner in node.members()] + list(node.elements())


def _followed(value: object, pointer: str) -> object:
    for name in pointer.split("/")[1:]:
        plain = name.replace("~1", "/").replace("~0", "~")
        value = value[int(plain)] if isinstance(value, list) else value[plain]  # type: ignore[index]
    return value


@pytest.mark.parametrize("text", ["", "<html>", "5", "{", '{"a": 1} trailing', "[" * 100_000, "9" * 10_000])
def test_what_is_no_document_in_json_is_none(text: str) -> None:
    assert parse_json(text) is None


def test_a_call_that_opens_after_it_closes_keeps_neither_date() -> None:
    telling = Telling("declared:ocds", "https://lindenfels.example/r.json#old")
    telling.name("title", Node("Repair of two ferries", "/a b/title"))
    telling.moment("opening_date", Moment(date(2027, 3, 1)), Node("2027-03-01"))
    telling.moment("deadline", Moment(date(2027, 2, 1)), Node("2027-02-01"))
    telling.amount("amount_min", Node(500))
    telling.amount("amount_max", Node(100))
    call = telling.candidate()

    assert call is not None
    assert (call.opening_date, call.deadline) == (None, None)
    assert (call.amount_min, call.amount_max) == (None, Decimal(100))
    assert set(call.evidence) == {"title", "amount_max"}
    assert call.evidence["title"].source_url == "https://lindenfels.example/r.json#/a%20b/title"


def test_an_address_that_leads_nowhere_is_no_document() -> None:
    telling = Telling("declared:ocds", "https://lindenfels.example/r.json")
    for address in ("javascript:alert(1)", "http://[", "two words", None):
        telling.document(Node(address), "Conditions", None)
    telling.document(Node("/c.pdf"), None, "application/pdf")
    telling.name("title", Node("Repair of two ferries"))
    call = telling.candidate()

    assert call is not None
    assert [(each.url, each.title) for each in call.documents] == [
        ("https://lindenfels.example/c.pdf", "c.pdf"),
    ]
