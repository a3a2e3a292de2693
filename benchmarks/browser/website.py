"""A website of twenty tenders whose every page only a browser can show: how long a visit takes."""

import time

from benchmarks.scrape.figures import Figure
from hoistscraper.clock import now
from hoistscraper.fetching.browsing.one_browser import OneBrowser
from hoistscraper.scraping.memory import Memory
from hoistscraper.scraping.preview import ShownOnly
from hoistscraper.scraping.report import Journal
from hoistscraper.scraping.visit import visit
from hoistscraper.settings import Settings
from hoistscraper.websites.browser_needs import BrowserNeeds
from tests.sites.calls import CallsWebsite, some_calls
from tests.sites.scripted import ScriptedSite

TENDERS = 20
BUDGET_SECONDS = 4
OF = f"website of {TENDERS} tenders, all by browser"


async def measure_website(rounds: int) -> list[Figure]:
    """Return the best of some first visits, and of visits that know what needs the browser.

    The browser runs already, as in a worker.
    """
    async with ScriptedSite(CallsWebsite(some_calls(TENDERS))) as site:
        settings = Settings(allow_hosts=frozenset({site.authority}), pace_seconds=0)
        known = Memory(browser_needs=BrowserNeeds(listing=True, calls=True, looked_at=now()))
        async with OneBrowser(settings) as browser:
            await _visit(site.url(), settings, browser, Memory())
            firsts = [await _visit(site.url(), settings, browser, Memory()) for _ in range(rounds)]
            nexts = [await _visit(site.url(), settings, browser, known) for _ in range(rounds)]
            started = browser.started
    return [
        Figure(of=OF, name="first visit", value=min(firsts), unit="s", budget=BUDGET_SECONDS),
        Figure(of=OF, name="straight to the browser", value=min(nexts), unit="s", budget=BUDGET_SECONDS),
        Figure(of=OF, name="browsers started", value=started, budget=1, rule="exactly"),
    ]


async def _visit(url: str, settings: Settings, browser: OneBrowser, memory: Memory) -> float:
    found = ShownOnly()
    began = time.perf_counter()
    await visit(
        url, settings=settings, memory=memory, writer=found, journal=Journal(), browser=browser, at=now()
    )
    seconds = time.perf_counter() - began
    assert len(found.calls) == TENDERS
    return seconds
