"""Dates, sums and places of declared values: kept as they are written, never guessed."""

import json
from dataclasses import replace
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoistscraper.extraction.candidate import Candidate, DocumentLink, Evidence, Moment, NamedDate, Status
from hoistscraper.extraction.dates import DateContext
from hoistscraper.extraction.json_nodes import Node, parse_json
from hoistscraper.extraction.native import ocds
from hoistscraper.extraction.native.formats import COMMON_GRANTS, OCDS, RECORD, SYNOPSIS
from hoistscraper.extraction.native.moments import iso_moment, iso_moment_of, month_first_moment
from hoistscraper.extraction.native.records import RecordContext, context_for, read_record
from hoistscraper.extraction.native.rereading import RecordCheck
from hoistscraper.extraction.native.sums import sum_in
from hoistscraper.extraction.native.telling import Telling
from hoistscraper.extraction.proof import checked, counting_dropped

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
    record = Node(
        {"title": "Repair of two ferries", "from": "2027-03-01", "to": "2027-02-01", "a": 500, "b": 100}
    )
    telling = Telling(OCDS, record, "https://lindenfels.example/r.json#old")
    telling.name("title", record.at("title"))
    telling.moment("opening_date", Moment(date(2027, 3, 1)), record.at("from"))
    telling.moment("deadline", Moment(date(2027, 2, 1)), record.at("to"))
    telling.amount("amount_min", record.at("a"))
    telling.amount("amount_max", record.at("b"))
    call = telling.candidate()

    assert call is not None
    assert (call.opening_date, call.deadline) == (None, None)
    assert (call.amount_min, call.amount_max) == (None, Decimal(100))
    assert set(call.evidence) == {"title", "amount_max"}


def test_the_place_of_a_value_is_a_fragment_of_the_address() -> None:
    record = Node({"a b/c": {"name": "Repair of two ferries"}}, "/releases/0")
    telling = Telling(OCDS, record, "https://lindenfels.example/r.json#old")
    telling.name("title", record.at("a b/c", "name"))
    call = telling.candidate()

    assert call is not None
    place = "https://lindenfels.example/r.json#/releases/0/a%20b~1c/name"
    assert call.evidence["title"].source_url == place


def test_an_address_that_leads_nowhere_is_no_document() -> None:
    addresses = ["javascript:alert(1)", "http://[", "two words", None, "/c.pdf"]
    record = Node({"title": "Repair of two ferries", "files": addresses})
    telling = Telling(OCDS, record, "https://lindenfels.example/r.json")
    for address in record.at("files").elements():
        telling.document(address, None, "application/pdf")
    telling.name("title", record.at("title"))
    call = telling.candidate()

    assert call is not None
    assert [(each.url, each.title) for each in call.documents] == [
        ("https://lindenfels.example/c.pdf", "c.pdf"),
    ]


TOLD = {
    "title": "Repair of two ferries",
    "buyer": "City of Lindenfels",
    "number": "LF-2027-12",
    "status": "complete",
    "ends": "2027-03-01T12:00:00+01:00",
    "again": "2027-03-01T17:00:00+01:00",
    "moves": "2027-03-15",
    "amount": Decimal("320000.00"),
    "code": "EUR",
    "told": "The ferries take people over the river, and both of them want new planks before the winter.",
    "mail": "Ask ferries@lindenfels.example or the town hall.",
    "files": ["/terms.pdf", "https://lindenfels.example/plan.pdf"],
    "kinds": ["works", "boats"],
}
RECORD_NODE = Node(TOLD, "/releases/3")
ENDS = Moment(date(2027, 3, 1), time(12), "+01:00")


def told(field: str, value: object, proof: str, *nodes: Node) -> object:
    """Return what is left of one value that a reader takes from the record."""
    telling = Telling(OCDS, RECORD_NODE, "https://lindenfels.example/r.json")
    telling.name("title", RECORD_NODE.at("title"))
    telling.say(field, value, proof, *nodes)
    call = telling.candidate()
    assert call is not None
    left: object = getattr(call, field)
    assert (field in call.evidence) == (left != getattr(Candidate(), field))
    return left


def at(*names: str) -> Node:
    """Return a place of the record."""
    return RECORD_NODE.at(*names)


ELSEWHERE = Node("2027-03-01T12:00:00+01:00", "/releases/4/ends")
INVENTED = Node("2027-04-01", "/releases/3/ends")


