"""The address guard: which internet addresses may be connected to. Pure; the resolver asks it each time.

A page of a website may name any address, so without the guard a link could read what only this machine or its
network should see. Everything that is not plainly a public address is refused.
"""

import re
import unicodedata
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from functools import cache
from ipaddress import (
    AddressValueError,
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)

# The special-purpose address registries of IANA, and single addresses that clouds give to their own services.
_REFUSED_V4 = tuple(
    (IPv4Network(network), why)
    for network, why in (
        ("0.0.0.0/8", "this machine"),
        ("10.0.0.0/8", "a private network"),
        ("100.100.100.200/32", "a cloud's own service"),
        ("100.64.0.0/10", "a provider's inner network"),
        ("127.0.0.0/8", "this machine"),
        ("169.254.169.254/32", "a cloud's own service"),
        ("169.254.0.0/16", "the local link"),
        ("168.63.129.16/32", "a cloud's own service"),
        ("172.16.0.0/12", "a private network"),
        ("192.0.0.0/24", "a reserved network"),
        ("192.0.2.0/24", "a network for examples"),
        ("192.88.99.0/24", "a reserved network"),
        ("192.168.0.0/16", "a private network"),
        ("198.18.0.0/15", "a test network"),
        ("198.51.100.0/24", "a network for examples"),
        ("203.0.113.0/24", "a network for examples"),
        ("224.0.0.0/4", "many machines at once"),
        ("240.0.0.0/4", "a reserved network"),
    )
)
_PUBLIC_V6 = IPv6Network("2000::/3")
_REFUSED_V6 = tuple(
    (IPv6Network(network), why)
    for network, why in (
        ("::/128", "this machine"),
        ("::1/128", "this machine"),
        ("2001::/23", "a reserved network or a tunnel"),
        ("2001:db8::/32", "a network for examples"),
        ("2002::/16", "a tunnel"),
        ("3fff::/20", "a network for examples"),
        ("64:ff9b::/96", "a tunnel"),
        ("64:ff9b:1::/48", "a tunnel"),
        ("fc00::/7", "a private network"),
        ("fe80::/10", "the local link"),
        ("fec0::/10", "a private network"),
        ("ff00::/8", "many machines at once"),
    )
)
_IPV4_AT_THE_END = (
    IPv6Network("::/96"),  # IPv4-compatible
    IPv6Network("::ffff:0:0/96"),  # IPv4-mapped
    IPv6Network("::ffff:0:0:0/96"),  # IPv4-translated
    IPv6Network("64:ff9b::/96"),  # NAT64
    IPv6Network("64:ff9b:1::/48"),  # NAT64 within one network
)
_LAST_32_BITS = 0xFFFF_FFFF
_ISATAP_MARKS = frozenset({0x0000_5EFE, 0x0200_5EFE})
_NUMBER = re.compile(r"\d+|0x[0-9a-f]*", re.IGNORECASE)
_FULL_STOPS = str.maketrans("\u3002\uff0e\uff61", "...")
UNREADABLE = "nowhere that can be told"
"""What is answered for a host whose writing hides the address that it stands for."""

_LOCAL_NAMES = "localhost localdomain local internal home.arpa ip6-localhost ip6-loopback".split()


def refusal_of_address(address: str) -> str | None:
    """Return where an IP address leads that may not be connected to, or ``None`` for a public address."""
    try:
        if ":" in address:
            return _refusal_v6(address)
        return _refusal_v4(IPv4Address(address))
    except AddressValueError:
        return UNREADABLE


def refusal_of_host(host: str) -> str | None:
    """Return where a host as written in an address leads, when the writing alone shows that it is refused.

    A name that stands for a private address shows that only once it is resolved.
    """
    name = plain_host(host)
    if ":" in name or _ends_in_a_number(name):
        return refusal_of_address(name)
    if any(name == local or name.endswith(f".{local}") for local in _LOCAL_NAMES):
        return "this machine or a private network"
    return UNREADABLE if "%" in name else None


def is_opened(host: str, port: int, allow_hosts: AbstractSet[str]) -> bool:
    """Tell whether the settings open this host: by its name alone, with its port, or by its network."""
    name = plain_host(host)
    bracketed = f"[{name}]" if ":" in name else name
    return not allow_hosts.isdisjoint({name, bracketed, f"{bracketed}:{port}"}) or is_in_opened_network(
        name, allow_hosts
    )


def is_in_opened_network(address: str, allow_hosts: AbstractSet[str]) -> bool:
    """Tell whether the settings open a network, such as 10.0.0.0/8, that an address belongs to."""
    networks = [network for entry in allow_hosts if "/" in entry and (network := _network(entry))]
    if not networks:
        return False
    try:
        parsed = ip_address(address)
    except ValueError:  # a name: judged again by its addresses
        return False
    return any(parsed in network for network in networks)


def plain_host(host: str) -> str:
    """Return a host without brackets, closing dot, capitals and look-alike characters."""
    folded = unicodedata.normalize("NFKC", host.translate(_FULL_STOPS)).lower()
    return folded.strip().removeprefix("[").removesuffix("]").rstrip(".")


def embedded_addresses(address: IPv6Address) -> Iterator[IPv4Address]:
    """Yield the IPv4 addresses that an IPv6 address carries for gateways and tunnels."""
    number = int(address)
    last = IPv4Address(number & _LAST_32_BITS)
    if any(address in network for network in _IPV4_AT_THE_END):
        yield last
    if address.sixtofour is not None:
        yield address.sixtofour
    if address.teredo is not None:
        yield from address.teredo
    if (number >> 32) & _LAST_32_BITS in _ISATAP_MARKS:
        yield last


@cache
def _network(entry: str) -> IPv4Network | IPv6Network | None:
    try:
        return ip_network(entry)
    except ValueError:
        return None


def _refusal_v4(address: IPv4Address) -> str | None:
    return next((why for network, why in _REFUSED_V4 if address in network), None)


def _refusal_v6(text: str) -> str | None:
    if "%" in text:
        return "the local link"
    address = IPv6Address(text)
    inner = list(embedded_addresses(address))
    if inner:
        return next(filter(None, map(_refusal_v4, inner)), "an address inside another address")
    for network, why in _REFUSED_V6:
        if address in network:
            return why
    return None if address in _PUBLIC_V6 else "a reserved network"


def _ends_in_a_number(name: str) -> bool:
    # Browsers and C libraries read 127.1, 0x7f.1 and 2130706433 as IPv4 addresses; none of them is one.
    return bool(_NUMBER.fullmatch(name.rsplit(".", 1)[-1]))
