"""Pictures of every page, at widths from phone to wide screen, in both themes, as small files."""

import asyncio
import re
import time
from base64 import b64decode
from collections.abc import Mapping
from pathlib import Path

from playwright.async_api import Browser, Page, expect

from benchmarks.webapp.asking import ask
from benchmarks.webapp.painting import IS_THERE

WIDTHS: Mapping[int, int] = {390: 844, 768: 1024, 1280: 800, 1920: 1080}
"""Widths of screens and their heights, in CSS pixels."""
THEMES = ("light", "dark")
_VISITS = 4
_UNENDED = {"pending", "running"}
_GLANCE_SECONDS = 0.2
_QUALITY = 80
_SETTLING_MILLISECONDS = 400


async def take_all(browser: Browser, origin: str, pages: Mapping[str, str], folder: Path) -> None:
    """Write ``page-width-theme.webp`` for each; the websites are visited a few times before."""
    await asyncio.to_thread(_visit, origin)
    await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
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


def _visit(origin: str) -> None:
    """Have each website visited a few times, so that there is a history to see."""
    ids = [each["id"] for each in ask(origin, "/api/websites")["items"]]
    for _ in range(_VISITS):
        ask(origin, "/api/scrape-jobs", {"website_ids": ids})
        while any(job["status"] in _UNENDED for job in ask(origin, "/api/scrape-jobs?limit=20")["items"]):
            time.sleep(_GLANCE_SECONDS)


async def _picture(page: Page) -> bytes:
    session = await page.context.new_cdp_session(page)
    taken = await session.send("Page.captureScreenshot", {"format": "webp", "quality": _QUALITY})
    await session.detach()
    return b64decode(taken["data"])
