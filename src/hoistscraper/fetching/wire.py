"""One request and its answer, within limits of time and size: the one door to the network."""

import asyncio
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aiohttp import (
    ClientError,
    ClientHandlerType,
    ClientRequest,
    ClientResponse,
    ClientSession,
    ClientTimeout,
    TCPConnector,
)
from yarl import URL

from hoistscraper.fetching.errors import (
    AddressRefused,
    ConnectionLost,
    DecompressionBomb,
    FetchError,
    NotAPage,
    TooLarge,
)
from hoistscraper.fetching.failures import failure_of
from hoistscraper.fetching.forms import Submission
from hoistscraper.fetching.inflating import ACCEPT_ENCODING, Damaged, Overflow, Plain, unpacker_for
from hoistscraper.fetching.media_types import declared_type, is_never_read
from hoistscraper.fetching.refusals import check_host
from hoistscraper.fetching.resolver import GuardedResolver
from hoistscraper.fetching.session_cookies import SessionCookies
from hoistscraper.fetching.site_session import SiteSession
from hoistscraper.fetching.statistics import Counters
from hoistscraper.fetching.statuses import is_page, may_say_why
from hoistscraper.fetching.wording import shown

if TYPE_CHECKING:
    from hoistscraper.settings import Settings

_NAMES_KEPT_SECONDS = 30
_LONGEST_HEADER_BYTES = 65_536
_KEPT_TO_OURSELVES = frozenset({"set-cookie"})  # a secret between the website and this connection
# Of what comes in a page's place, so much is read and so long waited for: a check for robots is short.
_MOST_INSTEAD_BYTES = 64_000
_MOST_INSTEAD_SECONDS = 5.0
_NO_TIMEOUT = ClientTimeout(total=None, sock_connect=None)  # one clock for the whole exchange is kept here


@dataclass(frozen=True, slots=True)
class Answer:
    """What one request brought; header names are lower-case, ``content`` is unpacked.

    ``content`` is what was asked for; where the status says that it was not sent, it is the beginning of what
    came instead.
    """

    url: str
    status: int
    headers: Mapping[str, str]
    content: bytes
    wire_bytes: int


class Wire:
    """The guarded connections of one fetcher; a session's headers and cookies go to its website only."""

    def __init__(
        self,
        settings: "Settings",
        counters: Counters,
        tls: ssl.SSLContext | None,
        session: SiteSession | None = None,
    ) -> None:
        self._settings = settings
        self._carried = session
        self._counters = counters
        self._resolver = GuardedResolver(settings.allow_hosts)
        # No proxy of the environment is used: it would connect where the guard cannot see.
        self._session = ClientSession(
            connector=TCPConnector(
                resolver=self._resolver, ttl_dns_cache=_NAMES_KEPT_SECONDS, ssl=True if tls is None else tls
            ),
            headers={
                "User-Agent": settings.user_agent,
                "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5",
                "Accept-Language": "en;q=0.9,*;q=0.5",
                "Accept-Encoding": ACCEPT_ENCODING,
            },
            timeout=_NO_TIMEOUT,
            cookie_jar=SessionCookies(session) if session else None,
            auto_decompress=False,
            max_line_size=_LONGEST_HEADER_BYTES,
            max_field_size=_LONGEST_HEADER_BYTES,
            trust_env=False,
            middlewares=(self._guard,),
        )

    async def close(self) -> None:
        """End all connections."""
        await self._session.close()
        await self._resolver.close()

    async def ask(
        self,
        url: URL,
        *,
        headers: Mapping[str, str],
        limit_bytes: int,
        cut: bool = False,
        form: Submission | None = None,
    ) -> Answer:
        """Return the answer to one request, which posts ``form`` if there is one; redirects are answers too.

        With ``cut`` an answer that reaches the limit ends there; without it, it is refused.

        :raises FetchError: no whole answer came.
        """
        if self._carried and (carried := self._carried.headers_for(url)):
            # A name in the address would be sent instead of what we carry.
            url, headers = url.with_user(None), {**headers, **carried}
        if form:
            headers = {**headers, "Content-Type": form.content_type}
        try:
            async with asyncio.timeout(self._settings.timeout_seconds):
                # Redirects are followed outside, so that each address passes the guard.
                async with self._session.request(
                    "POST" if form else "GET",
                    url,
                    headers=headers,
                    data=form.content if form else None,
                    allow_redirects=False,
                ) as response:
                    return await self._answer(str(url), response, limit_bytes=limit_bytes, cut=cut)
        except AddressRefused as refused:  # by the resolver, which knows the host only
            raise AddressRefused(refused.message, url=str(url)) from refused
        except (ClientError, OSError) as error:
            raise failure_of(error, str(url), self._settings.timeout_seconds) from error

    async def _guard(self, request: ClientRequest, send: ClientHandlerType) -> ClientResponse:
        # Around every single request, because the library asks again by itself when a kept connection has
        # ended, and passes literal addresses by the resolver.
        check_host(request.url, self._settings.allow_hosts)
        self._counters.count_request(request.url.raw_host or "")
        return await send(request)

    async def _answer(self, url: str, response: ClientResponse, *, limit_bytes: int, cut: bool) -> Answer:
        named = ((name.lower(), value) for name, value in response.headers.items())
        headers = {name: value for name, value in named if name not in _KEPT_TO_OURSELVES}
        if not is_page(response.status):
            content = await self._instead(url, response) if may_say_why(response.status) else b""
            return Answer(url, response.status, headers, content, 0)
        body = _Body(url, response, limit_bytes)
        try:
            content = await body.read(cut=cut)
        finally:
            self._counters.bytes_received += body.wire_bytes
        return Answer(url, response.status, headers, content, body.wire_bytes)

    async def _instead(self, url: str, response: ClientResponse) -> bytes:
        body = _Body(url, response, _MOST_INSTEAD_BYTES)
        try:
            async with asyncio.timeout(min(_MOST_INSTEAD_SECONDS, self._settings.timeout_seconds / 4)):
                return await body.read(cut=True)
        except (FetchError, ClientError, OSError):  # the status says enough
            return b""
        finally:
            self._counters.bytes_received += body.wire_bytes


