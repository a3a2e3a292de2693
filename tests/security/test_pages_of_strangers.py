"""What websites of strangers say is shown as text on every page of the web app, in a real browser."""

from html import escape
from uuid import UUID

import httpx
import pytest
from playwright.async_api import Locator, Page, async_playwright, expect

from hoistscraper.clock import now
from hoistscraper.database.engine import Database
from hoistscraper.fetching.browsing.choice import find_browser
from hoistscraper.scraping.job_log import write_lines
from hoistscraper.scraping.report import Journal, LogLine
from hoistscraper.settings import Settings
from tests.api.server import api_process
from tests.scraping.conftest import Scrape, scrape
from tests.security.test_texts_of_strangers import SCRIPT
from tests.sites.calls import CallsWebsite, some_calls

__all__ = ["scrape"]

TITLE = f"Grant for rivers {SCRIPT}"
OFFICE = f"Riverside {SCRIPT}"
# A coloured screen, lines and an event of a stream that nobody wrote, and marks that turn the writing round.
STEERING = "\x1b[31mred\x1b[0m\x07\r\n\r\nevent: job\r\ndata: {}\r\n\r\n\u202egnp.exe\u200f\u2066"
AS_WRITTEN = r"\x1b[31mred\x1b[0m\x07\r\n\r\nevent: job\r\ndata: {}\r\n\r\n\u202egnp.exe\u200f\u2066"
SCRIPT_ADDRESS = "javascript:window.stolen=1"


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


@pytest.mark.usefixtures("real_browser")
async def test_no_line_of_a_log_runs_or_passes_for_another(database: Database, settings: Settings) -> None:
    assert settings.database_url
    choice = find_browser(Settings())
    assert choice
    with api_process(settings.database_url.get_secret_value()) as address:
        async with httpx.AsyncClient(base_url=address) as api:
            website = (await api.post("/api/websites", json={"url": "https://example.org/"})).json()["id"]
            job = (await api.post(f"/api/websites/{website}/scrape")).json()["job_id"]

        async def write(*lines: LogLine) -> None:
            async with database.transaction() as session:
                await write_lines(session, UUID(job), lines)

        told = Journal()
        told.note(f"New: {SCRIPT} {STEERING}", f"https://example.org/?q={SCRIPT}")
        told.note(f"Not read: {SCRIPT}", SCRIPT_ADDRESS, is_problem=True)
        await write(*told.lines)
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=choice.program, args=["--no-sandbox"])
            page = await browser.new_page(viewport={"width": 1366, "height": 900}, locale="en-GB")
            await page.goto(f"{address.rstrip('/')}/job/?id={job}")
            lines = page.get_by_role("log").get_by_role("listitem")
            await expect(lines).to_have_count(2, timeout=20_000)
            # The job waits, so the page follows it: what comes now comes by a stream of events. This line is
            # as no visit writes one, to see that the page does not rely on that.
            await expect(page.get_by_text("Live", exact=True)).to_be_visible()
            await write(LogLine(now(), f"Raw: {SCRIPT} {STEERING}", SCRIPT_ADDRESS, is_problem=True))
            await expect(lines).to_have_count(3)
            for _ in range(2):
                assert await _texts(lines.nth(0)) == [f"New: {SCRIPT} {AS_WRITTEN}"]
                assert await _texts(lines.nth(1)) == [f"Not read: {SCRIPT}"]
                [raw] = await _texts(lines.nth(2))
                assert raw.startswith(f"Raw: {SCRIPT}")
                await _nothing_runs(page)
                # Read once more, from the list of lines and not from the stream.
                await page.reload()
                await expect(lines).to_have_count(3)
            await browser.close()


async def _texts(line: Locator) -> list[str]:
    """Return the sentences of a line, as they stand in the page."""
    return [
        text or ""
        for text in await line.locator("[lang=en]").evaluate_all("all => all.map(one => one.textContent)")
    ]


async def _nothing_runs(page: Page) -> None:
    """Check that nothing was run, and that not even a link that is followed runs anything."""
    assert await page.locator("main :is(script, img[src=x], svg[onload])").count() == 0
    links = page.locator("main a").filter(has_text=SCRIPT_ADDRESS)
    await expect(links).not_to_have_count(0)
    for link in await links.all():
        # In a window of its own, nothing could be asked of it afterwards.
        await link.evaluate("link => link.removeAttribute('target')")
        await link.click()
    assert await page.evaluate("window.stolen") is None
