"""A small internet: names, public addresses that lead to local websites, honeypots that nobody may touch."""

import asyncio
import socket
from collections import defaultdict
from collections.abc import Mapping
from types import TracebackType
from typing import Self

from aiohttp.abc import AbstractResolver, ResolveResult

from hoistscraper.fetching.browsing.egress import EgressProxy
from hoistscraper.fetching.browsing.reaching import Stream, dial
from tests.sites import Site


class Honeypot:
    """Listens by TCP and UDP where only this machine should; ``touched`` is what came, in words."""

    def __init__(self, host: str = "127.0.0.2") -> None:
        self.touched: list[str] = []
        self.host = host
        self.port = 0
        self._server: asyncio.Server | None = None
        self._datagrams: asyncio.DatagramTransport | None = None

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._met, self.host, 0)
        self.port = self._server.sockets[0].getsockname()[1]
        loop = asyncio.get_running_loop()
        self._datagrams, _ = await loop.create_datagram_endpoint(
            lambda: _Datagrams(self.touched), local_addr=(self.host, self.port)
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._server is not None:
            self._server.close()
        if self._datagrams is not None:
            self._datagrams.close()

    @property
    def authority(self) -> str:
        """Host and port."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    async def _met(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.read(200)
        self.touched.append(head.decode("latin-1"))
        body = b"<h1>secret</h1>"
        writer.write(b"HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: *\r\nContent-Type: text/html\r\n")
        writer.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        writer.close()


class _Datagrams(asyncio.DatagramProtocol):
    def __init__(self, touched: list[str]) -> None:
        self._touched = touched

    def datagram_received(self, data: bytes, _: object) -> None:
        self._touched.append(f"datagram of {len(data)} bytes")


class Internet(AbstractResolver):
    """Names and where they lead; ``places`` says which local website stands behind a public address.

    A name with several answers gives the next one at each question, and the last one for ever.
    """

    def __init__(self, names: Mapping[str, list[str]], places: Mapping[str, Site]) -> None:
        self.asked: defaultdict[str, int] = defaultdict(int)
        self.dialled: list[str] = []
        self._names = names
        self._places = places

    def egress(self) -> EgressProxy:
        """Return a proxy into this internet, with nothing opened by the settings."""
        return EgressProxy(frozenset(), resolver=self, connect=self._connect)

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        answers = self._names.get(host, [host if host[:1].isdigit() or ":" in host else ""])
        answer = answers[min(self.asked[host], len(answers) - 1)]
        self.asked[host] += 1
        if not answer:
            raise OSError(socket.EAI_NONAME, "no such name")
        return [ResolveResult(hostname=host, host=answer, port=port, family=family, proto=0, flags=0)]

    async def close(self) -> None:
        pass

    async def _connect(self, address: str, port: int) -> Stream:
        self.dialled.append(address)
        site = self._places.get(address)
        return await dial("127.0.0.1", site.port) if site else await dial(address, port)