class _Body:
    """The content of one answer, as it comes in."""

    def __init__(self, url: str, response: ClientResponse, limit_bytes: int) -> None:
        self.wire_bytes = 0
        self._url = url
        self._response = response
        self._limit_bytes = limit_bytes

    async def read(self, *, cut: bool) -> bytes:
        self._check_headers(cut=cut)
        unpacker = unpacker_for(self._response.headers.get("Content-Encoding"), self._limit_bytes)
        if unpacker is None:
            raise NotAPage(
                f"{shown(self._url)} came packed in a way that cannot be unpacked; open it in a browser.",
                url=self._url,
            )
        try:
            async for piece in self._response.content.iter_any():
                self.wire_bytes += len(piece)
                unpacker.feed(piece)
            unpacker.finish()
        except Overflow:
            if not cut:
                raise self._too_large(unpacked=not isinstance(unpacker, Plain)) from None
            return bytes(unpacker.content[: self._limit_bytes])
        except Damaged:
            raise ConnectionLost(
                f"{shown(self._url)} arrived damaged; try again later.",
                url=self._url,
            ) from None
        return bytes(unpacker.content)

    def _check_headers(self, *, cut: bool) -> None:
        media_type = declared_type(self._response.headers.get("Content-Type"))
        if is_never_read(media_type):
            raise NotAPage(
                f"{shown(self._url)} is {shown(media_type or '')}, neither a page nor a document.",
                url=self._url,
            )
        length = self._response.content_length
        if length is not None and length > self._limit_bytes and not cut:
            raise self._too_large(unpacked=False)

    def _too_large(self, *, unpacked: bool) -> TooLarge:
        megabytes = f"{self._limit_bytes / 1_000_000:g} MB"
        if unpacked:
            return DecompressionBomb(
                f"{shown(self._url)} is small on the way but grows beyond {megabytes} when unpacked; "
                "if it is wanted, raise HOIST_MAX_PAGE_MEGABYTES.",
                url=self._url,
            )
        return TooLarge(
            f"{shown(self._url)} is larger than {megabytes} and was not read; if it is wanted, "
            "raise HOIST_MAX_PAGE_MEGABYTES.",
            url=self._url,
        )
