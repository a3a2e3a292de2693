"""Whatever leads there, the fetcher touches nothing private: by number, name, redirect or change of mind."""

import socket
from collections.abc import Mapping

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult

from hoistscraper.fetching import resolver
from hoistscraper.fetching.errors import AddressRefused, FetchError
from tests.fetching.browsing.internet import Honeypot
from tests.fetching.conftest import fetcher_for
from tests.sites import Site
from tests.sites.answers import body, page, redirect

SPELLINGS = (
    "127.0.0.2 127.2 2130706434 0x7f000002 0x7f.2 0177.0.0.2 017700000002 127.0.0.2. localhost inner.example "
    "[::1] [::ffff:127.0.0.2] [::ffff:7f00:2] [::127.0.0.2] [64:ff9b::7f00:2] [64:ff9b::127.0.0.2] "
    "[2002:7f00:2::1] [2001:0:7f00:2::] [fe80::1] [fe80::1%25lo] [fc00::1] [fd00::1] [::]"
).split()


class Names(AbstractResolver):
    """Names and where they lead; each question gets the next answer, and the last one for ever."""

    def __init__(self, names: Mapping[str, list[str]]) -> None:
        self.asked: list[str] = []
        self._names = names

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        answers = self._names.get(host, [host])
        answer = answers[min(self.asked.count(host), len(answers) - 1)]
        self.asked.append(host)
        return [ResolveResult(hostname=host, host=answer, port=port, family=family, proto=0, flags=0)]

    async def close(self) -> None:
        pass


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> Names:
    """The names that this machine knows."""
    known = Names({"inner.example": ["127.0.0.2"], "wavering.example": ["127.0.0.1", "127.0.0.2"]})
    monkeypatch.setattr(resolver, "DefaultResolver", lambda: known)
    return known


@pytest.mark.usefixtures("names")
@pytest.mark.parametrize("spelling", SPELLINGS)
async def test_no_spelling_of_a_private_address_is_fetched_nor_followed(spelling: str) -> None:
    async with Honeypot("::1" if spelling == "[::1]" else "127.0.0.2") as pot:
        target = f"http://{spelling}:{pot.port}/"
        async with Site({"/": redirect(target)}) as site, fetcher_for(site) as fetcher:
            for url in (target, site.url()):
                with pytest.raises(FetchError):
                    await fetcher.fetch(url)
        assert pot.touched == []


async def test_the_honeypot_notices_whom_the_guard_lets_through(names: Names) -> None:
    # Without this, the tests around it would prove nothing.
    async with Honeypot() as pot:
        target = f"http://inner.example:{pot.port}/"
        async with (
            Site({"/": redirect(target)}) as site,
            fetcher_for(allow_hosts=f"{site.authority},inner.example") as fetcher,
        ):
            await fetcher.fetch(site.url())
        assert len(pot.touched) == 2  # robots.txt and the page
    assert names.asked


@pytest.mark.usefixtures("names")
@pytest.mark.parametrize("host", ["127.0.0.2", "inner.example", "[::ffff:127.0.0.2]", "2130706434"])
async def test_no_refresh_of_a_page_leads_inside(host: str) -> None:
    async with Honeypot() as pot:
        leading = body(f"<meta http-equiv=refresh content='0;url=http://{host}:{pot.port}/'>")
        async with Site({"/": leading}) as site, fetcher_for(site) as fetcher:
            with pytest.raises(AddressRefused):
                await fetcher.fetch(site.url())
        assert pot.touched == []


async def test_what_was_judged_is_what_is_connected_to(names: Names) -> None:
    # The name leads to an opened website first, and to the honeypot ever after.
    async with Honeypot() as pot, Site({"/": body(page("Calls"))}) as site:
        name = f"wavering.example:{site.port}"
        async with fetcher_for(allow_hosts=name) as fetcher:
            await fetcher.fetch(f"http://{name}/")
            await fetcher.fetch(f"http://{name}/")
        assert pot.touched == []
    assert names.asked == ["wavering.example"]


async def test_a_name_that_leads_inside_by_then_is_refused(names: Names) -> None:
    async with Honeypot() as pot:
        async with fetcher_for() as fetcher:
            with pytest.raises(AddressRefused, match="not a public address"):
                await fetcher.fetch(f"http://inner.example:{pot.port}/")
        assert pot.touched == []
    assert names.asked == ["inner.example"]
