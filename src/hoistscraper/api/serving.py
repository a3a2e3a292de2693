"""Serve the API in this process until told to stop."""

import asyncio
import logging
import resource
import signal
from collections.abc import Callable

from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.server.embed import Server

from hoistscraper.api.front import opened_front
from hoistscraper.api.parts import opened_parts
from hoistscraper.settings import Settings

_BACKLOG = 2048
_MOST_OPEN_FILES = 65_536
# Longer heads are answered 431, and who does not end theirs is cut off.
_HEADER_BYTES = 32_768
_HEADER_MILLISECONDS = 15_000
_LOOK_SECONDS = 0.02


async def serve(settings: Settings, *, host: str, port: int, tell: Callable[[str], None]) -> None:
    """Answer at an address until SIGTERM or SIGINT; requests under way are ended first.

    :raises Unavailable: the database cannot be had.
    """
    # Its words are for programmers; what a person should know is told by us.
    logging.getLogger("_granian").setLevel(logging.ERROR)
    _allow_many_connections()
    async with opened_parts(settings) as parts, opened_front(parts, host=host) as front:
        server = Server(
            front,
            address=host,
            port=port,
            interface=Interfaces.ASGINL,
            backlog=_BACKLOG,
            # The other version knows no bounds for heads, and comes over TLS only, which proxies end.
            http=HTTPModes.http1,
            http1_settings=HTTP1Settings(
                header_read_timeout=_HEADER_MILLISECONDS, max_buffer_size=_HEADER_BYTES
            ),
            websockets=False,
            log_enabled=False,
        )
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, server.stop)
        serving = asyncio.create_task(server.serve())
        if await _answers(host, port, serving):
            tell(f"http://{_shown(host)}:{port}")
        await serving


async def _answers(host: str, port: int, serving: asyncio.Task[None]) -> bool:
    """Wait until somebody who connects is let in; ``False``: it was stopped before."""
    while not serving.done():
        try:
            _, writer = await asyncio.open_connection(host, port)
        except OSError:
            await asyncio.sleep(_LOOK_SECONDS)
        else:
            writer.close()
            return True
    return False


def _allow_many_connections() -> None:
    """Let this process have as many files open as it may: each connection is one, and 1,024 are usual."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _MOST_OPEN_FILES if hard == resource.RLIM_INFINITY else min(hard, _MOST_OPEN_FILES)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host
