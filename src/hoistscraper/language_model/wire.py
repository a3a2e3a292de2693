"""The connection to a model's server: to the one address that the settings name, and nowhere else."""

from collections.abc import Mapping

from aiohttp import (
    ClientHandlerType,
    ClientRequest,
    ClientResponse,
    ClientSession,
    ClientTimeout,
    TCPConnector,
)

from hoistscraper.fetching.refusals import check_host
from hoistscraper.fetching.resolver import GuardedResolver
from hoistscraper.language_model.server import ModelServer


def connection_to(server: ModelServer, *, timeout_seconds: float) -> ClientSession:
    """Open connections to a server: by the guard that pages pass, which is open for this one address.

    Whoever runs the machine named it, so it may be private. No proxy of the environment is believed, no
    cookie kept, and what asks must not follow redirects.
    """
    opened = frozenset({server.authority.lower()})

    async def guard(request: ClientRequest, send: ClientHandlerType) -> ClientResponse:
        check_host(request.url, opened)
        return await send(request)

    headers: Mapping[str, str] = server.headers
    return ClientSession(
        connector=TCPConnector(resolver=GuardedResolver(opened)),
        headers=headers,
        timeout=ClientTimeout(total=timeout_seconds),
        trust_env=False,
        middlewares=(guard,),
    )
