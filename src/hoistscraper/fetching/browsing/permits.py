"""What a visit brings along to every page that it has shown: its manners, and its place among the visits."""

import asyncio
from collections.abc import Set as AbstractSet
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass

from yarl import URL

from hoistscraper.fetching.manners import Manners
from hoistscraper.fetching.refusals import check_host
from hoistscraper.fetching.site_session import SiteSession


@dataclass(frozen=True, slots=True)
class Permit:
    """Lets one visit use the browser; ``places`` are those of all visits together.

    ``session`` is the log-in of the visit's website, whose own pages are asked for.
    """

    manners: Manners
    allow_hosts: AbstractSet[str]
    places: asyncio.Semaphore
    session: SiteSession | None = None

    async def admit(self, url: URL) -> None:
        """Judge an address before its document is asked for.

        :raises FetchError: it is private, or robots.txt keeps us out.
        """
        check_host(url, self.allow_hosts)
        await self.manners.obey(url)

    def turn(self, url: URL) -> AbstractAsyncContextManager[None]:
        """Wait until the host may be asked and a place is free; both are ours while in the block."""
        return self.manners.turn(url, room=self.places)

    def hold(self, url: URL, seconds: float) -> None:
        """Leave the host of an address alone for some time."""
        self.manners.pace.hold(url.raw_host or "", seconds)
