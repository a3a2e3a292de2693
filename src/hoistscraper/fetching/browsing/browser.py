"""The browser of a worker: an address in, a page as a reader would see it out."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING, Self

from playwright.async_api import StorageState
from yarl import URL

from hoistscraper.fetching.browsing.blocking import BLOCKED_URLS
from hoistscraper.fetching.browsing.choice import BrowserChoice, find_browser, why_missing
from hoistscraper.fetching.browsing.egress import EgressProxy
from hoistscraper.fetching.browsing.engine import Engine, start_engine
from hoistscraper.fetching.browsing.failures import crashed, hung
from hoistscraper.fetching.browsing.limits import RenderLimits
from hoistscraper.fetching.browsing.permits import Permit
from hoistscraper.fetching.browsing.rendered import RenderedPage
from hoistscraper.fetching.browsing.tab import Tab
from hoistscraper.fetching.browsing.turning import PageTurner
from hoistscraper.fetching.errors import (
    AddressRefused,
    BrowserCrashed,
    BrowserMissing,
    BrowserTimedOut,
    FetchError,
)
from hoistscraper.fetching.manners import Manners
from hoistscraper.fetching.site_session import SiteSession
from hoistscraper.fetching.urls import web_address

if TYPE_CHECKING:
    from hoistscraper.settings import Settings

_PAGES_BETWEEN_WEIGHINGS = 10
IDLE_SECONDS = 300.0


class Browser:
    """Renders pages, a few at a time; use it as ``async with Browser(settings) as browser``.

    The program starts with the first page, and again after a number of pages, beyond an amount of memory, or
    when it broke down; after ``idle_seconds`` without a page it ends until the next one. ``egress`` replaces
    the usual way out. Without ``blocking`` pictures and typefaces are loaded too.

    The cookies and tabs of a website stay until somebody says ``forget``, which whoever ends a visit does.
    """

    def __init__(
        self,
        settings: "Settings",
        *,
        egress: EgressProxy | None = None,
        blocking: bool = True,
        idle_seconds: float = IDLE_SECONDS,
    ) -> None:
        self.started = 0
        """How often the program was started."""
        self.egress = egress or EgressProxy(settings.allow_hosts)
        self._settings = settings
        self._blocked = BLOCKED_URLS if blocking else ()
        self._idle_seconds = idle_seconds
        self._places = asyncio.Semaphore(settings.browser_pages)
        self._places_of: dict[str, asyncio.Semaphore] = {}
        self._starting = asyncio.Lock()
        self._engine: Engine | None = None
        self._running: set[Engine] = set()
        self._ending: dict[Engine, asyncio.Task[None]] = {}
        self._retiring: asyncio.Task[None] | None = None
        self._kept: dict[str, StorageState] = {}
        self._refused: dict[str, dict[str, AddressRefused]] = {}
        self._choice: BrowserChoice | None = None

    async def __aenter__(self) -> Self:
        self._choice = find_browser(self._settings)
        if self._choice is None:
            raise BrowserMissing(why_missing(self._settings.browser), url="")
        await self.egress.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stay_awake()
        for engine in self._running:
            self._end(engine)
        await asyncio.gather(*self._ending.values())
        await self.egress.__aexit__(kind, error, trace)

    async def render(
        self,
        url: str,
        *,
        website: str,
        manners: Manners,
        limits: RenderLimits | None = None,
        session: SiteSession | None = None,
        turner: PageTurner | None = None,
    ) -> RenderedPage:
        """Return a page as it stands when its scripts have done their work.

        ``website`` names whose cookies are used. ``manners`` are those of the visit's fetcher, so that a host
        is asked at one pace by both. What the ``session`` of a log-in carries goes to its own website only;
        cookies that are renewed there go back to it. A browser that breaks down is replaced, and the page is
        tried once more. ``turner`` gets this page and those that can be turned to from it.

        :raises FetchError: the page could not be had, and why.
        :raises Halted: nothing new is asked for any more.
        """
        address = web_address(url).with_fragment(None)
        within = limits or RenderLimits(timeout_seconds=self._settings.browser_timeout_seconds)
        permit = self._permit(manners, session)
        await permit.admit(address)
        wish = _Wish(address, website, within, permit, turner)
        async with self._place_of(website):
            with suppress(BrowserCrashed, BrowserTimedOut):
                return await self._render(wish)
            try:
                return await self._render(wish)
            except (BrowserCrashed, BrowserTimedOut) as failure:
                first = turner.stop(failure) if turner else None
                if first is None:
                    raise
                return first

    def tab(
        self,
        website: str,
        *,
        manners: Manners,
        session: SiteSession | None = None,
        for_log_in: bool = False,
    ) -> AbstractAsyncContextManager[Tab]:
        """Lend a tab of a website; everything that is done there is guarded as well.

        One ``for_log_in`` is lent as to a new reader; its cookies are in the session's jar afterwards.

        :raises BrowserCrashed: the browser broke down before the tab was open.
        """
        return self._tab(website, self._permit(manners, session), for_log_in=for_log_in)

    async def processes(self) -> tuple[int, ...]:
        """Return the ids of the program's processes, the main one first; none before the first page."""
        return await self._engine.processes() if self._engine is not None else ()

    async def megabytes(self) -> float | None:
        """Return the memory that the program holds, or ``None`` before the first page."""
        return await self._engine.megabytes() if self._engine is not None else None

    def refusals(self, website: str) -> tuple[AddressRefused, ...]:
        """Return what the guard kept the pages of a website from, for the log of a scrape."""
        return tuple(self._refused.get(website, {}).values())

    async def forget(self, website: str) -> None:
        """Drop what is kept of a website: its cookies, its tabs."""
        async with self._starting:  # cookies may be on their way from one browser to the next
            self._kept.pop(website, None)
            self._refused.pop(website, None)
            self._places_of.pop(website, None)
            if self._engine is not None:
                await self._engine.forget(website)

    async def _render(self, wish: "_Wish") -> RenderedPage:
        if wish.turner:
            wish.turner.begin()
        try:
            async with self._tab(wish.website, wish.permit) as tab:
                page = await tab.show(wish.url, wish.limits)
                if wish.turner and wish.turner.takes(page):
                    await self._turn(tab, wish, wish.turner)
                return page
        except BrowserCrashed:  # it may have happened before the tab knew the address
            raise crashed(str(wish.url)) from None
        except BrowserTimedOut:
            raise hung(str(wish.url), wish.limits.timeout_seconds) from None

    async def _turn(self, tab: Tab, wish: "_Wish", turner: PageTurner) -> None:
        try:
            await tab.turn(wish.url, wish.limits, turner)
        except (BrowserCrashed, BrowserTimedOut):
            raise
        except FetchError as failure:
            turner.stop(failure)

    def _permit(self, manners: Manners, session: SiteSession | None) -> Permit:
        return Permit(manners, self._settings.allow_hosts, self._places, session)

    def _place_of(self, website: str) -> asyncio.Semaphore:
        """Return what keeps a website from opening more tabs than can be shown at a time."""
        return self._places_of.setdefault(website, asyncio.Semaphore(self._settings.browser_pages))

    @asynccontextmanager
    async def _tab(self, website: str, permit: Permit, *, for_log_in: bool = False) -> AsyncIterator[Tab]:
        engine = await self._engine_for_one_more()
        is_broken = False
        try:
            context = await engine.website(website, self._kept.get(website), permit.session)
            async with context.tab(permit, for_log_in=for_log_in) as tab:
                yield tab
        except (BrowserCrashed, BrowserTimedOut):
            is_broken = True
            raise
        finally:
            for refusal in engine.refusals(website):
                self._refused.setdefault(website, {})[refusal.url] = refusal
            await self._leave(engine, is_broken=is_broken)

    async def _engine_for_one_more(self) -> Engine:
        self._stay_awake()
        async with self._starting:
            engine = self._engine
            if engine is not None and not engine.is_alive:
                self._end(engine)
            if engine is None or engine.is_spent or not engine.is_alive:
                engine = self._engine = await self._started()
            engine.users += 1
            return engine

    async def _started(self) -> Engine:
        if self._choice is None:
            raise RuntimeError("A Browser works within `async with` only.")
        self.started += 1
        engine = await start_engine(self._choice, self._settings, egress=self.egress, blocked=self._blocked)
        self._running.add(engine)
        return engine

    async def _leave(self, engine: Engine, *, is_broken: bool) -> None:
        engine.users -= 1
        engine.rendered += 1
        if is_broken and not await engine.answers():
            # Pages that are still under way in a dead browser fail at once, and begin again in the next one.
            engine.is_spent = True
            self._end(engine)
        elif not engine.is_spent and (is_broken or await self._is_worn(engine)):
            await self._retire(engine)
        if engine.users:
            return
        if engine.is_spent:
            self._end(engine)
        elif engine is self._engine:
            self._stay_awake()
            self._retiring = asyncio.create_task(self._retire_when_idle(engine))

    async def _retire(self, engine: Engine) -> None:
        """Give the engine no further page; the next one begins with its cookies."""
        async with self._starting:
            engine.is_spent = True
            self._kept |= await engine.storage_states()

    async def _retire_when_idle(self, engine: Engine) -> None:
        await asyncio.sleep(self._idle_seconds)
        self._retiring = None  # from here on it is not to be called back
        await self._retire(engine)
        if not engine.users:  # else the last of them ends it
            self._end(engine)

    def _stay_awake(self) -> None:
        if self._retiring is not None:
            self._retiring.cancel()
            self._retiring = None

    def _end(self, engine: Engine) -> None:
        if self._engine is engine:
            self._engine = None
        if engine not in self._ending:
            ending = self._ending[engine] = asyncio.create_task(engine.close())
            ending.add_done_callback(lambda _: self._forget_engine(engine))

    def _forget_engine(self, engine: Engine) -> None:
        self._running.discard(engine)
        self._ending.pop(engine, None)

    async def _is_worn(self, engine: Engine) -> bool:
        if engine.rendered >= self._settings.browser_recycle_pages:
            return True
        if engine.rendered % _PAGES_BETWEEN_WEIGHINGS:
            return False
        megabytes = await engine.megabytes()
        return megabytes is not None and megabytes >= self._settings.browser_recycle_megabytes


@dataclass(frozen=True, slots=True)
class _Wish:
    """A page that somebody wants to be shown."""

    url: URL
    website: str
    limits: RenderLimits
    permit: Permit
    turner: PageTurner | None
