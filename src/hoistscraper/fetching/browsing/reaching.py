"""From a host's name to an open connection: judged, resolved, judged again, connected to just that."""

import asyncio
import errno
import socket
from collections.abc import Awaitable, Callable, Sequence
from collections.abc import Set as AbstractSet

from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from hoistscraper.fetching.browsing.heads import LONGEST_HEAD_BYTES
from hoistscraper.fetching.errors import ConnectionRefused, FetchError, TimedOut, UnknownHost, Unreachable
from hoistscraper.fetching.refusals import check_host
from hoistscraper.fetching.resolver import GuardedResolver
from hoistscraper.fetching.wording import shown, site_of, spell_seconds

Stream = tuple[asyncio.StreamReader, asyncio.StreamWriter]
Dial = Callable[[str, int], Awaitable[Stream]]
"""Opens a connection to an address, which is a number, and a port."""


async def dial(address: str, port: int) -> Stream:
    """Connect to a number, never to a name: nothing is resolved between judgement and connection.

    :raises OSError: nobody is there.
    """
    return await asyncio.open_connection(address, port, flags=socket.AI_NUMERICHOST, limit=LONGEST_HEAD_BYTES)


class Reach:
    """Opens connections to public hosts, and to those that the settings open.

    ``resolver`` and ``connect`` replace the machine's own; whatever is resolved is judged.
    """

    def __init__(
        self,
        allow_hosts: AbstractSet[str],
        *,
        timeout_seconds: float,
        resolver: AbstractResolver | None = None,
        connect: Dial = dial,
    ) -> None:
        self._allow_hosts = allow_hosts
        self._timeout_seconds = timeout_seconds
        self._connect = connect
        self._resolver = GuardedResolver(allow_hosts, resolver)

    async def close(self) -> None:
        """Release what the resolving took."""
        await self._resolver.close()

    async def open(self, host: str, port: int) -> Stream:
        """Return a connection to a host.

        :raises FetchError: the guard refuses it, or nobody is there.
        """
        url = str(URL.build(scheme="http", host=host, port=port, path="/"))
        check_host(URL(url), self._allow_hosts)
        try:
            async with asyncio.timeout(self._timeout_seconds):
                addresses = await self._resolved(host, port, url)
                return await self._connected(addresses, url)
        except TimeoutError:
            spelt = spell_seconds(self._timeout_seconds)
            raise TimedOut(
                f"{shown(host)} did not answer within {spelt}; try again later.", url=url
            ) from None

    async def _resolved(self, host: str, port: int, url: str) -> Sequence[ResolveResult]:
        try:
            addresses = await self._resolver.resolve(host, port)
        except OSError:
            addresses = []
        if not addresses:
            raise UnknownHost(
                f"No website is known as {shown(host)}; check the spelling and your connection.", url=url
            )
        return addresses

    async def _connected(self, addresses: Sequence[ResolveResult], url: str) -> Stream:
        failures = []
        for address in addresses:
            try:
                return await self._connect(address["host"], address["port"])
            except OSError as error:
                failures.append(error)
        raise _unreached(failures, url)


def _unreached(failures: Sequence[OSError], url: str) -> FetchError:
    site = site_of(url)
    if any(failure.errno == errno.ECONNREFUSED for failure in failures):
        return ConnectionRefused(
            f"{site} refuses connections; check the address and port, or try again later.", url=url
        )
    return Unreachable(
        f"There is no way to {site} at present; check whether this machine is online.", url=url
    )
