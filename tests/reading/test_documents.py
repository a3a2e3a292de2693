"""PDF and Word documents as the pages of calls: with the page of each proof, and refused in words."""

import subprocess
import zipfile
from datetime import date
from io import BytesIO

import docx
import pypdfium2
import pytest

from benchmarks.largest.pages import PAGES
from hoistscraper.reading.contract import reading_as_json
from hoistscraper.reading.documents.reading import read_document
from hoistscraper.reading.documents.told import UnreadableDocument
from hoistscraper.reading.read import read_linked, read_page
from hoistscraper.reading.values import PageKind
from hoistscraper.sample_portal.pdf import write_pdf

TODAY = date(2027, 1, 15)
URL = "https://lindenfels.example/files/7"
PROSE = (
    "The Harbour Trust invites tenders for the repair of the sea walls between the two lighthouses, "
    "which the storms of last winter have damaged in four places."
)
FILLING = [
    f"Condition {number}: the tenderer keeps the site tidy and the neighbours told." for number in range(40)
]
LATE = (
    "Tenders that arrive at the office of the Harbour Trust after the day that is named here are sent back "
    "unopened. Closing date: 9 March 2027 at 12:00 noon"
)
FACTS = ["Reference number: HT-2027-14", LATE, "Estimated value: EUR 420,000"]
LONG = (
    "The Fund for small museums helps museums with fewer than five rooms. Museums of the whole region may "
    "send their applications until 9 March 2027 at the latest, by post or by electronic mail to the office."
)


def locked_pdf() -> bytes:
    """Return a PDF that asks for a password that nobody knows."""
    lock = "<< /Filter /Standard /V 1 /R 2 /P -4 /O <" + "41" * 32 + "> /U <" + "42" * 32 + "> >>"
    entry = f"trailer\n<< /Encrypt {lock} /ID [<{'43' * 16}> <{'43' * 16}>]".encode()
    return write_pdf("Locked", [PROSE]).replace(b"trailer\n<<", entry)


def word_document() -> "docx.document.Document":
    """Return a call as a Word document."""
    document = docx.Document()
    document.add_heading("Repair of the sea walls", 0)
    document.add_paragraph(PROSE)
    table = document.add_table(rows=0, cols=2)
    for label, value in (
        ("Reference number", "HT-2027-14"),
        ("Closing date", "9 March 2027, 12:00"),
        ("Estimated value", "EUR 420,000"),
    ):
        cells = table.add_row().cells
        cells[0].text, cells[1].text = label, value
    document.add_heading("Who can apply", 1)
    document.add_paragraph("Builders who have repaired a sea wall before may apply, alone or together.")
    return document


def saved(document: "docx.document.Document") -> bytes:
    """Return a Word document as its file."""
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def test_each_proof_of_a_pdf_names_its_page() -> None:
    content = write_pdf("Repair of the sea walls", [PROSE, *FILLING, *FACTS])
    reading = read_page(content, url=URL, today=TODAY)

    call = reading.opportunity
    assert reading.kind is PageKind.DETAIL
    assert call is not None
    assert (call.title, call.reference_number) == ("Repair of the sea walls", "HT-2027-14")
    assert call.deadline is not None
    assert call.deadline.isoformat() == "2027-03-09T12:00:00"
    assert (str(call.amount_max), call.currency) == ("420000", "EUR")
    assert call.evidence["title"].source_url == f"{URL}#page=1"
    last = len(pypdfium2.PdfDocument(content))
    assert last > 1
    assert call.evidence["deadline"].source_url == f"{URL}#page={last}"


def test_lines_that_the_width_of_a_page_broke_are_one_sentence() -> None:
    content = write_pdf("Fund for small museums", [LONG])
    call = read_linked(content, url=URL, today=TODAY).opportunity

    assert call is not None
    assert call.deadline is not None
    assert call.deadline.isoformat() == "2027-03-09"


def test_a_word_document_is_read_like_a_page() -> None:
    reading = read_page(saved(word_document()), url=URL, today=TODAY)

    told = reading_as_json(reading)["opportunity"]
    assert isinstance(told, dict)
    assert told["title"] == "Repair of the sea walls"
    assert told["reference_number"] == "HT-2027-14"
    assert told["deadline"] == "2027-03-09T12:00:00"
    assert told["amount_max"] == 420_000
    assert told["eligibility"] == "Builders who have repaired a sea wall before may apply, alone or together."
    assert str(told["summary"]).startswith("The Harbour Trust invites tenders")


