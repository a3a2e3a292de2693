import asyncio
import json
from urllib.parse import urljoin

import pytest

from hoistscraper.clock import now
from hoistscraper.fetching.browsing.browser import Browser
from hoistscraper.fetching.browsing.limits import RenderLimits
from hoistscraper.fetching.errors import (
    BrowserMissing,
    ConnectionLost,
    ConnectionRefused,
    FetchError,
    NotAPage,
    PageNotFound,
    RateLimited,
    RobotsForbidden,
    ServerFailure,
    TimedOut,
    TooLarge,
    UnknownHost,
)
from hoistscraper.fetching.http import Fetcher
from hoistscraper.sample_portal.calls import load_calls
from hoistscraper.sample_portal.server import serve
from hoistscraper.settings import Settings
from tests.fetching.browsing.conftest import VisitsBrowser, browser_for, browser_in
from tests.fetching.browsing.internet import Internet
from tests.fetching.browsing.pages import CALLS
from tests.fetching.conftest import settings_for
from tests.sites import Site
from tests.sites.certificates import self_signed
from tests.sites.routes import ROUTES

_MORE = ("load more", "plus d'appels")


async def test_a_page_filled_by_a_script_comes_filled(scripted: Site, browser: VisitsBrowser) -> None:
    rendered = await browser.render(scripted.url("/filled"), website="calls")
    assert "<article>Call for bridges</article><article>Call for bees</article>" in rendered.html
    assert (rendered.url, rendered.final_url) == (scripted.url("/filled"), scripted.url("/filled"))
    assert (rendered.status, rendered.is_settled, rendered.console_errors) == (200, True, 0)
    assert rendered.requests >= 2
    assert rendered.wire_bytes > 0
    assert rendered.headers["content-type"] == "text/html; charset=utf-8"


async def test_the_json_that_filled_it_is_kept(scripted: Site, browser: VisitsBrowser) -> None:
    rendered = await browser.render(scripted.url("/filled"), website="calls")
    (answer,) = rendered.xhr_json
    assert (answer.url, answer.media_type) == (scripted.url("/calls.json"), "application/json")
    assert json.loads(answer.text) == CALLS


async def test_json_is_kept_within_limits(scripted: Site, browser: VisitsBrowser) -> None:
    rendered = await browser.render(scripted.url("/many"), website="calls")
    assert len(rendered.xhr_json) == 20
    assert all("/calls.json" in answer.url for answer in rendered.xhr_json)


async def test_readers_take_it_for_any_other_page(scripted: Site, browser: VisitsBrowser) -> None:
    rendered = await browser.render(scripted.url("/moved"), website="calls")
    page = rendered.as_page()
    assert (page.url, page.final_url) == (scripted.url("/moved"), scripted.url("/filled"))
    assert (page.media_type, page.status) == ("text/html", 200)
    assert page.text == rendered.html
    assert "Call for bees" in page.text


async def test_the_sample_portals_script_page_is_read() -> None:
    async with serve(0) as portal, browser_for(allow_hosts=portal.url.split("/")[2]) as browser:
        (call,) = [call for call in load_calls(now().year) if call.layout == "script"]
        rendered = await browser.render(urljoin(portal.url, call.path), website="portal")
    assert call.title in rendered.html
    assert "facts.json" in rendered.xhr_json[0].url


async def test_scrolling_brings_what_only_scrolling_brings(scripted: Site, browser: VisitsBrowser) -> None:
    asked = scripted.url("/feed")
    once = await browser.render(asked, website="calls")
    assert "Call number 9." in once.html
    assert "Call number 10." not in once.html
    scrolled = await browser.render(asked, website="calls", limits=RenderLimits(scrolls=2))
    assert "Call number 29." in scrolled.html
    assert "Call number 30." not in scrolled.html
    everything = await browser.render(asked, website="calls", limits=RenderLimits(scrolls=50))
    assert "Call number 39." in everything.html
    assert scripted.visits("/nothing.json?from=30") == 1


