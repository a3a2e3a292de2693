"""``python -m benchmarks.api.ceiling PORT``: the same server with nothing behind it."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from typing import Any

import uvloop
from granian.constants import Interfaces
from granian.server.embed import Server

_BODY = b'{"items":[],"next":null}'


async def _answer(
    scope: dict[str, Any], receive: Callable[[], Awaitable[Any]], send: Callable[[Any], Awaitable[None]]
) -> None:
    assert scope["type"] == "http"
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(_BODY)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": _BODY, "more_body": False})


async def _serve(port: int) -> None:
    server = Server(
        _answer,
        address="127.0.0.1",
        port=port,
        interface=Interfaces.ASGINL,
        backlog=2048,
        websockets=False,
        log_enabled=False,
    )
    await server.serve()


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_serve(int(sys.argv[1])))
