import asyncio

import pytest

from hoistscraper.fetching.errors import (
    AddressRefused,
    ConnectionLost,
    ConnectionRefused,
    DecompressionBomb,
    EmptyPage,
    FetchError,
    Forbidden,
    NotAPage,
    PageNotFound,
    RateLimited,
    RedirectLoop,
    ServerFailure,
    TimedOut,
    TooLarge,
    TooManyRedirects,
    UnexpectedStatus,
    UnknownHost,
    UnsupportedAddress,
)
from hoistscraper.fetching.http import Fetcher
from hoistscraper.fetching.page import Validators
from hoistscraper.fetching.statistics import Statistics
from hoistscraper.settings import Settings
from tests.fetching.conftest import fetcher_for
from tests.sites import Exchange, Site
from tests.sites.answers import body, page, redirect
from tests.sites.routes import FRENCH, LAST_MODIFIED


async def test_a_page_comes_with_all_that_is_known_of_it(site: Site, fetcher: Fetcher) -> None:
    got = await fetcher.fetch(site.url("/unchanged"))
    assert (got.url, got.final_url, got.status) == (site.url("/unchanged"), site.url("/unchanged"), 200)
    assert (got.media_type, got.charset) == ("text/html", "utf-8")
    assert got.validators == Validators('"v1"', LAST_MODIFIED)
    assert got.headers["content-type"] == "text/html; charset=utf-8"
    assert got.text == page("Same")
    assert got.wire_bytes == len(got.content)
    assert not got.not_modified


async def test_cookies_stay_with_the_connection(site: Site, fetcher: Fetcher) -> None:
    got = await fetcher.fetch(site.url("/cookie-and-page"))
    assert "set-cookie" not in got.headers


async def test_we_say_who_we_are_and_what_we_can_unpack(site: Site) -> None:
    async with fetcher_for(site, user_agent="HoistScraper/9 (+mailto:a@example.org)") as fetcher:
        await fetcher.fetch(site.url())
    asked = site.requests[-1].headers
    assert asked["user-agent"] == "HoistScraper/9 (+mailto:a@example.org)"
    assert asked["accept-encoding"] == "gzip, deflate, br, zstd"
    assert asked["accept"].startswith("text/html")
    assert "accept-language" in asked


@pytest.mark.parametrize(
    ("path", "kind", "requests"),
    [
        ("/401", Forbidden, 1),
        ("/403", Forbidden, 1),
        ("/404", PageNotFound, 1),
        ("/410", PageNotFound, 1),
        ("/418", UnexpectedStatus, 1),
        ("/429-for-an-hour", RateLimited, 1),
        ("/500", ServerFailure, 4),
        ("/501", ServerFailure, 1),
        ("/503", ServerFailure, 4),
        ("/redirect-to-private", AddressRefused, 1),
        ("/redirect-to-metadata", AddressRefused, 1),
        ("/redirect-to-number", AddressRefused, 1),
        ("/redirect-to-localhost", AddressRefused, 1),
        ("/refresh-to-private", AddressRefused, 1),
        ("/redirect-to-file", UnsupportedAddress, 1),
        ("/redirect-to-script", UnsupportedAddress, 1),
        ("/redirect-to-nowhere", UnexpectedStatus, 1),
        ("/redirect-loop", RedirectLoop, 2),
        ("/refresh-loop", RedirectLoop, 2),
        ("/huge", TooLarge, 1),
        ("/huge-unannounced", TooLarge, 1),
        ("/endless", TooLarge, 1),
        ("/gzip-bomb", DecompressionBomb, 1),
        ("/brotli-bomb", DecompressionBomb, 1),
        ("/zstandard-bomb", DecompressionBomb, 1),
        ("/gzip-broken", ConnectionLost, 4),
        ("/gzip-lie", ConnectionLost, 4),
        ("/unknown-packing", NotAPage, 1),
        ("/binary", NotAPage, 1),
        ("/picture", NotAPage, 1),
        ("/picture-as-page", NotAPage, 1),
        ("/empty", EmptyPage, 1),
        ("/blank", EmptyPage, 1),
        ("/cut", ConnectionLost, 4),
        ("/cut-in-a-chunk", ConnectionLost, 4),
        ("/cut-at-once", ConnectionLost, 8),
        ("/not-http", ConnectionLost, 4),
        ("/endless-header", ConnectionLost, 4),
    ],
)
async def test_each_failure_is_its_own_kind_and_asked_again_only_if_it_may_pass(
    site: Site, fetcher: Fetcher, path: str, kind: type[FetchError], requests: int
) -> None:
    with pytest.raises(kind) as failure:
        await fetcher.fetch(site.url(path))
    assert type(failure.value) is kind
    assert failure.value.message.endswith(".")
    assert "\n" not in failure.value.message
    assert failure.value.url.startswith(("http", "file", "javascript"))
    # Without a byte of an answer, the HTTP library takes the connection for a stale one and asks again.
    assert site.visits(path) == requests
    assert fetcher.statistics.requests == len(site.requests)


