"""What the browser keeps apart for one website: its cookies, its pass, its tabs."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

from playwright.async_api import BrowserContext
from playwright.async_api import Error as PlaywrightError

from hoistscraper.fetching.browsing.carried_cookies import CarriedCookies
from hoistscraper.fetching.browsing.failures import crashed, hung
from hoistscraper.fetching.browsing.opening import open_tab
from hoistscraper.fetching.browsing.passes import Pass
from hoistscraper.fetching.browsing.permits import Permit
from hoistscraper.fetching.browsing.tab import Tab
from hoistscraper.fetching.errors import BrowserCrashed, BrowserTimedOut, FetchError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.async_api import Cookie

_CLOSE_SECONDS = 5.0
_OPEN_SECONDS = 10.0
_CARRY_SECONDS = 5.0


class WebsiteContext:
    """The browser's context of one website."""

    def __init__(
        self, context: BrowserContext, holder: Pass, blocked: tuple[str, ...], *, reuses_tabs: bool
    ) -> None:
        self.holder = holder
        self._carried = CarriedCookies(context, holder.bounds.session) if holder.bounds else None
        self._in_use = 0
        self._stirred = asyncio.Condition()
        self._context = context
        self._blocked = blocked
        self._reuses_tabs = reuses_tabs
        self._waiting: list[Tab] = []

    @asynccontextmanager
    async def tab(self, permit: Permit, *, for_log_in: bool = False) -> AsyncIterator[Tab]:
        """Lend a tab to whoever has the permit; one that broke down does not come back.

        The tab ``for_log_in`` is lent when no other one shows a page, as to a reader who was never here.
        """
        async with self._use(alone=for_log_in):
            tab = self._waiting.pop() if self._waiting else await self._opened(permit)
            tab.begin(permit)
            is_whole = False
            try:
                await self._carry_in(tab, afresh=for_log_in)
                yield tab
                is_whole = True
            except FetchError as failure:
                is_whole = not isinstance(failure, (BrowserCrashed, BrowserTimedOut))
                raise
            finally:
                await self._bring_back()
                if is_whole and self._reuses_tabs and await tab.rest():
                    self._waiting.append(tab)
                else:
                    await tab.close()
                if self.holder.bounds is not None:
                    self.holder.bounds.end_typing()

    @asynccontextmanager
    async def _use(self, *, alone: bool) -> AsyncIterator[None]:
        async with self._stirred:
            if alone:
                await self._stirred.wait_for(lambda: not self._in_use)
            self._in_use += 1
        try:
            yield
        finally:
            self._in_use -= 1
            async with self._stirred:
                self._stirred.notify_all()

    async def _carry_in(self, tab: Tab, *, afresh: bool) -> None:
        if self._carried is None or self.holder.bounds is None:
            return
        try:
            async with asyncio.timeout(_CARRY_SECONDS):
                if afresh:
                    await self._carried.clear()
                    await tab.forget(self.holder.bounds.session.origins)
                else:
                    await self._carried.carry_in()
        except PlaywrightError as error:
            raise crashed(self.holder.name) from error
        except TimeoutError:
            raise hung(self.holder.name, _CARRY_SECONDS) from None

    async def _bring_back(self) -> None:
        if self._carried is not None:
            with suppress(PlaywrightError, TimeoutError):  # a browser that broke down has nothing to tell
                async with asyncio.timeout(_CARRY_SECONDS):
                    await self._carried.bring_back()

    async def cookies(self) -> "Sequence[Cookie]":
        """Return the cookies."""
        return await self._context.cookies()

    async def close(self) -> None:
        """Close the context and its tabs."""
        with suppress(PlaywrightError, TimeoutError):
            async with asyncio.timeout(_CLOSE_SECONDS):
                await self._context.close()

    async def _opened(self, permit: Permit) -> Tab:
        try:
            async with asyncio.timeout(_OPEN_SECONDS):
                return await open_tab(self._context, self.holder, permit, self._blocked)
        except PlaywrightError as error:
            raise crashed(self.holder.name) from error
        except TimeoutError:
            raise hung(self.holder.name, _OPEN_SECONDS) from None
