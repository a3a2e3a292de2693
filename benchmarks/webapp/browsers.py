"""A browser to measure with."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from playwright.async_api import Browser, async_playwright

from hoistscraper.fetching.browsing.choice import find_browser
from hoistscraper.settings import Settings

_FLAGS = ("--no-sandbox", "--disable-dev-shm-usage")


@asynccontextmanager
async def opened_browser() -> AsyncIterator[Browser]:
    """Yield a browser as a reader has it, without a guard."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=browser_program(), args=_FLAGS)
        try:
            yield browser
        finally:
            await browser.close()


def browser_program() -> Path:
    """Return the browser of this machine.

    :raises SystemExit: there is none.
    """
    choice = find_browser(Settings())
    if choice is None:
        raise SystemExit("There is no browser here; hoistscraper doctor says how to get one.")
    return choice.program
