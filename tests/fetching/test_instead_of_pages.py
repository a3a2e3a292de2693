"""What websites send beside a status that refuses the page: its beginning is kept, whatever it is."""

import gzip
from collections.abc import Awaitable, Callable

import pytest

from hoistscraper.fetching.errors import FetchError, Forbidden, PageNotFound, RateLimited, ServerFailure
from tests.fetching.conftest import fetcher_for
from tests.sites import Exchange, Site
from tests.sites.answers import body, page
from tests.sites.server import HTML

CAPTCHA = page("Just a moment...", "Verify you are human.")


async def failure_of(answer: Callable[[Exchange], Awaitable[None]], **changed: object) -> FetchError:
    """Return the failure of a page that is answered like this."""
    async with Site({"/": answer}) as site, fetcher_for(site, attempts=1, **changed) as fetcher:
        with pytest.raises(FetchError) as failed:
            await fetcher.fetch(site.url())
    return failed.value


@pytest.mark.parametrize(("status", "kind"), [(403, Forbidden), (429, RateLimited), (503, ServerFailure)])
async def test_what_is_said_beside_a_refusal_is_kept(status: int, kind: type[FetchError]) -> None:
    failure = await failure_of(body(CAPTCHA, status=status, retry_after="3"))
    assert isinstance(failure, kind)
    assert failure.instead
    assert (failure.instead.text, failure.instead.status) == (CAPTCHA, status)


async def test_a_page_that_is_not_there_says_nothing_more() -> None:
    failure = await failure_of(body(CAPTCHA, status=404))
    assert isinstance(failure, PageNotFound)
    assert failure.instead is None


@pytest.mark.parametrize(
    "answer",
    [
        body(b"\x89PNG", status=403, kind="image/png"),
        body(b"not packed", status=403, content_encoding="gzip"),
        body("x", status=403, content_encoding="unheard-of"),
        body("", status=403),
    ],
    ids=["picture", "damaged", "unknown packing", "empty"],
)
async def test_what_cannot_be_read_leaves_the_status_to_speak(
    answer: Callable[[Exchange], Awaitable[None]],
) -> None:
    failure = await failure_of(answer)
    assert isinstance(failure, Forbidden)
    assert failure.instead is None


async def endless(exchange: Exchange) -> None:
    """Refuse, and talk for ever."""
    await exchange.send_head(403, {"Content-Type": HTML, "Transfer-Encoding": "chunked"})
    piece = b"<p>and on</p>".ljust(4096)
    while True:
        await exchange.send_raw(b"%x\r\n%b\r\n" % (len(piece), piece))


async def hesitant(exchange: Exchange) -> None:
    """Refuse, and never say why."""
    await exchange.send_head(403, {"Content-Type": HTML, "Content-Length": "5000"})
    await exchange.wait_for_the_reader_to_leave()


@pytest.mark.parametrize(
    "answer",
    [endless, body(gzip.compress(b" x" * 30_000_000), status=403, content_encoding="gzip")],
    ids=["endless", "bomb"],
)
async def test_no_more_than_a_beginning_is_read(answer: Callable[[Exchange], Awaitable[None]]) -> None:
    failure = await failure_of(answer)
    assert isinstance(failure, Forbidden)
    assert failure.instead
    assert len(failure.instead.content) == 64_000


async def test_nobody_waits_long_for_a_reason() -> None:
    failure = await failure_of(hesitant, timeout_seconds=2)
    assert isinstance(failure, Forbidden)
    assert failure.instead is None