def test_a_word_document_without_headings_is_named_by_its_first_line() -> None:
    document = docx.Document()
    document.core_properties.title = ""
    for line in (
        "Grant for orchards",
        "Deadline: 5 April 2027",
        "Fruit growers may apply for a grant of EUR 900.",
    ):
        document.add_paragraph(line)
    call = read_linked(saved(document), url=URL, today=TODAY).opportunity

    assert call is not None
    assert call.title == "Grant for orchards"
    assert call.deadline is not None


def scanned_pdf() -> bytes:
    """Return a PDF of one page that holds no text."""
    document, file = pypdfium2.PdfDocument.new(), BytesIO()
    document.new_page(200, 200)
    document.save(file)
    document.close()
    return file.getvalue()


def bomb() -> bytes:
    """Return a small file that would unpack to 100 MB."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", b" " * 100_000_000)
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (locked_pdf(), "locked with a password"),
        (scanned_pdf(), "scanned"),
        (b"%PDF-1.7\nbroken", "broken"),
        (saved(word_document())[:2_000] + b"word/document.xml", "broken"),
        (saved(docx.Document()), "no text"),
        (bomb(), "more than is sound"),
        (b"PK\x03\x04 something else", "not read"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "locked"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "not read"),
    ],
)
def test_a_document_that_cannot_be_read_says_why(content: bytes, why: str) -> None:
    for reading in (read_page(content, url=URL, today=TODAY), read_linked(content, url=URL, today=TODAY)):
        assert (reading.kind, reading.opportunity) == (PageKind.OTHER, None)
        assert why in str(reading.note)


@pytest.mark.parametrize("name", ["PDF of one page", "PDF that unpacks to fifty times"])
def test_a_document_that_takes_too_much_is_refused_and_ends_nothing(name: str) -> None:
    content = PAGES[name](20_000_000)
    reading = read_linked(content, url=URL, today=TODAY)

    assert (reading.kind, reading.opportunity) == (PageKind.OTHER, None)
    assert "more memory or time" in str(reading.note)


@pytest.mark.parametrize("name", ["Word paragraphs", "Word table"])
def test_the_beginning_of_a_word_document_of_too_many_parts_is_read(name: str) -> None:
    reading = read_linked(PAGES[name](20_000_000), url=URL, today=TODAY)

    assert reading.kind is PageKind.DETAIL
    assert "Only the" in str(reading.note)
    assert "3 May 2031" in reading.text


def test_a_cell_that_spans_a_million_columns_is_one() -> None:
    document = word_document()
    (table,) = document.tables
    cells = table.rows[0].cells
    cells[0]._tc.grid_span = 1_000_000
    assert read_document(saved(document)).html.count("HT-2027-14") == 1


@pytest.mark.parametrize(("first", "said"), [("restart", 3), ("continue", 0)])
def test_a_cell_that_goes_on_below_says_the_same_there(first: str, said: int) -> None:
    document = docx.Document()
    document.add_heading("Calls", 0)
    table = document.add_table(rows=3, cols=2)
    for number, row in enumerate(table.rows):
        row.cells[0].text, row.cells[1].text = ("Mills", "", "")[number], f"Lot {number}"
    below = [row.cells[0]._tc for row in table.rows]
    for cell, merged in zip(below, (first, "continue", "continue"), strict=True):
        cell.vMerge = merged
    html = read_document(saved(document)).html

    assert html.count("Mills") == said  # nothing stands above the first
    assert html.count("Lot") == 3


def test_documents_are_opened_without_what_is_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://hoist:geheim@db/hoist")
    seen: dict[str, dict[str, str]] = {}

    def run(*_: object, env: dict[str, str], **__: object) -> None:
        seen["env"] = env
        raise subprocess.TimeoutExpired("", 1)

    monkeypatch.setattr(subprocess, "run", run)
    with pytest.raises(UnreadableDocument, match="more memory or time"):
        read_document(write_pdf("Call", [PROSE]))
    assert "PATH" in seen["env"]
    assert "geheim" not in str(seen)


def test_a_long_pdf_says_how_much_of_it_was_read() -> None:
    lines = [
        f"Paragraph {number} of the general conditions for works on the shore." for number in range(2_200)
    ]
    reading = read_linked(write_pdf("Repair of the sea walls", lines), url=URL, today=TODAY)

    assert reading.opportunity is not None
    assert str(reading.note).startswith("Only the first 80 of ")
