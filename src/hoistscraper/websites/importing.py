"""A list of websites from a CSV file: good rows are taken, bad ones named with their number and reason."""

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from zoneinfo import available_timezones

from hoistscraper.errors import HoistError, Invalid
from hoistscraper.websites.addresses import name_of
from hoistscraper.websites.browser_needs import render_mode
from hoistscraper.websites.model import Website

# What people call the columns.
COLUMNS = {
    "url": "url",
    "address": "url",
    "website": "url",
    "link": "url",
    "name": "name",
    "title": "name",
    "description": "description",
    "notes": "description",
    "category": "category",
    "region": "region",
    "country": "region",
    "tags": "tags",
    "active": "active",
    "timezone": "timezone",
    "time zone": "timezone",
    "render": "render",
}
YES = frozenset({"", "yes", "y", "true", "1", "on", "active"})
NO = frozenset({"no", "n", "false", "0", "off", "inactive"})


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that was not taken; ``number`` counts the lines of the file as an editor shows them."""

    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class ImportedRows:
    """What a file holds: websites with their row numbers, rows that repeat one above, and bad rows."""

    websites: tuple[tuple[int, Website], ...]
    repeated: tuple[BadRow, ...]
    bad: tuple[BadRow, ...]


def read_csv(text: str, *, normalise: Callable[[str], str]) -> ImportedRows:
    """Read a CSV file with a header row, or a plain list of addresses, one a line.

    :raises Invalid: the file is empty or has no column of addresses.
    """
    websites: dict[str, tuple[int, Website]] = {}
    repeated: list[BadRow] = []
    bad: list[BadRow] = []
    for number, row in _rows(text):
        try:
            website = _website(row, normalise)
        except HoistError as error:
            bad.append(BadRow(number, error.message))
            continue
        if website.url in websites:
            repeated.append(
                BadRow(number, f"{website.url} stands in row {websites[website.url][0]} already.")
            )
        else:
            websites[website.url] = (number, website)
    return ImportedRows(tuple(websites.values()), tuple(repeated), tuple(bad))


def _rows(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    cleaned = text.removeprefix("\ufeff").replace("\x00", "")
    if not cleaned.strip():
        raise Invalid("The file is empty; it needs a header row with a column named url.")
    reader = csv.reader(io.StringIO(cleaned, newline=""), delimiter=_delimiter(cleaned))
    header: list[str | None] = []
    before = 0
    for cells in reader:
        number, before = before + 1, reader.line_num
        if not any(cell.strip() for cell in cells):
            continue
        if not header:
            header = [COLUMNS.get(cell.strip().casefold()) for cell in cells]
            if "url" in header:
                continue
            if not _is_address(cells[0]):
                raise Invalid("The file has no column named url; its first row must name the columns.")
            header = ["url", "name"]
        yield number, _named(header, cells)


def _named(header: list[str | None], cells: list[str]) -> dict[str, str]:
    row: dict[str, str] = {}
    for name, cell in zip(header, cells, strict=False):
        if name:
            row.setdefault(name, cell.strip())
    if len(cells) > len(header):
        row["surplus"] = "yes"
    return row


def _delimiter(text: str) -> str:
    first_line = text.lstrip().splitlines()[0]
    return max(",;\t|", key=first_line.count)


def _is_address(cell: str) -> bool:
    host = cell.strip().split("//")[-1]
    return "." in host and " " not in host


def _website(row: dict[str, str], normalise: Callable[[str], str]) -> Website:
    if "surplus" in row:
        raise Invalid("The row has more cells than the header; put quotation marks around text with commas.")
    if not row.get("url"):
        raise Invalid("The address is missing.")
    url = normalise(row["url"])
    timezone = row.get("timezone") or None
    if timezone and timezone not in available_timezones():
        raise Invalid(f"There is no time zone {timezone}; write one such as Europe/Paris.")
    return Website(
        url=url,
        name=row.get("name") or name_of(url),
        description=row.get("description") or None,
        category=row.get("category") or None,
        region=row.get("region") or None,
        tags=[tag for part in row.get("tags", "").replace(";", ",").split(",") if (tag := part.strip())],
        active=_yes_or_no(row.get("active", "")),
        timezone=timezone,
        render=render_mode(row.get("render", "")).value,
    )


def _yes_or_no(cell: str) -> bool:
    word = cell.casefold()
    if word in YES:
        return True
    if word in NO:
        return False
    raise Invalid(f"The column active says {cell}; write yes or no.")
