"""Whatever a page tries, nothing private is touched: not by name, number, redirect, socket or worker."""

import asyncio
from base64 import b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from hashlib import sha1

import pytest

from hoistscraper.fetching.browsing.limits import RenderLimits
from hoistscraper.fetching.errors import AddressRefused, FetchError, UnsupportedAddress
from tests.fetching.browsing.conftest import VisitsBrowser, browser_for, browser_in
from tests.fetching.browsing.internet import Honeypot, Internet
from tests.sites import Exchange, Site

PORTAL = "http://portal.example/"
_QUIET = RenderLimits(timeout_seconds=15, quiet_seconds=0.5)
_PAGE = "<!doctype html><title>Portal</title><h1>Calls</h1>{}<p id=end></p>"

_SUBRESOURCES = """
<img src="http://{pot}/img"><script src="http://{pot}/script"></script>
<link rel=stylesheet href="http://{pot}/style"><link rel=preload as=fetch href="http://{pot}/preload">
<link rel=prefetch href="http://{pot}/prefetch"><link rel=dns-prefetch href="//{pot}">
<link rel=preconnect href="http://{pot}"><iframe src="http://{pot}/iframe"></iframe>
<object data="http://{pot}/object"></object><embed src="http://{pot}/embed">
<video src="http://{pot}/video"></video><audio src="http://{pot}/audio"></audio>
<form id=f action="http://{pot}/form" method=post target=frame></form><iframe name=frame></iframe>
<script>document.getElementById('f').submit()</script>
<style>@import url(http://{pot}/import); h1 {{ background: url(http://{pot}/background); }}
@font-face {{ font-family: f; src: url(http://{pot}/face); }} h1 {{ font-family: f; }}</style>
<link rel=modulepreload href="http://{pot}/module.mjs"><link rel=prerender href="http://{pot}/prerender">
<link rel=icon href="http://{pot}/icon"><link rel=manifest href="http://{pot}/manifest">
<iframe srcdoc="<script src='http://{pot}/srcdoc'></script>"></iframe>
<iframe src="data:text/html,<script src='http://{pot}/data'></script>"></iframe>
<script type=speculationrules>{{"prefetch": [{{"source": "list", "urls": ["http://{pot}/speculated"]}}],
"prerender": [{{"source": "list", "urls": ["http://{pot}/prerendered"]}}]}}</script>
<a id=ping href="#end" ping="http://{pot}/ping"></a><script>document.getElementById("ping").click()</script>"""
_SCRIPTED = """<script>
const pot = "{pot}";
const quietly = promise => promise.catch(() => 0);
quietly(fetch(`http://${{pot}}/fetch`));
quietly(fetch(`http://${{pot}}/no-cors`, {{mode: "no-cors"}}));
quietly(fetch(`https://${{pot}}/tls`));
quietly(fetch("/redirects-to-the-honeypot"));
const request = new XMLHttpRequest();
request.open("POST", `http://${{pot}}/xhr`); request.send("x");
navigator.sendBeacon(`http://${{pot}}/beacon`, "x");
new EventSource(`http://${{pot}}/events`);
new WebSocket(`ws://${{pot}}/socket`);
new WebSocket(`wss://${{pot}}/tls-socket`);
new Worker(URL.createObjectURL(new Blob([
  `fetch("http://${{pot}}/worker").catch(() => 0); new WebSocket("ws://${{pot}}/worker-socket")`])));
new SharedWorker(URL.createObjectURL(new Blob([`fetch("http://${{pot}}/shared-worker").catch(() => 0)`])));
import(`http://${{pot}}/module.mjs`).catch(() => 0);
window.open(`http://${{pot}}/popup`);
</script>"""
_DATAGRAMS = """<script>
const pot = "{pot}";
const peer = new RTCPeerConnection({{iceServers: [
  {{urls: `stun:${{pot}}`}}, {{urls: `turn:${{pot}}?transport=udp`, username: "u", credential: "c"}},
  {{urls: `turn:${{pot}}?transport=tcp`, username: "u", credential: "c"}}]}});
peer.createDataChannel("x");
peer.createOffer().then(offer => peer.setLocalDescription(offer));
try {{ new WebTransport(`https://${{pot}}/transport`).ready.catch(() => 0); }} catch {{}}
</script>"""
_SERVICE_WORKER = """<script>
navigator.serviceWorker?.register("/service-worker.js").then(() => document.title = "Registered", () => 0);
</script>"""


