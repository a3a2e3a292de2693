"""Read what you wrote: an answer to a change carries its mark, by which later reads are never older than it.

The mark goes by a cookie, for browsers, and by a header, which other clients may send back. Of changes that a
client has under way side by side, the cookie names the one that was answered last.
"""

from collections.abc import Iterator

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from hoistscraper.database.noting import noting

HEADER = b"hoistscraper-change"
COOKIE = b"hoistscraper-change="
# By then every process has heard of it, or knows that it hears nothing.
_COOKIE_SECONDS = 10
_READING = frozenset({"GET", "HEAD", "OPTIONS"})
_LONGEST_ID = 20


class ChangeMarks:
    """Marks the answers to requests that change something."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and mark its answer if it wrote."""
        if scope["type"] != "http" or scope["method"] in _READING:
            await self._app(scope, receive, send)
            return
        with noting() as transactions:

            async def marked(message: Message) -> None:
                if transactions and message["type"] == "http.response.start":
                    # Changes are heard in the order of their commits, so the last one vouches for all.
                    message["headers"] = [*message.get("headers", ()), *_marks(transactions[-1])]
                await send(message)

            await self._app(scope, receive, marked)


def _marks(transaction: int) -> Iterator[tuple[bytes, bytes]]:
    mark = str(transaction).encode()
    yield HEADER, mark
    yield (
        b"set-cookie",
        b"%b%b; Path=/api; Max-Age=%d; HttpOnly; SameSite=Strict" % (COOKIE, mark, _COOKIE_SECONDS),
    )


def in_header(value: bytes) -> tuple[int, ...]:
    """Return the change that a client names."""
    return (int(value),) if value.isdigit() and len(value) <= _LONGEST_ID else ()


def in_cookies(value: bytes) -> tuple[int, ...]:
    """Return the change that a client's cookies name."""
    if COOKIE not in value:
        return ()
    return in_header(value.rpartition(COOKIE)[2].partition(b";")[0].strip())
