"""What the browser keeps apart for one website: its cookies, its pass, its tabs."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

from playwright.async_api import BrowserContext, StorageState
from playwright.async_api import Error as PlaywrightError

from hoistscraper.fetching.browsing.failures import crashed, hung
from hoistscraper.fetching.browsing.gate import Admit
from hoistscraper.fetching.browsing.passes import Pass
from hoistscraper.fetching.browsing.tab import Tab, open_tab
from hoistscraper.fetching.errors import BrowserCrashed, BrowserTimedOut, FetchError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.async_api import Cookie

_CLOSE_SECONDS = 5.0
_OPEN_SECONDS = 10.0


class WebsiteContext:
    """The browser's context of one website; ``in_use`` tabs show a page at present, the others wait."""

    def __init__(
        self,
        context: BrowserContext,
        holder: Pass,
        admit: Admit,
        blocked: tuple[str, ...],
        *,
        reuses_tabs: bool,
    ) -> None:
        self.holder = holder
        self.in_use = 0
        self._context = context
        self._admit = admit
        self._blocked = blocked
        self._reuses_tabs = reuses_tabs
        self._waiting: list[Tab] = []

    @asynccontextmanager
    async def tab(self) -> AsyncIterator[Tab]:
        """Lend a tab; one that broke down does not come back."""
        self.in_use += 1
        try:
            tab = self._waiting.pop() if self._waiting else await self._opened()
            is_whole = False
            try:
                yield tab
                is_whole = True
            except FetchError as failure:
                is_whole = not isinstance(failure, (BrowserCrashed, BrowserTimedOut))
                raise
            finally:
                if is_whole and self._reuses_tabs and await tab.rest():
                    self._waiting.append(tab)
                else:
                    await tab.close()
        finally:
            self.in_use -= 1

    async def storage_state(self) -> StorageState:
        """Return cookies and local storage, to be given back to a later context."""
        return await self._context.storage_state()

    async def cookies(self) -> "Sequence[Cookie]":
        """Return the cookies alone, which takes less time."""
        return await self._context.cookies()

    async def close(self) -> None:
        """Close the context and its tabs."""
        with suppress(PlaywrightError, TimeoutError):
            async with asyncio.timeout(_CLOSE_SECONDS):
                await self._context.close()

    async def _opened(self) -> Tab:
        try:
            async with asyncio.timeout(_OPEN_SECONDS):
                return await open_tab(self._context, self.holder, self._admit, self._blocked)
        except PlaywrightError as error:
            raise crashed(self.holder.name) from error
        except TimeoutError:
            raise hung(self.holder.name, _OPEN_SECONDS) from None
