"""A second place for ready answers, in Redis, which several processes share and none of them needs.

Nothing in it says what is right: each answer has a name that holds the state of the database in which it was
read, and that state never comes again. So whatever Redis forgets, or remembers from long ago, does no harm.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import monotonic

from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

PATIENCE_SECONDS = 0.05
"""What takes longer than this is not worth waiting for."""
_LEFT_ALONE_SECONDS = 2.0
_MOST_CONNECTIONS = 20


class Shared:
    """Gets and puts content by name; when Redis is away or slow, it is left alone for a while."""

    def __init__(self, redis: Redis) -> None:
        self.failures = 0
        self._redis = redis
        self._left_alone_until = float("-inf")

    async def get(self, name: bytes) -> bytes | None:
        """Return content, or ``None`` where it cannot be had at once."""
        if monotonic() < self._left_alone_until:
            return None
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                content = await self._redis.get(name)
        except (RedisError, OSError, TimeoutError):
            self._leave_alone()
            return None
        return content if isinstance(content, bytes) else None

    async def put(self, name: bytes, content: bytes, *, seconds: int) -> None:
        """Keep content for a while, if that can be done at once."""
        if monotonic() < self._left_alone_until:
            return
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                await self._redis.set(name, content, ex=seconds)
        except (RedisError, OSError, TimeoutError):
            self._leave_alone()

    def _leave_alone(self) -> None:
        self.failures += 1
        self._left_alone_until = monotonic() + _LEFT_ALONE_SECONDS


@asynccontextmanager
async def opened_shared(url: str) -> AsyncIterator[Shared]:
    """Use the Redis at an address; nothing is connected before it is needed."""
    pool = BlockingConnectionPool.from_url(
        url,
        max_connections=_MOST_CONNECTIONS,
        timeout=PATIENCE_SECONDS,
        socket_timeout=PATIENCE_SECONDS,
        socket_connect_timeout=PATIENCE_SECONDS,
        retry=Retry(NoBackoff(), 0),
        client_name="hoistscraper",
    )
    async with Redis.from_pool(pool) as redis:
        yield Shared(redis)
