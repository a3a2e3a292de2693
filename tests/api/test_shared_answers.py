"""Several processes share ready answers through Redis, and are right without it and in spite of it."""

import signal
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

import httpx
import pytest

from hoistscraper.api.app import build_app
from hoistscraper.api.parts import Parts
from hoistscraper.api.response_cache import ResponseCache
from hoistscraper.api.shared_answers import SharedAnswers
from hoistscraper.cache import entries
from hoistscraper.cache.freshness import Freshness
from hoistscraper.cache.shared import opened_shared
from hoistscraper.database.snapshots import Snapshot
from tests.api.acting import acting
from tests.api.redis_server import RedisServer, running_redis

pytestmark = pytest.mark.proves("response_cache")

EVERYTHING = Snapshot(10**9, frozenset())


@dataclass(frozen=True, slots=True)
class Process:
    """The ready answers of one process; what it hears is told by the test."""

    cache: ResponseCache
    freshness: Freshness
    client: httpx.AsyncClient

    async def websites(self) -> httpx.Response:
        return await self.client.get("/api/websites")


@pytest.fixture(autouse=True)
def _the_minute_does_not_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing here depends on when it is run."""
    monkeypatch.setattr(entries, "minute", lambda: 1)


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[RedisServer]:
    """A server of its own."""
    with running_redis(tmp_path) as server:
        yield server


@asynccontextmanager
async def process(parts: Parts, redis: RedisServer, *, server: str = "a server") -> AsyncIterator[Process]:
    """Yield what one process has; all of them have heard the same beat."""
    freshness = Freshness()
    async with opened_shared(redis.url) as level:
        cache = ResponseCache(
            acting(build_app(parts)), parts.settings, freshness, SharedAnswers(level, freshness)
        )
        freshness.begin(server)
        freshness.beat(1, 100)
        freshness.proven(EVERYTHING, sent_at=monotonic() + 60)
        transport = httpx.ASGITransport(cache)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            yield Process(cache, freshness, client)


async def test_what_one_process_computed_the_others_give(parts: Parts, redis: RedisServer) -> None:
    async with process(parts, redis) as one, process(parts, redis) as other:
        computed, given = await one.websites(), await other.websites()
        assert (given.content, given.headers) == (computed.content, computed.headers)
        assert (
            one.cache.tallies["websites"].miss,
            other.cache.tallies["websites"].miss,
            other.cache.tallies["websites"].shared_hit,
        ) == (1, 0, 1)
        await other.websites()
        assert other.cache.tallies["websites"].hit == 1


async def test_who_heard_of_a_change_is_not_given_what_was_before(parts: Parts, redis: RedisServer) -> None:
    async with process(parts, redis) as one, process(parts, redis) as other:
        await one.websites()
        added = await one.client.post("/api/websites", json={"url": "https://example.org/"})
        other.freshness.changed("website", 101)
        assert [website["id"] for website in (await other.websites()).json()["items"]] == [added.json()["id"]]
        assert (other.cache.tallies["websites"].miss, other.cache.tallies["websites"].shared_hit) == (1, 0)
        one.freshness.changed("website", 101)
        await one.websites()
        assert one.cache.tallies["websites"].shared_hit == 1, "both have heard the same again"


async def test_what_redis_remembers_of_another_time_is_not_found(parts: Parts, redis: RedisServer) -> None:
    async with process(parts, redis) as before:
        await before.websites()
    redis.save()
    redis.kill()
    redis.start()
    async with process(parts, redis, server="restarted") as after, process(parts, redis) as same:
        for each in (after, same):
            await each.websites()
        assert (after.cache.tallies["websites"].shared_hit, same.cache.tallies["websites"].shared_hit) == (
            0,
            1,
        )


@pytest.mark.parametrize("content", [b"", b"rubbish", b"[]\n{}", b'{"route":"/","headers":[1]}\n{}'])
async def test_what_is_no_answer_of_ours_is_none(parts: Parts, redis: RedisServer, content: bytes) -> None:
    async with process(parts, redis) as one, process(parts, redis) as other:
        await one.websites()
        redis.overwrite(content)
        assert (await other.websites()).json()["items"] == []
        assert (other.cache.tallies["websites"].miss, other.cache.tallies["websites"].shared_hit) == (1, 0)


@pytest.mark.parametrize("number", [signal.SIGSTOP, signal.SIGKILL])
async def test_a_redis_that_does_not_answer_is_left_alone(
    parts: Parts, redis: RedisServer, number: signal.Signals
) -> None:
    async with process(parts, redis) as one:
        await one.websites()
        redis.send(number)
        for transaction in range(101, 111):
            one.freshness.changed("website", transaction)
            assert (await one.websites()).status_code == 200
        figures = {sample.name: sample.value for family in one.cache.figures() for sample in family.samples}
        assert one.cache.tallies["websites"].miss == 11
        assert 1 <= figures["hoistscraper_redis_failures_total"] < 11, "each failure is followed by a pause"
