"""Hold back an answer of the app until it is whole; let pass what is not to be kept."""

from collections.abc import Callable, Sequence

from starlette.types import Message, Send

from hoistscraper.api.answers import Answer, Header

_OF_THE_CONTENT = frozenset({b"content-type", b"content-language", b"link"})
_OF_ITS_OWN = frozenset({b"content-disposition", b"cache-control", b"set-cookie", b"content-encoding"})


class Failure:
    """An answer that tells what went wrong: given to all who wait for it, never kept."""

    __slots__ = ("body", "start")

    def __init__(self, start: Message, body: bytes) -> None:
        self.start = start
        self.body: Message = {"type": "http.response.body", "body": body}


class Capture:
    """Takes what the app sends. ``outcome`` is there once a whole answer was held back.

    ``let_pass`` is told as soon as one is not: nobody needs to wait for its end.
    """

    def __init__(self, send: Send, *, let_pass: Callable[[], None] = lambda: None) -> None:
        self.outcome: Answer | Failure | None = None
        self._pass_on = send
        self._let_pass = let_pass
        self._start: Message | None = None
        self._parts: list[bytes] = []

    async def send(self, message: Message) -> None:
        """Take a message of the app."""
        if message["type"] == "http.response.start" and _can_be_held(message):
            self._start = message
        elif self._start is None:
            self._let_pass()
            await self._pass_on(message)
        else:
            self._parts.append(message.get("body", b""))
            if not message.get("more_body"):
                self.outcome = _outcome(self._start, b"".join(self._parts))


def _can_be_held(start: Message) -> bool:
    """Whether this is JSON, which comes at once; what streams, and files to be saved, are not held up."""
    headers = dict(_headers(start))
    is_json = headers.get(b"content-type", b"").startswith((b"application/json", b"application/problem+json"))
    return is_json and _OF_ITS_OWN.isdisjoint(headers) and (start["status"] == 200 or start["status"] >= 400)


def _outcome(start: Message, body: bytes) -> Answer | Failure:
    if start["status"] != 200:
        return Failure(start, body)
    return Answer([header for header in _headers(start) if header[0] in _OF_THE_CONTENT], body)


def _headers(start: Message) -> Sequence[Header]:
    return [(name.lower(), value) for name, value in start.get("headers", ())]
