from asyncio import StreamReader, StreamWriter, start_server
from datetime import timedelta
from ssl import SSLContext, TLSVersion

import pytest

from hoistscraper.fetching.errors import ConnectionLost, TLSFailure
from hoistscraper.fetching.http import Fetcher
from hoistscraper.settings import Settings
from tests.fetching.conftest import fetcher_for, settings_for
from tests.sites import Site
from tests.sites.certificates import Authority, authority, self_signed
from tests.sites.routes import ROUTES


@pytest.fixture(scope="module")
def known() -> Authority:
    """An authority that our fetcher trusts."""
    return authority()


async def _failure(serve: SSLContext, trust: SSLContext | None) -> TLSFailure:
    async with Site(ROUTES, tls=serve) as site, Fetcher(settings_for(site), tls=trust) as fetcher:
        with pytest.raises(TLSFailure) as failure:
            await fetcher.fetch(site.url())
        assert fetcher.statistics.retries == 0
    return failure.value


async def test_a_website_that_an_authority_vouches_for_is_read(known: Authority) -> None:
    async with (
        Site(ROUTES, tls=known.serve()) as site,
        Fetcher(settings_for(site), tls=known.trust()) as fetcher,
    ):
        assert (await fetcher.fetch(site.url())).status == 200


async def test_a_self_signed_certificate_is_named() -> None:
    failure = await _failure(self_signed(), None)
    assert (failure.cause, "self-signed" in failure.message) == ("self-signed", True)


async def test_an_expired_certificate_is_named(known: Authority) -> None:
    failure = await _failure(known.serve(valid_for=timedelta(days=1)), known.trust())
    assert (failure.cause, "expired" in failure.message) == ("expired", True)


async def test_a_certificate_of_another_host_is_named(known: Authority) -> None:
    failure = await _failure(known.serve("other.example"), known.trust())
    assert (failure.cause, "another name" in failure.message) == ("wrong-host", True)


async def test_a_certificate_of_an_unknown_authority_is_named(known: Authority) -> None:
    failure = await _failure(authority().serve(), known.trust())
    assert failure.cause == "unknown-authority"


async def test_a_website_that_speaks_no_tls_is_named() -> None:
    async def answer_without_listening(reader: StreamReader, writer: StreamWriter) -> None:
        await reader.read(1)
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        await writer.drain()
        await reader.read()
        writer.close()

    async with await start_server(answer_without_listening, "127.0.0.1", 0) as plain:
        port = plain.sockets[0].getsockname()[1]
        async with Fetcher(Settings(allow_hosts=frozenset({"127.0.0.1"}))) as fetcher:
            with pytest.raises(TLSFailure, match="http://") as failure:
                await fetcher.fetch(f"https://127.0.0.1:{port}/")
    assert failure.value.cause == "handshake"


async def test_a_secure_connection_that_is_broken_off_is_tried_again(known: Authority) -> None:
    serve = known.serve()
    serve.set_ciphers("ECDHE-RSA-AES128-GCM-SHA256")  # which its key does not fit
    serve.maximum_version = TLSVersion.TLSv1_2
    async with Site(ROUTES, tls=serve) as site, fetcher_for(site) as fetcher:
        with pytest.raises((ConnectionLost, TLSFailure)):
            await fetcher.fetch(site.url())
