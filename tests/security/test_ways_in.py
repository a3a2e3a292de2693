"""Addresses from strangers, through every way in that there is.

``docs/security/egress.md`` names the proofs for the fetcher, redirects and every part of a page in a browser.
Here stand what comes through the API, what parsers read differently, and the ways that only settings open.
There are no webhooks yet.
"""

from collections.abc import AsyncIterator

import httpx
import pytest
from aiohttp import web

from hoistscraper.fetching.addresses import refusal_of_address, refusal_of_host
from hoistscraper.fetching.errors import AddressRefused, FetchError
from hoistscraper.fetching.http import Fetcher
from hoistscraper.language_model.availability import Availability, Presence
from hoistscraper.language_model.client import ModelClient
from hoistscraper.language_model.errors import Declined
from hoistscraper.language_model.fields import GROUPS
from hoistscraper.language_model.passages import Passage
from hoistscraper.language_model.prompt import question_about
from hoistscraper.language_model.server import ModelServer, server_in
from hoistscraper.language_model.wire import connection_to
from hoistscraper.settings import CHANGEABLE, Settings
from tests.fetching.browsing.internet import Honeypot
from tests.fetching.conftest import fetcher_for
from tests.sites import Site
from tests.sites.answers import body, page, redirect

REFUSED = (
    "169.254.169.254 [::ffff:169.254.169.254] [::ffff:a9fe:a9fe] [64:ff9b::a9fe:a9fe] [64:ff9b:1::a9fe:a9fe] "
    "[2002:a9fe:a9fe::] [::] [::1] 0.0.0.0 0 100.64.0.1 100.127.255.254 10.0.0.1 127.1 2852039166 0xa9fea9fe "
    "0251.0376.0251.0376 025177524776 localhost localhost. LOCALHOST sub.localhost. printer.local "
    "metadata.google.internal ⓛⓞⓒⓐⓛⓗⓞⓢⓣ ①②⑦.⓪.⓪.① １２７.０.０.１ 127。0。0。1 ｌｏｃａｌｈｏｓｔ"
).split()

# Read one way by some parsers and another way by others; {pot} is the honeypot.
DIFFERENCES = (
    "http://example.org@{pot}/",
    "http://example.org:80@{pot}/",
    "http://example.org:x@{pot}/",
    "http://example.org\\@{pot}/",
    "http://{pot}\\@example.org/",
    "http://{pot}#@example.org/",
    "http://{pot}?@example.org/",
    "http://example.org#@{pot}/",
    "http:\\\\{pot}/",
    "http:/{pot}/",
    "http:{pot}/",
    "http:///{pot}/",
    "//{pot}/",
    "http://\t{pot}/",
    "http://127.0\t.0.2:{port}/",
    "ht\ntp://{pot}/",
    " http://{pot}/ ",
    "http://127.0.0.2%00.example.org:{port}/",
    "http://127.0.0.2%2f.example.org:{port}/",
    "http://127.0.0.2%23.example.org:{port}/",
    "http://127%2e0%2e0%2e2:{port}/",
    "http://%31%32%37.0.0.2:{port}/",
    "http://127.0.0.2.:{port}/",
    "http://127.0.0.2:0{port}/",
    "http://[::ffff:127.0.0.2]:{port}/",
    "http://[::ffff:127.0.0.2%25lo]:{port}/",
    "http://①②⑦.⓪.⓪.②:{port}/",
    "feed://{pot}/",
    "file://{pot}/etc/passwd",
    "file:///etc/passwd",
    "view-source:http://{pot}/",
    "jar:http://{pot}/!/",
    "gopher://{pot}/_GET%20/",
    "dict://{pot}/info",
    "ftp://{pot}/",
    "javascript:fetch('http://{pot}/')",
    "data:text/html,<img src=http://{pot}/>",
)


@pytest.mark.parametrize("host", REFUSED)
def test_the_guard_refuses_it_by_its_writing_alone(host: str) -> None:
    assert refusal_of_host(host)


@pytest.mark.parametrize(
    "address", ["64:ff9b::808:808", "2002:808:808::", "::ffff:100.64.0.1", "fe80::1%eth0"]
)
def test_tunnels_and_gateways_lead_nowhere_even_to_public_addresses(address: str) -> None:
    assert refusal_of_address(address)


@pytest.fixture
async def pot() -> AsyncIterator[Honeypot]:
    """What only this machine should reach."""
    async with Honeypot() as opened:
        yield opened


