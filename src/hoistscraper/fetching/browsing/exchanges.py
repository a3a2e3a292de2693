"""One exchange through the egress proxy, once its far side is connected: a tunnel, or one plain request."""

import asyncio

from yarl import URL

from hoistscraper.fetching.browsing.heads import Head, read_head
from hoistscraper.fetching.browsing.passes import Pass
from hoistscraper.fetching.browsing.reaching import Stream
from hoistscraper.fetching.browsing.relaying import pour

_ESTABLISHED = b"HTTP/1.1 200 Connection Established\r\n\r\n"
_SWITCHING_PROTOCOLS = "101"
_GRACE_SECONDS = 5.0


async def tunnel(near: Stream, far: Stream, holder: Pass) -> None:
    """Tell the browser that it is connected, and pass on whatever both sides say."""
    near[1].write(_ESTABLISHED)
    await _converse(near, far, holder)


async def plain_request(request: Head, url: URL, near: Stream, far: Stream, holder: Pass) -> None:
    """Pass on a request for an ``http:`` address and its answer; the connection ends with it.

    The next request on the same connection could be for another host, so there is none.
    """
    method = request.first_line.split(" ", 1)[0]
    head = request.for_one_exchange(f"{method} {url.raw_path_qs or '/'} HTTP/1.1").encoded()
    holder.bytes_sent += len(head)
    far[1].write(head)
    await _converse(near, far, holder, is_plain=True)


async def _converse(near: Stream, far: Stream, holder: Pass, *, is_plain: bool = False) -> None:
    sending = asyncio.create_task(pour(near[0], far[1], holder.count_sent))
    receiving = asyncio.create_task(_receive(near[1], far, holder, is_plain=is_plain))
    try:
        await asyncio.wait({sending, receiving}, return_when=asyncio.FIRST_COMPLETED)
        # A browser that has left may leave a far side that never ends.
        await asyncio.wait({receiving}, timeout=_GRACE_SECONDS)
        if receiving.done():
            receiving.result()
    finally:
        sending.cancel()
        receiving.cancel()
        await asyncio.gather(sending, receiving, return_exceptions=True)


async def _receive(near: asyncio.StreamWriter, far: Stream, holder: Pass, *, is_plain: bool) -> None:
    if is_plain:
        await _pass_on_heads(near, far[0], holder)
    await pour(far[0], near, holder.count_received)


async def _pass_on_heads(near: asyncio.StreamWriter, far: asyncio.StreamReader, holder: Pass) -> None:
    while True:
        answer = await read_head(far)
        status = answer.first_line.split(" ", 2)[1:2]
        is_interim = bool(status) and status[0].startswith("1") and status[0] != _SWITCHING_PROTOCOLS
        head = (answer if is_interim else answer.for_one_exchange(answer.first_line)).encoded()
        holder.count_received(len(head))
        near.write(head)
        if not is_interim:
            return
