from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoistscraper.fetching.addresses import embedded_addresses, is_opened, refusal_of_address, refusal_of_host

PRIVATE_V4 = (
    "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 "
    "192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4 168.63.129.16/32"
).split()
PRIVATE_V6 = (
    "::/128 ::1/128 fc00::/7 fe80::/10 fec0::/10 ff00::/8 2001:db8::/32 2002::/16 2001::/32 64:ff9b::/96 "
    "64:ff9b:1::/48 100::/64 ::ffff:0:0/96 ::/96"
).split()


def _within(network: str) -> st.SearchStrategy[IPv4Address] | st.SearchStrategy[IPv6Address]:
    if ":" in network:
        v6 = IPv6Network(network)
        return st.integers(int(v6[0]), int(v6[-1])).map(IPv6Address)
    v4 = IPv4Network(network)
    return st.integers(int(v4[0]), int(v4[-1])).map(IPv4Address)


private_v4 = st.sampled_from(PRIVATE_V4).flatmap(_within)
private_v6 = st.sampled_from(PRIVATE_V6).flatmap(_within)


def _part(number: int, base: str) -> str:
    return {"decimal": f"{number}", "octal": f"0{number:o}", "hex": f"0x{number:x}", "HEX": f"0X{number:X}"}[
        base
    ]


@st.composite
def _any_writing(draw: st.DrawFn) -> str:
    """A private IPv4 address in one of the ways that C libraries and browsers read."""
    number = int(draw(private_v4))
    parts = draw(st.integers(1, 4))
    pieces = [number >> (24 - 8 * place) & 0xFF for place in range(parts - 1)]
    pieces.append(number & (1 << (8 * (5 - parts))) - 1)
    written = ".".join(
        _part(piece, draw(st.sampled_from(["decimal", "octal", "hex", "HEX"]))) for piece in pieces
    )
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    return draw(
        st.sampled_from([written, written + ".", written.translate(wide), written.replace(".", "。")])
    )


@given(_any_writing())
def test_no_private_address_passes_in_any_writing(host: str) -> None:
    assert refusal_of_host(host)


@given(private_v6)
def test_no_private_ipv6_address_passes_in_any_writing(address: IPv6Address) -> None:
    for host in (
        address.compressed,
        address.exploded,
        f"[{address}]",
        f"{address}%eth0",
        f"[{address}%25lo]",
    ):
        assert refusal_of_host(host)


@given(private_v4)
def test_no_private_address_passes_inside_another(address: IPv4Address) -> None:
    number = int(address)
    for carrier in (
        int(IPv6Address("::")) | number,
        int(IPv6Address("::ffff:0:0")) | number,
        int(IPv6Address("::ffff:0:0:0")) | number,
        int(IPv6Address("64:ff9b::")) | number,
        int(IPv6Address("64:ff9b:1::")) | number,
        int(IPv6Address("2002::")) | number << 80,
        int(IPv6Address("2001::")) | number ^ 0xFFFF_FFFF,
        int(IPv6Address("2a00:1450::5efe:0:0")) | number,
    ):
        assert address in embedded_addresses(IPv6Address(carrier))
        assert refusal_of_address(str(IPv6Address(carrier)))


@given(st.integers(0, 2**32 - 1).map(IPv4Address))
def test_what_python_knows_not_to_be_public_is_refused(address: IPv4Address) -> None:
    if not address.is_global:
        assert refusal_of_address(str(address))


@given(st.integers(0, 2**128 - 1).map(IPv6Address))
def test_ipv6_outside_the_public_range_is_refused(address: IPv6Address) -> None:
    if address not in IPv6Network("2000::/3"):
        assert refusal_of_address(str(address))


@pytest.mark.parametrize(
    "host",
    [
        "169.254.169.254", "fd00:ec2::254", "100.100.100.200", "168.63.129.16", "localhost", "localhost.",
        "LOCALHOST", "a.localhost", "2130706433", "0x7f.1", "127.1", "0177.0.0.1", "127%2e0.0.1", "①②⑦.⓪.⓪.①",
        "0", "::", "[::1]", "fe80::1%eth0", "255.255.255.255", "1.2.3.4.5", "1.2.3.256", "ip6-localhost",
    ],
)  # fmt: skip
def test_hosts_that_lead_inside_are_refused(host: str) -> None:
    assert refusal_of_host(host)


@pytest.mark.parametrize(
    "host",
    ["example.org", "8.8.8.8", "1.1.1.1", "2606:4700::1111", "[2a00:1450:4001::64]", "xn--bcher-kva.example"],
)
def test_public_hosts_pass(host: str) -> None:
    assert refusal_of_host(host) is None


def test_a_host_is_opened_by_name_or_with_one_port() -> None:
    assert is_opened("127.0.0.1", 8000, {"127.0.0.1"})
    assert is_opened("127.0.0.1", 8000, {"127.0.0.1:8000"})
    assert not is_opened("127.0.0.1", 8001, {"127.0.0.1:8000"})
    assert is_opened("Portal.Example.", 443, {"portal.example"})
    assert is_opened("::1", 80, {"[::1]:80"})
    assert not is_opened("127.0.0.2", 8000, {"127.0.0.1"})


def test_a_host_is_opened_by_its_network() -> None:
    assert is_opened("127.8.9.10", 8000, {"127.0.0.0/8"})
    assert is_opened("[fd00::7]", 443, {"fd00::/8"})
    assert not is_opened("128.0.0.1", 8000, {"127.0.0.0/8"})
    assert not is_opened("portal.example", 80, {"127.0.0.0/8"})
    assert not is_opened("[::ffff:127.0.0.1]", 80, {"127.0.0.0/8"})
