"""Whole lists of websites over the API: in from a file, out as one, and in again."""

import csv
import io
import json
import tracemalloc

import httpx
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hoistscraper.exports.formulas import as_text
from hoistscraper.websites.rows import undefused
from tests.api.test_websites import add
from tests.websites.sheets import excel

LIST = (
    "url,name,schedule\n"
    "example.org/grants,Grants,daily at 07:00\n"
    "https://EXAMPLE.org/grants#top,Again,\n"
    "ftp://example.org/,Wrong,\n"
    "example.net,Known,\n"
    "example.com,,sometimes\n"
)
AWKWARD = {
    "name": '=HYPERLINK("http://evil.example")',
    "description": 'Two\nlines, "quoted"; and more',
    "category": "+1",
    "region": "'-Åland",
    "tags": ["@home", "a b"],
    "active": False,
    "timezone": "Europe/Paris",
    "schedule": "weekdays 06:00-08:00 Europe/Paris",
    "quiet_hours": "22:00-06:00",
}


async def send(api: httpx.AsyncClient, content: bytes, **params: str) -> httpx.Response:
    return await api.post("/api/websites/import", files={"file": ("list.csv", content)}, params=params)


async def exported(api: httpx.AsyncClient, file_format: str) -> bytes:
    answer = await api.get("/api/websites/export", params={"format": file_format})
    assert answer.status_code == 200
    assert f'filename="websites.{file_format}"' in answer.headers["content-disposition"]
    return answer.content


async def test_every_row_of_a_list_is_told(api: httpx.AsyncClient) -> None:
    await add(api, "https://example.net/")
    report = (await send(api, LIST.encode())).json()
    rows = [(row["number"], row["outcome"], row["url"]) for row in report.pop("rows")]
    assert report == {"is_dry_run": False, "added": 1, "known": 1, "repeated": 1, "bad": 2}
    assert rows == [
        (2, "added", "https://example.org/grants"),
        (3, "repeated", None),
        (4, "bad", None),
        (5, "known", "https://example.net/"),
        (6, "bad", None),
    ]
    [added] = (await api.get("/api/websites", params={"q": "grants"})).json()["items"]
    assert (added["schedule"], added["next_due_at"] is not None) == ("daily at 07:00 UTC", True)


async def test_a_trial_says_the_same_and_adds_nothing(api: httpx.AsyncClient) -> None:
    trial = (await send(api, LIST.encode(), dry_run="true")).json()
    assert (await api.get("/api/websites")).json()["items"] == []
    assert (await send(api, LIST.encode())).json() == trial | {"is_dry_run": False}


async def test_who_wants_few_rows_is_told_of_those_that_were_not_added(api: httpx.AsyncClient) -> None:
    whole = (await send(api, LIST.encode(), dry_run="true")).json()
    few = (await send(api, LIST.encode(), dry_run="true", most_rows="3")).json()
    assert few == whole | {"rows": few["rows"]}
    assert [(row["number"], row["outcome"]) for row in few["rows"]] == [
        (3, "repeated"),
        (4, "bad"),
        (6, "bad"),
    ]


async def test_excel_and_json_lists_are_taken_too(api: httpx.AsyncClient) -> None:
    assert (await send(api, excel([["url"], ["example.org"]]))).json()["added"] == 1
    assert (await send(api, b'[{"url": "example.org"}, {"url": "example.net"}]')).json()["added"] == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "The file is empty"),
        (b"name\nGrants", "no column named url"),
        (b"PK\x03\x04", "damaged or no Excel file"),
        (b"\xd0\xcf\x11\xe0", "an old one or has a password"),
    ],
)
async def test_a_file_that_is_no_list_is_refused_with_a_sentence(
    api: httpx.AsyncClient, content: bytes, said: str
) -> None:
    answer = await send(api, content)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert said in answer.json()["detail"]


async def test_a_request_without_a_file_is_told_what_lacks(api: httpx.AsyncClient) -> None:
    answer = await api.post("/api/websites/import", content=b"url\nexample.org")
    assert (answer.status_code, answer.json()["causes"][0]["location"]) == (422, "body.file")


async def test_a_file_that_is_too_large_is_refused(api: httpx.AsyncClient) -> None:
    answer = await send(api, b"url\n" + b"x" * 10_000_000)
    assert (answer.status_code, "HOIST_MAX_REQUEST_MEGABYTES" in answer.json()["detail"]) == (413, True)


@pytest.mark.parametrize("file_format", ["csv", "xlsx", "json"])
async def test_what_is_exported_can_be_imported_again(api: httpx.AsyncClient, file_format: str) -> None:
    first = await add(api, "https://example.org/grants", **AWKWARD)
    second = await add(api, "https://example.net/")
    content = await exported(api, file_format)
    for website in (first, second):
        await api.delete(f"/api/websites/{website['id']}")
    assert (await send(api, content)).json()["added"] == 2
    again = {w["url"]: w for w in (await api.get("/api/websites")).json()["items"]}
    own = {"id", "created_at", "next_due_at"}
    for website in (first, second):
        kept = again[str(website["url"])]
        assert {k: v for k, v in kept.items() if k not in own} == {
            k: v for k, v in website.items() if k not in own
        }


async def test_no_cell_of_an_export_is_a_formula(api: httpx.AsyncClient) -> None:
    await add(api, "https://example.org/", **AWKWARD)
    [row] = csv.DictReader(io.StringIO((await exported(api, "csv")).decode(), newline=""))
    assert (row["name"][:3], row["category"], row["tags"][:2]) == ("'=H", "'+1", "'@")
    sheet = openpyxl.load_workbook(io.BytesIO(await exported(api, "xlsx"))).active
    assert {cell.data_type for line in sheet.iter_rows() for cell in line if cell.value} == {"s"}
    assert sheet["B2"].value == row["name"]


async def test_thousands_of_websites_come_in_and_go_out_in_little_memory(api: httpx.AsyncClient) -> None:
    lines = "".join(f"https://example.org/grants/{n},Website {n},daily\n" for n in range(4_000))
    report = (await send(api, f"url,name,schedule\n{lines}".encode())).json()
    assert (report["added"], len(report["rows"])) == (4_000, 4_000)
    for file_format in ("csv", "xlsx", "json"):
        size = 0
        tracemalloc.start()
        async with api.stream("GET", "/api/websites/export", params={"format": file_format}) as answer:
            async for piece in answer.aiter_bytes():
                size += len(piece)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert size > 50_000
        # httpx gathers what an app in this process sends, so the file itself is in the figure.
        assert peak < size + 6_000_000, file_format


async def test_an_empty_list_is_a_file_as_well(api: httpx.AsyncClient) -> None:
    assert json.loads(await exported(api, "json")) == []
    assert (await exported(api, "csv")).decode().startswith("url,name,")
    assert openpyxl.load_workbook(io.BytesIO(await exported(api, "xlsx"))).active.max_row == 1


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=200)
@given(st.text(alphabet="'=+-@ax", max_size=6))
def test_a_cell_that_was_made_text_becomes_what_it_was(cell: str) -> None:
    assert not as_text(cell).startswith(("=", "+", "-", "@"))
    assert undefused(as_text(cell)) == cell
