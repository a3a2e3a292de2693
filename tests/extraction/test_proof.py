"""A value without proof is left out."""

from dataclasses import replace
from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hoistscraper.extraction.candidate import Candidate, DocumentLink, Evidence, Moment, NamedDate, Status
from hoistscraper.extraction.content import Content
from hoistscraper.extraction.detail import read_detail
from hoistscraper.extraction.document import parse
from hoistscraper.extraction.proof import EMPTY, counting_dropped, proven
from hoistscraper.extraction.row import LabelledText, read_row
from hoistscraper.reading.read import read_page

TODAY = date(2027, 1, 12)
ADDRESS = "https://reeds.example/fund"
PAGE = """<title>Reed fund | Reeds Council</title>
<body><h1>Reed fund</h1><p>Deadline: 3 May
 2027, 17:00. Grants of <b>EUR</b> 5,000. Ask reeds (at) reeds.example.</p><p>Now closed.</p>
<p>It pays for reeds.</p><a href="/terms.pdf">Terms</a></body>"""


def page() -> Content:
    return Content(parse(PAGE, ADDRESS), TODAY)


def claim(name: str, value: object, quote: str, method: str = "prose") -> object:
    """Return what is left of one claimed value."""
    proof = Evidence(quote, method, 0.7)
    candidate = replace(Candidate(evidence={name: proof}), **{name: value})  # type: ignore[arg-type]
    left = proven(candidate, page())
    assert (name in left.evidence) == (getattr(left, name) != EMPTY.get(name))
    return getattr(left, name)


@pytest.mark.parametrize(
    ("name", "value", "quote"),
    [
        ("deadline", Moment(date(2027, 5, 3), time(17)), "Deadline: 3 May 2027, 17:00."),
        ("deadline", Moment(date(2027, 5, 3)), "3 May 2027"),
        ("amount_max", Decimal(5000), "Grants of EUR 5,000"),
        ("currency", "EUR", "EUR 5,000"),
        ("contact_email", "reeds@reeds.example", "reeds (at) reeds.example"),
        ("status", Status.CLOSED, "Now closed."),
        ("title", "Reed fund", "Reed fund"),
        ("summary", "Now closed.\nIt pays for reeds.", "Now closed."),
        ("reference_number", "5,000", "EUR 5,000"),
    ],
)
def test_a_quoted_value_is_kept_whatever_the_white_space(name: str, value: object, quote: str) -> None:
    assert claim(name, value, quote) == value


@pytest.mark.parametrize(
    ("name", "value", "quote"),
    [
        ("deadline", Moment(date(2027, 5, 4)), "3 May 2027"),  # another day
        ("deadline", Moment(date(2027, 5, 4)), "4 May 2027"),  # the page lacks the quote
        ("deadline", Moment(date(2027, 5, 3), time(18)), "Deadline: 3 May 2027, 17:00."),  # another hour
        (
            "deadline",
            Moment(date(2027, 5, 3), time(17), "UTC"),
            "Deadline: 3 May 2027, 17:00.",
        ),  # a zone more
        ("amount_min", Decimal(50), "Grants of EUR 5,000"),
        ("currency", "GBP", "EUR 5,000"),
        ("contact_email", "reed@reeds.example", "reeds (at) reeds.example"),
        ("status", Status.OPEN, "Now closed."),
        ("title", "Reed fund for all", "Reed fund"),
        ("title", "Reed", "Reed fund"),
        ("organisation", "Marsh Trust", "Reed fund"),
        ("organisation", "Marsh Trust", "Marsh Trust"),
        ("summary", "Now closed.\nIt pays for boats.", "Now closed."),
        ("reference_number", "5,001", "EUR 5,000"),
    ],
)
def test_what_does_not_follow_from_its_quote_is_dropped_and_counted(
    name: str, value: object, quote: str
) -> None:
    with counting_dropped() as dropped:
        assert claim(name, value, quote) == EMPTY.get(name)
    assert dropped == {name: 1}


def test_a_value_without_a_quote_is_dropped() -> None:
    assert proven(Candidate(organisation="Reeds Council"), page()).organisation is None
    assert claim("organisation", "Reeds Council", "") is None


def test_the_title_of_the_window_proves_the_part_that_is_not_the_websites_name() -> None:
    quote = "Reed fund | Reeds Council"
    assert claim("title", "Reed fund", quote, "page") == "Reed fund"
    assert claim("title", "Reed", quote, "page") is None


def test_of_a_list_only_the_unproven_entries_are_dropped() -> None:
    known, other = (NamedDate("Closing", Moment(date(2027, 5, day))) for day in (3, 9))
    assert claim("other_dates", (known, other), "3 May 2027") == (known,)
    linked = DocumentLink("https://reeds.example/terms.pdf", "Terms")
    unlinked = DocumentLink("https://reeds.example/secret.pdf", "Terms")
    assert claim("documents", (linked, unlinked), "Terms", "link") == (linked,)


def test_an_address_that_the_page_does_not_link_to_is_dropped() -> None:
    proof = {"title": Evidence("Reed fund", "heading", 0.8)}
    claimed = Candidate(url="https://elsewhere.example/", title="Reed fund", evidence=proof)
    assert proven(claimed, page()) == replace(claimed, url=None)


def test_what_was_declared_is_looked_for_among_what_was_declared() -> None:
    assert claim("organisation", "Reeds Council", "Reeds Council", "declared:json-ld") is None
    assert claim("title", "Reed fund", "Reed fund | Reeds Council", "declared:meta") == "Reed fund"


