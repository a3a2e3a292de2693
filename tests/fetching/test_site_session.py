"""What a session carries goes to its own website and to nobody else."""

import pytest
from yarl import URL

from hoistscraper.fetching.errors import AddressRefused, Forbidden
from hoistscraper.fetching.http import Fetcher
from hoistscraper.fetching.site_session import LogInFailed, SiteSession
from tests.fetching.conftest import carrying, settings_for
from tests.sites import Exchange, Site
from tests.sites.answers import body, page, redirect
from tests.sites.certificates import authority

KEY = "marker-key-93571"
FINE = body(page("Fine", "Open calls for members. " * 20))


def session_of(url: str) -> SiteSession:
    """Return a session with a header and a cookie."""
    return SiteSession(
        url, given="the header X-Key", headers={"X-Key": KEY}, cookies={"sid": KEY}, secrets=(KEY,)
    )


def saw_secret(site: Site) -> bool:
    """Whether any request to a site had the secret in it."""
    return any(KEY in str(request) for request in site.requests)


async def test_the_website_itself_gets_header_and_cookie() -> None:
    async with Site({"/": FINE}) as site, carrying(session_of(site.url()), site) as fetcher:
        await fetcher.fetch(site.url())
    asked = site.requests[-1].headers
    assert (asked["x-key"], asked["cookie"]) == (KEY, f"sid={KEY}")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_redirect_takes_nothing_to_another_host(status: int) -> None:
    async with (
        Site({"/": FINE}, host="127.0.0.2") as thief,
        Site({"/": redirect(thief.url(), status)}) as site,
        carrying(session_of(site.url()), site, thief) as fetcher,
    ):
        if True:
            await fetcher.fetch(site.url())
    assert saw_secret(site)
    assert thief.requests
    assert not saw_secret(thief)


async def test_another_port_of_the_host_is_another_website() -> None:
    async with (
        Site({"/": FINE}) as other,
        Site({"/": redirect(other.url())}) as site,
        carrying(session_of(site.url()), site, other) as fetcher,
    ):
        await fetcher.fetch(site.url())
        await fetcher.fetch(other.url())
    assert not saw_secret(other)


async def test_a_secure_website_gets_nothing_without_encryption() -> None:
    vouching = authority()
    async with (
        Site({"/": FINE}) as plain,
        Site({"/": redirect(plain.url())}, tls=vouching.serve()) as site,
        Fetcher(settings_for(site, plain), tls=vouching.trust(), session=session_of(site.url())) as fetcher,
    ):
        await fetcher.fetch(site.url())
    assert saw_secret(site)
    assert not saw_secret(plain)


def test_the_same_host_over_tls_is_the_same_website_but_never_the_other_way() -> None:
    plain, secure = session_of("http://example.org/calls"), session_of("https://example.org/calls")
    assert plain.is_for(URL("https://example.org/"))
    assert not secure.is_for(URL("http://example.org/"))
    assert not plain.is_for(URL("http://www.example.org/"))
    assert not plain.is_for(URL("http://example.org.evil.example/"))
    assert not session_of("http://example.org:8080/").is_for(URL("https://example.org/"))


async def test_cookies_that_the_website_sets_stay_for_the_visit_and_with_it() -> None:
    sets = body(page("Fine"), set_cookie="cart=marker-cart; Domain=127.0.0.1; Path=/")
    async with (
        Site({"/": FINE}, host="127.0.0.2") as other,
        Site({"/": sets, "/next": FINE}) as site,
        carrying(session_of(site.url()), site, other) as fetcher,
    ):
        await fetcher.fetch(site.url())
        await fetcher.fetch(site.url("/next"))
        await fetcher.fetch(other.url())
    assert "cart=marker-cart" in site.requests[-1].headers["cookie"]
    assert "cookie" not in other.requests[-1].headers


async def test_cookie_values_are_sent_as_they_were_given() -> None:
    odd = "a=b/c==&d:e%20"
    async with Site({"/": FINE}) as site:
        session = SiteSession(site.url(), given="the cookies", cookies={"sid": odd})
        async with carrying(session, site) as fetcher:
            await fetcher.fetch(site.url())
    assert site.requests[-1].headers["cookie"] == f"sid={odd}"


async def test_a_name_in_a_link_does_not_replace_what_is_carried() -> None:
    async with Site({"/": FINE}) as site, carrying(session_of(site.url()), site) as fetcher:
        await fetcher.fetch(site.url().replace("//", "//somebody:else@"))
    assert site.requests[-1].headers["x-key"] == KEY
    assert "authorization" not in site.requests[-1].headers


async def test_an_address_that_shows_the_secret_is_not_followed() -> None:
    async def echo(exchange: Exchange) -> None:
        await exchange.send(status=302, location=f"/seen?k={exchange.request.headers['x-key']}")

    site = Site({"/": echo, "/seen": FINE})
    async with site, carrying(session_of(site.url()), site) as fetcher:
        with pytest.raises(AddressRefused) as refused:
            await fetcher.fetch(site.url())
    assert KEY not in f"{refused.value} {refused.value.url}"


async def test_a_website_that_does_not_take_the_header_ends_the_visit_in_words() -> None:
    async with Site({"/": body("", status=401), "/next": FINE}) as site:
        session = session_of(site.url())
        async with carrying(session, site) as fetcher:
            with pytest.raises(LogInFailed, match=r"the header X-Key.*status 401.*credential set"):
                await fetcher.fetch(site.url())
            with pytest.raises(LogInFailed):
                await fetcher.fetch(site.url("/next"))
    assert site.visits("/next") == 0
    assert (session.is_verified, bool(session.failed_reason)) == (False, True)


async def test_one_forbidden_page_is_its_own_failure() -> None:
    async with Site({"/": FINE, "/secret": body("", status=403)}) as site:
        session = session_of(site.url())
        async with carrying(session, site) as fetcher:
            await fetcher.fetch(site.url())
            with pytest.raises(Forbidden):
                await fetcher.fetch(site.url("/secret"))
            await fetcher.fetch(site.url())
    assert session.is_verified


@pytest.mark.parametrize("path", ["/logout", "/user/logout.php", "/?action=logout", "/login"])
async def test_links_that_lead_in_or_out_are_never_asked_for(path: str) -> None:
    async with Site({"/": FINE}) as site, carrying(session_of(site.url("/calls")), site) as fetcher:
        with pytest.raises(Forbidden):
            await fetcher.fetch(site.url(path))
    assert site.visits(path) == 0


def test_a_session_shows_nothing_of_what_it_carries() -> None:
    session = session_of("https://example.org/")
    assert KEY not in f"{session!r} {session}"


async def test_without_a_session_a_log_in_page_is_a_page_like_any_other(site: Site, fetcher: Fetcher) -> None:
    assert (await fetcher.fetch(site.url())).status == 200
