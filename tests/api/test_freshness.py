"""Two processes answer over one database: who writes reads it back from both, others soon after."""

import asyncio
import signal
from collections.abc import Callable
from pathlib import Path
from time import monotonic

import httpx
import pytest

from hoistscraper.cache.freshness import BELIEVED_SECONDS
from hoistscraper.settings import Settings
from tests.api.front import answered, until, until_sure
from tests.api.redis_server import RedisServer, running_redis
from tests.api.served import served

pytestmark = pytest.mark.proves("response_cache")

ROUNDS = 100
MANY_ROUNDS = 1_000

many = pytest.mark.parametrize(
    "rounds",
    [ROUNDS, pytest.param(MANY_ROUNDS, marks=[pytest.mark.slow, pytest.mark.timeout(900)])],
)


class Trial:
    """Changes one website through one process and reads it through another."""

    def __init__(self, writing: str, reading: str) -> None:
        self._writing = writing
        self._reading = reading
        self._written_at: list[float] = []
        self.longest_staleness_seconds = 0.0
        self.reads_of_others = 0

    async def run(self, rounds: int, meanwhile: Callable[[int], None] = lambda _: None) -> dict[str, int]:
        """Do so again and again while others read; return how both processes answered."""
        async with httpx.AsyncClient(timeout=30) as writer, httpx.AsyncClient(timeout=30) as other:
            for origin in (self._writing, self._reading):
                await until_sure(other, origin)
            added = await writer.post(f"{self._writing}/api/websites", json={"url": "https://example.org/"})
            website = f"/api/websites/{added.json()['id']}"
            watching = asyncio.create_task(self._watch(other, website))
            try:
                for number in range(rounds):
                    await asyncio.to_thread(meanwhile, number)
                    await self._change(writer, website, number)
            finally:
                watching.cancel()
                await asyncio.wait([watching])
            assert watching.cancelled(), watching.exception()
            told = [await answered(other, origin) for origin in (self._writing, self._reading)]
            return {kind: sum(each[kind] for each in told) for kind in told[0]}

    async def _change(self, writer: httpx.AsyncClient, website: str, number: int) -> None:
        changed = await writer.patch(f"{self._writing}{website}", json={"name": str(number)})
        assert changed.status_code == 200
        self._written_at.append(monotonic())
        for origin in (self._reading, self._writing, self._reading):
            one = (await writer.get(f"{origin}{website}")).json()
            [listed] = (await writer.get(f"{origin}/api/websites")).json()["items"]
            assert (one["name"], listed["name"]) == (str(number), str(number))

    async def _watch(self, other: httpx.AsyncClient, website: str) -> None:
        """Read as somebody else, and note how old the answers are."""
        while True:
            asked_at = monotonic()
            name = (await other.get(f"{self._reading}{website}")).json()["name"]
            self.reads_of_others += 1
            following = int(name) + 1 if name.isdigit() else 0
            if following < len(self._written_at):
                staleness = asked_at - self._written_at[following]
                self.longest_staleness_seconds = max(self.longest_staleness_seconds, staleness)
            await asyncio.sleep(0.005)

    def judge(self, told: dict[str, int]) -> None:
        """Others were never told what was older than promised, and ready answers were really given."""
        assert self.longest_staleness_seconds < BELIEVED_SECONDS
        assert self.reads_of_others > 0
        assert told["hit"] > 0


@many
async def test_memory_alone(settings: Settings, rounds: int) -> None:
    async with served(settings) as writing, served(settings) as reading:
        trial = Trial(writing, reading)
        trial.judge(await trial.run(rounds))


@many
async def test_answers_that_redis_shares(settings: Settings, rounds: int, tmp_path: Path) -> None:
    with running_redis(tmp_path) as redis:
        async with (
            served(settings, REDIS_URL=redis.url) as writing,
            served(settings, REDIS_URL=redis.url) as reading,
        ):
            trial = Trial(writing, reading)
            trial.judge(await trial.run(rounds))


@pytest.mark.slow
async def test_processes_share_from_the_first_full_minute_on(settings: Settings, tmp_path: Path) -> None:
    with running_redis(tmp_path) as redis:
        async with (
            served(settings, REDIS_URL=redis.url) as one,
            served(settings, REDIS_URL=redis.url) as other,
            httpx.AsyncClient(timeout=30) as client,
        ):

            async def has_shared() -> bool:
                for origin in (one, other):
                    assert (await client.get(f"{origin}/api/websites")).json()["items"] == []
                return (await answered(client, other))["shared_hit"] > 0

            await until(has_shared)


@many
async def test_redis_that_stands_still_dies_and_remembers_what_was(
    settings: Settings, rounds: int, tmp_path: Path
) -> None:
    with running_redis(tmp_path) as redis:
        async with (
            served(settings, REDIS_URL=redis.url) as writing,
            served(settings, REDIS_URL=redis.url) as reading,
        ):
            trial = Trial(writing, reading)
            trial.judge(await trial.run(rounds, lambda number: _plague(redis, number, of=rounds)))


def _plague(redis: RedisServer, number: int, *, of: int) -> None:
    """Do something to Redis at the beginning of each tenth."""
    tenth, into_it = divmod(number * 10, of)
    if into_it:
        return
    match tenth:
        case 2:
            redis.send(signal.SIGSTOP)
        case 3:
            redis.send(signal.SIGCONT)
        case 4:
            redis.save()
        case 5:
            redis.kill()
        case 7:
            redis.start()
        case _:
            return
