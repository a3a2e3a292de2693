"""Whether a language model's server answers: asked when somebody wonders, in the background, and remembered.

A server that accepts a connection and never answers is common (it loads a model, or is no such server), so
nobody ever waits for it: whoever wonders gets what is known, and the question is asked meanwhile.
"""

import asyncio
from enum import StrEnum
from time import monotonic

from aiohttp import ClientError, ClientSession, ClientTimeout
from yarl import URL

from hoistscraper.errors import Invalid

FRESH_SECONDS = 60.0
PATIENCE_SECONDS = 3.0
_USUAL_PORT = 11434


class Availability(StrEnum):
    """What is known of the server."""

    NOT_WANTED = "not wanted"
    UNKNOWN = "unknown"
    ANSWERS = "answers"
    SILENT = "silent"


class LanguageModel:
    """A server that speaks Ollama's protocol. ``host`` is what OLLAMA_HOST says; ``None``: none is wanted."""

    def __init__(self, host: str | None) -> None:
        self._version = server_of(host) / "api/version" if host else None
        self._known = Availability.UNKNOWN if host else Availability.NOT_WANTED
        self._asked_at: float | None = None
        self._asking: asyncio.Task[None] | None = None

    def availability(self) -> Availability:
        """Return what is known at this moment; ask anew, in the background, where that is old."""
        is_old = self._asked_at is None or monotonic() - self._asked_at > FRESH_SECONDS
        if self._version is not None and is_old and self._asking is None:
            self._asking = asyncio.create_task(self._ask(self._version))
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

    async def _ask(self, url: URL) -> None:
        try:
            async with (
                ClientSession(timeout=ClientTimeout(total=PATIENCE_SECONDS)) as session,
                session.get(url, allow_redirects=False) as answer,
            ):
                self._known = Availability.ANSWERS if answer.ok else Availability.SILENT
        except (ClientError, TimeoutError, OSError):
            self._known = Availability.SILENT
        finally:
            self._asked_at, self._asking = monotonic(), None


def server_of(host: str) -> URL:
    """Return the address of a server as OLLAMA_HOST names it: ``host``, ``host:port`` or a whole address.

    :raises Invalid: it is none.
    """
    try:
        url = URL(host if "://" in host else f"http://{host}")
        port = url.explicit_port or (_USUAL_PORT if "://" not in host else url.port)
    except ValueError:
        url, port = URL(), None
    if url.scheme not in ("http", "https") or not url.host or port is None:
        raise Invalid(
            f"OLLAMA_HOST says {host[:100]}; write it like 127.0.0.1:11434 or https://models.example."
        )
    return url.with_port(port).origin()