@pytest.mark.parametrize(
    ("field", "value", "proof", "nodes"),
    [
        ("deadline", ENDS, "2027-03-01T12:00:00+01:00", [at("ends")]),
        ("amount_max", Decimal(320_000), "320000.00", [at("amount")]),
        ("currency", "EUR", "EUR", [at("code")]),
        ("status", Status.CLOSED, "complete", [at("status")]),
        ("summary", str(TOLD["told"])[:70], str(TOLD["told"])[:70], [at("told")]),
        ("contact_email", "ferries@lindenfels.example", "ferries@lindenfels.example", [at("mail")]),
        ("categories", ("works", "boats"), "works; boats", [*at("kinds").elements()]),
        (
            "deadline",
            Moment(date(2027, 3, 1)),
            "2027-03-01T12:00:00+01:00 2027-03-01T17:00:00+01:00",
            [at("ends"), at("again")],
        ),
    ],
)
def test_what_stands_at_its_place_is_kept(field: str, value: object, proof: str, nodes: list[Node]) -> None:
    with counting_dropped() as dropped:
        assert told(field, value, proof, *nodes) == value
    assert dropped == {}


@pytest.mark.parametrize(
    ("field", "value", "proof", "nodes"),
    [
        # Another day, hour, zone or less than is stated.
        ("deadline", Moment(date(2027, 3, 2), time(12), "+01:00"), TOLD["ends"], [at("ends")]),
        ("deadline", Moment(date(2027, 3, 1), time(13), "+01:00"), TOLD["ends"], [at("ends")]),
        ("deadline", Moment(date(2027, 3, 1), time(12), "UTC"), TOLD["ends"], [at("ends")]),
        ("deadline", Moment(date(2027, 3, 1)), TOLD["ends"], [at("ends")]),
        # Two days, of which one was chosen.
        ("deadline", ENDS, f"{TOLD['ends']} {TOLD['moves']}", [at("ends"), at("moves")]),
        # A quote that is not what stands there, only a part of it, or that stands somewhere else.
        ("deadline", ENDS, "2027-03-01T12:00:00", [at("ends")]),
        ("deadline", ENDS, TOLD["ends"], [at("again")]),
        ("deadline", ENDS, TOLD["ends"], [ELSEWHERE]),
        ("deadline", ENDS, TOLD["ends"], []),
        # What a reader made up stands in no document, whatever it says of its place.
        ("deadline", Moment(date(2027, 4, 1)), "2027-04-01", [INVENTED]),
        ("opening_date", ENDS, TOLD["moves"], [at("moves")]),
        ("amount_min", Decimal(32_000), "320000.00", [at("amount")]),
        ("amount_max", Decimal(320_000), "320000", [at("amount")]),
        ("amount_max", Decimal(12), "LF-2027-12", [at("number")]),
        ("currency", "USD", "EUR", [at("code")]),
        ("currency", "USD", "320000.00", [at("amount")]),
        ("status", Status.OPEN, "complete", [at("status")]),
        ("organisation", "City", "City of Lindenfels", [at("buyer")]),
        ("organisation", "Lindenfels Trust", "Lindenfels Trust", [at("buyer")]),
        ("reference_number", "LF-2027-13", "LF-2027-12", [at("number")]),
        ("summary", "The ferries", "The ferries", [at("told")]),
        ("summary", "Both want planks.", str(TOLD["told"]), [at("told")]),
        ("eligibility", "Everybody", str(TOLD["told"]), [at("told")]),
        ("contact_email", "hall@lindenfels.example", "ferries@lindenfels.example", [at("mail")]),
    ],
)
def test_what_a_reader_says_and_no_place_does_is_dropped_and_counted(
    field: str, value: object, proof: str, nodes: list[Node]
) -> None:
    with counting_dropped() as dropped:
        assert told(field, value, proof, *nodes) == getattr(Candidate(), field)
    assert dropped == {field: 1}


def test_of_a_list_only_the_entries_that_stand_there_are_kept() -> None:
    kinds = [*at("kinds").elements()]
    assert told("categories", ("works", "cars"), "works; boats", *kinds) == ("works",)
    known, other = (NamedDate("Award", Moment(date(2027, 3, day))) for day in (15, 16))
    telling = Telling(OCDS, RECORD_NODE, None)
    telling.name("title", at("title"))
    for each in (known, other):
        telling.other_date(each.name, each.moment, at("moves"))
    call = telling.candidate()
    assert call is not None
    assert call.other_dates == (known,)


def test_a_file_that_the_record_does_not_name_is_dropped() -> None:
    named, other = (DocumentLink(f"https://lindenfels.example/{name}.pdf", name) for name in ("terms", "x"))
    proof = Evidence("/terms.pdf", OCDS.method, 0.9)
    call = Candidate(documents=(named, other), evidence={"documents": proof})
    check = RecordCheck(
        RECORD_NODE,
        OCDS,
        {"documents": [at("files", "0").pointer, "/releases/3/files"]},
        "https://lindenfels.example/r.json",
        DateContext(today=date(2027, 1, 12)),
    )
    assert checked(call, check).documents == ()
    places = {"documents": ["/releases/3/files/0"]}
    assert checked(call, replace(check, places=places)).documents == (named,)


def test_a_title_that_stands_nowhere_leaves_no_call() -> None:
    telling = Telling(OCDS, RECORD_NODE, None)
    telling.say("title", "Repair of three ferries", "Repair of two ferries", at("title"))
    assert telling.candidate() is None


