"""A small HTTP server on a bare socket, because a real one would refuse to be as wrong as some websites."""

import asyncio
import socket
import ssl
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from types import TracebackType
from typing import Self

HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked for; header names are lower-case."""

    path: str
    headers: Mapping[str, str]
    method: str = "GET"
    body: bytes = b""


@dataclass(slots=True)
class Exchange:
    """One request and the socket to answer it on; ``visit`` counts the requests for this path from 1."""

    request: Request
    site: "Site"
    visit: int
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    keep_alive: bool = field(default=True)
    also: dict[str, str] = field(default_factory=dict)
    """Headers that go along with whatever is sent."""

    async def send(
        self, body: bytes | str = b"", *, status: int = 200, kind: str | None = HTML, **headers: str
    ) -> None:
        """Answer as one should; ``retry_after="3"`` becomes the header ``Retry-After``."""
        content = body.encode() if isinstance(body, str) else body
        named = self.also | {name.replace("_", "-").title(): value for name, value in headers.items()}
        if status != HTTPStatus.NOT_MODIFIED:
            named.setdefault("Content-Length", str(len(content)))
        if kind is not None and content:
            named["Content-Type"] = kind
        await self.send_head(status, named)
        self.writer.write(content)
        await self.writer.drain()

    async def send_head(self, status: int, headers: Mapping[str, str]) -> None:
        """Send the status line and these headers, and no more."""
        lines = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        await self.send_raw(("\r\n".join(lines) + "\r\n\r\n").encode())

    async def send_raw(self, content: bytes) -> None:
        """Send bytes as they are."""
        self.writer.write(content)
        await self.writer.drain()

    def hang_up(self) -> None:
        """End the connection after this answer."""
        self.keep_alive = False

    async def wait_for_the_reader_to_leave(self) -> None:
        """Do nothing until the other side closes the connection."""
        await self.reader.read()
        self.hang_up()


Answer = Callable[[Exchange], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Route:
    """What a path does, in words for people, and in code."""

    story: str
    answer: Answer


async def not_found(exchange: Exchange) -> None:
    """Answer 404."""
    await exchange.send("<p>There is no such page.", status=404)


class Site:
    """A website on loopback: ``async with Site(routes) as site``; ``requests`` is what was asked for."""

    def __init__(
        self,
        routes: Mapping[str, Route | Answer],
        *,
        tls: ssl.SSLContext | None = None,
        host: str = "127.0.0.1",
    ) -> None:
        self.requests: list[Request] = []
        self.port = 0
        self._routes = {path: r.answer if isinstance(r, Route) else r for path, r in routes.items()}
        self._tls = tls
        self._host = host
        self._visits: Counter[str] = Counter()
        self._first_visits: defaultdict[str, asyncio.Event] = defaultdict(asyncio.Event)
        self._connections: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, self._host, 0, ssl=self._tls)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._server is not None:
            self._server.close()
        for connection in self._connections:
            connection.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)

    @contextmanager
    def nobody_there(self) -> Iterator[None]:
        """Keep the address of a site that was left from everybody else: connections to it are refused."""
        with socket.socket() as silent:
            silent.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # old connections linger
            silent.bind((self._host, self.port))
            silent.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 0)
            yield

    @property
    def authority(self) -> str:
        """Host and port, as the setting ``allow_hosts`` takes them."""
        return f"{self._host}:{self.port}"

    def url(self, path: str = "/") -> str:
        """Return the web address of a path."""
        return f"{'https' if self._tls else 'http'}://{self.authority}{path}"

    def visits(self, path: str) -> int:
        """Return how often a path was asked for."""
        return self._visits[path]

    async def first_visit(self, path: str) -> None:
        """Wait until a path is asked for."""
        await self._first_visits[path].wait()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._connections.add(task)
        try:
            while await self._answer_one(reader, writer):
                pass
        except (ConnectionError, asyncio.IncompleteReadError, ssl.SSLError):
            pass  # the reader left, which the tests of a fetcher do all the time
        except asyncio.CancelledError:
            pass  # the site closes; a cancelled connection would be reported by asyncio as a fault
        finally:
            self._connections.discard(task)
            writer.transport.abort()

    async def _answer_one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = await reader.readuntil(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").rstrip().split("\r\n")
        method, path, _ = first.split(" ")
        headers = {name.lower(): value.strip() for name, value in (line.split(":", 1) for line in lines)}
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        request = Request(path, headers, method, body)
        self.requests.append(request)
        self._visits[path] += 1
        self._first_visits[path].set()
        exchange = Exchange(request, self, self._visits[path], reader, writer)
        await self.answer(exchange)
        return exchange.keep_alive

    async def answer(self, exchange: Exchange) -> None:
        """Answer one request by the table of routes; a website with a mind of its own answers otherwise."""
        await self._routes.get(exchange.request.path.split("?", 1)[0], not_found)(exchange)
