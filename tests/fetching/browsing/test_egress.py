import asyncio
from base64 import b64encode
from collections.abc import AsyncIterator

import pytest

from hoistscraper.fetching.browsing.egress import EgressProxy
from hoistscraper.fetching.browsing.passes import Pass
from hoistscraper.fetching.errors import AddressRefused, ConnectionRefused, UnknownHost
from tests.fetching.browsing.internet import Honeypot, Internet
from tests.sites import Exchange, Site


async def _hello(exchange: Exchange) -> None:
    await exchange.send("hello")
    exchange.hang_up()


async def _upgrade(exchange: Exchange) -> None:
    await exchange.send_head(101, {"Connection": "Upgrade", "Upgrade": "echo"})
    await exchange.send_raw(await exchange.reader.readexactly(5))
    exchange.hang_up()


@pytest.fixture
async def far() -> AsyncIterator[Site]:
    """A website that counts what it is asked."""
    async with Site({"/": _hello, "/upgrade": _upgrade}) as site:
        yield site


async def _say(egress: EgressProxy, message: str, holder: Pass | None) -> str:
    port = int(egress.url.rsplit(":", 1)[1])
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    pair = f"{holder.user}:{holder.password}" if holder else "nobody:nothing"
    credentials = f"Proxy-Authorization: Basic {b64encode(pair.encode()).decode()}\r\n"
    writer.write(message.replace("\r\n\r\n", f"\r\n{credentials}\r\n", 1).encode())
    answer = (await reader.read()).decode("latin-1")
    writer.close()
    return answer


def _get(url: str, *fields: str) -> str:
    return "\r\n".join([f"GET {url} HTTP/1.1", "Host: whatever", *fields]) + "\r\n\r\n"


async def test_a_request_reaches_an_opened_website_and_ends_the_connection(far: Site) -> None:
    async with EgressProxy({far.authority}) as egress:
        holder = egress.admit("far")
        answer = await _say(egress, _get(far.url("/"), "Proxy-Connection: keep-alive"), holder)
    assert answer.startswith("HTTP/1.1 200")
    assert "Connection: close" in answer
    assert answer.endswith("hello")
    assert holder.connections == 1
    assert holder.bytes_received == len(answer)
    assert holder.bytes_sent > 0


async def test_no_credentials_of_the_proxy_reach_the_website(far: Site) -> None:
    async with EgressProxy({far.authority}) as egress:
        await _say(egress, _get(far.url("/"), "Proxy-Connection: keep-alive"), egress.admit("far"))
    asked = far.requests[0].headers
    assert not [name for name in asked if name.startswith("proxy")]
    assert asked["connection"] == "close"


async def test_a_tunnel_carries_whatever_is_said(far: Site) -> None:
    async with EgressProxy({far.authority}) as egress:
        tunnel = f"CONNECT {far.authority} HTTP/1.1\r\n\r\n" + _get("/", "Connection: close")
        port = int(egress.url.rsplit(":", 1)[1])
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        holder = egress.admit("far")
        pair = b64encode(f"{holder.user}:{holder.password}".encode()).decode()
        writer.write(tunnel.replace("\r\n\r\n", f"\r\nProxy-Authorization: Basic {pair}\r\n\r\n", 1).encode())
        assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 200")
        assert (await reader.readuntil(b"hello")).startswith(b"HTTP/1.1 200")
        writer.close()


async def test_another_protocol_passes_a_plain_request(far: Site) -> None:
    async with EgressProxy({far.authority}) as egress:
        asked = _get(far.url("/upgrade"), "Connection: Upgrade", "Upgrade: echo") + "12345"
        answer = await _say(egress, asked, egress.admit("far"))
    assert answer.startswith("HTTP/1.1 101")
    assert answer.endswith("12345")


