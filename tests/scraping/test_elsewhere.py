"""Websites that list their calls in a sitemap or a feed only, and lists that lead in circles."""

from tests.scraping.conftest import Rows, Scrape
from tests.sites.calls import CallsWebsite, site_with_feed, site_with_sitemap, some_calls


async def test_of_the_pages_of_a_sitemap_the_calls_are_kept(scrape: Scrape, rows: Rows) -> None:
    website = CallsWebsite(some_calls(4))
    async with site_with_sitemap(website) as site:
        report = await scrape(site, "/sitemap.xml")
        website.asked.clear()
        again = await scrape(site, "/sitemap.xml")
    assert (report.found, report.new, report.problems) == (4, 4, ())
    assert {row["title"] for row in await rows()} == {call.title for call in website.calls}
    assert (again.new, again.changed, again.unchanged) == (0, 0, 4)
    assert website.asked == ["/sitemap.xml", "/pages.xml"]


async def test_a_sitemap_that_was_cut_short_makes_nothing_vanish(scrape: Scrape, rows: Rows) -> None:
    website = CallsWebsite(some_calls(6))
    async with site_with_sitemap(website) as site:
        await scrape(site, "/sitemap.xml")
        report = await scrape(site, "/sitemap.xml", max_details=2, verify_after_hours=0)
    assert report.no_longer_listed == 0
    assert "HOIST_MAX_DETAILS" in report.problems[0].text
    assert all(row["is_listed"] for row in await rows())


async def test_a_page_without_calls_that_names_a_feed_is_read_by_its_feed(scrape: Scrape) -> None:
    website = CallsWebsite(some_calls(4))
    async with site_with_feed(website) as site:
        report = await scrape(site)
        again = await scrape(site)
    assert (report.found, report.new, report.problems) == (4, 4, ())
    assert again.new == 0
    assert again.found == 4


async def test_a_list_that_leads_in_a_circle_ends(scrape: Scrape) -> None:
    website = CallsWebsite(some_calls(8))
    honest = website.listing

    def endless(page: int) -> str:
        return honest(1).replace("</main>", f'<a rel="next" href="/?page={page + 1}">Next</a></main>')

    website.listing = endless  # type: ignore[method-assign]
    async with website.site() as site:
        report = await scrape(site)
    assert report.found == 8
    assert sum(path.startswith("/?page") for path in website.asked) == 1
