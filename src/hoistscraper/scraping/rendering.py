"""Pages that only a browser can show: shown by one where there is one, named where there is none."""

from contextlib import AsyncExitStack
from importlib import import_module
from typing import TYPE_CHECKING, Self

from hoistscraper.fetching.browsing.choice import find_browser
from hoistscraper.fetching.browsing.limits import RenderLimits
from hoistscraper.fetching.manners import Manners
from hoistscraper.fetching.page import Page
from hoistscraper.scraping.report import Journal
from hoistscraper.settings import Settings

if TYPE_CHECKING:
    from types import TracebackType

    from hoistscraper.fetching.browsing.browser import Browser

# Lists that grow while one scrolls or presses "load more" are unfolded so often.
MOST_SCROLLS = 10
MOST_CLICKS = 10
MORE_WORDS = (
    "load more",
    "show more",
    "more results",
    "voir plus",
    "mehr anzeigen",
    "ver más",
    "mostra altro",
)


class Rendering:
    """The browser of one visit. It starts with the first page that needs it, and ends with the visit."""

    def __init__(
        self, settings: Settings, manners: Manners, *, website: str, journal: Journal, is_logged_in: bool
    ) -> None:
        self._settings = settings
        self._manners = manners
        self._website = website
        self._journal = journal
        self._is_logged_in = is_logged_in
        self._ending = AsyncExitStack()
        self._browser: Browser | None = None
        self.requests = 0
        self.bytes_received = 0

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: "TracebackType | None"
    ) -> None:
        await self._ending.aclose()

    @property
    def is_possible(self) -> bool:
        """Whether there is a browser that may be used. Log-ins are not carried into it."""
        return (
            self._settings.render == "auto"
            and not self._is_logged_in
            and find_browser(self._settings) is not None
        )

    async def shown(self, url: str) -> Page | None:
        """Return the page as a browser shows it, without validators: its data came by other requests.

        ``None`` where no browser may be used.

        :raises FetchError: it could not show the page, which is as if the website had not sent it.
        """
        if not self.is_possible:
            return None
        limits = RenderLimits(
            timeout_seconds=self._settings.browser_timeout_seconds,
            scrolls=MOST_SCROLLS,
            clicks=MOST_CLICKS,
            more_words=MORE_WORDS,
        )
        browser = await self._started()
        rendered = await browser.render(url, website=self._website, limits=limits)
        self.requests += rendered.requests
        self.bytes_received += rendered.wire_bytes
        return rendered.as_page()

    async def _started(self) -> "Browser":
        if self._browser is None:
            # Playwright takes a while to load, and most websites need no browser.
            module = import_module("hoistscraper.fetching.browsing.browser")
            browser: Browser = module.Browser(self._settings, self._manners)
            self._browser = await self._ending.enter_async_context(browser)
        return self._browser
