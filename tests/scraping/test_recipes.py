"""Recipes over visits to a real website, with a real database: learned, used, repaired, refused, given up."""

from collections.abc import Awaitable, Callable
from html import escape

import pytest
from sqlalchemy import text

from hoistscraper.database.engine import Database
from hoistscraper.features import OFF
from hoistscraper.reading.recipe import LEAST_READINGS
from hoistscraper.scraping import recipe_store
from hoistscraper.scraping.model import RecipeRecord
from hoistscraper.scraping.report import JobStatus
from hoistscraper.websites import store as websites
from hoistscraper.websites.model import Website
from tests.scraping.conftest import Rows, Scrape
from tests.sites.calls import Call, CallsWebsite, some_calls
from tests.sites.server import Site

pytestmark = pytest.mark.proves("recipes")

Kept = Callable[[Site], Awaitable[tuple[Website, RecipeRecord | None]]]
TILES = (
    "<!doctype html><html lang=en><head><title>Riverside</title></head><body><main><h1>{heading}</h1>"
    "<div class=tiles>{tiles}</div></main></body></html>"
)
TILE = (
    '<div class=tile><h3><a href="{path}">{title}</a></h3><p>{reference}</p>'
    "<p>Closing date: {deadline}</p></div>"
)


def as_tiles(calls: list[Call], heading: str = "Open calls for proposals") -> str:
    tiles = (
        TILE.format(path=c.path, title=escape(c.title), reference=c.reference, deadline=c.deadline)
        for c in calls
    )
    return TILES.format(heading=heading, tiles="".join(tiles))


@pytest.fixture
def kept(database: Database) -> Kept:
    async def read(site: Site) -> tuple[Website, RecipeRecord | None]:
        async with database.transaction() as session:
            website = await websites.find_website(session, site.url("/"))
            assert website is not None
            return website, await recipe_store.read_record(session, website.id)

    return read


async def visits(scrape: Scrape, site: Site, website: CallsWebsite, count: int = LEAST_READINGS) -> None:
    """Visit so many times, with something new each time."""
    for number in range(count):
        await scrape(site)
        website.calls = [*website.calls, *some_calls(1, first=100 + number)]


async def test_a_recipe_is_learned_over_visits_and_then_read_by(scrape: Scrape, kept: Kept) -> None:
    website = CallsWebsite(some_calls(6))
    async with website.site() as site:
        await visits(scrape, site, website)
        _, record = await kept(site)
        assert record is not None
        assert record.is_in_use
        assert (record.pages_by_recipe, record.pages_by_general) == (0, LEAST_READINGS)
        report = await scrape(site)
        _, record = await kept(site)
    assert record is not None
    assert record.pages_by_recipe == 1
    assert (report.new, report.unchanged, report.health) == (1, 8, "green")


async def test_a_page_that_did_not_change_is_not_read_and_counts_as_nothing(
    scrape: Scrape, kept: Kept
) -> None:
    website = CallsWebsite(some_calls(6))
    async with website.site() as site:
        for _ in range(3):
            await scrape(site)
        _, record = await kept(site)
    assert record is not None
    assert (record.pages_by_general, record.is_in_use) == (1, False)


async def test_the_pages_of_one_listing_teach_together(scrape: Scrape, kept: Kept) -> None:
    website = CallsWebsite(some_calls(12), page_size=4)
    async with website.site() as site:
        await scrape(site)
        _, record = await kept(site)
    assert record is not None
    assert record.is_in_use
    assert record.call_pages["kinds"]["page"]["pages"] == 12


async def test_nothing_is_learned_where_it_is_switched_off(scrape: Scrape, kept: Kept) -> None:
    website = CallsWebsite(some_calls(6))
    async with website.site() as site:
        for _ in range(LEAST_READINGS + 1):
            report = await scrape(site, features_recipes=OFF)
            website.calls = [*website.calls, *some_calls(1, first=100 + len(website.calls))]
        _, record = await kept(site)
    assert record is None
    assert (report.new, report.unchanged) == (1, 8)


