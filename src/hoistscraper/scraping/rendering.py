"""Pages that only a browser can show: shown by one where there is one, named where there is none."""

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Self

from yarl import URL

from hoistscraper.fetching.browsing.limits import RenderLimits
from hoistscraper.fetching.browsing.one_browser import OneBrowser
from hoistscraper.fetching.errors import BrowserMissing, NotAPage
from hoistscraper.fetching.http import Fetcher
from hoistscraper.fetching.page import Page
from hoistscraper.fetching.site_session import SiteSession
from hoistscraper.fetching.wording import shown
from hoistscraper.scraping.browser_choice import BrowserChoice
from hoistscraper.scraping.report import Journal
from hoistscraper.scraping.turned_pages import TurnedPages
from hoistscraper.settings import Settings
from hoistscraper.websites.browser_needs import BrowserNeeds, RenderMode

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
    """How one visit uses the browser, which others use as well; ``choice`` says for which pages."""

    def __init__(
        self,
        browser: OneBrowser,
        settings: Settings,
        fetcher: Fetcher,
        *,
        website: str,
        journal: Journal,
        mode: RenderMode,
        needs: BrowserNeeds,
        at: datetime,
        session: SiteSession | None = None,
    ) -> None:
        self._browser = browser
        self._settings = settings
        self._fetcher = fetcher
        self._website = session.context if session else website
        self._journal = journal
        self._session = session
        self._mode = mode
        self._obstacle = _obstacle(browser, settings)
        self.choice = BrowserChoice(mode, needs, is_possible=self._obstacle is None, at=at)
        self.pages = 0
        self.requests = 0
        self.bytes_received = 0

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: "TracebackType | None"
    ) -> None:
        """Leave nothing behind: the next visit begins as a new reader does, wherever this one got to."""
        for context in (self._website, self._elsewhere):
            for refusal in self._browser.refusals(context):
                self._journal.note(f"The browser was kept from it: {refusal.message}", refusal.url)
            await self._browser.forget(context)
        if self.pages:
            self._journal.note(f"Pages shown by the browser: {self.pages}.")

    @property
    def is_possible(self) -> bool:
        """Whether there is a browser that may be used."""
        return self.why_not is None

    @property
    def why_not(self) -> str | None:
        """Why no browser may be used, and what to do about it; ``None`` where one may."""
        if self._mode is RenderMode.HTTP:
            return "this website is set to be read without one (`hoistscraper website render URL auto`)"
        return self._obstacle

    def begin(self) -> None:
        """Say how the website is read.

        :raises BrowserMissing: it is set to be read in a browser, and none may be used.
        """
        match self._mode:
            case RenderMode.BROWSER if self._obstacle:
                raise BrowserMissing(
                    f"{shown(self._website)} is set to be read in a browser, but {self._obstacle}.",
                    url=self._website,
                )
            case RenderMode.BROWSER:
                self._journal.note("Its pages are shown by a browser, as this website is set to.")
            case RenderMode.HTTP:
                self._journal.note("Read by plain HTTP only, as this website is set to.")
            case RenderMode.AUTO if self.choice.shows_listing:
                self._journal.note(
                    "Its listing needs a browser, as earlier visits found, so one shows it at once."
                )
            case RenderMode.AUTO if self.choice.is_looking:
                self._journal.note("Plain HTTP and the browser are compared anew, as is done now and then.")

    async def shown(self, url: str, *, turned: TurnedPages | None = None) -> Page:
        """Return the page as a browser shows it, without validators: its data came by other requests.

        ``turned`` gets it, too, and the pages of the same list that a button leads to. Only lists are
        unfolded: the page of a call does not grow, and to wait for that would take most of its time.

        :raises FetchError: it cannot be had; ``NotAPage`` where it is none that a browser shows.
        :raises LogInFailed: the website does not let the visit in.
        """
        return await self._fetcher.entered(url, partial(self._show, url, turned))

    async def _show(self, url: str, turned: TurnedPages | None) -> Page:
        limits = RenderLimits(
            timeout_seconds=self._settings.browser_timeout_seconds,
            scrolls=MOST_SCROLLS if turned else 0,
            clicks=MOST_CLICKS if turned else 0,
            more_words=MORE_WORDS,
        )
        is_own = self._session is None or self._session.is_for(URL(url))
        rendered = await self._browser.render(
            url,
            website=self._website if is_own else self._elsewhere,
            manners=self._fetcher.manners,
            limits=limits,
            session=self._session if is_own else None,
            turner=turned,
        )
        for page in (turned.rendered if turned else None) or [rendered]:
            self.pages += 1
            self.requests += page.requests
            self.bytes_received += page.wire_bytes
        if "html" not in rendered.headers.get("content-type", "html"):
            raise NotAPage(f"{shown(url)} is no web page, which a browser would show.", url=url)
        return rendered.as_page()

    @property
    def _elsewhere(self) -> str:
        """Name the context for the pages of others that a website with a log-in leads to."""
        return f"{self._website} (others)"


def _obstacle(browser: OneBrowser, settings: Settings) -> str | None:
    if settings.render == "never":
        return "HOIST_RENDER=never forbids it; set it to auto"
    if not browser.is_there and settings.browser:
        return f"there is no browser {shown(settings.browser)}; correct HOIST_BROWSER, or leave it out"
    if not browser.is_there:
        return "there is none here; install chromium (see `hoistscraper doctor`)"
    return None
