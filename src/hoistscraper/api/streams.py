"""Streams of events, which end soon after whoever follows them may do so no more."""

import asyncio
from collections.abc import Awaitable, Callable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOK_SECONDS = 5.0


async def serve_while(
    app: ASGIApp, look: Callable[[], Awaitable[None]], scope: Scope, receive: Receive, send: Send
) -> None:
    """Serve a stream until it ends by itself, or until ``look``, which is asked now and then, raises.

    Then it ends as if there were no more to tell: browsers ask anew, and are told why there is not.

    :raises HoistError: what ``look`` raised before anything was sent.
    """
    has_begun = False

    async def noting(message: Message) -> None:
        nonlocal has_begun
        has_begun = True
        await send(message)

    serving = asyncio.ensure_future(app(scope, receive, noting))
    looking = asyncio.create_task(_keep_looking(look))
    try:
        await asyncio.wait({serving, looking}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        serving.cancel()
        looking.cancel()
        await asyncio.wait({serving, looking})
    if not serving.cancelled():
        serving.result()
    elif has_begun:
        await send({"type": "http.response.body", "body": b"", "more_body": False})
    else:
        looking.result()


async def _keep_looking(look: Callable[[], Awaitable[None]]) -> None:
    while True:
        await asyncio.sleep(LOOK_SECONDS)
        await look()
