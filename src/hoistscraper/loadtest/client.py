"""The client: asks, and says how long it took and what failed. It does as little as it can besides."""

import json
import socket
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from hoistscraper.errors import Refused, Unavailable
from hoistscraper.loadtest.knowledge import Query
from hoistscraper.loadtest.recording import TIMED_OUT

_FIRST_ERROR_STATUS = 400
_NOT_SIGNED_IN = "HTTP 401"


class _Pinned(AbstractResolver):
    """Knows the one server only, by the addresses that were found allowed."""

    def __init__(self, addresses: Sequence[str]) -> None:
        self._addresses = addresses

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=port,
                family=socket.AF_INET6 if ":" in address else socket.AF_INET,
                proto=0,
                flags=socket.AI_NUMERICHOST,
            )
            for address in self._addresses
        ]

    async def close(self) -> None:
        """Nothing was taken."""


class Client:
    """Asks one server over connections that are kept."""

    def __init__(self, session: aiohttp.ClientSession, origin: str) -> None:
        self._session = session
        self._origin = URL(origin)

    async def ask(self, path: str, query: Query = ()) -> tuple[bytes, str | None]:
        """Return an answer's body, and in words what failed."""
        url = self._origin.with_path(path).with_query(query) if query else self._origin.with_path(path)
        try:
            async with self._session.get(url, allow_redirects=False) as answer:
                body = await answer.read()
                failure = f"HTTP {answer.status}" if answer.status >= _FIRST_ERROR_STATUS else None
                return body, failure
        except TimeoutError:
            return b"", TIMED_OUT
        except aiohttp.ClientConnectorError:
            return b"", "no connection"
        except (aiohttp.ServerDisconnectedError, ConnectionResetError):
            return b"", "connection closed"
        except aiohttp.ClientError as error:
            return b"", f"broken answer ({type(error).__name__})"

    async def ask_document(self, path: str) -> Mapping[str, Any]:
        """Return what the server says at a path that has to answer with a JSON object.

        :raises Unavailable: it does not.
        :raises Refused: it wants to know who asks.
        """
        body, failure = await self.ask(path)
        if failure is None:
            try:
                found = json.loads(body)
            except ValueError:
                found = None
            if isinstance(found, dict):
                return found
            failure = "no JSON"
        if failure == _NOT_SIGNED_IN:
            raise Refused(
                f"The server at {self._origin} lets nobody read whom it does not know: give a token in "
                "HOIST_TOKEN; `hoistscraper token add EMAIL --name loadtest --role viewer` makes one."
            )
        raise Unavailable(
            f"No HoistScraper answers at {self._origin} ({path}: {failure}); start it with "
            "`hoistscraper serve`, or check the address."
        )


@asynccontextmanager
async def opened_client(
    origin: str, addresses: Sequence[str], *, timeout_seconds: float, token: str | None = None
) -> AsyncIterator[Client]:
    """Yield a client with as many connections as it is given users; what it asks for may take so long.

    ``token`` is by what a server recognises it that does not let everybody read.
    """
    known_by = {"Authorization": f"Bearer {token}"} if token else {}
    connector = aiohttp.TCPConnector(limit=0, resolver=_Pinned(addresses), keepalive_timeout=60)
    async with aiohttp.ClientSession(
        connector=connector,
        timeout=aiohttp.ClientTimeout(total=timeout_seconds),
        cookie_jar=aiohttp.DummyCookieJar(),
        auto_decompress=True,
        # Bodies are compared by time alone; asking for none compressed leaves the client's time to asking.
        headers={
            "Accept": "application/json",
            "Accept-Encoding": "identity",
            "User-Agent": _agent(),
            **known_by,
        },
    ) as session:
        yield Client(session, origin)


def _agent() -> str:
    return "hoistscraper loadtest"


def seconds_now() -> float:
    """Return the clock that all latencies are measured with."""
    return time.perf_counter()
