"""The server stops, is slow or fails: every page says so, loses no input, and recovers by itself."""

import asyncio
import re
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import pytest
from playwright.async_api import Browser, BrowserContext, Page, Route, expect

from tests.database.server import database_from
from tests.webapp.conftest import served_at
from tests.webapp.watching import watch

AWAY = "HoistScraper does not answer. What you see may be old"
STAY = "That page cannot be had now. Stay here"
SLOW = "HoistScraper takes long to answer"
# Pages that show what the server says; an id is filled in.
PAGES = (
    "/",
    "/opportunity/?id={opportunity}",
    "/marked/",
    "/websites/",
    "/website/?id={website}",
    "/jobs/",
    "/job/?id={job}",
    "/dashboard/",
    "/settings/",
    "/settings/switches/",
    "/settings/audit/",
    "/settings/about/",
)
# Of these, everything but the page itself comes when something is sent.
QUIET_PAGES = (
    "/settings/users/",
    "/settings/tokens/",
    "/settings/sessions/",
    "/profile/",
    "/set-up/",
    "/sign-in/",
)


@pytest.fixture(scope="module")
def port() -> int:
    """Where the server answers, each time that it is started."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture
async def context(browser: Browser, port: int) -> AsyncIterator[BrowserContext]:
    """A browser whose windows are all of one person."""
    context = await browser.new_context(base_url=f"http://127.0.0.1:{port}", locale="en-GB")
    yield context
    await context.close()


@contextmanager
def stored(server: str, template: str) -> Iterator[str]:
    """Yield a database of its own that outlives each server."""
    name = template.split("?", maxsplit=1)[0].rsplit("/", maxsplit=1)[1]
    with database_from(server, template=name) as url:
        yield url


@asynccontextmanager
async def windows(context: BrowserContext, paths: list[str]) -> AsyncIterator[dict[str, Page]]:
    """Yield a window for each page, loaded."""
    pages = {path: await context.new_page() for path in paths}
    for path, page in pages.items():
        await page.goto(path)
        await expect(page.get_by_role("heading", level=1)).to_have_count(1)
        await expect(page.get_by_text("Loading…")).to_have_count(0)
    yield pages
    for page in pages.values():
        await page.close()


async def paths_of(page: Page) -> list[str]:
    """Return the pages with the ids of what is there."""
    website = (await (await page.request.get("/api/websites?limit=1")).json())["items"][0]["id"]
    opportunity = (await (await page.request.get("/api/opportunities?limit=1")).json())["items"][0]["id"]
    job = (await (await page.request.get("/api/scrape-jobs?limit=1")).json())["items"][0]["id"]
    return [path.format(website=website, opportunity=opportunity, job=job) for path in PAGES]


@pytest.mark.timeout(600)
async def test_a_server_that_stops_and_starts_again_costs_nothing_on_any_page(
    server: str, template: str, context: BrowserContext, port: int
) -> None:
    with stored(server, template) as url:
        with served_at(url, port, is_scraped=True):
            first = await context.new_page()
            paths = [*await paths_of(first), *QUIET_PAGES]
            website = await watch(first, "https://typed.example/", name="Typed")
            opened = windows(context, paths)
            pages = await opened.__aenter__()
            form = await context.new_page()
            await form.goto(f"/website/?id={website['id']}")
            settings = form.get_by_role("region", name="Settings")
            await settings.get_by_role("textbox", name="Category").fill("rivers")
            await expect(form.get_by_role("button", name="Set a log-in")).to_be_visible()
            await pages["/set-up/"].get_by_label("E-mail address").fill("ana@example.org")
        # Nobody answers any more: no page, no script, no API.
        for path, page in pages.items():
            await expect(page.get_by_text(AWAY), path).to_be_visible(timeout=60_000)
        await settings.get_by_role("button", name="Save").click()
        await expect(settings.get_by_role("alert")).to_contain_text("HoistScraper does not answer.")
        # Another page would be none; what is typed would be gone.
        await form.get_by_role("link", name="Jobs", exact=True).click()
        await expect(form.get_by_text(STAY)).to_be_visible()
        # A window over the page whose script is not there yet comes with the server.
        await form.get_by_role("button", name="Set a log-in").click()
        await expect(settings.get_by_role("textbox", name="Category")).to_have_value("rivers")
        with served_at(url, port):
            for path, page in pages.items():
                await expect(page.get_by_text(AWAY), path).to_have_count(0, timeout=60_000)
                await expect(page.get_by_role("heading", level=1), path).to_have_count(1)
                await expect(page.get_by_role("main").get_by_role("alert"), path).to_have_count(0)
            await expect(pages["/set-up/"].get_by_label("E-mail address")).to_have_value("ana@example.org")
            await expect(form.get_by_role("dialog", name="Log-in of Typed")).to_be_visible(timeout=60_000)
            await form.keyboard.press("Escape")
            await expect(settings.get_by_role("textbox", name="Category")).to_have_value("rivers")
            await settings.get_by_role("button", name="Save").click()
            await expect(form.get_by_text("Saved.")).to_be_visible()
            await opened.__aexit__(None, None, None)


@pytest.mark.timeout(600)
async def test_a_server_that_is_slow_or_fails_is_told_of_on_every_page(
    server: str, template: str, context: BrowserContext, port: int
) -> None:
    with stored(server, template) as url, served_at(url, port, is_scraped=True):
        first = await context.new_page()
        paths = await paths_of(first)

        async def is_slow(path: str) -> None:
            page = await context.new_page()

            is_told = asyncio.Event()

            async def late(route: Route) -> None:
                await is_told.wait()
                await route.continue_()

            await page.route(re.compile(r"/api/(?!.*events)"), late)
            await page.goto(path)
            await expect(page.get_by_text(SLOW), path).to_be_visible()
            is_told.set()
            await expect(page.get_by_text(SLOW), path).to_have_count(0, timeout=60_000)
            await expect(page.get_by_text("Loading…"), path).to_have_count(0)
            await expect(page.get_by_role("main").get_by_role("alert"), path).to_have_count(0)
            await page.close()

        async def fails(path: str) -> None:
            page = await context.new_page()
            failing = True

            async def answer(route: Route) -> None:
                if failing and "/api/session" not in route.request.url:
                    body = '{"detail": "Broken for a test."}'
                    await route.fulfill(status=500, content_type="application/problem+json", body=body)
                else:
                    await route.continue_()

            await page.route(re.compile(r"/api/(?!.*events)"), answer)
            await page.goto(path)
            told = page.get_by_role("alert").filter(has_text="Broken for a test.").first
            await expect(told, path).to_be_visible(timeout=60_000)
            failing = False
            await expect(page.get_by_text("Broken for a test."), path).to_have_count(0, timeout=60_000)
            await expect(page.get_by_role("heading", level=1), path).to_have_count(1)
            await expect(page.get_by_text("Loading…"), path).to_have_count(0)
            await page.close()

        for some in (paths[:4], paths[4:8], paths[8:]):
            await asyncio.gather(*(is_slow(path) for path in some))
            await asyncio.gather(*(fails(path) for path in some))
