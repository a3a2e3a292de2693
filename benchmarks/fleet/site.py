"""The whole fleet, served from a process of its own: one socket a host, on loopback only.

Started with ``python -m benchmarks.fleet.site``, it prints its port and serves until it is terminated. On
127.0.0.1 it is asked what it counted, and told when the next round begins.
"""

import argparse
import asyncio
import signal
import sys
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256

from aiohttp import ETag, web

from benchmarks.fleet.doors import at_the_door
from benchmarks.fleet.pages import Content, pages_of
from benchmarks.fleet.shapes import Shape
from benchmarks.fleet.websites import FleetWebsite, build_fleet

CONTROL = "127.0.0.1"
FIGURES_PATH, ROUND_PATH = "/-/figures", "/-/round"
REQUESTS_UNTIL_HEALED = 2
"""What one attempt of a job asks for, with ``HOIST_ATTEMPTS=2``."""

_SLOW_SECONDS = 0.3
_ROBOTS = "User-agent: *\nAllow: /\n"
_FORBIDDING = "User-agent: *\nDisallow: /\n"
_BACKLOG = 128


@dataclass(slots=True)
class Counts:
    """What one host was asked for; ``most_at_once`` is how many requests it had to answer at a time."""

    requests: int = 0
    not_modified: int = 0
    bytes_sent: int = 0
    at_once: int = 0
    most_at_once: int = 0


class FleetServer:
    """Answers for every website; ``latency_seconds`` is added to each answer."""

    def __init__(self, fleet: list[FleetWebsite], *, latency_seconds: float) -> None:
        self._by_host: defaultdict[str, list[FleetWebsite]] = defaultdict(list)
        for website in fleet:
            self._by_host[website.host].append(website)
        self._latency_seconds = latency_seconds
        self._visit = 1
        self._counts: defaultdict[str, Counts] = defaultdict(Counts)
        self._pages: dict[int, Mapping[str, Content]] = {}
        self._asked: Counter[tuple[int, str]] = Counter()

    @property
    def hosts(self) -> list[str]:
        """The addresses to listen on."""
        return list(self._by_host)

    async def __call__(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer one request and count it."""
        host = request.host.partition(":")[0]
        if host == CONTROL:
            return self._control(request)
        counts = self._counts[host]
        counts.requests += 1
        counts.at_once += 1
        counts.most_at_once = max(counts.most_at_once, counts.at_once)
        try:
            answer = await self._answer(self._website(host, request.path), request)
        finally:
            counts.at_once -= 1
        counts.not_modified += answer.status == 304
        counts.bytes_sent += len(answer.body) if isinstance(answer.body, bytes) else 0
        return answer

    def _control(self, request: web.BaseRequest) -> web.Response:
        if request.path == ROUND_PATH:
            self._visit = int(request.query["visit"])
            self._pages.clear()
            self._asked.clear()
            self._counts.clear()
        return web.json_response({host: asdict(counts) for host, counts in self._counts.items()})

    def _website(self, host: str, path: str) -> FleetWebsite:
        websites = self._by_host[host]
        return next((w for w in websites if path.startswith(f"{w.prefix}/")), websites[0])

    async def _answer(self, website: FleetWebsite, request: web.BaseRequest) -> web.Response:
        if self._latency_seconds:
            await asyncio.sleep(self._latency_seconds)
        if request.path == "/robots.txt":
            is_forbidding = website.shape is Shape.FORBIDDEN
            return web.Response(text=_FORBIDDING if is_forbidding else _ROBOTS, content_type="text/plain")
        if refusal := await at_the_door(website, request):
            return refusal
        self._asked[website.number, request.path_qs] += 1
        if failure := self._failure(website, request.path_qs):
            return failure
        if website.shape is Shape.SLOW:
            await asyncio.sleep(_SLOW_SECONDS)
        if website.shape is Shape.REDIRECTING and request.path == website.start_path:
            return web.Response(status=302, headers={"Location": f"{website.start_path}current/"})
        return self._page(website, request)

    def _failure(self, website: FleetWebsite, path: str) -> web.Response | None:
        times = self._asked[website.number, path]
        match website.shape:
            case Shape.BROKEN:
                return web.Response(status=503, text="Closed for good.")
            case Shape.HEALING if self._visit == 1 and path == website.start_path:
                return web.Response(status=503) if times <= REQUESTS_UNTIL_HEALED else None
            case Shape.STUMBLING if sha256(path.encode()).digest()[0] < 64:
                return web.Response(status=500) if times == 1 else None
            case _:
                return None

    def _page(self, website: FleetWebsite, request: web.BaseRequest) -> web.Response:
        if website.number not in self._pages:
            self._pages[website.number] = pages_of(website, self._visit, origin=f"http://{request.host}")
        content = self._pages[website.number].get(request.path_qs)
        if content is None:
            return web.Response(status=404, text="There is no such page.")
        answer = web.Response(body=content.body, headers={"Content-Type": f"{content.kind}; charset=utf-8"})
        if website.shape is Shape.CONDITIONAL:
            tag = sha256(content.body).hexdigest()[:20]
            if any(known.value == tag for known in request.if_none_match or ()):
                answer = web.Response(status=304)
            answer.etag = ETag(tag)
        return answer


async def serve(server: FleetServer) -> None:
    """Serve on one port of every host until SIGTERM or Ctrl-C."""
    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    runner = web.ServerRunner(web.Server(server, access_log=None))
    await runner.setup()
    await web.TCPSite(runner, CONTROL, 0).start()
    port = int(runner.addresses[0][1])
    for host in server.hosts:
        await web.TCPSite(runner, host, port, backlog=_BACKLOG).start()
    sys.stdout.write(f"{port}\n")
    sys.stdout.flush()
    await stopped.wait()
    await runner.cleanup()


def main() -> None:
    """Read the wishes and serve."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fleet.site", description=__doc__)
    parser.add_argument("--websites", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--today", type=date.fromisoformat, required=True)
    parser.add_argument("--latency", type=float, default=0.0)
    parser.add_argument("--calm", action="store_true")
    wishes = parser.parse_args()
    fleet = build_fleet(wishes.websites, seed=wishes.seed, today=wishes.today, calm=wishes.calm)
    asyncio.run(serve(FleetServer(fleet, latency_seconds=wishes.latency)))


if __name__ == "__main__":
    main()
