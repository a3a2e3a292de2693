"""Names to addresses, each address judged by the guard at the moment of connecting.

What is judged here is what is connected to, so a name that changes its address in between gains nothing.
"""

import socket
from collections.abc import Set as AbstractSet

from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import DefaultResolver

from hoistscraper.fetching.addresses import is_in_opened_network, is_opened, refusal_of_address
from hoistscraper.fetching.refusals import private_address


class GuardedResolver(AbstractResolver):
    """Resolves names to public addresses only, except for the hosts and networks that the settings open.

    A name with public and private addresses keeps the public ones.
    """

    def __init__(self, allow_hosts: AbstractSet[str], inner: AbstractResolver | None = None) -> None:
        self._allow_hosts = allow_hosts
        self._inner = inner or DefaultResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Return the addresses of a host that may be connected to.

        :raises AddressRefused: it has private addresses only.
        :raises OSError: the name is not known.
        """
        found = await self._inner.resolve(host, port, family)
        if is_opened(host, port, self._allow_hosts):
            return found
        judged = [(address, self._refusal(address["host"])) for address in found]
        usable = [address for address, refusal in judged if refusal is None]
        if found and not usable:
            raise private_address(host, str(judged[0][1]))
        return usable

    def _refusal(self, address: str) -> str | None:
        return None if is_in_opened_network(address, self._allow_hosts) else refusal_of_address(address)

    async def close(self) -> None:
        """Release what the resolving took."""
        await self._inner.close()
