"""A whole answer, ready to be sent again and again: its bytes, its forms, its ETag."""

from collections.abc import Sequence
from hashlib import blake2b

from starlette.types import Message, Send

from hoistscraper.api.encodings import ENCODERS

SMALLEST_TO_COMPRESS = 1_000
"""Bytes; what fits into one packet gains nothing."""

Header = tuple[bytes, bytes]


class Form:
    """One form of an answer: the messages that send it, and those that say that a client has it already."""

    __slots__ = ("body", "etag", "start", "unchanged")

    def __init__(self, headers: Sequence[Header], body: bytes, *, mark: bytes, encoding: str | None) -> None:
        # Strong ETags name bytes, so each form has its own.
        self.etag = b'"%b-%b"' % (mark, encoding.encode()) if encoding else b'"%b"' % mark
        about = [
            (b"etag", self.etag),
            (b"cache-control", b"private, no-cache"),
            (b"vary", b"accept-encoding"),
        ]
        sent = [*headers, (b"content-length", str(len(body)).encode()), *about]
        if encoding:
            sent.append((b"content-encoding", encoding.encode()))
        self.start: Message = {"type": "http.response.start", "status": 200, "headers": sent}
        self.body: Message = {"type": "http.response.body", "body": body}
        self.unchanged: Message = {"type": "http.response.start", "status": 304, "headers": about}


NOTHING: Message = {"type": "http.response.body", "body": b""}


class Answer:
    """An answer that went well. ``headers`` are those that tell of its content, ``route`` gave it."""

    __slots__ = ("_forms", "_mark", "body", "headers", "plain", "route")

    def __init__(self, headers: Sequence[Header], body: bytes, *, route: str = "") -> None:
        self.route = route
        self.headers = headers
        self.body = body
        self._mark = blake2b(body, digest_size=16).hexdigest().encode()
        self._forms: dict[str, Form] = {}
        self.plain = Form(headers, body, mark=self._mark, encoding=None)

    @property
    def size(self) -> int:
        """Bytes of all its forms."""
        return len(self.body) + sum(len(form.body["body"]) for form in self._forms.values())

    def form(self, encoding: str | None) -> Form:
        """Return the form of an encoding, if it is there."""
        return self._forms.get(encoding, self.plain) if encoding else self.plain

    def lacks(self, encoding: str | None) -> bool:
        """Whether a form should be there and is not."""
        return encoding is not None and len(self.body) >= SMALLEST_TO_COMPRESS and encoding not in self._forms

    def compress(self, encoding: str) -> None:
        """Make a form, once."""
        body = ENCODERS[encoding](self.body)
        self._forms[encoding] = Form(self.headers, body, mark=self._mark, encoding=encoding)

    def is_had_by(self, if_none_match: bytes) -> bool:
        """Whether a client has this content, in whatever form."""
        return self._mark in if_none_match or if_none_match == b"*"


async def give(answer: Answer, send: Send, *, encoding: str | None, if_none_match: bytes | None) -> int:
    """Send an answer, or that the client has it; return the status."""
    form = answer.form(encoding)
    if if_none_match is not None and answer.is_had_by(if_none_match):
        await send(form.unchanged)
        await send(NOTHING)
        return 304
    await send(form.start)
    await send(form.body)
    return 200
