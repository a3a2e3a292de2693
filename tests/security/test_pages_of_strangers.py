"""What websites of strangers say is shown as text on every page of the web app, in a real browser."""

from html import escape

import httpx
import pytest
from playwright.async_api import async_playwright, expect

from hoistscraper.database.engine import Database
from hoistscraper.fetching.browsing.choice import find_browser
from hoistscraper.settings import Settings
from tests.api.server import api_process
from tests.scraping.conftest import Scrape, scrape
from tests.security.test_texts_of_strangers import SCRIPT
from tests.sites.calls import CallsWebsite, some_calls

__all__ = ["scrape"]

TITLE = f"Grant for rivers {SCRIPT}"
OFFICE = f"Riverside {SCRIPT}"


@pytest.mark.usefixtures("real_browser")
async def test_no_page_runs_what_a_website_says(
    scrape: Scrape, database: Database, settings: Settings
) -> None:
    website = CallsWebsite(some_calls(2))
    for call in website.calls:
        call.title, call.organisation = escape(TITLE), escape(OFFICE)
    async with website.site() as site:
        report = await scrape(site)
    assert report.new == 2
    assert settings.database_url
    choice = find_browser(Settings())
    assert choice
    with api_process(settings.database_url.get_secret_value()) as address:
        async with httpx.AsyncClient(base_url=address) as api:
            [watched] = (await api.get("/api/websites")).json()["items"]
            change = {"name": f"Name {SCRIPT}", "tags": [SCRIPT[:90]], "description": SCRIPT}
            changed = await api.patch(
                f"/api/websites/{watched['id']}", json=change | {"category": SCRIPT[:90]}
            )
            assert changed.status_code == 200, changed.text
            job = (await api.get("/api/scrape-jobs")).json()["items"][0]["id"]
            told = (await api.get("/api/opportunities")).json()["items"][0]
            # What is shown is hostile indeed, else nothing would be proved.
            assert (told["title"], told["organisation"]) == (TITLE, OFFICE)
        shown = {
            "/": "Grant for rivers <script>",
            "/dashboard/": "Grant for rivers <script>",
            f"/opportunity/?id={told['id']}": "Riverside <script>",
            "/websites/": "Name <script>",
            f"/website/?id={watched['id']}": "Name <script>",
            "/jobs/": "Name <script>",
            f"/job/?id={job}": "Name <script>",
            "/settings/audit/": "<script>",
        }
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=choice.program, args=["--no-sandbox"])
            page = await browser.new_page(viewport={"width": 1366, "height": 900}, locale="en-GB")
            for path, text in shown.items():
                await page.goto(f"{address.rstrip('/')}{path}")
                await expect(page.get_by_text(text).first, path).to_be_attached(timeout=20_000)
                assert await page.evaluate("window.stolen") is None, path
                assert await page.locator("img[src=x], svg[onload]").count() == 0, path
                inline = await page.evaluate("[...document.scripts].map(each => each.textContent)")
                assert not any("window.stolen" in each for each in inline), path
            await browser.close()
