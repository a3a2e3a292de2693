"""How websites are asked politely, by whoever asks them: one pace per host, one reading of robots.txt."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from yarl import URL

from hoistscraper.fetching.pace import Held, Pace
from hoistscraper.fetching.statuses import rate_limited


@dataclass(frozen=True, slots=True)
class Manners:
    """The pace, and ``obey``: raises where robots.txt keeps us out, and takes over the pace it asks for."""

    pace: Pace
    obey: Callable[[URL], Awaitable[None]]

    @asynccontextmanager
    async def turn(self, url: URL, *, room: asyncio.Semaphore | None = None) -> AsyncIterator[None]:
        """Wait until the host of an address may be asked, and there is ``room`` for whoever asks it.

        :raises RateLimited: it is to be left alone for longer than one waits.
        """
        try:
            async with self.pace.turn(url.raw_host or "", room=room):
                yield
        except Held as held:
            raise rate_limited(str(url), held.seconds) from None
