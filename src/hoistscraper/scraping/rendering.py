"""Pages that only a browser can show: shown by one where there is one, named where there is none."""

from typing import TYPE_CHECKING, Self

from hoistscraper.fetching.browsing.limits import RenderLimits
from hoistscraper.fetching.browsing.one_browser import OneBrowser
from hoistscraper.fetching.errors import FetchError
from hoistscraper.fetching.manners import Manners
from hoistscraper.fetching.page import Page
from hoistscraper.scraping.report import Journal
from hoistscraper.settings import Settings

if TYPE_CHECKING:
    from types import TracebackType

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
    """How one visit uses the browser, which others use as well."""

    def __init__(
        self,
        browser: OneBrowser,
        settings: Settings,
        manners: Manners,
        *,
        website: str,
        journal: Journal,
        is_logged_in: bool,
    ) -> None:
        self._browser = browser
        self._settings = settings
        self._manners = manners
        self._website = website
        self._journal = journal
        self._is_logged_in = is_logged_in
        self.requests = 0
        self.bytes_received = 0

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: "TracebackType | None"
    ) -> None:
        """Leave nothing behind: the next visit begins as a new reader does, wherever this one got to."""
        for refusal in self._browser.refusals(self._website):
            self._journal.note(f"The browser was kept from it: {refusal.message}", refusal.url)
        await self._browser.forget(self._website)

    @property
    def is_possible(self) -> bool:
        """Whether there is a browser that may be used. Log-ins are not carried into it."""
        return self._settings.render == "auto" and not self._is_logged_in and self._browser.is_there

    async def shown(self, url: str) -> Page | None:
        """Return the page as a browser shows it, without validators: its data came by other requests.

        ``None`` where no browser may be used, or it could not show the page, which the log says.
        """
        if not self.is_possible:
            return None
        limits = RenderLimits(
            timeout_seconds=self._settings.browser_timeout_seconds,
            scrolls=MOST_SCROLLS,
            clicks=MOST_CLICKS,
            more_words=MORE_WORDS,
        )
        try:
            rendered = await self._browser.render(
                url, website=self._website, manners=self._manners, limits=limits
            )
        except FetchError as error:
            self._journal.note(error.message, url, is_problem=True)
            return None
        self.requests += rendered.requests
        self.bytes_received += rendered.wire_bytes
        return rendered.as_page()