FEED = """<rss version="2.0"><channel><title>Reeds</title>
<item><title>Reed fund</title><link>https://reeds.example/1</link>
<description>Deadline: 3 May 2027</description></item>
<item><title>Boat fund</title><link>https://reeds.example/2</link>
<description>Deadline: 4 May 2027</description></item></channel></rss>"""


def test_what_another_entry_of_a_feed_says_proves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    deadlines = [Moment(date(2027, 5, day)) for day in (3, 4)]
    assert [item.deadline for item in read_page(FEED, url=ADDRESS, today=TODAY).items] == deadlines
    first = [LabelledText("Deadline", "3 May 2027")]
    monkeypatch.setattr(
        "hoistscraper.reading.items.read_row",
        lambda _, context, **named: read_row(first, context, **named),
    )
    with counting_dropped() as dropped:
        told = read_page(FEED, url=ADDRESS, today=TODAY).items
    assert [item.deadline for item in told] == [deadlines[0], None]
    assert dropped == {"deadline": 1}


WORDS = st.text("abcdefg éß", min_size=1, max_size=12)
DAYS = st.dates(date(2026, 1, 1), date(2028, 12, 31))
LABELS = st.sampled_from(
    ["Deadline", "Opening date", "Budget", "Grant amount (EUR)", "Contact", "Funder", "Reference", "Status",
     "Einsendeschluss", "Date limite", "Webinar", "Category", "Location", "Eligibility"]
)  # fmt: skip
VALUES = st.one_of(
    DAYS.map(lambda day: f"{day.day} {day:%B %Y}, 5 pm CET"),
    DAYS.map(lambda day: f"{day:%d/%m/%Y}"),
    DAYS.map(lambda day: f"{day:%Y-%m-%d}"),
    st.integers(1, 9_999_999).map(lambda number: f"€{number:,}"),
    st.integers(1, 9_999).map(lambda number: f"up to {number} thousand"),
    st.sampled_from(
        ["open", "Closed - awarded", "a@reeds.example", "b [at] reeds [dot] example", "RF-12/27"]
    ),
    WORDS,
)
LINES = st.lists(st.tuples(LABELS, VALUES), max_size=10)
FORMS = st.sampled_from(
    [("<dl>", "<dt>{}</dt><dd>{}</dd>", "</dl>"), ("<table>", "<tr><th>{}<td>{}", "</table>"),
     ("<div>", "<p><b>{}:</b> {}</p>", "</div>"), ("", "<h2>{}</h2>\n<p>{}</p>", "")]
)  # fmt: skip


def made(lines: list[tuple[str, str]], form: tuple[str, str, str]) -> str:
    before, each, after = form
    told = "".join(each.format(label, value) for label, value in lines)
    return f"<title>Reed fund | Reeds</title><h1>Grant for reeds</h1>{before}{told}{after}"


@given(LINES, FORMS)
@settings(deadline=None)
def test_every_value_that_is_read_of_any_page_is_proven(
    lines: list[tuple[str, str]], form: tuple[str, str, str]
) -> None:
    document = parse(made(lines, form), ADDRESS)
    with counting_dropped() as dropped:
        read = read_detail(document, today=TODAY)
        assert proven(read, Content(document, TODAY)) == read
    told = {name for name in read.evidence if getattr(read, name) != EMPTY.get(name)}
    assert told == set(read.evidence)
    assert dropped == {}


@given(LINES, FORMS, st.data())
@settings(deadline=None)
def test_a_value_or_a_quote_that_was_changed_is_dropped(
    lines: list[tuple[str, str]], form: tuple[str, str, str], data: st.DataObject
) -> None:
    document = parse(made(lines, form), ADDRESS)
    content = Content(document, TODAY)
    read = read_detail(document, today=TODAY)
    name = data.draw(st.sampled_from(sorted(set(read.evidence) - {"other_dates", "categories"})))
    proof = read.evidence[name]
    forged = [replace(read, **{name: _changed(getattr(read, name))})]  # type: ignore[arg-type]
    if proof.method != "link":
        evidence = {**read.evidence, name: replace(proof, quote=f"{proof.quote} quite")}
        forged.append(replace(read, evidence=evidence))
    for each in forged:
        assert getattr(proven(each, content), name) == EMPTY.get(name)


def _changed(value: object) -> object:
    match value:
        case Moment():
            return replace(value, date=date(1999, 9, 9))
        case Decimal():
            return value + 7
        case Status():
            return Status.FORTHCOMING
    return f"{value}x"


@given(st.lists(st.tuples(WORDS, DAYS, st.booleans()), min_size=2, max_size=8))
@settings(deadline=None)
def test_every_row_that_is_read_is_proven(rows: list[tuple[str, date, bool]]) -> None:
    told = "".join(
        f"<tr><td><a href='/{number}'>Grant {name} {number}</a><td>{day:%d %B %Y}<td>{status}"
        for number, (name, day, is_open) in enumerate(rows)
        for status in (("closed", "open")[is_open],)
    )
    page = f"<h1>Open grants</h1><table><tr><th>Title<th>Closing date<th>Status{told}</table>"
    with counting_dropped() as dropped:
        read = read_page(page, url=ADDRESS, today=TODAY).items
    assert [item.deadline and item.deadline.date for item in read] == [day for _, day, _ in rows]
    assert all(set(item.evidence) >= {"title", "deadline", "status"} for item in read)
    assert dropped == {}