async def test_a_rebuilt_listing_is_learned_anew(scrape: Scrape, rows: Rows, kept: Kept) -> None:
    website = CallsWebsite(some_calls(6))
    async with website.site() as site:
        await visits(scrape, site, website)
        await scrape(site)
        before = await rows()
        website.listing_body = as_tiles(website.calls)
        report = await scrape(site)
        _, record = await kept(site)
    assert record is not None
    assert (record.repairs_accepted, record.repairs_refused) == (1, 0)
    assert (report.status, report.health, report.no_longer_listed) == (JobStatus.COMPLETED, "green", 0)
    assert "read as before" in " ".join(line.text for line in report.log)
    assert {row["title"] for row in await rows()} == {row["title"] for row in before}


async def test_another_list_in_its_place_takes_nothing_away_and_is_told(
    scrape: Scrape, rows: Rows, kept: Kept
) -> None:
    website = CallsWebsite(some_calls(6))
    async with website.site() as site:
        await visits(scrape, site, website)
        await scrape(site)
        before = await rows()
        _, learned = await kept(site)
        website.listing_body = as_tiles(some_calls(20, first=500), heading="Grants")
        report = await scrape(site)
        state, record = await kept(site)
        website.listing_body = None
        after = await scrape(site)
    assert report.status is JobStatus.FAILED
    assert report.error_kind == "layout-changed"
    assert (state.health, report.found) == ("amber", 0)
    assert "too few of its calls are known" in str(state.health_reason)
    assert "website accept" in str(state.health_advice)
    assert learned is not None
    assert record is not None
    assert (record.refusals, record.repairs_refused, record.learned) == (1, 1, learned.learned)
    assert await rows() == before
    assert (after.health, after.status) == ("green", JobStatus.COMPLETED)


async def test_a_person_has_another_listing_taken_as_it_is(
    scrape: Scrape, database: Database, kept: Kept
) -> None:
    website = CallsWebsite(some_calls(6))
    async with website.site() as site:
        await visits(scrape, site, website)
        website.calls = some_calls(20, first=500)
        website.listing_body = as_tiles(website.calls)
        assert (await scrape(site)).status is JobStatus.FAILED
        async with database.transaction() as session:
            state = await websites.watched(session, site.url("/"))
            await session.execute(text("UPDATE website SET envelope_since = now()"))
        assert state.health == "amber"
        report = await scrape(site)
        _, record = await kept(site)
    assert (report.new, report.health) == (20, "green")
    assert record is not None
    assert (record.refusals, record.refused_since) == (0, None)


async def test_a_listing_that_stays_another_one_for_days_is_taken_as_it_is(
    scrape: Scrape, database: Database
) -> None:
    website = CallsWebsite(some_calls(6))
    async with website.site() as site:
        await visits(scrape, site, website)
        website.calls = some_calls(20, first=500)
        website.listing_body = as_tiles(website.calls)
        for _ in range(3):
            assert (await scrape(site)).status is JobStatus.FAILED
        async with database.transaction() as session:
            await session.execute(text("UPDATE recipe SET refused_since = refused_since - interval '4 days'"))
        report = await scrape(site)
    assert (report.status, report.new) == (JobStatus.COMPLETED, 20)


async def test_what_was_forgotten_is_learned_anew(scrape: Scrape, database: Database, kept: Kept) -> None:
    website = CallsWebsite(some_calls(6))
    async with website.site() as site:
        await visits(scrape, site, website)
        state, _ = await kept(site)
        async with database.transaction() as session:
            await recipe_store.forget(session, state.id)
        _, forgotten = await kept(site)
        await scrape(site)
        _, record = await kept(site)
    assert forgotten is not None
    assert (forgotten.learned, forgotten.is_in_use, forgotten.pages_by_general) == (None, False, 3)
    assert record is not None
    assert record.learned is not None
    assert record.learned["readings"] == 1
