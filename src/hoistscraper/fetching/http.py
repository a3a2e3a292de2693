"""The fetcher: an address in, a page out, with everything polite and safe on the way."""

import ssl
import time
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING, Self

from yarl import URL

from hoistscraper import clock
from hoistscraper.fetching.arrival import conditions_of, page_of, refresh_of, refuse_document
from hoistscraper.fetching.asking import Asking, host_of
from hoistscraper.fetching.budget import DailyBudget
from hoistscraper.fetching.courtesy import HostAsked, HostCourtesy, hosts_asked, keep_courtesies
from hoistscraper.fetching.entrance import Entrance
from hoistscraper.fetching.log_in import FrontDoor
from hoistscraper.fetching.manners import Manners
from hoistscraper.fetching.pace import Pace
from hoistscraper.fetching.page import Page, Validators
from hoistscraper.fetching.redirects import Trail, redirect_target
from hoistscraper.fetching.retrying import LONGEST_WAIT_SECONDS
from hoistscraper.fetching.robots import Robots, RobotsRules, RobotsText
from hoistscraper.fetching.site_session import SiteSession
from hoistscraper.fetching.statistics import Counters, Statistics
from hoistscraper.fetching.urls import web_address
from hoistscraper.fetching.wire import Wire
from hoistscraper.fetching.wording import shown, spell_seconds

if TYPE_CHECKING:
    from hoistscraper.settings import Settings
from hoistscraper.tracing import span

_LONGEST_CRAWL_DELAY_SECONDS = 60.0


class Fetcher:
    """Fetches pages over one set of connections; use it as ``async with Fetcher(settings) as fetcher``.

    ``robots`` are the robots.txt of an earlier run, from ``robots_texts``; ``courtesies`` is how each host is
    to be treated after the visits of others, by host, from their ``hosts_asked``. ``tls`` replaces the
    trust in certificates that this machine has. ``backoff_seconds`` is the wait before the first retry. With
    a ``session`` the pages of its website are those that a logged-in reader sees.
    """

    def __init__(
        self,
        settings: "Settings",
        *,
        robots: Mapping[str, RobotsText] | None = None,
        courtesies: Mapping[str, HostCourtesy] | None = None,
        tls: ssl.SSLContext | None = None,
        backoff_seconds: float = 0.5,
        session: SiteSession | None = None,
    ) -> None:
        self._settings = settings
        self._tls = tls
        self._backoff_seconds = backoff_seconds
        self._counters = Counters()
        self._pace = Pace(
            settings.pace_seconds, settings.host_connections, longest_hold_seconds=LONGEST_WAIT_SECONDS
        )
        keep_courtesies(self._pace, courtesies or {}, now=clock.now())
        spent = {host: courtesy.requests_today for host, courtesy in (courtesies or {}).items()}
        self._budget = DailyBudget(settings.host_daily_requests, self._counters, spent, now=clock.now)
        self._robots = Robots(settings.user_agent, ask=self._ask_robots, now=clock.now, kept=robots or {})
        self._notes: dict[str, str] = {}
        self._session = session
        self._entrance = Entrance(session, self._log_in) if session else None
        self._wire: Wire | None = None
        self._asking: Asking | None = None

    async def __aenter__(self) -> Self:
        self._wire = Wire(self._settings, self._counters, self._tls, self._session)
        self._asking = Asking(
            self._settings,
            self._wire,
            self._pace,
            self._counters,
            self._budget,
            backoff_seconds=self._backoff_seconds,
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._wire is not None:
            await self._wire.close()

    @property
    def statistics(self) -> Statistics:
        """What was done so far."""
        return self._counters.snapshot()

    @property
    def robots_texts(self) -> Mapping[str, RobotsText]:
        """The robots.txt of every website met, to be kept for the next run, by origin."""
        return self._robots.texts

    @property
    def hosts_asked(self) -> Mapping[str, HostAsked]:
        """What the visits after this one should know of every host that was asked."""
        return hosts_asked(self._pace, self._counters.requests_by_host, now=clock.now())

    def halt(self) -> None:
        """Ask for nothing new: pages in flight arrive, any other ``fetch`` raises ``Halted``."""
        self._pace.halt()

    @property
    def notes(self) -> tuple[str, ...]:
        """What a person should know about how websites were asked, in sentences."""
        return tuple(self._notes.values())

    @property
    def manners(self) -> Manners:
        """How websites are asked here, for a browser that asks the same ones."""
        return Manners(self._pace, self._obey_robots)

    async def fetch(
        self, url: str, *, validators: Validators | None = None, accept_documents: bool = True
    ) -> Page:
        """Return the page at an address; with ``validators`` it may come back as ``not_modified``.

        Redirects are followed, also those that an otherwise empty page declares (``meta refresh``).

        :raises FetchError: the page could not be had, and why.
        :raises LogInFailed: the website does not let the session in.
        :raises Halted: nothing new is asked for any more.
        """
        address = web_address(url).with_fragment(None)
        ask = partial(self._fetch, url, address, validators)
        # A query may hold what nobody else should read.
        with span("page", {"url.full": str(address.with_query(None).with_user(None))}):
            page = await (self._entrance.page(address, ask) if self._entrance else ask())
        if not accept_documents:
            refuse_document(page)
        self._counters.not_modified += page.not_modified
        return page

    async def entered(self, url: str, show: Callable[[], Awaitable[Page]]) -> Page:
        """Return a page that a browser shows, judged like those that are fetched here.

        :raises FetchError: as ``show`` does; or the page is closed to this log-in.
        :raises LogInFailed: the website does not let the session in.
        """
        return await (self._entrance.page(web_address(url), show) if self._entrance else show())

    async def _fetch(self, url: str, address: URL, validators: Validators | None) -> Page:
        started = time.perf_counter()
        trail = Trail(address, self._settings.max_redirects)
        while True:
            await self._obey_robots(address)
            answer = await self._open.page(address, conditions_of(validators))
            target = redirect_target(answer)
            if target is None:
                page = page_of(url, answer, validators, time.perf_counter() - started)
                target = refresh_of(page)
                if target is None:
                    return page
            address = trail.follow(self._session.discreet(target) if self._session else target)

    async def _log_in(self) -> None:
        if self._session and self._session.log_in:
            await self._session.log_in(
                self._session, FrontDoor(self._open, self._session, self._pace, self._settings.max_redirects)
            )

    async def _obey_robots(self, url: URL) -> None:
        if not self._settings.respect_robots:
            return
        rules = await self._robots.rules_for(url)
        rules.check(url)
        self._keep_pace(url, rules)

    def _keep_pace(self, url: URL, rules: RobotsRules) -> None:
        wanted_seconds = rules.crawl_delay_seconds
        if not wanted_seconds:
            return
        host = host_of(url)
        self._pace.slow_down(host, min(wanted_seconds, _LONGEST_CRAWL_DELAY_SECONDS))
        if wanted_seconds > _LONGEST_CRAWL_DELAY_SECONDS:
            self._notes[host] = (
                f"{shown(host)} asks for {spell_seconds(wanted_seconds)} between two pages; "
                f"{spell_seconds(_LONGEST_CRAWL_DELAY_SECONDS)} are kept."
            )

    async def _ask_robots(self, url: URL) -> RobotsText:
        return await self._open.robots(url)

    @property
    def _open(self) -> Asking:
        if self._asking is None:
            raise RuntimeError("A Fetcher works within `async with` only.")
        return self._asking
