"""A real browser, which may read local websites."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from yarl import URL

from hoistscraper.fetching.browsing.browser import Browser
from hoistscraper.fetching.http import Fetcher
from hoistscraper.fetching.manners import Manners
from hoistscraper.fetching.pace import Pace
from tests.fetching.browsing.internet import Internet
from tests.fetching.browsing.pages import scripted_site
from tests.fetching.conftest import settings_for
from tests.sites import Site


async def anything(_: URL) -> None:
    """Obey nothing: for websites without a robots.txt."""


@pytest.fixture(autouse=True)
def _there_is_a_browser(real_browser: None) -> None:
    """Every test of this folder needs one."""


@asynccontextmanager
async def browser_for(*sites: Site, **changed: object) -> AsyncIterator[Browser]:
    """Open a browser that may read these websites."""
    settings = settings_for(*sites, **changed)
    async with Fetcher(settings) as fetcher, Browser(settings, fetcher.manners) as browser:
        yield browser


@asynccontextmanager
async def browser_in(internet: Internet, **changed: object) -> AsyncIterator[Browser]:
    """Open a browser in a small internet, with the guard closed for everything else."""
    settings = settings_for(**changed)
    manners = Manners(Pace(0, 4), anything)
    async with Browser(settings, manners, egress=internet.egress()) as browser:
        yield browser


@pytest.fixture
async def scripted() -> AsyncIterator[Site]:
    """A website that does nothing without scripts."""
    async with scripted_site() as opened:
        yield opened


@pytest.fixture
async def browser(scripted: Site) -> AsyncIterator[Browser]:
    """A browser that may read the website."""
    async with browser_for(scripted) as opened:
        yield opened