@pytest.mark.parametrize("address", DIFFERENCES)
async def test_no_parser_is_talked_into_reaching_it_over_the_api(
    api: httpx.AsyncClient, pot: Honeypot, address: str
) -> None:
    url = address.replace("{pot}", pot.authority).replace("{port}", str(pot.port))
    if "example.org" in url:  # nobody else's website is asked
        url = url.replace("example.org", "example.invalid")
    answer = await api.post("/api/websites/preview", json={"url": url})
    assert answer.status_code in {200, 422}, answer.text
    if answer.status_code == 200:
        assert answer.json()["error"]
        assert answer.json()["calls"] == []
    assert "secret" not in answer.text
    assert pot.touched == []


@pytest.mark.parametrize("address", DIFFERENCES)
async def test_no_redirect_talks_a_parser_into_it(pot: Honeypot, address: str) -> None:
    target = address.replace("{pot}", pot.authority).replace("{port}", str(pot.port)).strip()
    if "\n" in target:
        return
    leading = redirect(target.replace("example.org", "example.invalid"))
    async with Site({"/": leading}) as site, fetcher_for(site) as fetcher:
        try:
            got = await fetcher.fetch(site.url())
        except FetchError:
            pass
        else:  # it led back to the website that is open
            assert got.final_url.startswith(site.url())
            assert b"secret" not in got.content
    assert pot.touched == []


async def test_no_proxy_of_the_environment_is_believed(
    pot: Honeypot, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy", "HTTPS_PROXY"):
        monkeypatch.setenv(name, f"http://{pot.authority}")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    async with Site({"/": body(page("Calls"))}) as site, fetcher_for(site) as fetcher:
        assert b"Calls" in (await fetcher.fetch(site.url())).content
    closed = Settings(ollama_host=f"127.0.0.1:{pot.port + 1 if pot.port < 65_535 else 1}")
    await Presence(server_in(closed)).found_out()
    assert pot.touched == []


def test_what_leads_anywhere_is_set_by_who_runs_the_machine_alone() -> None:
    opening = {
        "ollama_host",
        "language_model_url",
        "language_model_api_key",
        "allow_hosts",
        "database_url",
        "redis_url",
        "trusted_proxies",
        "browser",
        "data_dir",
    }
    assert not opening & set(CHANGEABLE)


@pytest.mark.parametrize("ollama", [False, True])
async def test_a_language_models_server_cannot_send_us_elsewhere(*, pot: Honeypot, ollama: bool) -> None:
    asked = []

    async def answer(request: web.BaseRequest) -> web.Response:
        asked.append((request.method, request.path))
        raise web.HTTPTemporaryRedirect(f"http://{pot.authority}/")

    runner = web.ServerRunner(web.Server(answer))
    await runner.setup()
    place = web.TCPSite(runner, "127.0.0.1", 0)
    await place.start()
    server = _named(runner.addresses[0][1], ollama=ollama)
    assert await Presence(server).found_out() is not Availability.ANSWERS
    async with ModelClient(server, timeout_seconds=5) as client:
        with pytest.raises(Declined, match="sends us elsewhere"):
            await client.ask(question_about(GROUPS[0], [Passage(0, "Deadline: 15 March 2027")]))
    await runner.cleanup()
    told = [("GET", "/api/version"), ("POST", "/api/chat")]
    assert asked == (told if ollama else [("GET", "/v1/models"), ("POST", "/v1/chat/completions")])
    assert pot.touched == []


async def test_the_connection_to_a_language_model_leads_to_the_named_address_alone(pot: Honeypot) -> None:
    """Naming a server on this machine opens that one port, and nothing else for it."""
    async with connection_to(_named(9), timeout_seconds=5) as session:
        for address in (f"http://{pot.authority}/", "http://169.254.169.254/", "http://127.0.0.1:10/"):
            with pytest.raises(AddressRefused):
                await session.get(address)
    assert pot.touched == []


async def test_naming_a_language_model_opens_nothing_to_pages(pot: Honeypot) -> None:
    named = Settings(language_model_url=f"http://{pot.authority}/v1", attempts=1, pace_seconds=0)
    async with Fetcher(named) as fetcher:
        with pytest.raises(AddressRefused):
            await fetcher.fetch(f"http://{pot.authority}/")
    assert pot.touched == []


def _named(port: int, *, ollama: bool = False) -> ModelServer:
    where = (
        {"ollama_host": f"127.0.0.1:{port}"}
        if ollama
        else {"language_model_url": f"http://127.0.0.1:{port}/v1"}
    )
    server = server_in(Settings(**where, language_model_name="m"))  # type: ignore[arg-type]
    assert server is not None
    return server
