"""Whether a language model's server answers: asked when somebody wonders, in the background, and remembered.

A server that accepts a connection and never answers is common (it loads a model, or is no such server), so
nobody ever waits for it: whoever wonders gets what is known, and the question is asked meanwhile.
"""

import asyncio
from enum import StrEnum
from time import monotonic

from aiohttp import ClientError

from hoistscraper.fetching.errors import FetchError
from hoistscraper.language_model.server import ModelServer
from hoistscraper.language_model.wire import connection_to

FRESH_SECONDS = 60.0
PATIENCE_SECONDS = 3.0


class Availability(StrEnum):
    """What is known of the server."""

    NOT_WANTED = "not wanted"
    UNKNOWN = "unknown"
    ANSWERS = "answers"
    SILENT = "silent"


class Presence:
    """Whether a server is there; ``None``: none is wanted."""

    def __init__(self, server: ModelServer | None) -> None:
        self._server = server
        self._known = Availability.UNKNOWN if server else Availability.NOT_WANTED
        self._asked_at: float | None = None
        self._asking: asyncio.Task[None] | None = None

    def availability(self) -> Availability:
        """Return what is known at this moment; ask anew, in the background, where that is old."""
        is_old = self._asked_at is None or monotonic() - self._asked_at > FRESH_SECONDS
        if self._server is not None and is_old and self._asking is None:
            self._asking = asyncio.create_task(self._ask(self._server))
        return self._known

    async def found_out(self) -> Availability:
        """Return what is the case, for a person who waits; within some seconds."""
        self.availability()
        if self._asking is not None:
            await self._asking
        return self._known

    async def close(self) -> None:
        """Stop asking."""
        if self._asking is not None:
            self._asking.cancel()
            await asyncio.wait([self._asking])

    async def _ask(self, server: ModelServer) -> None:
        try:
            async with (
                connection_to(server, timeout_seconds=PATIENCE_SECONDS) as session,
                session.get(server.sign_of_life, allow_redirects=False) as answer,
            ):
                self._known = Availability.ANSWERS if answer.status == 200 else Availability.SILENT
        except (ClientError, FetchError, TimeoutError, OSError):
            self._known = Availability.SILENT
        finally:
            self._asked_at, self._asking = monotonic(), None
