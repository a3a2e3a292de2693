"""The names that this process holds: one connection, outside of the pool, holds them all.

Were it one of the pool for each name, as many jobs as there are connections would hold them all, and wait for
one more for ever.
"""

import asyncio
from contextlib import suppress

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

_TAKE = text("SELECT pg_try_advisory_lock(hashtextextended(:name, 0))")
_GIVE_BACK = text("SELECT pg_advisory_unlock(hashtextextended(:name, 0))")


class Names:
    """Takes names and gives them back; ``engine`` opens connections that no pool keeps."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine.execution_options(isolation_level="AUTOCOMMIT")
        self._connection: AsyncConnection | None = None
        self._held: set[str] = set()
        self._speaking = asyncio.Lock()

    async def take(self, name: str) -> bool:
        """Take a name unless somebody has it, here or elsewhere.

        :raises DBAPIError: the database cannot be reached.
        """
        async with self._speaking:
            # The server would give it to our connection a second time.
            if name in self._held:
                return False
            try:
                is_ours = await self._say_whether(name)
            except DBAPIError as error:
                await self._hang_up()
                if not error.connection_invalidated:
                    raise
                # The server was restarted since we last spoke to it.
                is_ours = await self._say_whether(name)
            if is_ours:
                self._held.add(name)
            return is_ours

    async def give_back(self, name: str) -> None:
        """Let others have a name."""
        async with self._speaking:
            self._held.discard(name)
            if self._connection is None:
                return
            try:
                await self._connection.execute(_GIVE_BACK, {"name": name})
            except DBAPIError:
                # A server that has gone has let go of the name, too.
                await self._hang_up()

    async def close(self) -> None:
        """Give back all names."""
        await self._hang_up()
        await self._engine.dispose()

    async def _say_whether(self, name: str) -> bool:
        if self._connection is None:
            self._connection = await self._engine.connect()
        return bool(await self._connection.scalar(_TAKE, {"name": name}))

    async def _hang_up(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(DBAPIError):
                await connection.close()
