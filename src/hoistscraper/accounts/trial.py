"""Trying a log-in: what the website shows with it, and whether that differs from what everybody sees."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yarl import URL

from hoistscraper.errors import HoistError
from hoistscraper.fetching.forms import parsed
from hoistscraper.fetching.http import Fetcher
from hoistscraper.fetching.page import Page
from hoistscraper.fetching.site_session import SiteSession
from hoistscraper.fetching.urls import origin_of
from hoistscraper.fetching.wording import shown

if TYPE_CHECKING:
    from hoistscraper.settings import Settings

_LONGEST_TITLE = 100


@dataclass(frozen=True, slots=True)
class Trial:
    """What was seen at the end: an address, the page's title, and a remark if there is a doubt."""

    url: str
    title: str | None
    remark: str | None = None


async def try_log_in(settings: "Settings", session: SiteSession) -> Trial:
    """Ask for the website's page with its log-in, and once more without it.

    :raises LogInFailed: the website does not let us in.
    :raises FetchError: it cannot be had.
    """
    url = str(session.home)
    async with Fetcher(settings, session=session) as fetcher:
        page = await fetcher.fetch(url)
    title = next((" ".join(node.text_content().split()) for node in parsed(page.text).iter("title")), None)
    remark = _elsewhere(session, page) or await _the_same_for_everybody(settings, url, page)
    return Trial(shown(page.final_url), title[:_LONGEST_TITLE] if title else None, remark)


def _elsewhere(session: SiteSession, page: Page) -> str | None:
    final = URL(page.final_url)
    if session.is_for(final):
        return None
    return (
        f"The website sends its readers on to {origin_of(final)}, which does not get the log-in; if the "
        "calls are there, watch that address instead."
    )


async def _the_same_for_everybody(settings: "Settings", url: str, page: Page) -> str | None:
    try:
        async with Fetcher(settings) as stranger:
            public = await stranger.fetch(url)
    except HoistError:
        # Strangers are kept out: the log-in is what lets us in.
        return None
    if public.content_hash != page.content_hash:
        return None
    return "The same page comes without the log-in, so this does not prove that the log-in works."
