"""A misbehaving website, and fetchers that may read it."""

from collections.abc import AsyncIterator

import pytest

from hoistscraper.fetching.http import Fetcher
from hoistscraper.fetching.site_session import SiteSession
from hoistscraper.settings import Settings
from tests.sites import Site
from tests.sites.routes import ROUTES


def settings_for(*sites: Site, **changed: object) -> Settings:
    """Return settings that open these websites, without pace and with little patience."""
    chosen = {
        "allow_hosts": frozenset(site.authority for site in sites),
        "pace_seconds": 0,
        "timeout_seconds": 5,
        "max_page_megabytes": 1,
    }
    return Settings(**{**chosen, **changed})  # type: ignore[arg-type]  # pydantic checks the values


def fetcher_for(*sites: Site, **changed: object) -> Fetcher:
    """Return a fetcher that may read these websites and hardly waits before it asks again."""
    return Fetcher(settings_for(*sites, **changed), backoff_seconds=0.001)


def carrying(session: SiteSession, *sites: Site, **changed: object) -> Fetcher:
    """Return the same with a session."""
    return Fetcher(settings_for(*sites, **changed), backoff_seconds=0.001, session=session)


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    """A website with every way to misbehave, and no robots.txt."""
    async with Site(ROUTES) as opened:
        yield opened


@pytest.fixture
async def fetcher(site: Site) -> AsyncIterator[Fetcher]:
    """A fetcher that may read the website."""
    async with fetcher_for(site) as opened:
        yield opened
