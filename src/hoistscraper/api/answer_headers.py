"""What every answer carries: the name of its request, and what a browser may do with it."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uuid_utils import uuid7

from hoistscraper.api.content_policies import Policies
from hoistscraper.logs import logged_with

REQUEST_ID = "hoistscraper.request_id"
"""Where a scope names its request: the name stands in the answer, in the log and in the audit trail."""

_POWERS = (
    "accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "fullscreen", "geolocation",
    "gyroscope", "magnetometer", "microphone", "midi", "payment", "publickey-credentials-get",
    "screen-wake-lock", "usb", "xr-spatial-tracking",
)  # fmt: skip
_ALWAYS = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    # Pages that we link to learn nothing; our own forms still say where they come from.
    (b"referrer-policy", b"same-origin"),
    (b"permissions-policy", ", ".join(f"{power}=()" for power in _POWERS).encode()),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    # The server would name itself.
    (b"server", b"HoistScraper"),
)
_UUID_LENGTH = 36
_TLS_ONLY = (b"strict-transport-security", b"max-age=31536000")

Headers = Sequence[tuple[bytes, bytes]]


class AnswerHeaders:
    """Names each request, and gives its answer what makes browsers careful.

    ``is_always_tls``: people reach us over TLS alone, whatever reaches this process.
    """

    def __init__(self, app: ASGIApp, policies: Policies, *, is_always_tls: bool = False) -> None:
        self._app = app
        self._is_always_tls = is_always_tls
        self._policies = policies
        self._known: dict[tuple[bytes, bool], Headers] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        name = scope[REQUEST_ID] = _given(scope["headers"]) or str(uuid7())
        is_page = not scope["path"].startswith(("/api", "/metrics"))
        is_tls = self._is_always_tls or scope.get("scheme") == "https"
        added = self._headers(self._policies.of(scope["path"]), is_tls=is_tls)

        async def sealed(message: Message) -> None:
            if message["type"] == "http.response.start":
                # Ready answers are sent many times, so theirs are left as they are.
                own = message.get("headers", ())
                headers = [*own, (b"x-request-id", name.encode()), *_lacking(added, own, is_page=is_page)]
                message = {**message, "headers": headers}
            await send(message)

        with logged_with(request_id=name):
            await self._app(scope, receive, sealed)

    def _headers(self, policy: bytes, *, is_tls: bool) -> Headers:
        known = self._known.get((policy, is_tls))
        if known is None:
            known = self._known[policy, is_tls] = (
                (b"content-security-policy", policy),
                *_ALWAYS,
                *((_TLS_ONLY,) if is_tls else ()),
            )
        return known


def _given(headers: Iterable[tuple[bytes, bytes]]) -> str | None:
    """Return the name that a proxy or client gave the request, if it is a UUID: nothing else is logged."""
    given = next((value for header, value in headers if header == b"x-request-id"), b"")
    try:
        return str(UUID(given.decode())) if len(given) == _UUID_LENGTH else None
    except ValueError:
        return None


def _lacking(added: Headers, own: Headers, *, is_page: bool) -> Headers:
    """Return what is to be added: a page may say more strictly, or with its hashes, what it needs."""
    if not is_page:
        return added
    told = {name.lower() for name, _ in own}
    return [header for header in added if header[0] not in told]
