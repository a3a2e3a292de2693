"""The embedded server for asynchronous code: starting and stopping it never holds up the event loop."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from hoistscraper.database.embedded.leases import Lease, attach, detach


@asynccontextmanager
async def attached(data_dir: Path) -> AsyncIterator[str]:
    """Use the database of a data folder; yield its URL.

    :raises HoistError: it cannot be had, and what to do about it.
    """
    lease = await _attach(data_dir)
    try:
        yield lease.url
    finally:
        await asyncio.shield(asyncio.to_thread(detach, lease))


async def revive(data_dir: Path) -> None:
    """Start the server again if it has gone; only for who is attached, else it would stop at once.

    :raises HoistError: it cannot be had, and what to do about it.
    """
    async with attached(data_dir):
        pass


async def _attach(data_dir: Path) -> Lease:
    attaching = asyncio.ensure_future(asyncio.to_thread(attach, data_dir))
    try:
        return await asyncio.shield(attaching)
    except asyncio.CancelledError:
        # The thread cannot be called off: let it arrive, then leave in good order.
        await asyncio.to_thread(detach, await attaching)
        raise
