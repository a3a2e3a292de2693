"""Requests that are too long are refused before they are read, and those that take too long are given up."""

from asyncio import timeout

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from hoistscraper.api.problems import RETRY_AFTER_SECONDS, TOO_LARGE, answer

LONGEST_QUERY = 4_000
"""Characters of everything after the question mark."""


class QueryLimit:
    """Answers 414 to long queries."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] == "http" and len(scope["query_string"]) > LONGEST_QUERY:
            refusal = answer(
                414, f"The query is longer than {LONGEST_QUERY} characters; ask for less at once."
            )
            await refusal(scope, receive, send)
            return
        await self._app(scope, receive, send)


class TimeLimit:
    """Answers 503 where no answer has begun in time; what is sent piece by piece may take longer."""

    def __init__(self, app: ASGIApp, seconds: float) -> None:
        self._app = app
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and give it up when its time is over."""
        try:
            async with timeout(self._seconds) as limit:

                async def begun(message: Message) -> None:
                    if message["type"] == "http.response.start":
                        limit.reschedule(None)
                    await send(message)

                await self._app(scope, receive, begun)
        except TimeoutError:
            if not limit.expired():
                raise
            refusal = answer(
                503,
                f"This took longer than {self._seconds:g} seconds and was given up; ask for less at once.",
                headers={"Retry-After": str(RETRY_AFTER_SECONDS)},
            )
            await refusal(scope, receive, send)


class BodyLimit:
    """Answers 413 to large bodies, whether they say how large they are or not.

    FastAPI has such a limit, but answers in plain text, whatever handlers there are.
    """

    def __init__(self, app: ASGIApp, most_bytes: int) -> None:
        self._app = app
        self._most_bytes = most_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] == "http" and _declared_bytes(scope) > self._most_bytes:
            await answer(413, TOO_LARGE)(scope, receive, send)
            return
        received = 0

        async def counted() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > self._most_bytes:
                raise HTTPException(413)
            return message

        await self._app(scope, counted, send)


def _declared_bytes(scope: Scope) -> int:
    declared = dict(scope["headers"]).get(b"content-length", b"")
    return int(declared) if declared.isdigit() else 0
