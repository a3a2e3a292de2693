"""Whose server this is: a load test of somebody else's is an attack."""

import asyncio
import socket
from ipaddress import ip_address
from urllib.parse import urlsplit

from hoistscraper.errors import Invalid, Refused, Unavailable


async def allowed_addresses(url: str, *, is_mine: bool) -> list[str]:
    """Return the IP addresses of a server that may be put under load.

    What is judged here is what the test connects to, whatever the name means a moment later.

    :raises Refused: one of them may be a stranger's.
    """
    host, port = _place(url)
    addresses = await _resolved(host, port)
    strangers = [address for address in addresses if not is_at_home(address)]
    if strangers and not is_mine:
        raise Refused(
            f"{host} ({strangers[0]}) is not in a private network, and a load test of somebody "
            "else's server is an attack: if you run it yourself, say so with --i-run-this-server."
        )
    return addresses


def _place(url: str) -> tuple[str, int]:
    try:
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError:
        parts, port = urlsplit(""), 0
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path not in ("", "/"):
        raise Invalid(f"{url} is no address of a server; write one such as http://127.0.0.1:8000.")
    return parts.hostname, port


def is_at_home(address: str) -> bool:
    """Return whether an address is of this machine or of a private network (no cloud's service)."""
    ip = ip_address(address.partition("%")[0])
    mapped = getattr(ip, "ipv4_mapped", None)
    ip = mapped or ip
    return ip.is_loopback or (
        ip.is_private and not (ip.is_link_local or ip.is_unspecified or ip.is_multicast or ip.is_reserved)
    )


async def _resolved(host: str, port: int) -> list[str]:
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError:
        raise Unavailable(f"No machine is known by the name {host}: check how it is written.") from None
    return list(dict.fromkeys(str(each[4][0]) for each in found))
