"""One running browser, from its start to its end: driver, program, and a context for each website."""

import asyncio
import os
from contextlib import suppress
from typing import TYPE_CHECKING

from playwright.async_api import Browser as RunningBrowser
from playwright.async_api import CDPSession, Playwright, StorageState, async_playwright
from playwright.async_api import Error as PlaywrightError

from hoistscraper.features import Share
from hoistscraper.fetching.browsing.bounds import Bounds
from hoistscraper.fetching.browsing.choice import BrowserChoice
from hoistscraper.fetching.browsing.egress import EgressProxy
from hoistscraper.fetching.browsing.failures import crashed, hung
from hoistscraper.fetching.browsing.flags import launch_flags
from hoistscraper.fetching.browsing.processes import end_group, resident_megabytes
from hoistscraper.fetching.browsing.website_context import WebsiteContext
from hoistscraper.fetching.errors import AddressRefused, BrowserMissing
from hoistscraper.fetching.site_session import SiteSession
from hoistscraper.fetching.wording import shown

if TYPE_CHECKING:
    from hoistscraper.settings import Settings

_START_SECONDS = 30.0
_CLOSE_SECONDS = 5.0
_ANSWER_SECONDS = 2.0
_OPEN_SECONDS = 10.0


class Engine:
    """A running browser; ``rendered`` counts its pages, ``users`` those that are at it now.

    Once ``is_spent`` it takes no more pages and is closed when its last user leaves.
    """

    def __init__(
        self,
        driver: Playwright,
        running: RunningBrowser,
        session: CDPSession,
        *,
        egress: EgressProxy,
        blocked: tuple[str, ...],
        reuse: Share,
        user_agent: str,
        process: int | None,
    ) -> None:
        self.rendered = 0
        self.users = 0
        self.is_spent = False
        self.process = process
        self._driver = driver
        self._running = running
        self._session = session
        self._egress = egress
        self._blocked = blocked
        self._reuse = reuse
        self._user_agent = user_agent
        self._websites: dict[str, WebsiteContext] = {}
        self._opening = asyncio.Lock()

    @property
    def is_alive(self) -> bool:
        """Whether the program is still connected."""
        return self._running.is_connected()

    async def website(
        self, name: str, storage_state: StorageState | None, session: SiteSession | None
    ) -> WebsiteContext:
        """Return the context of a website; ``storage_state`` and its log-in count when it is made.

        :raises BrowserCrashed: the program left.
        :raises BrowserTimedOut: it does not answer.
        """
        async with self._opening:
            known = self._websites.get(name)
            if known is None:
                try:
                    async with asyncio.timeout(_OPEN_SECONDS):
                        known = self._websites[name] = await self._opened(name, storage_state, session)
                except PlaywrightError as error:
                    raise crashed(name) from error
                except TimeoutError:
                    raise hung(name, _OPEN_SECONDS) from None
            return known

    def refusals(self, name: str) -> tuple[AddressRefused, ...]:
        """Return what the guard kept a website's pages from."""
        known = self._websites.get(name)
        return known.holder.refusals if known is not None else ()

    async def forget(self, name: str) -> None:
        """Close the context of a website, with its cookies."""
        known = self._websites.pop(name, None)
        if known is not None:
            self._egress.dismiss(known.holder)
            await known.close()

    async def storage_states(self) -> dict[str, StorageState]:
        """Return the cookies of every website, for the browser that comes after this one."""
        states: dict[str, StorageState] = {}
        with suppress(PlaywrightError, TimeoutError):
            async with asyncio.timeout(_CLOSE_SECONDS):
                for name, known in list(self._websites.items()):
                    states[name] = {"cookies": list(await known.cookies()), "origins": []}
        return states

    async def answers(self) -> bool:
        """Tell whether the program still answers."""
        try:
            async with asyncio.timeout(_ANSWER_SECONDS):
                await self._session.send("Browser.getVersion")
        except (PlaywrightError, TimeoutError):
            return False
        return True

    async def processes(self) -> tuple[int, ...]:
        """Return the ids of the program's processes."""
        listed = await self._session.send("SystemInfo.getProcessInfo")
        return tuple(int(process["id"]) for process in listed["processInfo"])

    async def megabytes(self) -> float | None:
        """Return the memory that the program's processes hold."""
        try:
            async with asyncio.timeout(_ANSWER_SECONDS):
                return resident_megabytes(await self.processes())
        except (PlaywrightError, TimeoutError):
            return None

    async def close(self) -> None:
        """End the program and its driver; a program that does not end by itself is ended."""
        self.is_spent = True
        for known in self._websites.values():
            self._egress.dismiss(known.holder)
        try:
            async with asyncio.timeout(_CLOSE_SECONDS):
                await self._running.close()
        except (PlaywrightError, TimeoutError):
            if self.process is not None:
                end_group(self.process)
        with suppress(PlaywrightError, TimeoutError):
            async with asyncio.timeout(_CLOSE_SECONDS):
                await self._driver.stop()

    async def _opened(
        self, name: str, storage_state: StorageState | None, session: SiteSession | None
    ) -> WebsiteContext:
        context = await self._running.new_context(
            user_agent=self._user_agent,
            accept_downloads=False,
            service_workers="block",
            storage_state=storage_state,
            viewport={"width": 1280, "height": 1024},
            locale="en-GB",
        )
        await context.grant_permissions([])
        holder = self._egress.admit(name, Bounds(session) if session else None)
        return WebsiteContext(context, holder, self._blocked, reuses_tabs=self._reuse.includes(name))


async def start_engine(
    choice: BrowserChoice,
    settings: "Settings",
    *,
    egress: EgressProxy,
    blocked: tuple[str, ...],
) -> Engine:
    """Start the browser behind the proxy.

    :raises BrowserMissing: it does not start.
    """
    driver = await async_playwright().start()
    try:
        running = await driver.chromium.launch(
            executable_path=choice.program,
            args=launch_flags(egress.url),
            chromium_sandbox=settings.browser_sandbox and os.geteuid() != 0,
            timeout=_START_SECONDS * 1000,
            # Whoever stops us decides when the pages in flight end; the browser does not outlive us anyway.
            handle_sigint=False,
            handle_sigterm=False,
            handle_sighup=False,
        )
        session = await running.new_browser_cdp_session()
        version = await session.send("Browser.getVersion")
        listed = await session.send("SystemInfo.getProcessInfo")
    except PlaywrightError as error:
        await driver.stop()
        reason = shown(error.message.splitlines()[0])
        raise BrowserMissing(
            f"The browser {choice.program} did not start ({reason}); see `hoistscraper doctor`.",
            url="",
        ) from error
    return Engine(
        driver,
        running,
        session,
        egress=egress,
        blocked=blocked,
        reuse=settings.features_browser_reuse,
        user_agent=f"{str(version['userAgent']).replace('HeadlessChrome', 'Chrome')} {settings.user_agent}",
        process=next((int(p["id"]) for p in listed["processInfo"] if p["type"] == "browser"), None),
    )
