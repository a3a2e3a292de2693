"""Staying logged in at one website: its pages are judged, and one that says we are out is asked for again."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from yarl import URL

from hoistscraper.fetching.errors import Forbidden, RobotsForbidden
from hoistscraper.fetching.log_in_words import is_log_in_address, is_log_out_address
from hoistscraper.fetching.logged_out import log_in_wanted
from hoistscraper.fetching.page import Page
from hoistscraper.fetching.site_session import LogInFailed, SiteSession
from hoistscraper.fetching.statuses import NOT_LOGGED_IN
from hoistscraper.fetching.wording import shown

MOST_LOG_INS = 10
"""In one visit: a website that throws us out more often is left, before it locks the account."""

MOST_LOOKS = 4
"""At one page: several, because pages asked for at the same time may use up a short session together."""


@dataclass(frozen=True, slots=True)
class _Seen:
    page: Page | None
    failure: Forbidden | None
    why_out: str | None


class Entrance:
    """Lets the pages of a session's website be asked for, logged in; other websites are no concern of it."""

    def __init__(self, session: SiteSession, log_in: Callable[[], Awaitable[None]]) -> None:
        self._session = session
        self._log_in = log_in
        self._turn = asyncio.Lock()
        self._log_ins = 0
        self._lets_in = False
        self._closed_to_us = False

    async def page(self, url: URL, ask: Callable[[], Awaitable[Page]]) -> Page:
        """Return a page, asked for by ``ask``, that shows what a logged-in reader sees.

        :raises LogInFailed: the website does not let us in, and the visit ends.
        :raises FetchError: this page cannot be had.
        """
        if not self._session.is_for(url):
            return await ask()
        self._refuse_doors(url)
        looks = 0
        while True:
            log_ins = await self._entered()
            seen = await self._look(url, ask)
            looks += 1
            if seen.page and not seen.why_out:
                self._lets_in = self._lets_in or log_ins == self._log_ins
                self._session.confirm()
                return seen.page
            if not await self._entered_again(log_ins, seen, looks):
                raise self._failure(url, seen)

    async def _look(self, url: URL, ask: Callable[[], Awaitable[Page]]) -> _Seen:
        try:
            page = await ask()
        except Forbidden as failure:
            return _Seen(None, failure, f"it answers with status {failure.status}")
        except RobotsForbidden as failure:
            # Most websites keep robots from their log-in page, which is where this page led to.
            if not is_log_in_address(URL(failure.url)):
                raise
            return _Seen(None, None, "it sends us to its log-in page")
        return _Seen(page, None, log_in_wanted(url, page))

    async def _entered(self) -> int:
        async with self._turn:
            self._stop_if_failed()
            if self._session.log_in and not self._log_ins:
                await self._log_in_once()
            return self._log_ins

    async def _entered_again(self, log_ins: int, seen: _Seen, looks: int) -> bool:
        """Log in anew, unless somebody else did meanwhile; ``False``: it would not help."""
        if self._session.log_in is None or (self._closed_to_us and _is_about_this_page(seen)):
            return False
        async with self._turn:
            self._stop_if_failed()
            if self._log_ins != log_ins:
                return True
            # A new log-in that let nobody in shows that another one would not either.
            if looks == MOST_LOOKS or (looks > 1 and not self._lets_in):
                return False
            if self._log_ins == MOST_LOG_INS:
                raise self._session.failed(
                    f"{self._session.name} logged us out {MOST_LOG_INS} times in one visit; it may limit how "
                    "much one account reads: try again later, with a slower HOIST_PACE_SECONDS."
                )
            await self._log_in_once()
        return True

    async def _log_in_once(self) -> None:
        self._log_ins += 1
        self._lets_in = False
        await self._log_in()

    def _failure(self, url: URL, seen: _Seen) -> Forbidden | LogInFailed:
        if seen.failure and _is_about_this_page(seen) and url != self._session.home:
            self._closed_to_us = True
            return seen.failure
        if self._lets_in and self._session.log_in and url != self._session.home:
            return Forbidden(
                f"{shown(str(url))} asks for a log-in though others let us in, and was not read.",
                url=str(url),
                status=NOT_LOGGED_IN,
            )
        return self._session.failed(
            f"{self._session.name} does not let us in with {self._session.given}: "
            f"asked for {shown(str(url))}, {seen.why_out}; {self._session.set_again}."
        )

    def _stop_if_failed(self) -> None:
        if self._session.failed_reason:
            raise LogInFailed(self._session.failed_reason)

    def _refuse_doors(self, url: URL) -> None:
        """Keep away from links that lead out, and from the door itself, where we stand inside already."""
        if url == self._session.home:
            return
        if is_log_out_address(url) or is_log_in_address(url):
            raise Forbidden(
                f"{shown(str(url))} is where one logs in or out, and was not read.", url=str(url), status=403
            )


def _is_about_this_page(seen: _Seen) -> bool:
    # A page that this account may not read says nothing about the others.
    return seen.failure is not None and seen.failure.status != NOT_LOGGED_IN
