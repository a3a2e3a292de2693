"""The rows of a list of websites, whatever kind of file it is: CSV, plain lines, Excel or JSON."""

import csv
import io
import json
from collections.abc import Iterator, Sequence

from hoistscraper.errors import Invalid
from hoistscraper.fetching.decoding import decode
from hoistscraper.websites.columns import COLUMNS
from hoistscraper.websites.spreadsheets import cells_of

Row = dict[str, str]
SURPLUS = "surplus"
"""Stands in a row that has more cells than the header."""

_ZIP = b"PK\x03\x04"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_LISTS = ("list", "items", "websites")


def rows_of(content: bytes) -> Iterator[tuple[int, Row]]:
    """Yield the rows of a file by the names of their columns, each with its number as an editor shows it.

    :raises Invalid: the file is empty, damaged or too large, or has no column of addresses.
    """
    if content.startswith(_ZIP):
        return _named(cells_of(content), "sheet")
    if content.startswith(_OLD_EXCEL):
        raise Invalid(
            "This Excel file is an old one or has a password; save it as .xlsx without one, or as CSV."
        )
    text = decode(content, declared=None).removeprefix("\ufeff")
    if not text.strip():
        raise Invalid("The file is empty; it needs a header row with a column named url.")
    return _of_json(text) if text.lstrip().startswith(("[", "{")) else _named(_csv(text), "file")


def _csv(text: str) -> Iterator[tuple[int, Sequence[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    before = 0
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise Invalid(f"Row {before + 1} cannot be read as CSV ({error}); mend it first.") from None
        number, before = before + 1, reader.line_num
        yield number, cells


def _named(rows: Iterator[tuple[int, Sequence[str]]], what: str) -> Iterator[tuple[int, Row]]:
    header: list[str | None] = []
    for number, cells in rows:
        if not any(cell.strip() for cell in cells):
            continue
        if not header:
            header = [COLUMNS.get(cell.strip().casefold()) for cell in cells]
            if "url" in header:
                continue
            if not _is_address(cells[0]):
                raise Invalid(f"The {what} has no column named url; its first row must name the columns.")
            header = ["url", "name"]
        yield number, _row(header, cells)
    if not header:
        raise Invalid(f"The {what} is empty; it needs a header row with a column named url.")


def _row(header: list[str | None], cells: Sequence[str]) -> Row:
    row: Row = {}
    for name, cell in zip(header, cells, strict=False):
        if name:
            row.setdefault(name, undefused(cell))
    if any(cell.strip() for cell in cells[len(header) :]):
        row[SURPLUS] = "yes"
    return row


def _of_json(text: str) -> Iterator[tuple[int, Row]]:
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        raise Invalid("The file begins like JSON, but is none; export it again.") from None
    if isinstance(told, dict):
        told = next((told[name] for name in _LISTS if name in told), None)
    if not isinstance(told, list) or not all(isinstance(each, dict) for each in told):
        raise Invalid("The JSON is no list of websites; it must be one of objects with a url each.")
    for number, each in enumerate(told, start=1):
        named = ((COLUMNS.get(str(name).casefold()), value) for name, value in each.items())
        yield number, {name: _cell(value) for name, value in named if name}


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case list():
            return ", ".join(_cell(part) for part in value)
        case _:
            return str(value)


def undefused(cell: str) -> str:
    """Take away the apostrophe by which an export makes text of what looks like a formula."""
    return cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(("=", "+", "-", "@")) else cell


def _delimiter(text: str) -> str:
    first_line = text.lstrip().partition("\n")[0]
    return max(",;\t|", key=first_line.count)


def _is_address(cell: str) -> bool:
    host = cell.strip().split("//")[-1]
    return "." in host and " " not in host
