"""What befalls a tab: crashes, windows that open, errors of its scripts, silence."""

import asyncio
from collections.abc import Callable
from contextlib import suppress

from playwright.async_api import CDPSession, ConsoleMessage
from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page as BrowserPage
from yarl import URL

from hoistscraper.fetching.browsing.failures import hung
from hoistscraper.fetching.errors import FetchError
from hoistscraper.fetching.failures import timed_out

_ANSWER_SECONDS = 5.0


class Incidents:
    """Notes what befalls one tab; windows that its pages open are closed."""

    def __init__(self, page: BrowserPage) -> None:
        self.broke_down = asyncio.Event()
        self.console_errors = 0
        page.on("crash", lambda _: self.broke_down.set())
        page.on("close", lambda _: self.broke_down.set())
        page.on("popup", self._close_popup)
        page.on("console", self._count_console)
        page.on("pageerror", lambda _: self._count_error())

    def _count_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._count_error()

    def _count_error(self) -> None:
        self.console_errors += 1

    @staticmethod
    async def _close_popup(popup: BrowserPage) -> None:
        with suppress(PlaywrightError):
            await popup.close()


async def too_late(
    session: CDPSession, url: URL, seconds: float, known: Callable[[], FetchError | None]
) -> FetchError:
    """Return whose fault it is that no page came in time: the website's, or the browser's."""
    try:
        async with asyncio.timeout(_ANSWER_SECONDS):
            await session.send("Page.getNavigationHistory")
    except (TimeoutError, PlaywrightError):
        return hung(str(url), seconds)
    return known() or timed_out(str(url), seconds)
