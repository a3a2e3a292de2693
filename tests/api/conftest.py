"""The API over a database of its own, asked without a socket."""

from collections.abc import AsyncIterator

import httpx
import pytest

from hoistscraper.api.front import opened_front
from hoistscraper.api.parts import Parts, opened_parts
from hoistscraper.settings import Settings


@pytest.fixture
async def parts(settings: Settings) -> AsyncIterator[Parts]:
    """What the routes work with."""
    async with opened_parts(settings) as opened:
        yield opened


@pytest.fixture
async def api(parts: Parts) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the API as it is served, ready answers included."""
    async with opened_front(parts) as front:
        transport = httpx.ASGITransport(front, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            yield client
