"""The sample portal's server: small, on loopback, and a model of good manners towards those who ask again."""

import errno
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from aiohttp import ETag, web

from hoistscraper.clock import now
from hoistscraper.errors import Conflict, Invalid, Refused
from hoistscraper.sample_portal.calls import load_calls
from hoistscraper.sample_portal.expected import ExpectedCall, expected_calls
from hoistscraper.sample_portal.site import Resource, build_site, not_found

DEFAULT_PORT = 8642


@dataclass(slots=True)
class Portal:
    """A portal that is being served.

    ``url`` is the address of its listing, ``expected`` what a perfect reader finds there, in listing order,
    and ``requests`` how often anything was asked for so far, with ``not_modified`` of them answered 304.
    """

    url: str
    expected: tuple[ExpectedCall, ...]
    requests: int = 0
    not_modified: int = 0


@asynccontextmanager
async def serve(
    port: int = DEFAULT_PORT, host: str = "127.0.0.1", *, year: int | None = None
) -> AsyncIterator[Portal]:
    """Serve the portal; port 0 takes any free one, ``year`` is the present one unless told.

    :raises Conflict: another program listens on the port.
    :raises Refused: this user may not listen on the port.
    :raises Invalid: there is no such port.
    """
    if not 0 <= port <= 65535:
        raise Invalid(f"There is no port {port}: choose one from 1024 to 65535, or 0 for any free one.")
    present_year = year or now().year
    listener = listen(host, port)
    origin = f"http://{host}:{listener.getsockname()[1]}"
    portal = Portal(f"{origin}/calls/", expected_calls(load_calls(present_year)))
    answers = _Answers(portal, build_site(present_year, origin), present_year)
    runner = web.ServerRunner(web.Server(answers, access_log=None))
    await runner.setup()
    try:
        await web.SockSite(runner, listener).start()
        yield portal
    finally:
        await runner.cleanup()


def listen(host: str, port: int) -> socket.socket:
    """Listen at an address; port 0 takes any free one.

    :raises Conflict: another program listens there.
    :raises Refused: this user may not listen there.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise Conflict(
                f"Port {port} is taken by another program: choose another with --port {port + 1}, "
                "or any free one with --port 0."
            ) from error
        if error.errno in (errno.EACCES, errno.EPERM):
            raise Refused(f"This user may not listen on port {port}: choose one above 1023.") from error
        raise


class _Answers:
    def __init__(self, portal: Portal, site: Mapping[str, Resource], year: int) -> None:
        self._portal = portal
        self._site = site
        self._last_modified = datetime(year, 1, 1, tzinfo=UTC)

    async def __call__(self, request: web.BaseRequest) -> web.Response:
        self._portal.requests += 1
        if request.method not in ("GET", "HEAD"):
            return web.Response(
                status=405, headers={"Allow": "GET, HEAD"}, text="Only reading is possible here."
            )
        resource = self._site.get(request.path_qs)
        if resource is None:
            return _answer(not_found(), status=404)
        response = self._unchanged(request, resource) or _answer(resource)
        response.etag = ETag(resource.etag)
        response.last_modified = self._last_modified
        response.headers["Cache-Control"] = "no-cache"
        return response

    def _unchanged(self, request: web.BaseRequest, resource: Resource) -> web.Response | None:
        # If-None-Match alone decides where both are sent (RFC 9110, section 13.2.2).
        if request.if_none_match is not None:
            known = any(tag.value in (resource.etag, "*") for tag in request.if_none_match)
        else:
            since = request.if_modified_since
            known = since is not None and since >= self._last_modified
        if not known:
            return None
        self._portal.not_modified += 1
        return web.Response(status=304)


def _answer(resource: Resource, status: int = 200) -> web.Response:
    return web.Response(body=resource.content, status=status, headers={"Content-Type": resource.content_type})