@pytest.mark.parametrize("path", ["/silent", "/drip"])
async def test_a_page_that_takes_too_long_is_given_up(site: Site, path: str) -> None:
    async with fetcher_for(site, timeout_seconds=0.1, respect_robots=False) as fetcher:
        with pytest.raises(TimedOut, match=r"within 0\.1 seconds"):
            await fetcher.fetch(site.url(path))
    assert site.visits(path) == 2


@pytest.mark.parametrize(
    "path", ["/500-three-times", "/cut-once", "/429-then-fine", "/cookie", "/redirect", "/refresh"]
)
async def test_what_passes_is_waited_for_and_followed(site: Site, fetcher: Fetcher, path: str) -> None:
    assert "Fine" in (await fetcher.fetch(site.url(path))).text


async def test_a_redirect_names_where_the_page_was_found(site: Site, fetcher: Fetcher) -> None:
    got = await fetcher.fetch(site.url("/redirect"))
    assert (got.url, got.final_url) == (site.url("/redirect"), site.url("/"))


@pytest.mark.parametrize("path", ["/gzip", "/deflate-raw", "/brotli", "/zstandard"])
async def test_packed_pages_are_unpacked(site: Site, fetcher: Fetcher, path: str) -> None:
    got = await fetcher.fetch(site.url(path))
    assert got.text == page("Packed")
    assert got.wire_bytes != len(got.content)


@pytest.mark.parametrize("path", ["/wrong-charset", "/latin-1", "/utf-16", "/utf-16-bare"])
async def test_text_is_right_whatever_the_website_says_of_it(site: Site, fetcher: Fetcher, path: str) -> None:
    assert (await fetcher.fetch(site.url(path))).text == FRENCH


async def test_nul_bytes_do_not_reach_the_text(site: Site, fetcher: Fetcher) -> None:
    got = await fetcher.fetch(site.url("/nul-bytes"))
    assert b"\x00" in got.content
    assert got.text == page("Nul bytes", "ab")


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("/pdf", "application/pdf"),
        ("/pdf-as-octets", "application/pdf"),
        ("/page-as-text", "text/html"),
        ("/page-without-type", "text/html"),
        ("/json", "application/json"),
        ("/feed", "application/xml"),
    ],
)
async def test_the_media_type_is_what_the_bytes_are(
    site: Site, fetcher: Fetcher, path: str, media_type: str
) -> None:
    assert (await fetcher.fetch(site.url(path))).media_type == media_type


async def test_documents_can_be_declined(site: Site, fetcher: Fetcher) -> None:
    with pytest.raises(NotAPage, match="document"):
        await fetcher.fetch(site.url("/pdf"), accept_documents=False)


@pytest.mark.parametrize("validators", [Validators('"v1"', None), Validators(None, LAST_MODIFIED)])
async def test_an_unchanged_page_is_not_sent_again(
    site: Site, fetcher: Fetcher, validators: Validators
) -> None:
    got = await fetcher.fetch(site.url("/unchanged"), validators=validators)
    assert got.not_modified
    assert (got.status, got.content) == (304, b"")
    assert got.validators.etag == '"v1"'
    assert fetcher.statistics.not_modified == 1


async def test_a_changed_page_is_sent_though_validators_were_given(site: Site, fetcher: Fetcher) -> None:
    got = await fetcher.fetch(site.url("/unchanged"), validators=Validators('"v0"', None))
    assert (got.status, got.not_modified) == (200, False)


