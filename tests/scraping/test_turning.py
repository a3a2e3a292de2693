"""Lists that go on only by pressing something."""

import os
import signal

import pytest

from hoistscraper.database.engine import Database
from hoistscraper.scraping.report import JobStatus
from hoistscraper.websites.store import watched
from tests.browser import browsers_of
from tests.scraping.conftest import Rows, Scrape
from tests.sites.calls import CallsWebsite, some_calls
from tests.sites.server import Exchange
from tests.sites.turned import ButtonSite, Pager, TurnedSite, carousel, form, postback

pytestmark = pytest.mark.usefixtures("real_browser")


class Deadly(TurnedSite):
    """Ends its reader's browser at the third page, as often as it is turned to."""

    async def answer(self, exchange: Exchange) -> None:
        if b"Page%243" in exchange.request.body:
            for browser in browsers_of(os.getpid()):
                os.kill(browser, signal.SIGKILL)
            await exchange.wait_for_the_reader_to_leave()
            return
        await super().answer(exchange)


@pytest.mark.parametrize("pager", [postback, form])
async def test_every_page_is_turned_to(scrape: Scrape, rows: Rows, pager: Pager) -> None:
    website = CallsWebsite(some_calls(14), page_size=4)
    async with TurnedSite(website, pager) as site:
        report = await scrape(site, render="auto")
        assert site.posts == [2, 3, 4]
    assert (report.status, report.found, report.problems) == (JobStatus.COMPLETED, 14, ())
    assert {row["title"] for row in await rows()} == {call.title for call in website.calls}
    assert report.health == "green"


async def test_page_numbers_go_on_behind_their_dots(scrape: Scrape) -> None:
    async with TurnedSite(CallsWebsite(some_calls(26), page_size=2), postback) as site:
        report = await scrape(site, render="auto", max_details=0)
        assert site.posts == list(range(2, 14))
    assert report.found == 26


async def test_buttons_that_only_scripts_know_are_pressed(scrape: Scrape) -> None:
    async with ButtonSite(CallsWebsite(some_calls(14), page_size=4)) as site:
        report = await scrape(site, render="auto")
    assert (report.found, report.problems) == (14, ())


async def test_the_next_visit_turns_the_pages_at_once_and_sees_what_is_gone(
    scrape: Scrape, rows: Rows
) -> None:
    website = CallsWebsite(some_calls(12), page_size=4)
    async with TurnedSite(website, postback) as site:
        await scrape(site, render="auto")
        before = site.visits("/")
        gone = website.calls.pop(-1)
        website.calls.insert(-1, some_calls(1, first=99)[0])
        report = await scrape(site, render="auto")
        assert site.visits("/") == before + 3, "the first page, and two that were turned to"
    assert (report.found, report.new, report.no_longer_listed) == (12, 1, 1)
    assert {row["title"] for row in await rows() if not row["is_listed"]} == {gone.title}


async def test_a_page_that_fails_cuts_the_list_short_and_nothing_is_gone(scrape: Scrape, rows: Rows) -> None:
    async with TurnedSite(CallsWebsite(some_calls(12), page_size=4), postback) as site:
        await scrape(site, render="auto")
        site.broken = {3}
        report = await scrape(site, render="auto")
    assert (report.status, report.found, report.no_longer_listed) == (JobStatus.COMPLETED, 8, 0)
    assert all(row["is_listed"] for row in await rows())
    assert report.health == "amber"
    assert "Only a part of the listing" in str(report.health_reason)


async def test_a_browser_that_breaks_down_in_the_middle_keeps_what_was_read(
    scrape: Scrape, rows: Rows
) -> None:
    async with Deadly(CallsWebsite(some_calls(12), page_size=4), postback) as site:
        report = await scrape(site, render="auto")
    assert (report.status, report.found) == (JobStatus.COMPLETED, 8)
    assert len(await rows()) == 8
    assert "broke down" in str(report.health_reason)


async def test_pages_beyond_the_limit_are_left_and_said_so(scrape: Scrape) -> None:
    async with TurnedSite(CallsWebsite(some_calls(12), page_size=2), postback) as site:
        report = await scrape(site, render="auto", max_pages=3)
        assert site.posts == [2, 3]
    assert report.found == 6
    assert "HOIST_MAX_PAGES" in str(report.health_reason)


async def test_without_a_browser_the_first_page_is_read_and_the_rest_is_named(
    scrape: Scrape, rows: Rows
) -> None:
    async with TurnedSite(CallsWebsite(some_calls(12), page_size=4), postback) as site:
        await scrape(site, render="auto")
        report = await scrape(site)
    assert (report.found, report.no_longer_listed) == (4, 0)
    assert all(row["is_listed"] for row in await rows())
    assert report.health == "amber"
    assert any("only by a button" in problem.text for problem in report.problems)


async def test_a_button_that_turns_no_list_is_pressed_once_and_then_left(
    scrape: Scrape, database: Database
) -> None:
    async with TurnedSite(CallsWebsite(some_calls(4)), carousel) as site:
        first = await scrape(site, render="auto")
        asked = site.visits("/")
        again = await scrape(site, render="auto")
        assert site.visits("/") == asked + 1
        async with database.transaction() as session:
            needs = (await watched(session, site.url())).browser_needs
    assert (first.found, again.found, first.health, needs.listing) == (4, 4, "green", False)