@pytest.mark.parametrize("authorised", ["nobody", "dismissed"])
async def test_without_a_pass_nothing_is_let_through(far: Site, authorised: str) -> None:
    async with EgressProxy({far.authority}) as egress:
        holder = egress.admit("far") if authorised == "dismissed" else None
        if holder:
            egress.dismiss(holder)
        for message in (_get(far.url("/")), f"CONNECT {far.authority} HTTP/1.1\r\n\r\n"):
            assert (await _say(egress, message, holder)).startswith("HTTP/1.1 407")
        assert egress.turned_away == 2
    assert far.requests == []


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.2",
        "127.1",
        "2130706434",
        "0x7f.2",
        "localhost",
        "[::1]",
        "[::ffff:127.0.0.2]",
        "[::127.0.0.2]",
        "[64:ff9b::7f00:2]",
        "[2002:7f00:2::]",
        "[fe80::1%25eth0]",
        "[fe80::1]",
        "[fc00::1]",
        "[fd00::1]",
        "0177.0.0.2",
        "017700000002",
        "127.0.0.2.",
        "169.254.169.254",
        "10.0.0.1",
        "0.0.0.0",
        "private.example",
        "private-six.example",
        "private-link.example",
        "private-unique.example",
        "private-nat64.example",
        "private-6to4.example",
    ],
)
async def test_private_hosts_are_refused_however_they_are_written(host: str) -> None:
    names = {
        "private.example": ["127.0.0.2"],
        "private-six.example": ["::ffff:10.0.0.1"],
        "private-link.example": ["fe80::1"],
        "private-unique.example": ["fc00::1"],
        "private-nat64.example": ["64:ff9b::7f00:2"],
        "private-6to4.example": ["2002:7f00:2::1"],
    }
    internet = Internet(names, {})
    async with Honeypot() as honeypot, internet.egress() as egress:
        holder = egress.admit("page")
        for message in (
            _get(f"http://{host}:{honeypot.port}/"),
            f"CONNECT {host}:{honeypot.port} HTTP/1.1\r\n\r\n",
        ):
            assert (await _say(egress, message, holder)).startswith("HTTP/1.1 40")
        assert honeypot.touched == []
    assert internet.dialled == []


async def test_a_refusal_is_noted_with_its_reason() -> None:
    async with EgressProxy(frozenset()) as egress:
        holder = egress.admit("page")
        await _say(egress, _get("http://127.0.0.2:81/"), holder)
    assert isinstance(holder.failure_of("127.0.0.2", 81), AddressRefused)
    assert [refusal.message[:9] for refusal in holder.refusals] == ["127.0.0.2"]


async def test_what_was_judged_is_what_is_connected_to(far: Site) -> None:
    # The name answers with a public address first, and with one of this machine ever after.
    internet = Internet({"rebinding.example": ["8.8.8.8", "127.0.0.2"]}, {"8.8.8.8": far})
    async with Honeypot() as honeypot, internet.egress() as egress:
        holder = egress.admit("page")
        address = f"http://rebinding.example:{honeypot.port}/"
        assert (await _say(egress, _get(address), holder)).endswith("hello")
        assert internet.asked["rebinding.example"] == 1
        assert (await _say(egress, _get(address), holder)).startswith("HTTP/1.1 403")
        assert honeypot.touched == []
    assert internet.dialled == ["8.8.8.8"]


async def test_hosts_that_are_not_there_are_told_apart(far: Site) -> None:
    async with Internet({}, {}).egress() as egress:
        holder = egress.admit("page")
        assert (await _say(egress, _get("http://nobody.example/"), holder)).startswith("HTTP/1.1 502")
        assert isinstance(holder.failure_of("nobody.example", 80), UnknownHost)
    async with EgressProxy({"127.0.0.1"}) as egress:
        holder = egress.admit("page")
        assert (await _say(egress, _get("http://127.0.0.1:1/"), holder)).startswith("HTTP/1.1 502")
        assert isinstance(holder.failure_of("127.0.0.1", 1), ConnectionRefused)


@pytest.mark.parametrize(
    "message",
    [
        "GET / HTTP/1.1\r\n\r\n",
        "GET file:///etc/passwd HTTP/1.1\r\n\r\n",
        "GET ftp://example.org/ HTTP/1.1\r\n\r\n",
        "GET https://example.org/ HTTP/1.1\r\n\r\n",
        "CONNECT example.org:x HTTP/1.1\r\n\r\n",
        "\r\n\r\n",
        "GET http://example.org/ HTTP/1.1\r\nno colon\r\n\r\n",
    ],
)
async def test_what_is_no_request_for_a_proxy_is_answered_so(message: str) -> None:
    async with EgressProxy(frozenset()) as egress:
        assert (await _say(egress, message, egress.admit("page"))).startswith("HTTP/1.1 400")
