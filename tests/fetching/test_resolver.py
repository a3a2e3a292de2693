import socket

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult

from hoistscraper.fetching.errors import AddressRefused
from hoistscraper.fetching.resolver import GuardedResolver


class NamesOf(AbstractResolver):
    """A name server whose answers change from one question to the next."""

    def __init__(self, *answers: list[str]) -> None:
        self._answers = list(answers)

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        return [
            ResolveResult(hostname=host, host=address, port=port, family=family, proto=0, flags=0)
            for address in self._answers.pop(0)
        ]

    async def close(self) -> None:
        pass


async def _addresses(resolver: GuardedResolver, host: str = "portal.example", port: int = 80) -> list[str]:
    return [found["host"] for found in await resolver.resolve(host, port)]


async def test_a_name_with_private_addresses_only_is_refused() -> None:
    resolver = GuardedResolver(frozenset(), NamesOf(["10.0.0.1", "::1"]))
    with pytest.raises(AddressRefused, match=r"portal\.example .* private network"):
        await resolver.resolve("portal.example", 80)


async def test_of_a_mixture_the_public_addresses_are_used() -> None:
    resolver = GuardedResolver(
        frozenset(), NamesOf(["127.0.0.1", "8.8.8.8", "fe80::1%eth0", "2606:4700::1111"])
    )
    assert await _addresses(resolver) == ["8.8.8.8", "2606:4700::1111"]


async def test_a_name_that_changes_its_address_gains_nothing() -> None:
    resolver = GuardedResolver(frozenset(), NamesOf(["8.8.8.8"], ["169.254.169.254"]))
    assert await _addresses(resolver) == ["8.8.8.8"]
    with pytest.raises(AddressRefused):
        await resolver.resolve("portal.example", 80)


async def test_an_opened_host_may_be_private_and_no_other() -> None:
    resolver = GuardedResolver({"portal.example:8000"}, NamesOf(["127.0.0.1"], ["127.0.0.1"], ["127.0.0.1"]))
    assert await _addresses(resolver, "Portal.Example", 8000) == ["127.0.0.1"]
    for host, port in (("portal.example", 80), ("other.example", 8000)):
        with pytest.raises(AddressRefused):
            await resolver.resolve(host, port)


async def test_an_opened_network_opens_the_names_that_lead_into_it_and_no_others() -> None:
    resolver = GuardedResolver({"10.0.0.0/8"}, NamesOf(["10.1.2.3", "192.168.0.1"], ["192.168.0.1"]))
    assert await _addresses(resolver) == ["10.1.2.3"]
    with pytest.raises(AddressRefused):
        await resolver.resolve("portal.example", 80)
