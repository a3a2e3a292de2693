"""The list of websites as CSV, Excel or JSON; ``websites.importing`` reads each of them again."""

import asyncio
import csv
import io
import json
import tempfile
from collections.abc import AsyncIterator, Callable, Mapping
from pathlib import Path
from typing import Any

import xlsxwriter

from hoistscraper.exports.formulas import as_csv_text, as_text
from hoistscraper.websites.columns import READ

COLUMNS = (*READ, "health", "health_reason", "last_scraped_at")
"""What can be imported again, then what tells how a website is doing."""

_ROWS_A_PIECE = 200
_PIECE_BYTES = 65_536
_WIDE = 40

Websites = AsyncIterator[Mapping[str, Any]]


async def as_csv(websites: Websites) -> AsyncIterator[bytes]:
    """Yield a CSV file with a header row, piece by piece."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(COLUMNS)
    count = 0
    async for website in websites:
        writer.writerow(_cells(website, as_csv_text))
        count += 1
        if count % _ROWS_A_PIECE == 0:
            yield _taken(buffer)
    yield _taken(buffer)


async def as_json(websites: Websites) -> AsyncIterator[bytes]:
    """Yield a JSON array, a website a line."""
    before = "[\n"
    async for website in websites:
        told = {name: website[name] for name in COLUMNS}
        yield f"{before}{json.dumps(told, ensure_ascii=False)}".encode()
        before = ",\n"
    yield b"[]\n" if before == "[\n" else b"\n]\n"


async def as_xlsx(websites: Websites) -> AsyncIterator[bytes]:
    """Yield an Excel file, which is put together in a folder of its own: its end is written first."""
    with tempfile.TemporaryDirectory(prefix="hoist-export-") as folder:
        path = Path(folder) / "websites.xlsx"
        await _write_xlsx(websites, path)
        with path.open("rb") as opened:
            while piece := opened.read(_PIECE_BYTES):
                yield piece


async def _write_xlsx(websites: Websites, path: Path) -> None:
    plain = {"constant_memory": True, "tmpdir": str(path.parent), "strings_to_urls": False}
    workbook = xlsxwriter.Workbook(path, plain)
    sheet = workbook.add_worksheet("Websites")
    sheet.set_column(0, 1, _WIDE)
    sheet.freeze_panes(1, 0)
    sheet.write_row(0, 0, COLUMNS, workbook.add_format({"bold": True}))
    number = 0
    async for website in websites:
        number += 1
        for column, cell in enumerate(_cells(website, as_text)):
            if cell:
                sheet.write_string(number, column, cell)
    # Packing a long list takes a while, in which others want answers.
    await asyncio.to_thread(workbook.close)


def _cells(website: Mapping[str, Any], harmless: Callable[[str], str]) -> list[str]:
    return [harmless(_cell(website[name])) for name in COLUMNS]


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case list():
            return "; ".join(value)
        case _:
            return str(value)


def _taken(buffer: io.StringIO) -> bytes:
    piece = buffer.getvalue().encode()
    buffer.seek(0)
    buffer.truncate()
    return piece
