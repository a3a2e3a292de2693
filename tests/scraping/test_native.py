"""Websites that answer in a form for programs: kept from there, with no page asked for behind it."""

import json
from pathlib import Path

import pytest

from hoistscraper.scraping.report import JobStatus
from tests.scraping.conftest import Rows, Scrape
from tests.sites.answers import body
from tests.sites.server import Answer, Site

JSON = "application/json"


def release(number: int, *, closes: str = "2031-03-01T12:00:00+01:00", title: str = "") -> dict[str, object]:
    """Return a release on one tender."""
    return {
        "ocid": f"ocds-abc123-{number}",
        "id": f"{number}-1",
        "date": "2030-01-05T08:00:00Z",
        "tag": ["tender"],
        "buyer": {"name": "City of Lindenfels"},
        "tender": {
            "id": f"LF-2031-{number:03}",
            "title": title or f"Repair of the mill in district {number}",
            "description": f"Works on the mill that stands in district {number}, its wheel included.",
            "status": "active",
            "value": {"amount": 10_000 + number, "currency": "EUR"},
            "tenderPeriod": {"startDate": "2030-01-05", "endDate": closes},
            "documents": [
                {
                    "id": "1",
                    "documentType": "tenderNotice",
                    "format": "text/html",
                    "url": f"/notices/{number}",
                }
            ],
        },
    }


def package(*releases: dict[str, object], following: str | None = None) -> Answer:
    """Answer with a release package."""
    document: dict[str, object] = {"version": "1.1", "releases": releases}
    if following:
        document["links"] = {"next": following}
    return body(json.dumps(document), kind=JSON)


async def test_releases_are_kept_over_all_pages_without_a_request_for_each(
    scrape: Scrape, rows: Rows
) -> None:
    site = Site(
        {
            "/releases": package(*map(release, range(1, 4)), following="/releases/2"),
            "/releases/2": package(release(4)),
        }
    )
    async with site:
        report = await scrape(site, "/releases")
        again = await scrape(site, "/releases")
    assert (report.status, report.found, report.new, report.problems) == (JobStatus.COMPLETED, 4, 4, ())
    assert (again.found, again.new, again.changed, again.unchanged) == (4, 0, 0, 4)
    assert not [each.path for each in site.requests if each.path.startswith("/notices")]
    kept = await rows()
    assert {row["reference_number"] for row in kept} == {f"LF-2031-{number:03}" for number in range(1, 5)}
    assert all(row["is_verified"] and row["organisation"] == "City of Lindenfels" for row in kept)
    proof = kept[0]["evidence"]["deadline"]  # type: ignore[index]
    assert proof["quote"] == "2031-03-01T12:00:00+01:00"
    assert proof["method"] == "declared:ocds"
    assert proof["source_url"].endswith("#/releases/0/tender/tenderPeriod/endDate")


async def test_a_deadline_that_moves_is_a_change_and_a_tender_that_goes_is_no_longer_listed(
    scrape: Scrape, rows: Rows
) -> None:
    first = Site({"/releases": package(*map(release, range(1, 6)))})
    async with first:
        await scrape(first, "/releases")
        moved = [release(1, closes="2031-04-30T12:00:00+02:00"), *map(release, range(2, 5))]
        first._routes["/releases"] = package(*moved)
        report = await scrape(first, "/releases")
    assert (report.found, report.changed, report.no_longer_listed) == (4, 1, 1)
    assert "2031-04-30" in {str(row["deadline_date"]) for row in await rows()}


async def test_a_record_that_says_little_has_its_page_read(scrape: Scrape, rows: Rows) -> None:
    thin = release(1)
    del thin["tender"]["description"]  # type: ignore[attr-defined]
    notice = (
        "<html lang='en'><title>Repair of the mill in district 1</title><main>"
        "<h1>Repair of the mill in district 1</h1><p>The City of Lindenfels invites tenders for repairs.</p>"
        "<dl><dt>Closing date</dt><dd>1 March 2031</dd><dt>Who can apply</dt>"
        "<dd>Millwrights.</dd></dl></main>"
    )
    site = Site({"/releases": package(thin), "/notices/1": body(notice)})
    async with site:
        report = await scrape(site, "/releases")
    assert (report.found, report.new, report.problems) == (1, 1, ())
    [row] = await rows()
    assert row["stated"]["eligibility"] == "Millwrights."  # type: ignore[index]
    assert row["evidence"]["deadline"]["method"] == "declared:ocds"  # type: ignore[index]


CASES = Path(__file__).parent.parent / "reading" / "cases"


@pytest.mark.parametrize(
    ("case", "kind", "kept"),
    [
        ("ocds-record", "application/json", 1),
        ("common-grants-page", "application/json", 3),
        ("common-grants-one", "application/json; charset=utf-8", 1),
        ("synopses-extract", "text/xml", 3),
        ("synopses-hits", "application/json", 2),
        ("synopsis-one", "text/plain", 1),
    ],
)
async def test_what_is_read_from_a_form_is_kept(
    scrape: Scrape, rows: Rows, case: str, kind: str, kept: int
) -> None:
    content = next((CASES / case).glob("page.*")).read_bytes()
    async with Site({"/answer": body(content, kind=kind)}) as site:
        report = await scrape(site, "/answer", max_pages=1)
        again = await scrape(site, "/answer", max_pages=1)
    assert (report.status, report.found, report.new) == (JobStatus.COMPLETED, kept, kept)
    assert (again.new, again.changed) == (0, 0)
    assert all(
        proof["method"].startswith("declared:") and proof["quote"]
        for row in await rows()
        for proof in row["evidence"].values()  # type: ignore[attr-defined]
    )
    assert {each.path.split("?")[0] for each in site.requests} == {"/robots.txt", "/answer"}


CANVAS = """<!doctype html><html lang="en"><head><title>Oakmere</title></head><body>
<main><h1>Oakmere Foundation</h1><canvas id="drawn"></canvas><p id="told"></p></main>
<script>
fetch("/api/grants").then(answer => answer.json()).then(told => {
  document.getElementById("told").textContent = told.grants.length + " drawn above, by hand and in colour";
});
</script></body></html>"""
DRAWN = {
    "grants": [
        {
            "title": "Grant for sea walls",
            "deadline": "2031-03-18T12:00:00+01:00",
            "organization": "Harbour Trust",
        },
        {"title": "Grant for lighthouses", "deadline": "2031-04-30", "organization": "Harbour Trust"},
    ]
}


@pytest.mark.usefixtures("real_browser")
async def test_what_scripts_fetch_and_do_not_write_out_is_read_from_what_they_were_answered(
    scrape: Scrape, rows: Rows
) -> None:
    async with Site(
        {"/": body(CANVAS), "/api/grants": body(json.dumps(DRAWN), kind="application/json")}
    ) as site:
        report = await scrape(site, render="auto")
    assert (report.found, report.new, report.problems) == (2, 2, ())
    kept = {str(row["title"]): row for row in await rows()}
    assert str(kept["Grant for lighthouses"]["deadline_date"]) == "2031-04-30"
    proof = kept["Grant for sea walls"]["evidence"]["deadline"]  # type: ignore[index]
    assert proof["quote"] == "2031-03-18T12:00:00+01:00"
    assert proof["source_url"].endswith("/api/grants#/grants/0/deadline")
