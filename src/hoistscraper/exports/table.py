"""CSV: one call a row, the values that people sort and filter by."""

import csv
import io
from collections.abc import AsyncGenerator, AsyncIterable
from typing import TextIO

from hoistscraper.exports.formulas import as_csv_text
from hoistscraper.extraction.candidate import Moment
from hoistscraper.opportunities.browsing import OpportunityView

COLUMNS = (
    "id",
    "title",
    "organisation",
    "status",
    "opening_date",
    "deadline",
    "deadline_timezone",
    "amount_min",
    "amount_max",
    "currency",
    "reference_number",
    "eligibility",
    "location",
    "categories",
    "contact_name",
    "contact_email",
    "contact_phone",
    "documents",
    "summary",
    "url",
    "websites",
    "first_seen",
    "last_seen",
)


async def write_csv(opportunities: AsyncIterable[OpportunityView], file: TextIO) -> int:
    """Write opportunities as CSV with a header row; return how many."""
    count = -1
    async for line in csv_lines(opportunities):
        file.write(line.decode())
        count += 1
    return count


async def csv_lines(opportunities: AsyncIterable[OpportunityView]) -> AsyncGenerator[bytes]:
    """Yield a header row, then one row for each opportunity, as UTF-8."""
    line = io.StringIO(newline="")
    writer = csv.DictWriter(line, COLUMNS)
    writer.writeheader()
    yield line.getvalue().encode()
    async for opportunity in opportunities:
        line.seek(0)
        line.truncate()
        writer.writerow({name: as_csv_text(cell) for name, cell in cells_of(opportunity).items()})
        yield line.getvalue().encode()


def cells_of(opportunity: OpportunityView) -> dict[str, str]:
    """Return the cells of a row by column, as text."""
    call = opportunity.candidate
    last_seen = max((s.last_seen_at for s in opportunity.sources), default=opportunity.changed_at)
    cells = {name: _cell(getattr(call, name, None)) for name in COLUMNS}
    return cells | {
        "id": str(opportunity.id),
        "status": opportunity.status.value,
        "deadline_timezone": (call.deadline.timezone or "") if call.deadline else "",
        "documents": " ".join(document.url for document in call.documents),
        "url": call.url or "",
        "websites": " ".join(source.site for source in opportunity.sources),
        "first_seen": opportunity.first_seen_at.isoformat(timespec="seconds"),
        "last_seen": last_seen.isoformat(timespec="seconds"),
    }


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case Moment():
            return value.isoformat()
        case tuple():
            return "; ".join(str(item) for item in value)
        case _:
            return str(value)