def test_an_address_that_stands_nowhere_is_dropped() -> None:
    telling = Telling(OCDS, RECORD_NODE, "https://lindenfels.example/r.json")
    telling.name("title", at("title"))
    telling.url = "https://elsewhere.example/"
    call = telling.candidate()
    assert call is not None
    assert call.url is None


def test_each_form_has_its_own_dates_statuses_and_currency() -> None:
    context = DateContext(today=date(2027, 1, 12))
    forms = (OCDS, COMMON_GRANTS, SYNOPSIS, RECORD)
    assert [each.moment("03152027", None, context) for each in forms] == [
        None,
        None,
        Moment(date(2027, 3, 15)),
        None,
    ]
    assert [each.status("active") for each in forms] == [Status.OPEN, *[Status.UNKNOWN] * 3]
    assert [each.currency(Node("50000")) for each in forms] == [None, None, "USD", None]


RELEASES = st.fixed_dictionaries(
    {
        "ocid": st.just("ocds-abc123-1"),
        "buyer": st.fixed_dictionaries({"name": st.text(max_size=20)}),
        "tender": st.fixed_dictionaries(
            {"title": st.text("abc deß<&;\n", min_size=1, max_size=80)},
            optional={
                "id": st.from_regex(r"[A-Z]{0,3}-?\d{1,6}", fullmatch=True),
                "description": st.text("abc <b>&amp;\n.", max_size=1_200),
                "status": st.sampled_from(["planning", "active", "complete", "cancelled", "other"]),
                "value": st.fixed_dictionaries(
                    {"amount": st.integers(0, 10**7) | st.decimals(0, 10**6, places=2) | st.text(max_size=5)},
                    optional={"currency": st.sampled_from(["EUR", "usd", "gold"])},
                ),
                "tenderPeriod": st.fixed_dictionaries(
                    {},
                    optional={
                        "startDate": DAYS.map(str) | st.text(max_size=8),
                        "endDate": DAYS.map(lambda day: f" {day}T17:00:00+02:00"),
                    },
                ),
                "enquiryPeriod": st.fixed_dictionaries({"endDate": DAYS.map(str)}),
                "contractPeriod": st.fixed_dictionaries(
                    {"startDate": DAYS.map(str), "endDate": DAYS.map(str)}
                ),
                "eligibilityCriteria": st.text("abc <i>", max_size=100),
                "additionalProcurementCategories": st.lists(st.sampled_from(["goods", "<b>works</b>", ""])),
                "documents": st.lists(
                    st.fixed_dictionaries({"url": st.sampled_from(["/a.pdf", "b.doc", "http://["])})
                ),
            },
        ),
    }
)


@given(RELEASES)
def test_every_value_that_is_read_of_any_release_is_proven(release: dict[str, object]) -> None:
    with counting_dropped() as dropped:
        call = ocds.read_release(
            Node(release), source_url="https://lindenfels.example/r.json", today=date(2027, 1, 12)
        )
    assert dropped == {}
    if call is not None:
        stated = {name for name in call.evidence if getattr(call, name) != getattr(Candidate(), name)}
        assert stated == set(call.evidence)


WRITTEN = st.one_of(
    DAYS.map(str),
    DAYS.map(lambda day: f"{day:%d/%m/%Y}"),
    DAYS.map(lambda day: f"{day.day} {day:%B %Y}, 5 pm"),
    DAYS.map(lambda day: f"{day:%Y%m%d}"),
    st.sampled_from(
        ["open", "Closed", "EUR", "up to €5,000", "€1,000 - €2,000", "$500", "a@reeds.example", "RF-12"]
    ),
    st.integers(0, 10**6),
    st.text("abc <b>&;", max_size=60),
)
NESTED = st.one_of(
    WRITTEN,
    st.lists(WRITTEN, max_size=3),
    st.dictionaries(st.sampled_from(["name", "date", "time", "min", "max", "amount", "currency"]), WRITTEN),
    st.fixed_dictionaries({"date": DAYS.map(str), "time": st.sampled_from(["12:00", "17:30:00Z", "noon"])}),
)
NAMES = st.sampled_from(
    """title deadline closingDate openingDate startDate endDate status currency amount minAmount maxAmount
    description eligibility tags attachments url agency location contactEmail referenceNumber""".split()
)


@given(st.dictionaries(NAMES, NESTED, max_size=12), st.booleans())
def test_every_value_that_is_read_of_any_record_is_proven(
    record: dict[str, object],
    speaks: bool,  # noqa: FBT001 - hypothesis draws it
) -> None:
    node = Node({"title": "Grants for reeds", **record}, "/results/0")
    context = RecordContext(DateContext(today=date(2027, 1, 12)), "https://reeds.example/r", RECORD, speaks)
    with counting_dropped() as dropped:
        read_record(node, context_for([node], context))
    assert dropped == {}
