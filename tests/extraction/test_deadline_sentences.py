"""What a careful reader takes for the deadline of a page with one more sentence on it, in several languages.

``sentences/LANGUAGE.tsv``: the page on the first line, then the deadline, its time zone and what is added
("-" is none). Most of the dates there are no deadlines: they are of reports, payments, projects or
events.
"""

from datetime import date
from pathlib import Path

import pytest

from hoistscraper.extraction.detail import read_detail
from hoistscraper.extraction.document import parse

TODAY = date(2027, 1, 15)
FILES = sorted((Path(__file__).parent / "sentences").glob("*.tsv"))


def sentences(file: Path) -> list[tuple[str, str, str, str]]:
    """Return (page, deadline, zone, what is added) of each line."""
    page, *rows = file.read_text("utf-8").splitlines()
    parted = (row.split("\t") for row in rows)
    return [(page, deadline, zone, added) for deadline, zone, added in parted]


@pytest.mark.parametrize(
    ("language", "page", "deadline", "zone", "added"),
    [pytest.param(file.stem, *row, id=f"{file.stem}: {row[3]}") for file in FILES for row in sentences(file)],
)
def test_a_sentence_is_read_as_a_careful_reader_would(
    language: str, page: str, deadline: str, zone: str, added: str
) -> None:
    told = added if added.startswith("<") else f"<p>{added}</p>"
    document = parse(f'<html lang="{language}"><body>{page}{told}', "https://reeds.example/call")
    read = read_detail(document, today=TODAY).deadline
    assert (read.isoformat() if read else "-") == deadline
    assert zone == "-" or (read is not None and read.timezone == zone)
