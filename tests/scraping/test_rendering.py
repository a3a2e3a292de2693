"""Websites whose calls only a browser can show."""

import pytest

from hoistscraper.fetching.browsing.choice import find_browser
from hoistscraper.settings import Settings
from tests.scraping.conftest import Rows, Scrape
from tests.sites.calls import CallsWebsite, some_calls
from tests.sites.scripted import ScriptedSite


@pytest.mark.usefixtures("real_browser")
async def test_a_website_that_scripts_fill_is_read_in_a_browser(scrape: Scrape, rows: Rows) -> None:
    website = CallsWebsite(some_calls(3))
    async with ScriptedSite(website) as site:
        report = await scrape(site, render="auto")
        again = await scrape(site, render="auto")
    assert (report.found, report.new, report.problems) == (3, 3, ())
    assert {row["title"] for row in await rows()} == {call.title for call in website.calls}
    assert all(row["amount_max"] and row["is_verified"] for row in await rows())
    assert (again.new, again.changed, again.unchanged) == (0, 0, 3)


async def test_without_a_browser_the_website_is_named_and_nothing_is_invented(scrape: Scrape) -> None:
    async with ScriptedSite(CallsWebsite(some_calls(3))) as site:
        report = await scrape(site)
    assert report.found == 0
    assert "only in a browser" in report.problems[0].text


@pytest.mark.parametrize("name", ["/nowhere/chromium"])
def test_a_browser_that_is_not_there_is_none(name: str) -> None:
    assert find_browser(Settings(browser=name)) is None
