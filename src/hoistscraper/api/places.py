"""How many may do what takes long at the same time; who comes too late is told to come back."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from hoistscraper.errors import Unavailable


class Room:
    """So many places for one thing; ``full`` is what the next one is told."""

    def __init__(self, places: int, full: str) -> None:
        self._places = asyncio.Semaphore(places)
        self._full = full

    def check(self) -> None:
        """See that there is a place.

        :raises Unavailable: there is none.
        """
        if self._places.locked():
            raise Unavailable(self._full)

    @asynccontextmanager
    async def entered(self) -> AsyncIterator[None]:
        """Hold a place.

        :raises Unavailable: there is none.
        """
        self.check()
        async with self._places:
            yield


@dataclass(frozen=True, slots=True)
class Places:
    """What is bounded: each look, import, export or followed job holds a browser, processor or connection."""

    previews: Room = field(
        default_factory=lambda: Room(4, "4 websites are being looked at; try again in a few seconds.")
    )
    trials: Room = field(
        default_factory=lambda: Room(2, "2 log-ins are being tested; try again in a few seconds.")
    )
    exports: Room = field(
        default_factory=lambda: Room(4, "4 exports are under way; try again when one has ended.")
    )
    imports: Room = field(
        default_factory=lambda: Room(2, "2 lists are being imported; try again when one has ended.")
    )
    followers: Room = field(
        default_factory=lambda: Room(50, "50 jobs are being followed; read this one's log instead.")
    )
