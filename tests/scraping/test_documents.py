"""Lists whose rows link straight to documents: what these say is kept, with the page that it stands on."""

from io import BytesIO

import docx

from hoistscraper.sample_portal.pdf import write_pdf
from hoistscraper.scraping.report import JobStatus
from tests.reading.test_documents import FILLING, locked_pdf, scanned_pdf
from tests.scraping.conftest import Rows, Scrape
from tests.sites.answers import body
from tests.sites.server import Site

PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ROW = '<li><a href="/files/{file}">{title}</a> (PDF, 210 kB)</li>'
LISTING = (
    "<!doctype html><html lang='en'><title>Open tenders</title><main><h1>Open tenders</h1><ul>{}</ul></main>"
)
CALLS = {
    "walls.pdf": "Invitation to Bid 2031-004: Repair of the sea walls",
    "ferries.docx": "Invitation to Bid 2031-005: Supply of two ferries",
    "locked.pdf": "Invitation to Bid 2031-006: Lamps for the harbour",
    "scanned.pdf": "Invitation to Bid 2031-007: Paint for the lighthouse",
    "other.pdf": "Invitation to Bid 2031-008: Ropes and chains",
}
FACTS = ["Closing date: 9 March 2031 at 12:00 noon", "Estimated value: EUR 420,000"]


def ferries() -> bytes:
    """Return a call as a Word document."""
    document, file = docx.Document(), BytesIO()
    document.add_heading("Supply of two ferries", 0)
    document.add_paragraph(
        "Invitation to Bid 2031-005: the Harbour Trust invites bids for two electric ferries."
    )
    document.add_paragraph("Closing date: 16 March 2031")
    document.save(file)
    return file.getvalue()


def site() -> Site:
    """Serve the list and its documents, of which some cannot be read and one is about something else."""
    walls = ["Invitation to Bid 2031-004 for the repair of the sea walls.", *FILLING, *FACTS]
    other = ["General conditions of purchase.", "Closing date: 1 January 2031"]
    return Site(
        {
            "/": body(LISTING.format("".join(ROW.format(file=f, title=t) for f, t in CALLS.items()))),
            "/files/walls.pdf": body(write_pdf("HARBOUR TRUST", walls), kind=PDF),
            "/files/ferries.docx": body(ferries(), kind=WORD),
            "/files/locked.pdf": body(locked_pdf(), kind=PDF),
            "/files/scanned.pdf": body(scanned_pdf(), kind=PDF),
            "/files/other.pdf": body(write_pdf("HARBOUR TRUST", other), kind=PDF),
        }
    )


async def test_documents_are_read_as_the_pages_of_their_calls(scrape: Scrape, rows: Rows) -> None:
    async with site() as served:
        report = await scrape(served)
        again = await scrape(served)
    assert (report.status, report.found, report.new) == (JobStatus.COMPLETED, 5, 5)
    assert (again.new, again.changed) == (0, 0)
    kept = {str(row["title"]): row for row in await rows()}
    assert set(kept) == set(CALLS.values())
    walls, ferries = kept[CALLS["walls.pdf"]], kept[CALLS["ferries.docx"]]
    assert (str(walls["deadline_date"]), str(walls["amount_max"])) == ("2031-03-09", "420000")
    assert walls["evidence"]["deadline"]["source_url"].endswith("/files/walls.pdf#page=2")  # type: ignore[index]
    assert str(ferries["deadline_date"]) == "2031-03-16"
    assert kept[CALLS["other.pdf"]]["deadline_date"] is None


async def test_documents_that_cannot_be_read_are_named_and_their_rows_kept(scrape: Scrape) -> None:
    async with site() as served:
        report = await scrape(served)
    told = {str(line.url).rpartition("/")[2]: line.text for line in report.problems}
    assert set(told) == {"locked.pdf", "scanned.pdf", "other.pdf"}
    assert "locked with a password" in told["locked.pdf"]
    assert "scanned" in told["scanned.pdf"]
    assert "does not mention the call" in told["other.pdf"]
    assert all("row says is kept" in text for text in told.values())
