"""Trying a log-in: what the website shows with it, and whether that differs from what everybody sees."""

import asyncio
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from yarl import URL

from hoistscraper import clock
from hoistscraper.accounts import credentials
from hoistscraper.database.engine import Database
from hoistscraper.errors import HoistError, NotFound, Unavailable
from hoistscraper.fetching.browsing.one_browser import OneBrowser
from hoistscraper.fetching.forms import parsed
from hoistscraper.fetching.http import Fetcher
from hoistscraper.fetching.page import Page
from hoistscraper.fetching.site_session import SiteSession
from hoistscraper.fetching.urls import origin_of
from hoistscraper.fetching.wording import shown
from hoistscraper.reading.read import read_page
from hoistscraper.websites.model import Website

if TYPE_CHECKING:
    from hoistscraper.settings import Settings

_LONGEST_TITLE = 100


@dataclass(frozen=True, slots=True)
class Trial:
    """What was seen at the end: an address, the page's title, and a remark if there is a doubt."""

    url: str
    title: str | None
    remark: str | None = None


async def try_stored(
    database: Database, settings: "Settings", website: Website, *, most_seconds: float | None = None
) -> Trial:
    """Try the log-in that is stored of a website, and note how that went.

    :raises NotFound: it has none.
    :raises LogInFailed: the website does not let us in.
    :raises HoistError: it cannot be had, or not within ``most_seconds``.
    """
    browser = OneBrowser(settings)
    async with database.transaction() as session:
        carried = await credentials.open_session(session, settings, website, browser=browser, is_trial=True)
    if carried is None:
        raise no_log_in(website)
    try:
        # In a loop of its own, because reading a large page would keep everybody else waiting.
        return await asyncio.to_thread(asyncio.run, _tried(settings, carried, browser, most_seconds))
    finally:
        async with database.transaction() as session:
            await credentials.note_use(session, website, carried, at=clock.now())


def no_log_in(website: Website) -> NotFound:
    """Return what to raise where a website has no log-in."""
    return NotFound(
        f"No log-in is stored for {website.url}; store one on the website's page, or with "
        f"`hoistscraper credential set {website.url}`."
    )


async def _tried(
    settings: "Settings", session: SiteSession, browser: OneBrowser, most_seconds: float | None
) -> Trial:
    try:
        async with browser, asyncio.timeout(most_seconds):
            return await try_log_in(settings, session, browser)
    except TimeoutError:
        raise Unavailable(
            f"{session.name} did not come to an end with the log-in within {most_seconds:g} seconds, so the "
            "test was stopped; try again, or have the website scraped, whose visits may take longer."
        ) from None


async def try_log_in(settings: "Settings", session: SiteSession, browser: OneBrowser) -> Trial:
    """Ask for the website's page with its log-in, and once more without it.

    :raises LogInFailed: the website does not let us in.
    :raises FetchError: it cannot be had.
    """
    look = _Look(settings, browser, str(session.home))
    page = await look.page(session)
    title = next((" ".join(node.text_content().split()) for node in parsed(page.text).iter("title")), None)
    remark = _elsewhere(session, page) or await _the_same_for_everybody(look, page)
    return Trial(shown(page.final_url), title[:_LONGEST_TITLE] if title else None, remark)


class _Look:
    """Looks at one page as its reader would: in the browser, where it shows nothing without one."""

    def __init__(self, settings: "Settings", browser: OneBrowser, url: str) -> None:
        self._settings = settings
        self._browser = browser
        self._url = url

    async def page(self, session: SiteSession | None) -> Page:
        async with Fetcher(self._settings, session=session) as fetcher:
            page = await fetcher.fetch(self._url)
            if not self._may_browse or not _needs_browser(page):
                return page
            context = session.context if session else f"{self._url} (stranger)"
            try:
                return await fetcher.entered(self._url, partial(self._rendered, context, fetcher, session))
            finally:
                await self._browser.forget(context)

    @property
    def _may_browse(self) -> bool:
        return self._settings.render == "auto" and self._browser.is_there

    async def _rendered(self, context: str, fetcher: Fetcher, session: SiteSession | None) -> Page:
        shown_page = await self._browser.render(
            self._url, website=context, manners=fetcher.manners, session=session
        )
        return shown_page.as_page()


def _needs_browser(page: Page) -> bool:
    reading = read_page(
        page.content,
        url=page.final_url,
        media_type=page.media_type,
        charset=page.charset,
        today=clock.now().date(),
    )
    return reading.needs_browser


def _elsewhere(session: SiteSession, page: Page) -> str | None:
    final = URL(page.final_url)
    if session.is_for(final):
        return None
    return (
        f"The website sends its readers on to {origin_of(final)}, which does not get the log-in; if the "
        "calls are there, watch that address instead."
    )


async def _the_same_for_everybody(look: _Look, page: Page) -> str | None:
    try:
        public = await look.page(None)
    except HoistError:
        # Strangers are kept out: the log-in is what lets us in.
        return None
    if public.content_hash != page.content_hash:
        return None
    return "The same page comes without the log-in, so this does not prove that the log-in works."
