"""The one browser of a process, for those who may never need it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Self

from hoistscraper.fetching.browsing.choice import find_browser
from hoistscraper.fetching.browsing.limits import RenderLimits
from hoistscraper.fetching.errors import AddressRefused
from hoistscraper.fetching.manners import Manners
from hoistscraper.fetching.site_session import SiteSession

if TYPE_CHECKING:
    from types import TracebackType

    from hoistscraper.fetching.browsing.browser import Browser
    from hoistscraper.fetching.browsing.rendered import RenderedPage
    from hoistscraper.fetching.browsing.tab import Tab
    from hoistscraper.fetching.browsing.turning import PageTurner
    from hoistscraper.settings import Settings


class OneBrowser:
    """Serves every visit of a process; use it as ``async with OneBrowser(settings) as browser``.

    Nothing is loaded or started before the first page that needs it.
    """

    def __init__(self, settings: "Settings") -> None:
        self.shown = 0
        """How many pages were shown."""
        self._settings = settings
        self._opening = asyncio.Lock()
        self._browser: Browser | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: "TracebackType | None"
    ) -> None:
        if self._browser is not None:
            await self._browser.__aexit__(kind, error, trace)

    @property
    def is_there(self) -> bool:
        """Whether this machine has a browser."""
        return find_browser(self._settings) is not None

    @property
    def started(self) -> int:
        """How often the program was started."""
        return self._browser.started if self._browser is not None else 0

    async def megabytes(self) -> float | None:
        """Return the memory that the program holds, or ``None`` while it does not run."""
        return await self._browser.megabytes() if self._browser is not None else None

    async def render(
        self,
        url: str,
        *,
        website: str,
        manners: Manners,
        limits: RenderLimits | None = None,
        session: SiteSession | None = None,
        turner: "PageTurner | None" = None,
    ) -> "RenderedPage":
        """Return a page as a browser shows it (see ``Browser.render``).

        :raises FetchError: the page could not be had, or there is no browser.
        """
        browser = await self._opened()
        page = await browser.render(
            url, website=website, manners=manners, limits=limits, session=session, turner=turner
        )
        self.shown += 1
        return page

    @asynccontextmanager
    async def log_in_tab(self, *, manners: Manners, session: SiteSession) -> "AsyncIterator[Tab]":
        """Lend a tab for a log-in (see ``Browser.tab``).

        :raises FetchError: there is no browser, or it broke down.
        """
        browser = await self._opened()
        async with browser.tab(session.context, manners=manners, session=session, for_log_in=True) as tab:
            yield tab

    def refusals(self, website: str) -> tuple[AddressRefused, ...]:
        """Return what the guard kept the pages of a website from."""
        return self._browser.refusals(website) if self._browser is not None else ()

    async def forget(self, website: str) -> None:
        """Drop what is kept of a website: its visit is over."""
        if self._browser is not None:
            await self._browser.forget(website)

    async def _opened(self) -> "Browser":
        async with self._opening:
            if self._browser is None:
                # Playwright takes a while to load; the other visits of the worker need not wait for it.
                module = await asyncio.to_thread(import_module, "hoistscraper.fetching.browsing.browser")
                browser: Browser = module.Browser(self._settings)
                self._browser = await browser.__aenter__()
            return self._browser
