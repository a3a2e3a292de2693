"""Rows of a listing."""

from datetime import date
from decimal import Decimal

from hoistscraper.extraction.candidate import Candidate, Status
from hoistscraper.extraction.dates import DateContext
from hoistscraper.extraction.row import LabelledText, RowContext, read_row

CONTEXT = RowContext(DateContext(today=date(2027, 1, 12)), source_url="https://funding.example/")


def read(*texts: LabelledText) -> Candidate:
    return read_row(texts, CONTEXT, title="Reed fund", url="https://funding.example/reed")


def test_cells_are_read_by_their_headers() -> None:
    row = read(
        LabelledText("Closing date", "3 May 2027 17:00"),
        LabelledText("Bid opening", "4 May 2027"),
        LabelledText("Published on", "2 March 2027"),
        LabelledText("Amount", "€5,000 - €10,000"),
        LabelledText("Agency", "City of Reeds"),
        LabelledText("Reference no.", "RFP 12-34"),
        LabelledText("Status", "Closed"),
    )
    assert row.deadline is not None
    assert row.deadline.isoformat() == "2027-05-03T17:00:00"
    assert row.opening_date is not None
    assert row.opening_date.date == date(2027, 3, 2)
    assert [each.name for each in row.other_dates] == ["Bid opening"]
    assert (row.amount_min, row.amount_max, row.currency) == (Decimal(5000), Decimal(10000), "EUR")
    assert (row.organisation, row.reference_number, row.status) == (
        "City of Reeds",
        "RFP 12-34",
        Status.CLOSED,
    )
    assert row.evidence["deadline"].method == "row"
    assert row.evidence["deadline"].source_url == "https://funding.example/"


def test_a_date_alone_is_no_deadline() -> None:
    assert read(LabelledText(None, "3 May 2027")).deadline is None


def test_words_beside_a_date_make_it_a_deadline() -> None:
    row = read(LabelledText(None, "Posted 1 March 2027 | Closes 5 June 2027"))
    assert row.deadline is not None
    assert row.deadline.date == date(2027, 6, 5)
    assert row.opening_date is not None
    assert row.opening_date.date == date(2027, 3, 1)


def test_a_line_with_its_own_label_is_read() -> None:
    row = read(LabelledText(None, "Deadline: 3 June 2027\nFunder: Reed Trust"))
    assert row.deadline is not None
    assert row.deadline.date == date(2027, 6, 3)
    assert row.organisation == "Reed Trust"


def test_an_empty_row_states_nothing_but_its_name() -> None:
    row = read()
    assert (row.title, row.url) == ("Reed fund", "https://funding.example/reed")
    assert [(name, proof.quote) for name, proof in row.evidence.items()] == [("title", "Reed fund")]
