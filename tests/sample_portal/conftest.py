from collections.abc import AsyncIterator

import aiohttp
import pytest

from hoistscraper.sample_portal.server import Portal, serve

YEAR = 2026


@pytest.fixture
async def portal() -> AsyncIterator[Portal]:
    async with serve(port=0, year=YEAR) as serving:
        yield serving


@pytest.fixture
async def visitor(portal: Portal) -> AsyncIterator[aiohttp.ClientSession]:
    """A visitor whose addresses are relative to the portal."""
    async with aiohttp.ClientSession(base_url=portal.url.removesuffix("/calls/")) as session:
        yield session
