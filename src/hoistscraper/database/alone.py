"""Do something that nobody else may do at the same time, on whatever machine they are."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from hoistscraper.database.engine import Database
from hoistscraper.database.problems import told


@asynccontextmanager
async def alone(database: Database, name: str) -> AsyncIterator[bool]:
    """Hold a name, and yield whether it could be had; the server lets go of it when our process dies.

    :raises Unavailable: the database cannot be reached.
    """
    with told(database.place):
        is_ours = await _taken(database, name)
        try:
            yield is_ours
        finally:
            if is_ours:
                # Cancelled in the middle, it would stay ours for as long as we live.
                await asyncio.shield(database.names.give_back(name))


async def _taken(database: Database, name: str) -> bool:
    taking = asyncio.create_task(database.names.take(name))
    try:
        return await asyncio.shield(taking)
    except asyncio.CancelledError:
        with suppress(asyncio.CancelledError):
            await asyncio.wait([taking])
        if taking.done() and not taking.exception() and taking.result():
            await asyncio.shield(database.names.give_back(name))
        raise
