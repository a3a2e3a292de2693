"""An office that uses HoistScraper: an administrator and a viewer, each in a browser of their own."""

import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from playwright.async_api import APIResponse, Browser, Page, expect

PASSWORD = "a bridge over still water"
ANA = {"name": "Ana Berg", "email": "ana@example.org"}
VERA = {"name": "Vera Lund", "email": "vera@example.org"}


@asynccontextmanager
async def window(browser: Browser, origin: str, **more: Any) -> AsyncIterator[Page]:  # noqa: ANN401 - as Playwright
    """Yield a window of a browser that has never been here."""
    shape = {"viewport": {"width": 1366, "height": 900}, "locale": "en-GB"} | more
    context = await browser.new_context(base_url=origin, **shape)
    try:
        yield await context.new_page()
    finally:
        await context.close()


async def set_up(page: Page) -> None:
    """Make the first administrator."""
    await page.goto("/set-up/")
    await page.get_by_label("Name").fill(ANA["name"])
    await page.get_by_label("E-mail address").fill(ANA["email"])
    await page.get_by_label("Password", exact=True).fill(PASSWORD)
    await page.get_by_role("button", name="Create and sign in").click()
    await expect(page.get_by_role("heading", name="You are the administrator")).to_be_visible()


async def fill_sign_in(page: Page, person: Mapping[str, str]) -> None:
    """Sign in on the page, or in the window over it."""
    await page.get_by_label("E-mail address").fill(person["email"])
    await page.get_by_label("Password", exact=True).fill(PASSWORD)
    await page.get_by_role("button", name="Sign in", exact=True).click()


async def sign_in(page: Page, person: Mapping[str, str], *, at: str = "/profile/") -> None:
    """Open a page and sign in on the way there."""
    await page.goto(at)
    await expect(page).to_have_url(re.compile("/sign-in/"))
    await fill_sign_in(page, person)
    await expect(page).to_have_url(re.compile(f"{re.escape(at)}$"))


async def ask(page: Page, method: str, path: str, body: object = None) -> APIResponse:
    """Ask the API as the page does."""
    told = await (await page.request.get("/api/session")).json()
    headers = {"X-CSRF-Token": told["csrf_token"]} if told["csrf_token"] else {}
    return await page.request.fetch(path, method=method, data=body, headers=headers)
