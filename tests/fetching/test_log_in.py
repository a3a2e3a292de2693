"""Logging in by form at websites that are strict about it."""

import asyncio
from typing import Any

import pytest

from hoistscraper.fetching.entrance import MOST_LOG_INS
from hoistscraper.fetching.errors import ConnectionRefused, Forbidden
from hoistscraper.fetching.log_in import FormLogIn
from hoistscraper.fetching.site_session import LogInFailed, SiteSession
from tests.fetching.conftest import carrying
from tests.sites import Exchange, Site
from tests.sites.answers import body, page, redirect
from tests.sites.calls import Call, CallsWebsite, some_calls
from tests.sites.members import LOG_IN_PAGE, PASSWORD, USER, FormSite, Members
from tests.sites.server import Answer

FINE = body(page("Calls", "Open calls for members. " * 20))


def form_session(site: Site, *, log_in_url: str | None = None, **changed: object) -> SiteSession:
    """Return a session that logs in by form."""
    url = log_in_url or site.url("/login")
    given: dict[str, Any] = {"user": USER, "password": PASSWORD, **changed}
    return SiteSession(
        site.url(),
        given="the user name and password",
        log_in=FormLogIn(url=url, **given),
        log_in_url=url,
        secrets=(str(given["password"]),),
    )


def members_site(calls: int = 3, **members: object) -> tuple[FormSite, Members]:
    """Return a website with a form, and who is let in."""
    door = Members(**members)  # type: ignore[arg-type]  # fields for one test
    return FormSite(CallsWebsite(some_calls(calls)), door), door


async def test_a_form_is_filled_in_with_its_token_box_and_button() -> None:
    site, members = members_site()
    async with site, carrying(form_session(site), site) as fetcher:
        got = await fetcher.fetch(site.url())
    assert "Open calls for proposals" in got.text
    assert (members.log_ins, members.refused) == (1, 0)


async def test_the_log_in_page_is_asked_for_though_robots_txt_forbids_it_to_robots() -> None:
    site, _ = members_site()
    async with site, carrying(form_session(site), site) as fetcher:
        await fetcher.fetch(site.url())
    assert site.visits("/login") == 1


async def test_a_wrong_password_is_tried_once_and_told_without_it() -> None:
    site, members = members_site()
    async with (
        site,
        carrying(form_session(site, password="marker-wrong"), site, attempts=4) as fetcher,
    ):
        with pytest.raises(LogInFailed, match="does not accept the user name and password") as failed:
            await fetcher.fetch(site.url())
        with pytest.raises(LogInFailed):
            await fetcher.fetch(site.url("/calls/1"))
    assert members.refused == 1
    assert "marker-wrong" not in str(failed.value)
    assert failed.value.__cause__ is None


@pytest.mark.parametrize("shows_form", [True, False])
async def test_an_ended_session_is_begun_anew_once_a_page(*, shows_form: bool) -> None:
    site, members = members_site(requests_a_session=3, shows_form=shows_form)
    async with site, carrying(form_session(site), site) as fetcher:
        got = [await fetcher.fetch(site.url(path)) for path in ("/", "/calls/1", "/calls/2", "/calls/3")]
    assert all("Log in" not in one.text for one in got)
    assert members.log_ins == 2


async def test_a_website_that_throws_us_out_again_and_again_is_left() -> None:
    site, members = members_site(requests_a_session=2)
    async with site, carrying(form_session(site), site) as fetcher:
        for _ in range(MOST_LOG_INS):
            await fetcher.fetch(site.url())
        with pytest.raises(LogInFailed, match=f"logged us out {MOST_LOG_INS} times"):
            await fetcher.fetch(site.url())
    assert members.log_ins == MOST_LOG_INS


async def test_a_log_in_that_changes_nothing_ends_the_visit() -> None:
    site, members = members_site(requests_a_session=1)
    async with site, carrying(form_session(site), site) as fetcher:
        with pytest.raises(LogInFailed, match="sends us to its log-in page"):
            await fetcher.fetch(site.url())
    assert members.log_ins == 2


async def test_pages_at_the_same_time_share_one_log_in() -> None:
    site, members = members_site(calls=8)
    async with site, carrying(form_session(site), site) as fetcher:
        await asyncio.gather(*(fetcher.fetch(site.url(f"/calls/{n}")) for n in range(1, 9)))
    assert members.log_ins == 1


async def test_the_password_is_not_sent_where_the_form_points_elsewhere() -> None:
    async with Site({"/take": FINE}, host="127.0.0.2") as thief:
        stealing = LOG_IN_PAGE.replace('"/session"', f'"{thief.url("/take")}"').format(
            name="", token="", message=""
        )
        site = Site({"/login": body(stealing)})
        async with site, carrying(form_session(site), site, thief) as fetcher:
            with pytest.raises(LogInFailed, match=r"127\.0\.0\.2.*was not sent"):
                await fetcher.fetch(site.url())
    assert not thief.requests


