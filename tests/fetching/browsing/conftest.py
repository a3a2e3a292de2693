"""A real browser, which may read local websites."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest
from yarl import URL

from hoistscraper.fetching.browsing.browser import Browser
from hoistscraper.fetching.browsing.egress import EgressProxy
from hoistscraper.fetching.browsing.limits import RenderLimits
from hoistscraper.fetching.browsing.rendered import RenderedPage
from hoistscraper.fetching.browsing.tab import Tab
from hoistscraper.fetching.browsing.turning import PageTurner
from hoistscraper.fetching.http import Fetcher
from hoistscraper.fetching.manners import Manners
from hoistscraper.fetching.pace import Pace
from hoistscraper.fetching.site_session import SiteSession
from hoistscraper.settings import Settings
from tests.fetching.browsing.internet import Internet
from tests.fetching.browsing.pages import scripted_site
from tests.fetching.conftest import settings_for
from tests.sites import Site


class VisitsBrowser(Browser):
    """A browser that one visit uses: its manners go with each page."""

    def __init__(
        self,
        settings: Settings,
        manners: Manners,
        *,
        egress: EgressProxy | None = None,
        blocking: bool = True,
        idle_seconds: float = 300,
    ) -> None:
        super().__init__(settings, egress=egress, blocking=blocking, idle_seconds=idle_seconds)
        self.manners = manners

    async def render(
        self,
        url: str,
        *,
        website: str,
        manners: Manners | None = None,
        limits: RenderLimits | None = None,
        session: SiteSession | None = None,
        turner: PageTurner | None = None,
    ) -> RenderedPage:
        return await super().render(
            url,
            website=website,
            manners=manners or self.manners,
            limits=limits,
            session=session,
            turner=turner,
        )

    def tab(
        self,
        website: str,
        *,
        manners: Manners | None = None,
        session: SiteSession | None = None,
        for_log_in: bool = False,
    ) -> AbstractAsyncContextManager[Tab]:
        return super().tab(website, manners=manners or self.manners, session=session, for_log_in=for_log_in)


async def anything(_: URL) -> None:
    """Obey nothing: for websites without a robots.txt."""


@pytest.fixture(autouse=True)
def _there_is_a_browser(real_browser: None) -> None:
    """Every test of this folder needs one."""


@asynccontextmanager
async def browser_for(*sites: Site, **changed: object) -> AsyncIterator[VisitsBrowser]:
    """Open a browser that may read these websites."""
    settings = settings_for(*sites, **changed)
    async with Fetcher(settings) as fetcher, VisitsBrowser(settings, fetcher.manners) as browser:
        yield browser


@asynccontextmanager
async def browser_in(internet: Internet, **changed: object) -> AsyncIterator[VisitsBrowser]:
    """Open a browser in a small internet, with the guard closed for everything else."""
    settings = settings_for(**changed)
    manners = Manners(Pace(0, 4), anything)
    async with VisitsBrowser(settings, manners, egress=internet.egress()) as browser:
        yield browser


@pytest.fixture
async def scripted() -> AsyncIterator[Site]:
    """A website that does nothing without scripts."""
    async with scripted_site() as opened:
        yield opened


@pytest.fixture
async def browser(scripted: Site) -> AsyncIterator[VisitsBrowser]:
    """A browser that may read the website."""
    async with browser_for(scripted) as opened:
        yield opened