async def test_a_button_that_says_more_is_pressed_as_often_as_allowed(
    scripted: Site, browser: VisitsBrowser
) -> None:
    asked = scripted.url("/button")
    once = await browser.render(asked, website="calls", limits=RenderLimits(clicks=1, more_words=_MORE))
    assert "Call number 1." in once.html
    assert "Call number 2." not in once.html
    often = await browser.render(asked, website="calls", limits=RenderLimits(clicks=9, more_words=_MORE))
    assert "Call number 3." in often.html
    assert scripted.visits("/elsewhere") == 0


async def test_without_words_nothing_is_pressed(scripted: Site, browser: VisitsBrowser) -> None:
    rendered = await browser.render(scripted.url("/button"), website="calls", limits=RenderLimits(clicks=9))
    assert "Call number 1." not in rendered.html


@pytest.mark.parametrize("path", ["/restless", "/waiting"])
async def test_a_page_that_never_rests_is_taken_as_it_is(
    scripted: Site, browser: VisitsBrowser, path: str
) -> None:
    limits = RenderLimits(settle_seconds=0.6, patience_seconds=5)
    rendered = await browser.render(scripted.url(path), website="calls", limits=limits)
    assert not rendered.is_settled
    assert path.strip("/").title() in rendered.html


async def test_a_request_that_never_ends_is_not_waited_for(scripted: Site, browser: VisitsBrowser) -> None:
    limits = RenderLimits(patience_seconds=0.3)
    rendered = await browser.render(scripted.url("/waiting"), website="calls", limits=limits)
    assert rendered.is_settled


async def test_dialogs_windows_and_questions_get_nowhere(scripted: Site, browser: VisitsBrowser) -> None:
    rendered = await browser.render(scripted.url("/mannerless"), website="calls")
    assert "<title>denied</title>" in rendered.html
    assert rendered.console_errors >= 2
    again = await browser.render(scripted.url("/"), website="calls")
    assert "Plain" in again.html


async def test_pictures_and_typefaces_are_not_loaded(scripted: Site, browser: VisitsBrowser) -> None:
    rendered = await browser.render(scripted.url("/pictures"), website="calls")
    assert "<title>Scripted</title>" in rendered.html
    loaded = {request.path for request in scripted.requests}
    assert loaded == {"/robots.txt", "/pictures", "/script.js"}


async def test_without_blocking_they_are(scripted: Site) -> None:
    settings = settings_for(scripted)
    async with (
        Fetcher(settings) as fetcher,
        VisitsBrowser(settings, fetcher.manners, blocking=False) as browser,
    ):
        await browser.render(scripted.url("/pictures"), website="calls")
    assert scripted.visits("/picture.png") == 1


async def test_we_say_who_we_are(scripted: Site) -> None:
    async with browser_for(scripted, user_agent="HoistScraper/9 (+mailto:a@example.org)") as browser:
        await browser.render(scripted.url(), website="calls")
    asked = scripted.requests[-1].headers["user-agent"]
    assert asked.endswith(" HoistScraper/9 (+mailto:a@example.org)")
    assert "Chrome/" in asked


async def _failure(browser: VisitsBrowser, url: str, **limited: float) -> FetchError:
    with pytest.raises(FetchError) as caught:
        await browser.render(url, website="calls", limits=RenderLimits(**limited))  # type: ignore[arg-type]
    return caught.value


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/missing", PageNotFound),
        ("/nothing-and-wrong", ServerFailure),
        ("/download", NotAPage),
        ("/forbidden-by-robots", RobotsForbidden),
        ("/to-forbidden", RobotsForbidden),
    ],
)
async def test_failures_are_those_of_any_other_fetch(
    scripted: Site, browser: VisitsBrowser, path: str, kind: type[FetchError]
) -> None:
    assert type(await _failure(browser, scripted.url(path))) is kind
    after = await browser.render(scripted.url("/filled"), website="calls")
    assert "Call for bees" in after.html
    assert browser.started == 1


