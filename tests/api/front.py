"""The whole API, ready answers included, in this process."""

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import asdict

import httpx

from hoistscraper.api.front import opened_front
from hoistscraper.api.parts import opened_parts
from hoistscraper.api.response_cache import Tally
from hoistscraper.settings import Settings

_ANSWERS = re.compile(r'hoistscraper_response_cache_answers_total\{kind="(\w+)",subject="[\w.-]+"\} ([\d.]+)')


@asynccontextmanager
async def opened_api(settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    """Yield a client of the API as it is served, once it hears of changes."""
    async with opened_parts(settings) as parts, opened_front(parts) as front:
        transport = httpx.ASGITransport(front, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            await until_sure(client)
            yield client


async def until(is_so: Callable[[], Awaitable[bool]]) -> None:
    """Look again and again, for as long as the test may take."""
    while not await is_so():  # noqa: ASYNC110 - what happens elsewhere sets no event of ours
        await asyncio.sleep(0.02)


async def until_sure(client: httpx.AsyncClient, origin: str = "") -> None:
    """Wait until changes are heard, so that answers are kept."""

    async def is_sure() -> bool:
        figures = (await client.get(f"{origin}/metrics")).text
        return "hoistscraper_response_cache_sure 1.0" in figures

    await until(is_sure)


async def answered(client: httpx.AsyncClient, origin: str = "") -> dict[str, int]:
    """Return how reads were answered until now."""
    text = (await client.get(f"{origin}/metrics")).text
    told = dict.fromkeys(asdict(Tally()), 0)
    for kind, count in _ANSWERS.findall(text):
        told[kind] += int(float(count))
    return told
