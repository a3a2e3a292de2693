"""Websites whose calls only a browser can show."""

import json
from urllib.parse import unquote

import pytest

from hoistscraper.fetching.browsing.choice import find_browser
from hoistscraper.settings import Settings
from tests.scraping.conftest import Rows, Scrape
from tests.sites.calls import CallsWebsite, some_calls
from tests.sites.server import Exchange, Site

SHELL = """<!doctype html><html lang="en"><head><title>Calls</title></head><body><div id="root"></div>
<noscript>Please enable JavaScript to see this page.</noscript>
<script src="/app.js"></script></body></html>"""
SCRIPT = """
fetch("/content?" + encodeURIComponent(location.pathname + location.search)).then(r => r.json()).then(c => {
  document.getElementById("root").outerHTML = c.body;
});
"""


class ScriptedSite(Site):
    """The website of calls, whose pages are all filled in by a script."""

    def __init__(self, website: CallsWebsite) -> None:
        super().__init__({})
        self._website = website

    async def answer(self, exchange: Exchange) -> None:
        path = exchange.request.path
        if path == "/app.js":
            await exchange.send(SCRIPT, kind="text/javascript")
        elif path.startswith("/content?"):
            call = next((c for c in self._website.calls if unquote(path).endswith(c.path)), None)
            html = self._website.detail(call) if call else self._website.listing(1)
            body = html.split("<body>")[1].split("</body>")[0]
            await exchange.send(json.dumps({"body": f"<div>{body}</div>"}), kind="application/json")
        elif path == "/" or path.startswith("/calls/"):
            await exchange.send(SHELL)
        else:
            await exchange.send("", status=404)


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
