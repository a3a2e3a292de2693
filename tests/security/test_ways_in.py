"""Addresses from strangers, through every way in that there is.

``docs/security/egress.md`` names the proofs for the fetcher, redirects and every part of a page in a browser.
Here stand what comes through the API, what parsers read differently, and the ways that only settings open.
There are no webhooks yet.
"""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from aiohttp import web

import hoistscraper
from hoistscraper.fetching.addresses import refusal_of_address, refusal_of_host
from hoistscraper.fetching.errors import FetchError
from hoistscraper.fetching.language_model import Availability, LanguageModel
from hoistscraper.settings import CHANGEABLE
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
    model = LanguageModel(f"127.0.0.1:{pot.port + 1 if pot.port < 65_535 else 1}")
    await model.found_out()
    assert pot.touched == []


def test_what_leads_anywhere_is_set_by_who_runs_the_machine_alone() -> None:
    opening = {
        "ollama_host",
        "allow_hosts",
        "database_url",
        "redis_url",
        "trusted_proxies",
        "browser",
        "data_dir",
    }
    assert not opening & set(CHANGEABLE)


async def test_a_language_models_server_cannot_send_us_elsewhere(pot: Honeypot) -> None:
    asked = []

    async def answer(request: web.BaseRequest) -> web.Response:
        asked.append((request.method, request.path))
        raise web.HTTPFound(f"http://{pot.authority}/")

    runner = web.ServerRunner(web.Server(answer))
    await runner.setup()
    place = web.TCPSite(runner, "127.0.0.1", 0)
    await place.start()
    port = runner.addresses[0][1]
    assert await LanguageModel(f"127.0.0.1:{port}").found_out() is not Availability.UNKNOWN
    await runner.cleanup()
    assert asked == [("GET", "/api/version")]
    assert pot.touched == []


def test_no_language_model_reads_pages_yet_so_that_nothing_can_be_injected() -> None:
    """Whoever lets one read them must prove that it changes nothing but proposed values with quotes."""
    folder = Path(hoistscraper.__file__).parent
    users = {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*.py")
        if "language_model import" in path.read_text()
    }
    assert users == {"api/parts.py", "cli/doctor.py"}
    for path in folder.rglob("*.py"):
        for speech in ("/api/generate", "/api/chat", "chat/completions", "import openai", "import ollama"):
            assert speech not in path.read_text(), path
