"""Addresses from strangers, through every way in that there is.

``docs/security/egress.md`` names the proofs for the fetcher, redirects and every part of a page in a browser.
Here each address of a list is tried at every way in: the API, commands, imported lists, redirects, parts of
pages in a browser, proxies of the environment; and the ways that only settings open.
There are no webhooks yet.
"""

import json
import re
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from aiohttp import web
from yarl import URL

from hoistscraper.fetching.addresses import refusal_of_address, refusal_of_host
from hoistscraper.fetching.errors import AddressRefused, FetchError, UnsupportedAddress
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
from tests.cli.conftest import Run, run
from tests.fetching.browsing.conftest import browser_in
from tests.fetching.browsing.internet import Honeypot, Internet
from tests.fetching.conftest import fetcher_for
from tests.security.addresses import DIFFERENCES, REFUSED
from tests.sites import Site
from tests.sites.answers import body, page, redirect

__all__ = ["run"]

SAID = re.compile(
    r"not a public address \(it leads to .+\) .+ set HOIST_ALLOW_HOSTS=|no usual way to write an address"
)


@pytest.mark.parametrize("host", REFUSED)
def test_the_guard_refuses_it_by_its_writing_alone(host: str) -> None:
    assert refusal_of_host(host)


@pytest.mark.parametrize(
    "address", ["64:ff9b::808:808", "2002:808:808::", "::ffff:100.64.0.1", "fe80::1%eth0"]
)
def test_tunnels_and_gateways_lead_nowhere_even_to_public_addresses(address: str) -> None:
    assert refusal_of_address(address)


@pytest.mark.parametrize("way", ["/api/websites", "/api/websites/preview"])
async def test_it_is_refused_at_once_over_the_api(api: httpx.AsyncClient, way: str) -> None:
    for host in REFUSED:
        for address in (f"http://{host}/", f"https://{host}:8443/x"):
            answer = await api.post(way, json={"url": address})
            assert answer.status_code == 422, (address, answer.text)
            assert SAID.search(answer.json()["detail"]), address
    assert (await api.get("/api/websites")).json()["items"] == []


async def test_no_website_is_moved_there(api: httpx.AsyncClient) -> None:
    website = (await api.post("/api/websites", json={"url": "https://example.org/"})).json()["id"]
    moved = await api.patch(f"/api/websites/{website}", json={"url": "http://127.0.0.1/"})
    assert moved.status_code == 422
    assert (await api.get(f"/api/websites/{website}")).json()["url"] == "https://example.org/"


LOG_INS: tuple[dict[str, object], ...] = (
    {"kind": "form", "user": "ada", "password": "x"},
    {"kind": "recorded", "steps": "click #go"},
)


@pytest.mark.parametrize("log_in", LOG_INS, ids=["form", "recorded"])
async def test_no_log_in_begins_there_over_the_api(api: httpx.AsyncClient, log_in: dict[str, object]) -> None:
    website = (await api.post("/api/websites", json={"url": "http://example.org/"})).json()["id"]
    place = f"/api/websites/{website}/login"
    for host in REFUSED:
        for address in (f"http://{host}/login", f"https://{host}:8443/login"):
            answer = await api.put(place, json=log_in | {"log_in_url": address})
            assert answer.status_code == 422, (address, answer.text)
            assert SAID.search(answer.json()["detail"]), address
    assert (await api.get(place)).json()["kind"] is None


@pytest.mark.parametrize("kind", ["form", "recorded"])
def test_no_log_in_begins_there_by_a_command(run: Run, tmp_path: Path, kind: str) -> None:
    steps = tmp_path / "steps.txt"
    steps.write_text("click #go\n")
    run("website", "add", "http://example.org/")
    given = ("credential", "set", "http://example.org/", "--kind", kind, "--steps", str(steps))
    # No secret is asked for before: there is neither a terminal nor a file with one.
    for host in REFUSED:
        printed = run(*given, "--log-in-url", f"http://{host}/login", HOIST_ALLOW_HOSTS="")
        assert (printed.code, printed.out) == (1, ""), host
        assert SAID.search(" ".join(printed.err.split())), host
    opened = {"HOIST_ALLOW_HOSTS": "10.0.0.1", "HOIST_DATA_DIR": str(tmp_path)}
    file = tmp_path / "secrets.txt"
    file.write_text("ada\nx\n")
    taken = run(*given, "--log-in-url", "http://10.0.0.1/login", "--from-file", str(file), **opened)
    assert taken.code == 0, taken.err


