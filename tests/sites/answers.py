"""The ways to answer, as building stones of the table of routes."""

import asyncio
from collections.abc import Callable
from functools import cache

from tests.sites.server import HTML, Answer, Exchange

Pack = Callable[[bytes], bytes]

MEGABYTE = 1_000_000
PAGE = (
    "<!doctype html><html lang='en'><title>{title}</title><body><h1>{title}</h1><p>{text}</p></body></html>"
)


def page(title: str, text: str = "Invented for testing.") -> str:
    """Return a small whole page."""
    return PAGE.format(title=title, text=text)


def body(content: bytes | str, *, status: int = 200, kind: str | None = HTML, **headers: str) -> Answer:
    """Always answer the same."""

    async def answer(exchange: Exchange) -> None:
        await exchange.send(content, status=status, kind=kind, **headers)

    return answer


def redirect(location: str, status: int = 302) -> Answer:
    """Send the reader on; ``{port}`` in the location is the port of the site."""

    async def answer(exchange: Exchange) -> None:
        await exchange.send(status=status, location=location.format(port=exchange.site.port))

    return answer


def failing(times: int, first: Answer, then: Answer) -> Answer:
    """Answer one way so many times, then another."""

    async def answer(exchange: Exchange) -> None:
        await (first if exchange.visit <= times else then)(exchange)

    return answer


def unless_modified(content: str, *, etag: str, last_modified: str) -> Answer:
    """Answer 304 to who knows the page already."""

    async def answer(exchange: Exchange) -> None:
        asked = exchange.request.headers
        if asked.get("if-none-match") == etag or asked.get("if-modified-since") == last_modified:
            await exchange.send(status=304, etag=etag)
        else:
            await exchange.send(content, etag=etag, last_modified=last_modified)

    return answer


def huge(megabytes: int, *, announced: bool) -> Answer:
    """Send a body of this size, with or without saying so beforehand."""

    async def answer(exchange: Exchange) -> None:
        length = {"Content-Length": str(megabytes * MEGABYTE)} if announced else {"Connection": "close"}
        await exchange.send_head(200, {"Content-Type": HTML} | length)
        for _ in range(megabytes):
            await exchange.send_raw(b"<p>large</p>".ljust(MEGABYTE))
        exchange.hang_up()

    return answer


def packed(encoding: str, pack: Pack) -> Answer:
    """Answer with a packed page."""
    return body(pack(page("Packed").encode()), content_encoding=encoding)


def bomb(encoding: str, pack: Pack, megabytes: int = 100) -> Answer:
    """Answer with little that unpacks to much; it is packed when it is first asked for."""

    @cache
    def content() -> bytes:
        return pack(b" " * (megabytes * MEGABYTE))

    async def answer(exchange: Exchange) -> None:
        await exchange.send(content(), content_encoding=encoding)

    return answer


async def endless(exchange: Exchange) -> None:
    """Send as fast as one reads, for ever."""
    await exchange.send_head(200, {"Content-Type": HTML, "Transfer-Encoding": "chunked"})
    piece = b"<p>and on</p>".ljust(4096)
    while True:
        await exchange.send_raw(b"%x\r\n%b\r\n" % (len(piece), piece))


async def dripping(exchange: Exchange) -> None:
    """Send a letter now and then, for ever."""
    await exchange.send_head(200, {"Content-Type": HTML, "Transfer-Encoding": "chunked"})
    while True:
        await exchange.send_raw(b"1\r\n.\r\n")
        await asyncio.sleep(0.02)


async def silent(exchange: Exchange) -> None:
    """Never answer."""
    await exchange.wait_for_the_reader_to_leave()


async def cut_in_the_middle(exchange: Exchange) -> None:
    """Promise more than is sent."""
    await exchange.send_head(200, {"Content-Type": HTML, "Content-Length": "5000"})
    await exchange.send_raw(b"<!doctype html><p>The first half")
    exchange.hang_up()


async def cut_in_a_chunk(exchange: Exchange) -> None:
    """End the connection where the length of a chunk should stand."""
    await exchange.send_head(200, {"Content-Type": HTML, "Transfer-Encoding": "chunked"})
    await exchange.send_raw(b"5\r\nfirst\r\nnot a length\r\n")
    exchange.hang_up()


async def cut_before_the_head(exchange: Exchange) -> None:
    """End the connection without a word."""
    exchange.hang_up()


async def not_http(exchange: Exchange) -> None:
    """Answer in another protocol."""
    await exchange.send_raw(b"220 mail.example ESMTP ready\r\n")
    exchange.hang_up()
