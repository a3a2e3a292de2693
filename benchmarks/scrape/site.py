"""The website, served from a process of its own so that it takes no time from those it is visited by.

Started with ``python -m benchmarks.scrape.site``, it prints its port and serves until it is terminated. What
it counts is told at ``COUNT_PATH``, which is itself not counted.
"""

import asyncio
import signal
import sys
from collections.abc import Mapping
from hashlib import sha256

from aiohttp import ETag, web

from benchmarks.scrape.tenders import build_pages
from hoistscraper.clock import now

COUNT_PATH = "/-/requests"
ROBOTS = b"User-agent: *\nAllow: /\n"


class Site:
    """Answers with pages, 304s and 404s, and counts."""

    def __init__(self, pages: Mapping[str, str]) -> None:
        self._contents = {path: text.encode() for path, text in pages.items()}
        self._tags = {path: sha256(content).hexdigest()[:20] for path, content in self._contents.items()}
        self.requests = 0

    async def answer(self, request: web.BaseRequest) -> web.Response:
        """Answer one request."""
        if request.path == COUNT_PATH:
            return web.json_response(self.requests)
        self.requests += 1
        if request.path == "/robots.txt":
            return web.Response(body=ROBOTS, content_type="text/plain")
        content = self._contents.get(request.path)
        if content is None:
            return web.Response(status=404, text="There is no such page.")
        tag = self._tags[request.path]
        known = request.if_none_match or ()
        if any(other.value == tag for other in known):
            response = web.Response(status=304)
        else:
            response = web.Response(body=content, content_type="text/html", charset="utf-8")
        response.etag = ETag(tag)
        return response


async def serve() -> None:
    """Serve on a free port of loopback until SIGTERM or Ctrl-C."""
    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    site = Site(build_pages(now().date()))
    runner = web.ServerRunner(web.Server(site.answer, access_log=None))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    sys.stdout.write(f"{runner.addresses[0][1]}\n")
    sys.stdout.flush()
    await stopped.wait()
    await runner.cleanup()


if __name__ == "__main__":
    asyncio.run(serve())
