"""A website in a thread of its own, for tests of commands that run their own event loop."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from tests.sites.server import Site


@contextmanager
def in_thread(site: Site) -> Iterator[Site]:
    """Serve a site until the end of the block."""
    loop = asyncio.new_event_loop()
    ready, done = threading.Event(), asyncio.Event()

    async def serve() -> None:
        async with site:
            ready.set()
            await done.wait()

    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),))
    thread.start()
    ready.wait()
    try:
        yield site
    finally:
        loop.call_soon_threadsafe(done.set)
        thread.join()
        loop.close()
