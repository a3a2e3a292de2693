"""Whose server may be put under load."""

import pytest

from hoistscraper.errors import Invalid, Refused, Unavailable
from hoistscraper.loadtest.permission import allowed_addresses, is_at_home


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("127.0.0.1", True),
        ("::1", True),
        ("10.1.2.3", True),
        ("192.168.0.9", True),
        ("fd00::1", True),
        ("::ffff:10.0.0.1", True),
        ("93.184.216.34", False),
        ("::ffff:93.184.216.34", False),
        ("169.254.169.254", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("2606:4700::1111", False),
    ],
)
def test_home_is_this_machine_and_private_networks(address: str, expected: bool) -> None:  # noqa: FBT001
    assert is_at_home(address) is expected


async def test_a_stranger_is_refused_unless_its_runner_says_so() -> None:
    with pytest.raises(Refused, match="--i-run-this-server"):
        await allowed_addresses("http://93.184.216.34:8000", is_mine=False)
    assert await allowed_addresses("http://93.184.216.34", is_mine=True) == ["93.184.216.34"]


async def test_an_address_that_is_none_is_told() -> None:
    for url in (
        "127.0.0.1:8000",
        "ftp://127.0.0.1",
        "http://",
        "http://127.0.0.1:99999",
        "http://127.0.0.1/api",
    ):
        with pytest.raises(Invalid, match="such as http://"):
            await allowed_addresses(url, is_mine=False)
    with pytest.raises(Unavailable, match="No machine is known"):
        await allowed_addresses("http://nowhere.invalid", is_mine=False)
