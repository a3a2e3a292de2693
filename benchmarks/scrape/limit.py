"""The limit: the same pages fetched by aiohttp and not read at all."""

import asyncio
import time

import aiohttp

from benchmarks.scrape.tenders import LISTING_PATH, TENDERS, path_of


async def fetch_bare(origin: str) -> float:
    """Return the seconds it takes to fetch the listing, then all tenders at once."""
    async with aiohttp.ClientSession(base_url=origin) as session:
        started = time.perf_counter()
        await _fetch(session, LISTING_PATH)
        await asyncio.gather(*(_fetch(session, path_of(number)) for number in range(TENDERS)))
        return time.perf_counter() - started


async def _fetch(session: aiohttp.ClientSession, path: str) -> None:
    async with session.get(path) as answer:
        answer.raise_for_status()
        await answer.read()