class Portal(Site):
    """A website whose page holds whatever a test wants, and that sends readers to a honeypot."""

    def __init__(self, content: str, target: str) -> None:
        super().__init__({})
        self._content = content
        self._target = target

    async def answer(self, exchange: Exchange) -> None:
        path = exchange.request.path
        if path == "/redirects-to-the-honeypot":
            await exchange.send(status=302, location=self._target)
        elif path == "/socket":
            key = exchange.request.headers["sec-websocket-key"] + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
            accepted = b64encode(sha1(key.encode()).digest()).decode()  # noqa: S324 - as RFC 6455 has it
            agreed = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Accept": accepted}
            await exchange.send_head(101, agreed)
            await exchange.send_raw(b"\x81\x05hello")
        elif path == "/service-worker.js":
            script = f"self.oninstall = () => fetch('{self._target}')"
            await exchange.send(script, kind="text/javascript")
        else:
            await exchange.send(_PAGE.format(self._content))


@asynccontextmanager
async def reading(portal: Portal) -> AsyncIterator[VisitsBrowser]:
    """Serve the portal at a public address, and open a browser for it."""
    names = {"portal.example": ["8.8.8.8"], "inner.example": ["127.0.0.2"]}
    async with portal, browser_in(Internet(names, {"8.8.8.8": portal})) as browser:
        yield browser


_SPELLINGS = {
    "name": "inner.example",
    "decimal": "2130706434",
    "octal": "0177.0.0.2",
    "hexadecimal": "0x7f000002",
    "mapped": "[::ffff:127.0.0.2]",
}


@pytest.fixture(params=["127.0.0.1", "127.0.0.2", "::1", *_SPELLINGS])
async def honeypot(request: pytest.FixtureRequest) -> AsyncIterator[tuple[Honeypot, str]]:
    """A honeypot, and how a page writes its address: as a number in many ways, or as a name."""
    spelling = _SPELLINGS.get(request.param)
    async with Honeypot("127.0.0.2" if spelling else request.param) as pot:
        yield pot, f"{spelling}:{pot.port}" if spelling else pot.authority


@pytest.mark.parametrize("attack", [_SUBRESOURCES, _SCRIPTED, _DATAGRAMS, _SERVICE_WORKER])
async def test_no_part_of_a_page_reaches_a_private_address(
    honeypot: tuple[Honeypot, str], attack: str
) -> None:
    pot, authority = honeypot
    async with reading(Portal(attack.format(pot=authority), f"http://{authority}/")) as browser:
        rendered = await browser.render(PORTAL, website="portal", limits=_QUIET)
        assert "<h1>Calls</h1>" in rendered.html
        assert "secret" not in rendered.html
    assert pot.touched == []


@pytest.mark.parametrize("attack", [_SUBRESOURCES, _SCRIPTED])
async def test_the_honeypot_notices_whom_the_guard_lets_through(attack: str) -> None:
    # Without this, the tests around it would prove nothing.
    async with Honeypot() as pot, Portal(attack.format(pot=pot.authority), "") as portal:
        opened = f"{portal.authority},{pot.authority}"
        async with browser_for(portal, allow_hosts=opened) as browser:
            await browser.render(portal.url(), website="portal", limits=_QUIET)
    assert len(pot.touched) > 3


@pytest.mark.parametrize(
    "target", ["http://127.0.0.2:{port}/", "http://inner.example:{port}/", "http://[::1]/"]
)
async def test_a_redirect_to_a_private_address_is_refused_in_words(target: str) -> None:
    async with Honeypot() as pot:
        async with reading(Portal("", target.format(port=pot.port))) as browser:
            with pytest.raises(AddressRefused, match="not a public address"):
                await browser.render(f"{PORTAL}redirects-to-the-honeypot", website="portal")
        assert pot.touched == []


