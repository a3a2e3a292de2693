"""Websites whose calls only a browser can show."""

import json

import pytest
from sqlalchemy import text

from hoistscraper.database.engine import Database
from hoistscraper.fetching.browsing.choice import find_browser
from hoistscraper.scraping.report import JobStatus
from hoistscraper.settings import Settings
from hoistscraper.websites.browser_needs import BrowserNeeds
from hoistscraper.websites.model import Website
from hoistscraper.websites.store import add_website, watched
from tests.scraping.conftest import Rows, Scrape
from tests.sites.answers import body
from tests.sites.calls import CallsWebsite, some_calls
from tests.sites.scripted import ScriptedSite
from tests.sites.server import Exchange, Route, Site


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


class Changing(ScriptedSite):
    """A scripted website that may come to fill its pages for simple readers, or to show nothing by script."""

    fills_itself = False
    is_empty = False

    async def answer(self, exchange: Exchange) -> None:
        is_browser = "Chrome/" in exchange.request.headers["user-agent"]
        if self.is_empty and exchange.request.path.startswith("/content?"):
            await exchange.send('{"body": "<p>No calls at present.</p>"}', kind="application/json")
        elif self.fills_itself and exchange.request.path == "/" and not is_browser:
            await exchange.send(self._website.listing(1))
        else:
            await super().answer(exchange)


async def needs_of(database: Database, site: Site) -> BrowserNeeds:
    async with database.transaction() as session:
        return (await watched(session, site.url())).browser_needs


async def add(database: Database, site: Site, *, render: str) -> None:
    async with database.transaction() as session:
        await add_website(session, Website(url=site.url(), name="Calls", render=render))


@pytest.mark.usefixtures("real_browser")
async def test_what_needs_the_browser_is_remembered_and_goes_straight_to_it(
    scrape: Scrape, database: Database
) -> None:
    website = CallsWebsite(some_calls(4))
    async with ScriptedSite(website) as site:
        await scrape(site, render="auto")
        needs = await needs_of(database, site)
        assert site.visits("/") == 2
        before = site.visits(website.calls[0].path)
        again = await scrape(site, render="auto", verify_after_hours=0)
        assert site.visits("/") == 3, "the empty page is not asked for any more"
        assert site.visits(website.calls[0].path) == before + 1
    assert (needs.listing, needs.calls, needs.visits_since) == (True, True, 0)
    assert (await needs_of(database, site)).visits_since == 1
    assert (again.found, again.unchanged) == (4, 4)
    assert any("as earlier visits found" in line.text for line in again.log)


@pytest.mark.usefixtures("real_browser")
async def test_plain_http_is_looked_at_again_after_some_visits(scrape: Scrape, database: Database) -> None:
    async with Changing(CallsWebsite(some_calls(2))) as site:
        await scrape(site, render="auto")
        site.fills_itself = True
        assert (await scrape(site, render="auto")).found == 2
        assert (await needs_of(database, site)).listing is True
        async with database.transaction() as session:
            await session.execute(text("UPDATE website SET browser_visits_since = 9"))
        tenth = await scrape(site, render="auto", verify_after_hours=0)
    needs = await needs_of(database, site)
    assert (tenth.found, needs.listing, needs.calls, needs.visits_since) == (2, None, True, 0)
    assert any("no browser is needed" in line.text for line in tenth.log)


@pytest.mark.usefixtures("real_browser")
async def test_plain_http_is_tried_where_the_browser_shows_nothing_any_more(
    scrape: Scrape, database: Database
) -> None:
    async with Changing(CallsWebsite(some_calls(2))) as site:
        await scrape(site, render="auto")
        site.is_empty = site.fills_itself = True
        report = await scrape(site, render="auto")
    assert report.found == 2
    assert (await needs_of(database, site)).listing is None


@pytest.mark.usefixtures("real_browser")
async def test_a_browser_that_does_not_help_is_not_tried_again(scrape: Scrape, database: Database) -> None:
    nothing = "<h1>Our club</h1><p>We meet on Mondays.</p><script>document.title = 'Club'</script>"
    async with Site({"/": Route("says nothing", body(nothing))}) as site:
        report = await scrape(site, render="auto")
        assert site.visits("/") == 2
        again = await scrape(site, render="auto")
        assert site.visits("/") == 3
    assert (report.found, again.found) == (0, 0)
    assert (await needs_of(database, site)).listing is False
    assert any("browser is tried once" in line.text for line in report.log)


@pytest.mark.usefixtures("real_browser")
async def test_records_that_only_a_script_brings_are_found(scrape: Scrape, database: Database) -> None:
    website = CallsWebsite(some_calls(3))
    filled = json.dumps(website.listing(1).split("<body>")[1].split("</body>")[0])
    prose = "<p>We support the arts, the sciences and everything in between since 1950.</p>"
    page = f"<h1>Grants</h1>{prose}<div id=x></div><script>x.innerHTML = {filled}</script>"
    routes = {"/": Route("shows its calls late", body(page))}
    routes |= {call.path: Route("a call", body(website.detail(call))) for call in website.calls}
    async with Site(routes) as site:
        report = await scrape(site, render="auto")
    needs = await needs_of(database, site)
    assert (report.found, needs.listing, needs.calls) == (3, True, False)


async def test_a_website_set_to_the_browser_fails_where_there_is_none(
    scrape: Scrape, database: Database
) -> None:
    async with CallsWebsite(some_calls(2)).site() as site:
        await add(database, site, render="browser")
        report = await scrape(site, render="auto", browser="/nowhere/chromium")
        never = await scrape(site, render="never")
        assert not site.requests
    assert (report.status, report.error_kind) == (JobStatus.FAILED, "browser-missing")
    assert "correct HOIST_BROWSER" in str(report.error)
    assert "HOIST_RENDER=never" in str(never.error)
    assert report.health == "amber"
    assert "hoistscraper doctor" in str(report.health_advice)


@pytest.mark.usefixtures("real_browser")
async def test_a_website_set_to_the_browser_is_read_in_it(scrape: Scrape, database: Database) -> None:
    async with CallsWebsite(some_calls(2)).site() as site:
        await add(database, site, render="browser")
        report = await scrape(site, render="auto")
        agents = {request.headers["user-agent"] for request in site.requests if request.path != "/robots.txt"}
    assert report.found == 2
    assert all("Chrome/" in agent for agent in agents)


async def test_a_website_set_to_plain_http_says_what_is_missing(scrape: Scrape, database: Database) -> None:
    async with ScriptedSite(CallsWebsite(some_calls(2))) as site:
        await add(database, site, render="http")
        report = await scrape(site, render="auto")
        assert site.visits("/app.js") == 0
    assert report.found == 0
    assert any("set to be read without one" in line.text for line in report.log)
