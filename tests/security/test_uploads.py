"""Files from strangers cost little, reach nothing and stay text.

``tests/websites/test_spreadsheets.py`` proves the rest: damaged parts, a part that unpacks to gigabytes,
floods of cells and rows, cells far away, document types.
"""

import asyncio
import csv
import io
import tracemalloc
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from hoistscraper.errors import Invalid
from hoistscraper.exports.formulas import as_csv_text
from hoistscraper.websites import spreadsheets
from hoistscraper.websites.importing import ImportedRows, read_list
from tests.websites.sheets import SHEET, WORKBOOK, excel, packed

LAUGHS = """<?xml version="1.0"?><!DOCTYPE l [<!ENTITY lol "lol">
<!ENTITY a "&lol;&lol;&lol;&lol;&lol;&lol;">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>"""
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
BY_PARAMETER = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x.dtd"> %x;]>'
CELL = '<row r="1"><c t="inlineStr"><is><t>{}</t></is></c></row>'


def read(content: bytes) -> ImportedRows:
    return read_list(content, timezone="UTC", at=datetime(2031, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize("prologue", [LAUGHS, OUTSIDE, BY_PARAMETER], ids=["laughs", "file", "address"])
@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/sharedStrings.xml"])
def test_entities_are_never_taken(prologue: str, part: str) -> None:
    body = {"xl/workbook.xml": WORKBOOK}.get(part, SHEET.format(CELL.format("&c;&x;")))
    with pytest.raises(Invalid, match="damaged"):
        read(packed({part: prologue + body}))


def test_a_part_that_lies_about_its_size_is_refused_or_cut_off() -> None:
    honest = packed(sheet=CELL.format("example.org") + " " * 1_000_000)
    size = len(SHEET.format(CELL.format("example.org") + " " * 1_000_000))
    lie = honest.replace(size.to_bytes(4, "little"), (600).to_bytes(4, "little"))
    assert lie != honest
    with pytest.raises(Invalid):
        read(lie)


def test_an_archive_of_a_hundred_thousand_parts_is_not_even_opened() -> None:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("a", "")
    entry = written.getvalue()[written.getvalue().index(b"PK\x01\x02") :]
    tracemalloc.start()
    with pytest.raises(Invalid, match="too large when unpacked"):
        read(b"PK\x03\x04" + entry * 100_000)
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()


def test_a_workbook_of_very_many_sheets_is_refused() -> None:
    sheets = "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="rId{n}"/>' for n in range(50_000))
    with pytest.raises(Invalid, match="too large"):
        read(packed({"xl/workbook.xml": WORKBOOK.replace("<sheets>", f"<sheets>{sheets}")}))


@pytest.mark.parametrize(
    "content",
    [
        packed(sheet=CELL.format("'" * 32_768)),
        packed(sheet='<row r="1"><c t="s"><v>0</v></c></row>', strings=f"<si><t>{'x' * 50_000}</t></si>"),
        packed(strings="<si>" + f"<r><t>{'x' * 1_000}</t></r>" * 40 + "</si>"),
    ],
    ids=["inline", "shared", "in pieces"],
)
def test_a_cell_longer_than_excel_writes_is_refused(content: bytes) -> None:
    with pytest.raises(Invalid, match="more than 32,767 characters"):
        read(content)
    assert spreadsheets.LONGEST_TEXT == 32_767


@pytest.mark.parametrize(
    "target",
    ["../../../../etc/passwd", "/etc/passwd", "file:///etc/passwd", "http://127.0.0.1:9/", "\\\\host\\x"],
)
def test_a_sheet_is_looked_for_in_the_archive_and_nowhere_else(target: str) -> None:
    relations = (
        '<Relationships><Relationship Id="rId1" Type="x/worksheet" TargetMode="External" '
        f'Target="{target}"/></Relationships>'
    )
    with pytest.raises(Invalid, match="damaged"):
        read(packed({"xl/_rels/workbook.xml.rels": relations}))


@pytest.mark.parametrize("name", ["../../evil.xml", "/evil.xml", "..\\..\\evil.xml", "xl/../../evil"])
def test_nothing_of_an_archive_is_ever_written(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    rows = read(packed({name: "evil"}, sheet=CELL.format("example.org")))
    assert [website.url for _, website in rows.websites] == ["https://example.org/"]
    assert not list(tmp_path.rglob("*evil*"))
    assert not list(tmp_path.parent.glob("*evil*"))


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd",
        "/etc/passwd",
        "list.csv\r\nX-Evil: 1",
        "list\x00.csv",
        '"; filename="x',
        "x" * 5_000,
    ],
)
async def test_the_name_of_an_upload_means_nothing(api: httpx.AsyncClient, name: str) -> None:
    answer = await api.post("/api/websites/import", files={"file": (name, b"url\nexample.com\n")})
    assert answer.status_code in {200, 400, 422}
    assert "x-evil" not in answer.headers
    if answer.is_success:
        [entry] = (await api.get("/api/audit-entries")).json()["items"]
        assert len(entry["changes"]["file"]) <= 501


async def test_a_third_import_at_the_same_time_is_told_to_wait(api: httpx.AsyncClient) -> None:
    many = excel([["url"], *([f"example.org/{n}"] for n in range(2_000))])
    answers = await asyncio.gather(
        *(api.post("/api/websites/import", files={"file": ("l.xlsx", many)}) for _ in range(5))
    )
    statuses = [answer.status_code for answer in answers]
    assert statuses.count(200) >= 2
    assert set(statuses) <= {200, 503}


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("=1+1", "'=1+1"),
        ("a;=1+1", "a; =1+1"),
        ("a\n=1+1", "a\n =1+1"),
        ("a\r\n@SUM(1)", "a\r\n @SUM(1)"),
        ("a|-1", "a| -1"),
        ("a; -1", "a; -1"),
        ("1 - 2", "1 - 2"),
    ],
)
def test_no_cell_becomes_a_formula_where_other_signs_part_cells(text: str, kept: str) -> None:
    assert as_csv_text(text) == kept


async def test_line_breaks_of_strangers_stay_in_their_cell(api: httpx.AsyncClient) -> None:
    evil = "first\r\n=cmd|'/C calc'!A0\r\nhttps://evil.example,evil"
    await api.post("/api/websites", json={"url": "https://example.org/", "description": evil})
    text = (await api.get("/api/websites/export")).content.decode()
    [row] = csv.DictReader(io.StringIO(text, newline=""))
    assert row["description"].count("\n") == 2
    # Read by who knows no quotes and parts cells by semicolons.
    cells = [cell for line in text.splitlines() for cell in line.replace('"', "").split(";")]
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)