async def test_what_robots_forbid_is_not_asked_for(scripted: Site, browser: VisitsBrowser) -> None:
    await _failure(browser, scripted.url("/to-forbidden"))
    assert scripted.visits("/forbidden-by-robots") == 0


async def test_a_website_that_wants_time_is_left_alone_by_both(scripted: Site) -> None:
    settings = settings_for(scripted)
    async with Fetcher(settings) as fetcher, VisitsBrowser(settings, fetcher.manners) as browser:
        assert isinstance(await _failure(browser, scripted.url("/later")), RateLimited)
        with pytest.raises(RateLimited):
            await fetcher.fetch(scripted.url("/"))
    assert scripted.visits("/") == 0


async def test_a_website_that_never_answers_is_given_up(scripted: Site, browser: VisitsBrowser) -> None:
    failure = await _failure(browser, scripted.url("/silent"), timeout_seconds=0.5)
    assert type(failure) is TimedOut
    assert browser.started == 1


async def test_a_page_that_never_comes_to_its_end_is_given_up(site: Site) -> None:
    async with browser_for(site) as browser:
        failure = await _failure(browser, site.url("/drip"), timeout_seconds=1, settle_seconds=1)
    assert type(failure) is TimedOut


async def test_a_page_that_grows_too_large_is_refused(scripted: Site, browser: VisitsBrowser) -> None:
    failure = await _failure(browser, scripted.url("/filled"), largest_page_bytes=50)
    assert type(failure) is TooLarge


async def test_nobody_there_is_told_apart_from_no_such_name(browser: VisitsBrowser) -> None:
    async with Site({}) as closed:
        pass
    with closed.nobody_there():
        async with browser_for(closed, respect_robots=False) as other:
            assert type(await _failure(other, closed.url())) is ConnectionRefused
    async with browser_in(Internet({}, {})) as other:
        assert type(await _failure(other, "http://nobody.example/")) is UnknownHost
        assert type(await _failure(other, "https://nobody.example/")) is UnknownHost


async def test_a_certificate_that_nobody_vouches_for_is_not_trusted() -> None:
    async with Site(ROUTES, tls=self_signed()) as site, browser_for(site, respect_robots=False) as browser:
        failure = await _failure(browser, site.url("/"))
    assert failure.kind == "tls-failure"


@pytest.mark.parametrize("path", ["/cut-at-once", "/cut", "/cut-in-a-chunk", "/not-http"])
async def test_an_answer_that_breaks_off_is_a_lost_connection(site: Site, path: str) -> None:
    async with browser_for(site) as browser:
        assert type(await _failure(browser, site.url(path))) is ConnectionLost


async def test_cookies_stay_within_a_website(scripted: Site, browser: VisitsBrowser) -> None:
    asked = scripted.url("/cookies")
    first = await browser.render(asked, website="one")
    second = await browser.render(asked, website="one")
    other = await browser.render(asked, website="two")
    assert "[][null]" in first.html
    assert "[seen=yes][1]" in second.html
    assert "[][null]" in other.html


async def test_what_a_website_keeps_can_be_forgotten(scripted: Site, browser: VisitsBrowser) -> None:
    asked = scripted.url("/cookies")
    await browser.render(asked, website="one")
    await browser.forget("one")
    forgotten = await browser.render(asked, website="one")
    assert "[][null]" in forgotten.html


async def test_pages_of_many_websites_are_shown_at_a_time(scripted: Site, browser: VisitsBrowser) -> None:
    shown = await asyncio.gather(
        *(browser.render(scripted.url("/slow"), website=f"website {n % 3}") for n in range(9))
    )
    assert all("Slow" in rendered.html for rendered in shown)
    assert browser.started == 1


async def test_a_browser_that_is_not_there_is_said_so() -> None:
    settings = Settings(browser="no-such-browser")
    with pytest.raises(BrowserMissing, match="no-such-browser"):
        async with Browser(settings):
            pass


async def test_a_program_that_is_no_browser_is_said_so(scripted: Site) -> None:
    async with browser_for(scripted, browser="/bin/true") as browser:
        assert type(await _failure(browser, scripted.url())) is BrowserMissing