async def test_a_long_chain_of_redirects_is_given_up(site: Site) -> None:
    async def onward(exchange: Exchange) -> None:
        step = int(exchange.request.path.partition("?")[2] or 0)
        await redirect(f"/onward?{step + 1}")(exchange)

    async with Site({"/onward": onward}) as chain, fetcher_for(chain, max_redirects=3) as fetcher:
        with pytest.raises(TooManyRedirects, match="more than 3 times"):
            await fetcher.fetch(chain.url("/onward"))
    assert len([r for r in chain.requests if r.path.startswith("/onward")]) == 4


async def test_a_host_that_wants_to_be_left_alone_is_not_asked_for_another_page(
    site: Site, fetcher: Fetcher
) -> None:
    with pytest.raises(RateLimited, match="60 minutes"):
        await fetcher.fetch(site.url("/429-for-an-hour"))
    with pytest.raises(RateLimited) as refused:
        await fetcher.fetch(site.url("/"))
    assert site.visits("/") == 0
    assert 3500 < (refused.value.retry_after_seconds or 0) <= 3600


async def test_a_refused_connection_is_tried_once_more() -> None:
    async with Site({}) as site:
        pass
    settings = Settings(allow_hosts=frozenset({site.authority}))
    with site.nobody_there():
        async with Fetcher(settings, backoff_seconds=0.001) as other:
            with pytest.raises(ConnectionRefused, match="refuses connections"):
                await other.fetch(site.url())
            assert other.statistics.retries == 1


async def test_an_unknown_host_is_asked_for_once(fetcher: Fetcher) -> None:
    with pytest.raises(UnknownHost, match=r"no-such-website\.invalid"):
        await fetcher.fetch("http://no-such-website.invalid/")
    assert fetcher.statistics.retries == 0


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "javascript:alert(1)", "ftp://example.org/", "data:text/html,x", "grants", ""],
)
async def test_what_is_no_web_address_is_never_asked_for(fetcher: Fetcher, url: str) -> None:
    with pytest.raises(UnsupportedAddress):
        await fetcher.fetch(url)
    assert fetcher.statistics == Statistics()


async def test_messages_hold_no_secrets_and_no_control_characters(fetcher: Fetcher) -> None:
    with pytest.raises(AddressRefused) as refused:
        await fetcher.fetch("http://user:secret@10.0.0.1/\x1b[31m?token=hidden")
    for secret in ("secret", "hidden", "\x1b"):
        assert secret not in refused.value.message


async def test_what_is_done_is_counted(site: Site, fetcher: Fetcher) -> None:
    await fetcher.fetch(site.url("/gzip"))
    await fetcher.fetch(site.url("/cut-once"))
    counted = fetcher.statistics
    assert (counted.requests, counted.retries) == (4, 1)
    assert counted.requests == len(site.requests)
    assert counted.bytes_received > 0


async def test_one_connection_serves_many_pages(site: Site) -> None:
    ports = set()

    async def note_port(exchange: Exchange) -> None:
        ports.add(exchange.writer.get_extra_info("peername")[1])
        await exchange.send(page("Fine"))

    async with Site({"/": note_port}) as counted, fetcher_for(counted) as fetcher:
        for _ in range(5):
            await fetcher.fetch(counted.url())
    assert len(ports) == 1


async def test_no_proxy_of_the_environment_is_used(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    async with fetcher_for(site) as fetcher:
        assert (await fetcher.fetch(site.url())).status == 200


async def test_a_cancelled_fetch_leaves_the_fetcher_usable(site: Site, fetcher: Fetcher) -> None:
    waiting = asyncio.create_task(fetcher.fetch(site.url("/silent")))
    await site.first_visit("/silent")
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert (await fetcher.fetch(site.url())).status == 200


async def test_a_page_at_the_limit_is_taken_and_a_byte_more_is_not() -> None:
    routes = {"/fits": body(b"<p>".ljust(1_000_000)), "/larger": body(b"<p>".ljust(1_000_001))}
    async with Site(routes) as sized, fetcher_for(sized) as fetcher:
        assert len((await fetcher.fetch(sized.url("/fits"))).content) == 1_000_000
        with pytest.raises(TooLarge):
            await fetcher.fetch(sized.url("/larger"))


async def test_a_fetcher_is_used_within_its_block() -> None:
    with pytest.raises(RuntimeError, match="async with"):
        await Fetcher(Settings(respect_robots=False, allow_hosts=frozenset({"127.0.0.1:1"}))).fetch(
            "http://127.0.0.1:1/"
        )
