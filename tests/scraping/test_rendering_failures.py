"""A listing that the browser cannot show is a visit that failed, never one that found nothing."""

import pytest

from hoistscraper.clock import now
from hoistscraper.fetching.browsing.choice import find_browser
from hoistscraper.queue.deciding import next_attempt
from hoistscraper.scraping.report import JobStatus, ScrapeReport
from hoistscraper.settings import Settings
from tests.scraping.conftest import Rows, Scrape
from tests.sites.answers import body
from tests.sites.server import Site

SHELL = """<!doctype html><html lang="en"><head><title>Calls</title></head><body><div id="root"></div>
<noscript>Please enable JavaScript to see this page.</noscript>
<script>fetch("/missing.json").then(answer => answer.json());</script></body></html>"""


def is_tried_again(report: ScrapeReport) -> bool:
    """Tell whether a worker would try the job again."""
    wait = next_attempt(
        report.error_kind,
        failures=1,
        most_attempts=4,
        first_wait_seconds=60,
        retry_after_seconds=None,
        at=now(),
    )
    return wait is not None


async def test_a_browser_that_does_not_start_fails_the_visit_in_words(scrape: Scrape, rows: Rows) -> None:
    assert find_browser(Settings(browser="/bin/false"))
    async with Site({"/": body(SHELL)}) as site:
        report = await scrape(site, render="auto", browser="/bin/false")
    assert (report.status, report.error_kind, report.health) == (JobStatus.FAILED, "browser-missing", "amber")
    assert "did not start" in str(report.health_reason)
    assert is_tried_again(report)
    assert await rows() == []


@pytest.mark.usefixtures("real_browser")
async def test_a_listing_whose_scripts_got_nothing_fails_the_visit_in_words(scrape: Scrape) -> None:
    async with Site({"/": body(SHELL)}) as site:
        report = await scrape(site, render="auto")
    assert (report.status, report.error_kind, report.health) == (JobStatus.FAILED, "empty-page", "amber")
    assert "stayed empty in the browser, too; try again later" in str(report.health_reason)
    assert is_tried_again(report)
