"""When more is asked for at a time than there are connections to the database."""

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest
from pydantic import SecretStr

from hoistscraper.api.app import build_app
from hoistscraper.api.parts import Parts, opened_parts
from hoistscraper.settings import Settings
from tests.api.acting import acting


@pytest.fixture
async def parts(settings: Settings) -> AsyncIterator[Parts]:
    """One connection for reading, which is waited for only shortly."""
    tight = settings.model_copy(update={"read_pool_size": 1, "pool_wait_seconds": 0.3})
    async with opened_parts(tight) as opened:
        yield opened


async def test_who_waits_too_long_for_a_connection_is_told_when_to_come_again(
    api: httpx.AsyncClient, parts: Parts
) -> None:
    is_slow, may_end = asyncio.Event(), asyncio.Event()

    async def read_slowly() -> None:
        async with parts.reads.connection():
            is_slow.set()
            await may_end.wait()

    slow = asyncio.create_task(read_slowly())
    await is_slow.wait()
    answers = await asyncio.gather(*(api.get("/api/websites") for _ in range(20)))
    assert {answer.status_code for answer in answers} == {503}
    assert all(int(answer.headers["retry-after"]) > 0 for answer in answers)
    assert all("raise HOIST_READ_POOL_SIZE" in answer.json()["detail"] for answer in answers)
    may_end.set()
    await slow
    assert (await api.get("/api/websites")).status_code == 200


async def test_many_share_one_connection(settings: Settings) -> None:
    async with opened_parts(settings.model_copy(update={"read_pool_size": 1})) as parts:
        transport = httpx.ASGITransport(acting(build_app(parts)))
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as api:
            answers = await asyncio.gather(*(api.get("/api/websites") for _ in range(200)))
        assert {answer.status_code for answer in answers} == {200}
        assert parts.reads.busy == parts.reads.waiting == 0


async def test_a_client_that_leaves_gives_its_connection_back(api: httpx.AsyncClient, parts: Parts) -> None:
    has_begun = asyncio.Event()

    async def read_forever() -> None:
        async with parts.reads.connection() as connection:
            has_begun.set()
            await connection.execute("SELECT pg_sleep(60)")

    reading = asyncio.create_task(read_forever())
    await has_begun.wait()
    reading.cancel()
    await asyncio.gather(reading, return_exceptions=True)
    assert (await api.get("/api/websites")).status_code == 200


async def test_a_database_that_is_gone_is_not_called_busy(settings: Settings) -> None:
    nowhere = SecretStr("postgresql://nobody@127.0.0.1:1/nothing")
    gone = settings.model_copy(update={"database_url": nowhere, "pool_wait_seconds": 0.3})
    async with opened_parts(gone) as parts:
        transport = httpx.ASGITransport(acting(build_app(parts)))
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as api:
            answer = await api.get("/api/websites")
    assert answer.status_code == 503
    assert "cannot be reached" in answer.json()["detail"]
    assert int(answer.headers["retry-after"]) > 0
