"""The one way out for the browser: a forward proxy on loopback that judges every connection.

The browser resolves no name and opens no connection of its own. It asks this proxy, which connects only to
addresses that pass the guard, whatever in a page asked for them: a redirect, a picture, a frame, a WebSocket,
a worker. Without a pass nothing is let through, so no other program of this machine can use it.
"""

import asyncio
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from aiohttp.abc import AbstractResolver
from yarl import URL

from hoistscraper.fetching.browsing.bounds import Bounds
from hoistscraper.fetching.browsing.exchanges import plain_request, tunnel
from hoistscraper.fetching.browsing.heads import LONGEST_HEAD_BYTES, BrokenHead, Head, read_head
from hoistscraper.fetching.browsing.passes import Pass
from hoistscraper.fetching.browsing.reaching import Dial, Reach, Stream, dial
from hoistscraper.fetching.errors import AddressRefused, FetchError

_CONNECT_SECONDS = 20.0
_HEAD_SECONDS = 30.0
_END = b"Content-Length: 0\r\nConnection: close\r\n\r\n"
_NO_PASS = (
    b'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="HoistScraper"\r\n' + _END
)
_BROKEN = b"HTTP/1.1 400 Bad Request\r\n" + _END
_REFUSED = b"HTTP/1.1 403 Forbidden\r\n" + _END
_UNREACHED = b"HTTP/1.1 502 Bad Gateway\r\n" + _END


class EgressProxy:
    """Serves while in the block: ``async with EgressProxy(settings.allow_hosts) as egress``.

    ``resolver`` and ``connect`` replace the machine's own ways to resolve names and to connect to addresses.
    """

    def __init__(
        self,
        allow_hosts: AbstractSet[str],
        *,
        resolver: AbstractResolver | None = None,
        connect: Dial = dial,
        connect_seconds: float = _CONNECT_SECONDS,
    ) -> None:
        self._reach = Reach(allow_hosts, timeout_seconds=connect_seconds, resolver=resolver, connect=connect)
        self._passes: dict[str, Pass] = {}
        self._exchanges: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None
        self.turned_away = 0
        """Requests without a valid pass: the browser's own errands, or somebody else's program."""

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, limit=LONGEST_HEAD_BYTES)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._server is not None:
            self._server.close()
        for exchange in self._exchanges:
            exchange.cancel()
        await asyncio.gather(*self._exchanges, return_exceptions=True)
        await self._reach.close()

    @property
    def url(self) -> str:
        """Where it listens, as a browser takes it."""
        if self._server is None:
            raise RuntimeError("An EgressProxy works within `async with` only.")
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    def admit(self, name: str, bounds: Bounds | None = None) -> Pass:
        """Return a new pass for a website; with a log-in it is good within ``bounds``."""
        admitted = Pass(name, bounds)
        self._passes[admitted.user] = admitted
        return admitted

    def dismiss(self, dismissed: Pass) -> None:
        """Let nobody through with this pass any more."""
        self._passes.pop(dismissed.user, None)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is not None:
            self._exchanges.add(task)
            task.add_done_callback(self._exchanges.discard)
        try:
            await self._exchange((reader, writer))
        except (ConnectionError, BrokenHead, asyncio.IncompleteReadError):
            pass  # one of the two sides left, or the website speaks no HTTP: the browser sees the end
        except asyncio.CancelledError:
            pass  # the proxy closes; asyncio would report a cancelled connection as a fault
        finally:
            writer.close()

    async def _exchange(self, near: Stream) -> None:
        try:
            asked = await _read_request(near[0])
        except (BrokenHead, ValueError):
            near[1].write(_BROKEN)
            return
        holder = self._holder(asked.head)
        if holder is None:
            self.turned_away += 1
            near[1].write(_NO_PASS)
            return
        if holder.bounds is not None and not holder.lets(asked.url, asked.host, asked.port):
            refusal = holder.bounds.refusal(
                asked.url or URL.build(scheme="https", host=asked.host, port=asked.port)
            )
            holder.note_failure(asked.host, asked.port, refusal)
            near[1].write(_REFUSED)
            return
        try:
            far = await self._reach.open(asked.host, asked.port)
        except FetchError as failure:
            holder.note_failure(asked.host, asked.port, failure)
            near[1].write(_REFUSED if isinstance(failure, AddressRefused) else _UNREACHED)
            return
        holder.note_success(asked.host, asked.port)
        try:
            if asked.url is None:
                with holder.tunnelling(asked.host, asked.port):
                    await tunnel(near, far, holder)
            else:
                await plain_request(asked.head, asked.url, near, far, holder)
        finally:
            far[1].close()

    def _holder(self, request: Head) -> Pass | None:
        authorization = request.field("proxy-authorization") or ""
        return next((known for known in self._passes.values() if known.opens(authorization)), None)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the browser wants: a plain request for ``url``, or without it a tunnel."""

    head: Head
    host: str
    port: int
    url: URL | None


async def _read_request(reader: asyncio.StreamReader) -> _Asked:
    """Return the request that begins a connection.

    :raises BrokenHead: it is none that a proxy gets.
    :raises ValueError: its address cannot be read.
    """
    try:
        async with asyncio.timeout(_HEAD_SECONDS):
            head = await read_head(reader)
    except TimeoutError:
        raise BrokenHead from None
    method, target, *_ = [*head.first_line.split(" "), "", ""]
    is_tunnel = method == "CONNECT"
    # As it was written: a website may tell %2F from a slash.
    url = URL(f"http://{target}" if is_tunnel else target, encoded=True)
    if url.scheme != "http" or not url.raw_host or not url.port:
        raise BrokenHead
    return _Asked(head, url.raw_host, url.port, None if is_tunnel else url)
