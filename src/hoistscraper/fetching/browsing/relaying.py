"""Passing bytes on between two connections, counted, until one side has said all it had to say."""

import asyncio
from collections.abc import Callable
from contextlib import suppress

_PIECE_BYTES = 64 * 1024


async def pour(
    source: asyncio.StreamReader, target: asyncio.StreamWriter, count: Callable[[int], None]
) -> None:
    """Pass on everything from one side to the other, and its end."""
    with suppress(ConnectionError, TimeoutError):
        while piece := await source.read(_PIECE_BYTES):
            count(len(piece))
            target.write(piece)
            await target.drain()
        if target.can_write_eof():
            target.write_eof()
