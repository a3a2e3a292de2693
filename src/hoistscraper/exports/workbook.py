"""XLSX: the same table as the CSV, with numbers and dates as such."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterable
from datetime import date
from decimal import Decimal
from tempfile import TemporaryFile

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from hoistscraper.errors import Invalid
from hoistscraper.exports.table import COLUMNS, cells_of
from hoistscraper.opportunities.browsing import OpportunityView

MOST_ROWS = 1_048_575
"""Rows that a sheet holds beneath its header."""

_LONGEST_CELL = 32_767
_PIECE_BYTES = 64 * 1024
_MONEY = frozenset({"amount_min", "amount_max"})


async def workbook_pieces(opportunities: AsyncIterable[OpportunityView]) -> AsyncGenerator[bytes]:
    """Yield a workbook of one sheet piece by piece; rows wait on disk, for its end stands at its beginning.

    :raises Invalid: there are more rows than a sheet holds.
    """
    with TemporaryFile() as file:
        # Text stays text: whatever begins like a formula or an address is none.
        options = {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        book = Workbook(file, options)
        sheet = book.add_worksheet("Opportunities")
        sheet.write_row(0, 0, COLUMNS, book.add_format({"bold": True}))
        sheet.freeze_panes(1, 0)
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        number = 0
        async for opportunity in opportunities:
            number += 1
            if number > MOST_ROWS:
                raise Invalid(f"A sheet holds {MOST_ROWS:,} rows; export csv, or search for less.")
            _write_row(sheet, number, opportunity, day)
        await asyncio.to_thread(book.close)
        file.seek(0)
        while piece := file.read(_PIECE_BYTES):
            yield piece


def _write_row(sheet: Worksheet, row: int, opportunity: OpportunityView, day: object) -> None:
    call = opportunity.candidate
    for column, (name, cell) in enumerate(cells_of(opportunity).items()):
        if name in _MONEY and cell:
            sheet.write_number(row, column, float(Decimal(cell)))
        elif name == "opening_date" and call.opening_date and isinstance(call.opening_date, date):
            sheet.write_datetime(row, column, call.opening_date, day)
        elif cell:
            sheet.write_string(row, column, cell[:_LONGEST_CELL])
