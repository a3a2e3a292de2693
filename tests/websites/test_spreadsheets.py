"""Lists of websites in Excel files, from people and from strangers."""

import tracemalloc
from datetime import UTC, datetime
from itertools import product

import pytest

from hoistscraper.errors import Invalid
from hoistscraper.websites import importing, spreadsheets
from hoistscraper.websites.importing import ImportedRows, read_list
from tests.websites.sheets import SHEET, excel, packed

AT = datetime(2031, 3, 1, 12, tzinfo=UTC)
TEXT_CELL = '<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>{text}</t></is></c></row>'


def read(content: bytes) -> ImportedRows:
    return read_list(content, timezone="Europe/Paris", at=AT)


def test_an_excel_list_is_read_like_a_csv_one() -> None:
    rows = read(
        excel(
            [
                ["Website", "Title", "Country", "active", "schedule", "Year"],
                ["example.org/grants", "Grants", "France", True, "daily at 07:00", 2031],
                [],
                ["file:///x", "Two", None, None, None, 1.5],
                ["EXAMPLE.org/grants#top", None, None, False, None, None],
                ["example.net", 2031, None, False, None, None],
            ]
        )
    )
    (first, one), (fourth, other) = rows.websites
    assert (first, one.url, one.name, one.region, one.active) == (
        2,
        "https://example.org/grants",
        "Grants",
        "France",
        True,
    )
    assert (one.schedule, one.next_due_at is not None) == ("daily at 07:00 Europe/Paris", True)
    assert (fourth, other.name, other.active) == (6, "2031", False)
    assert [row.number for row in rows.bad] == [4]
    assert [row.number for row in rows.repeated] == [5]


def test_hidden_sheets_phonetic_hints_and_formatted_texts_are_understood() -> None:
    shared = "<si><r><t>example</t></r><r><t>.org</t></r><rPh><t>x</t></rPh></si>"
    rows = read(packed(sheet='<row r="3"><c t="s"><v>0</v></c></row>', strings=shared))
    assert [(number, website.url) for number, website in rows.websites] == [(3, "https://example.org/")]


def test_a_cell_far_to_the_right_or_far_below_costs_nothing() -> None:
    sheet = (
        TEXT_CELL.format(n=1, text="example.org")
        + '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'
        + TEXT_CELL.format(n=99_999_999_999, text="example.net")
    )
    assert [number for number, _ in read(packed(sheet=sheet)).websites] == [1, 99_999_999_999]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"PK\x03\x04 and nothing else", id="cut off"),
        pytest.param(packed({"xl/workbook.xml": "<a"}), id="not XML"),
        pytest.param(packed({"xl/workbook.xml": "<workbook/>"}), id="no sheet"),
        pytest.param(packed(sheet='<row r="1"><c t="s"><v>7</v></c></row>'), id="no such text"),
        pytest.param(packed(sheet='<row r="one"/>'), id="no number"),
        pytest.param(
            packed({"xl/_rels/workbook.xml.rels": "<Relationships/>"}), id="sheet without a relation"
        ),
        pytest.param(
            packed({"xl/worksheets/sheet1.xml": f'<!DOCTYPE a [<!ENTITY b "c">]>{SHEET.format("")}'}),
            id="entities",
        ),
        pytest.param(
            packed({"xl/worksheets/sheet1.xml": '<?xml version="1.0" encoding="UTF-X"?><worksheet/>'}),
            id="an unknown encoding",
        ),
    ],
)
def test_a_damaged_file_is_refused_with_a_sentence(content: bytes) -> None:
    with pytest.raises(Invalid, match=r"damaged or no Excel file; save it again"):
        read(content)


def test_every_part_of_a_damaged_file_is_a_sentence_or_a_list() -> None:
    whole = excel([["url", "name"], *([f"example.org/{n}", f"Site {n}"] for n in range(50))])
    # The directory at its end says most of what may be wrong.
    places = {*range(0, len(whole), 37), *range(len(whole) - 800, len(whole))}
    refused = 0
    for place, mask in product(sorted(places), (0x55, 0xFF)):
        broken = whole[:place] + bytes([whole[place] ^ mask]) + whole[place + 1 :]
        try:
            read(broken)
        except Invalid:
            refused += 1
    assert refused > 100


def test_a_bomb_is_refused_before_it_fills_the_memory() -> None:
    bomb = packed(sheet=" " * (spreadsheets.MOST_UNPACKED_BYTES + 1))
    assert len(bomb) < 200_000
    tracemalloc.start()
    with pytest.raises(Invalid, match="too large when unpacked"):
        read(bomb)
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()


def test_a_flood_of_cells_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheets, "MOST_MARKS", 10_000)
    with pytest.raises(Invalid, match="more than a million cells"):
        read(packed(sheet=f'<row r="1">{"<c/>" * 20_000}</row>'))
    with pytest.raises(Invalid, match="more than a million cells"):
        read(packed(strings="<si/>" * 20_000))


def test_too_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "MOST_ROWS", 20)
    content = excel([["url"], *([f"example.org/{n}"] for n in range(21))])
    with pytest.raises(Invalid, match="more than 20 rows; part it"):
        read(content)


def test_an_old_or_locked_excel_file_is_told_apart() -> None:
    with pytest.raises(Invalid, match="an old one or has a password"):
        read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500))