@pytest.mark.parametrize(
    "leading",
    [
        "<script>location.href = '{target}'</script>",
        "<meta http-equiv=refresh content='0;url={target}'>",
        "<form method=post action='{target}'></form><script>document.forms[0].submit()</script>",
        "<script>setTimeout(() => location.replace('{target}'), 50)</script>",
    ],
)
async def test_a_page_that_leads_elsewhere_by_itself_gets_nowhere(leading: str) -> None:
    async with Honeypot() as pot:
        target = f"http://{pot.authority}/"
        async with reading(Portal(leading.format(target=target), target)) as browser:
            with pytest.raises(AddressRefused):
                await browser.render(PORTAL, website="portal")
        assert pot.touched == []


async def test_a_name_that_changes_its_address_after_the_page_gains_nothing() -> None:
    attack = "<script>for (let i = 0; i < 5; i++) fetch(`/?again=${i}`).catch(() => 0);</script>"
    async with Honeypot() as pot, Portal(attack, "") as portal:
        internet = Internet({"portal.example": ["8.8.8.8", "127.0.0.2"]}, {"8.8.8.8": portal})
        async with browser_in(internet) as browser:
            address = f"http://portal.example:{pot.port}/"
            rendered = await browser.render(address, website="portal", limits=_QUIET)
            assert "<h1>Calls</h1>" in rendered.html
        assert internet.asked["portal.example"] > 1
        assert pot.touched == []
        assert set(internet.dialled) == {"8.8.8.8"}


@pytest.mark.parametrize(
    "url", ["http://127.0.0.2/", "http://localhost/", "http://[::ffff:7f00:2]/", "http://0x7f000002/"]
)
async def test_a_private_address_is_not_even_started_for(url: str) -> None:
    async with browser_in(Internet({}, {})) as browser:
        with pytest.raises(AddressRefused):
            await browser.render(url, website="x")
        assert browser.started == 0


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "chrome://version",
        "about:blank",
        "data:text/html,x",
        "view-source:http://127.0.0.2/",
        "blob:http://127.0.0.2/1",
        "filesystem:http://127.0.0.2/x",
        "javascript:1",
        "ftp://127.0.0.2/",
        "ws://127.0.0.2/",
    ],
)
async def test_only_web_addresses_are_shown(url: str) -> None:
    async with browser_in(Internet({}, {})) as browser:
        with pytest.raises(UnsupportedAddress):
            await browser.render(url, website="x")
        assert browser.started == 0


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "chrome://version/",
        "view-source:http://portal.example/",
        "view-source:file:///etc/passwd",
        "data:text/html,<h1>elsewhere</h1>",
    ],
)
async def test_no_page_leads_to_the_files_of_this_machine(url: str) -> None:
    attack = f"<iframe src='{url}'></iframe><script>location.href = '{url}'; window.open('{url}');</script>"
    async with reading(Portal(attack, "")) as browser:
        rendered = await browser.render(PORTAL, website="portal", limits=_QUIET)
    assert rendered.final_url == PORTAL
    assert "root:" not in rendered.html


async def test_a_redirect_to_a_file_is_refused() -> None:
    async with reading(Portal("", "file:///etc/passwd")) as browser:
        with pytest.raises(FetchError):
            await browser.render(f"{PORTAL}redirects-to-the-honeypot", website="portal")


async def test_the_browser_has_no_errands_of_its_own_that_get_out() -> None:
    async with Portal("", "") as portal:
        internet = Internet({"portal.example": ["8.8.8.8"]}, {"8.8.8.8": portal})
        async with browser_in(internet) as browser:
            await browser.render(PORTAL, website="portal")
            await asyncio.gather(*(browser.render(PORTAL, website=f"portal {n}") for n in range(3)))
    assert set(internet.asked) == {"portal.example"}


async def test_a_websocket_to_a_public_website_works() -> None:
    talking = """<p id=said></p><script>
    new WebSocket("ws://portal.example/socket").onmessage = said =>
      document.getElementById("said").textContent = said.data;
    </script>"""
    async with reading(Portal(talking, "")) as browser:
        rendered = await browser.render(PORTAL, website="portal", limits=_QUIET)
    assert '<p id="said">hello</p>' in rendered.html


async def test_what_was_refused_is_known_of_the_website() -> None:
    async with (
        Honeypot() as pot,
        reading(Portal(f"<script src='http://{pot.authority}/'></script>", "")) as browser,
    ):
        await browser.render(PORTAL, website="portal", limits=_QUIET)
        (refusal,) = browser.refusals("portal")
        assert refusal.url == f"http://{pot.authority}/"
        assert browser.refusals("another") == ()
