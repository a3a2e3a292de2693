"""Pictures of every page, at widths from phone to wide screen, in both themes, as small files."""

import asyncio
import re
from base64 import b64decode
from collections.abc import Mapping
from pathlib import Path

from playwright.async_api import Browser, Page, expect

from benchmarks.webapp.asking import ask
from benchmarks.webapp.painting import IS_THERE
from benchmarks.webapp.states import shown_states, visit

WIDTHS: Mapping[int, int] = {390: 844, 768: 1024, 1280: 800, 1920: 1080}
"""Widths of screens and their heights, in CSS pixels."""
THEMES = ("light", "dark")
_VISITS = 4
_STARRED = 4
_QUALITY = 80
_SETTLING_MILLISECONDS = 400


async def take_all(browser: Browser, origin: str, pages: Mapping[str, str], folder: Path) -> None:
    """Write ``page-width-theme.webp`` for each; the websites are visited a few times before.

    Pages of websites in trouble and of a job that runs come last, for all pages would show it.
    """
    await asyncio.to_thread(_prepare, origin)
    await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
    await _take(browser, origin, pages, folder)
    async with shown_states(origin) as states:
        await _take(browser, origin, states, folder)


async def _take(browser: Browser, origin: str, pages: Mapping[str, str], folder: Path) -> None:
    for width, height in WIDTHS.items():
        for theme in THEMES:
            context = await browser.new_context(
                viewport={"width": width, "height": height},
                color_scheme="dark" if theme == "dark" else "light",
                locale="en-GB",
                reduced_motion="reduce",
                bypass_csp=True,  # what waits in the page is evaluated there
            )
            page = await context.new_page()
            for name, path in pages.items():
                await _open(page, f"{origin}{path}")
                file = folder / f"{name}-{width}-{theme}.webp"
                await asyncio.to_thread(file.write_bytes, await _picture(page))
            await context.close()


async def _open(page: Page, address: str) -> None:
    # Leave first: another fragment alone would load nothing.
    await page.goto("about:blank")
    await page.goto(address)
    await expect(page.get_by_role("heading", level=1)).to_have_count(1)
    await page.wait_for_function(IS_THERE)
    if "/opportunity/" in address:
        await page.get_by_role("button", expanded=False, name=re.compile("^Proof: Deadline")).click()
    await page.wait_for_timeout(_SETTLING_MILLISECONDS)


def _prepare(origin: str) -> None:
    """Have each website visited a few times, so that there is a history to see, and star some calls."""
    ids = [each["id"] for each in ask(origin, "/api/websites")["items"]]
    for _ in range(_VISITS):
        visit(origin, ids)
    for call in ask(origin, f"/api/opportunities?limit={_STARRED}")["items"]:
        ask(origin, f"/api/triage/{call['id']}", {"state": "starred"}, "PUT")


async def _picture(page: Page) -> bytes:
    session = await page.context.new_cdp_session(page)
    taken = await session.send("Page.captureScreenshot", {"format": "webp", "quality": _QUALITY})
    await session.detach()
    return b64decode(taken["data"])