@pytest.mark.parametrize("status", [307, 308])
async def test_the_password_does_not_follow_a_redirect_to_another_host(status: int) -> None:
    async with Site({"/take": FINE}, host="127.0.0.2") as thief:
        form = LOG_IN_PAGE.format(name="", token="", message="")
        routes = {"/login": body(form), "/session": redirect(thief.url("/take"), status)}
        async with Site(routes) as site, carrying(form_session(site), site, thief) as fetcher:
            with pytest.raises(LogInFailed, match="was not sent"):
                await fetcher.fetch(site.url())
    assert not thief.requests


async def test_a_log_in_page_elsewhere_is_used_where_a_person_named_it() -> None:
    bodies: list[bytes] = []

    async def check(exchange: Exchange) -> None:
        bodies.append(exchange.request.body)
        await exchange.send(status=302, location=site.url(), set_cookie="sid=1; Path=/")

    form = LOG_IN_PAGE.format(name="", token="t", message="")
    async with Site({"/": FINE}) as site, Site({"/login": body(form), "/session": check}) as door:
        session = form_session(site, log_in_url=door.url("/login"))
        async with carrying(session, site, door) as fetcher:
            await fetcher.fetch(site.url())
    assert b"correct+horse" in bodies[0]
    assert site.requests[-1].headers["cookie"] == "sid=1"


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ("<p>Nothing here</p>", "no log-in form"),
        ('<form method="get"><input name="u"><input type="password" name="p"></form>', "web address"),
        ('<form><input name="u"><input type="password" name="p"></form>', "in a browser only"),
        ('<form method="post"><input type="password"></form>', "in a browser only"),
    ],
)
async def test_a_form_that_cannot_be_sent_safely_is_told(form: str, said: str) -> None:
    site = Site({"/login": body(f"<!doctype html><title>Log in</title>{form}")})
    async with site, carrying(form_session(site), site) as fetcher:
        with pytest.raises(LogInFailed, match=said):
            await fetcher.fetch(site.url())
    assert all(request.method == "GET" for request in site.requests)


@pytest.mark.parametrize(
    ("landing", "changed", "said"),
    [
        (body(page("Welcome")), {"success_text": "Log out"}, "does not show “Log out”"),
        (body('<input autocomplete="one-time-code">'), {}, "second proof"),
        (body("", status=422), {}, "does not accept"),
        (body("", status=401), {}, "does not accept"),
        (body("", status=302, location="/home?pw=correct+horse,+battery:+staple"), {}, "web addresses"),
    ],
)
async def test_a_log_in_that_leads_nowhere_is_told(
    landing: Answer, changed: dict[str, Any], said: str
) -> None:
    routes = {"/login": body(LOG_IN_PAGE.format(name="", token="", message="")), "/session": landing}
    async with Site(routes) as site, carrying(form_session(site, **changed), site) as fetcher:
        with pytest.raises(LogInFailed, match=said) as failed:
            await fetcher.fetch(site.url())
    assert PASSWORD not in str(failed.value)


@pytest.mark.parametrize("landing", [body(""), body("{}", kind="application/json")])
async def test_a_log_in_without_complaint_is_judged_by_the_pages(landing: Answer) -> None:
    routes = {
        "/": FINE,
        "/login": body(LOG_IN_PAGE.format(name="", token="", message="")),
        "/session": landing,
    }
    async with Site(routes) as site, carrying(form_session(site), site) as fetcher:
        assert (await fetcher.fetch(site.url())).status == 200


async def test_a_website_that_is_down_is_no_failed_log_in() -> None:
    async with Site({"/": FINE}) as site:
        session = form_session(site, log_in_url="http://127.0.0.1:1/login")
        async with carrying(session, allow_hosts=frozenset({"127.0.0.1"})) as fetcher:
            with pytest.raises(ConnectionRefused):
                await fetcher.fetch(site.url())
    assert session.failed_reason is None


async def test_one_page_that_members_may_not_see_costs_one_log_in_and_no_more() -> None:
    site, members = members_site(status_for_strangers=403)
    async with site, carrying(form_session(site), site) as fetcher:
        site._website.calls[0].status = site._website.calls[1].status = 403
        for path in ("/calls/1", "/calls/2"):
            with pytest.raises(Forbidden):
                await fetcher.fetch(site.url(path))
        await fetcher.fetch(site.url("/calls/3"))
    assert members.log_ins == 2


class OddWebsite(CallsWebsite):
    """One of its pages always asks for a log-in."""

    def detail(self, call: Call) -> str:
        form = LOG_IN_PAGE.format(name="Odd", token="", message="")
        return form if call.number == 1 else super().detail(call)


async def test_one_page_that_always_asks_for_a_log_in_is_its_own_failure() -> None:
    members = Members()
    site = FormSite(OddWebsite(some_calls(3)), members)
    async with site, carrying(form_session(site), site) as fetcher:
        await fetcher.fetch(site.url())
        odd = asyncio.create_task(fetcher.fetch(site.url("/calls/1")))
        while not odd.done():
            await fetcher.fetch(site.url("/calls/2"))
        with pytest.raises(Forbidden, match="though others let us in"):
            await odd
    assert members.log_ins <= 4