def listed(folder: Path) -> Path:
    """Return a list of websites, one of which may be visited."""
    file = folder / "list.csv"
    file.write_text("url\n" + "".join(f"http://{host}/\n" for host in REFUSED) + "example.org\n")
    return file


async def test_its_row_of_a_list_is_refused(api: httpx.AsyncClient, tmp_path: Path) -> None:
    for dry_run in ("true", "false"):
        answer = await api.post(
            "/api/websites/import",
            params={"dry_run": dry_run},
            files={"file": ("list.csv", listed(tmp_path).read_bytes())},
        )
        report = answer.json()
        assert (report["added"], report["bad"]) == (1, len(REFUSED))
        assert all(SAID.search(row["reason"]) for row in report["rows"] if row["reason"])
    assert [w["url"] for w in (await api.get("/api/websites")).json()["items"]] == ["https://example.org/"]


def test_it_is_refused_at_once_by_commands(run: Run, tmp_path: Path) -> None:
    for host in REFUSED:
        address = f"http://{host}/"
        for command in (("website", "add"), ("scrape",), ("scrape", "--queue"), ("scrape", "--no-save")):
            printed = run(*command, address, HOIST_ALLOW_HOSTS="")
            assert (printed.code, printed.out) == (1, ""), (command, address)
            assert SAID.search(" ".join(printed.err.split())), (command, address)
    imported = run("website", "import", str(listed(tmp_path)))
    assert "\nAdded: 1; " in imported.out
    assert imported.out.endswith(f"; not taken: {len(REFUSED)}.\n")
    assert [website["url"] for website in json.loads(run("website", "list", "--json").out)] == [
        "https://example.org/"
    ]


def test_what_the_settings_open_is_taken(run: Run) -> None:
    for opened in ("10.0.0.1", "10.0.0.1:8080", "10.0.0.0/8"):
        added = run("website", "add", f"http://10.0.0.1:8080/{opened}", HOIST_ALLOW_HOSTS=opened)
        assert added.code == 0, added.err
    assert run("website", "add", "http://10.0.0.2/", HOIST_ALLOW_HOSTS="10.0.0.1").code == 1


async def test_no_redirect_leads_there() -> None:
    leading = {f"/{number}": redirect(f"http://{host}/") for number, host in enumerate(REFUSED)}
    async with Site(leading) as site, fetcher_for(site) as fetcher:
        for path, host in zip(leading, REFUSED, strict=True):
            with pytest.raises(FetchError) as refused:
                await fetcher.fetch(site.url(path))
            assert isinstance(refused.value, AddressRefused | UnsupportedAddress), host


@pytest.mark.usefixtures("real_browser")
async def test_no_part_of_a_page_in_a_browser_leads_there() -> None:
    leading = {f"/{number}": redirect(f"http://{host}/") for number, host in enumerate(REFUSED)}
    frames = "".join(f'<iframe src="{path}"></iframe>' for path in leading)
    addresses = [f"{scheme}://{host}:8443/" for host in REFUSED for scheme in ("http", "https", "ws")]
    script = (
        f"for (const address of {json.dumps(addresses)}) try {{"
        'address.startsWith("ws") ? new WebSocket(address) : fetch(address, {mode: "no-cors"}).catch(() => 0)'
        "} catch {}"
    )
    shown = body(page("Calls", f"{frames}<script>{script}</script>"))
    async with Site({"/": shown, **leading}) as site:
        # A name that is not known leads nowhere; a number leads to itself, and is noted.
        internet = Internet({"portal.example": ["8.8.8.8"]}, {"8.8.8.8": site})
        async with browser_in(internet) as browser:
            rendered = await browser.render("http://portal.example/", website="portal")
    assert "Calls" in rendered.html
    assert all(site.visits(path) for path in leading)
    assert set(internet.dialled) == {"8.8.8.8"}


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
    added = await api.post("/api/websites", json={"url": url})
    assert added.status_code in {201, 422}, added.text
    if added.status_code == 201:  # another one than the honeypot was read
        assert refusal_of_host(URL(added.json()["url"]).host or "") is None


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


@pytest.mark.parametrize("host", ["127.0.0.2", "2130706434", "0177.0.0.2", "[::ffff:127.0.0.2]"])
async def test_no_proxy_of_the_environment_is_believed(
    pot: Honeypot, monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy", "HTTPS_PROXY"):
        monkeypatch.setenv(name, f"http://{host}:{pot.port}")
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
