"""The audit trail as a file: CSV for people, a JSON document a line for programs."""

import csv
import io
import json
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from typing import Any

from hoistscraper.audit.listing import COLUMNS
from hoistscraper.exports.formulas import as_csv_text

_ROWS_A_PIECE = 200

Entries = AsyncIterator[Mapping[str, Any]]


async def csv_lines(entries: Entries) -> AsyncGenerator[bytes]:
    """Yield a CSV file with a header row, piece by piece; no cell is a formula."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(COLUMNS)
    count = 0
    async for entry in entries:
        writer.writerow([as_csv_text(_cell(entry[name])) for name in COLUMNS])
        count += 1
        if count % _ROWS_A_PIECE == 0:
            yield _taken(buffer)
    yield _taken(buffer)


async def json_lines(entries: Entries) -> AsyncGenerator[bytes]:
    """Yield each entry as one line of JSON."""
    async for entry in entries:
        yield json.dumps(entry, ensure_ascii=False).encode() + b"\n"


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case dict():
            return json.dumps(value, ensure_ascii=False) if value else ""
        case _:
            return str(value)


def _taken(buffer: io.StringIO) -> bytes:
    piece = buffer.getvalue().encode()
    buffer.seek(0)
    buffer.truncate()
    return piece
