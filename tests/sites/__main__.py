"""Serve the misbehaving websites until interrupted, and print what each path does."""

import asyncio
import sys
from contextlib import AsyncExitStack, suppress

from tests.sites.calls import CallsWebsite, some_calls
from tests.sites.certificates import self_signed
from tests.sites.members import (
    API_KEY,
    PASSWORD,
    USER,
    FormSite,
    Members,
    MembersSite,
    basic_header,
    by_header,
)
from tests.sites.routes import FAULTY, FORBIDDING, ROUTES, SLOW, with_robots
from tests.sites.server import Site

SITES = {
    "no robots.txt": Site(ROUTES),
    "self-signed certificate": Site(ROUTES, tls=self_signed()),
    "robots.txt forbids /forbidden-by-robots": Site(with_robots(FORBIDDING)),
    "robots.txt asks for 2 seconds between pages": Site(with_robots(SLOW)),
    "robots.txt has a fault": Site(with_robots(FAULTY)),
    f"wants a log-in at /login ({USER} / {PASSWORD}), every 20 pages": FormSite(
        CallsWebsite(some_calls(30)), Members(requests_a_session=20)
    ),
    f"wants HTTP basic ({USER} / {PASSWORD})": MembersSite(
        CallsWebsite(some_calls(30)), Members(by_header("Authorization", basic_header()))
    ),
    f"wants the header X-Api-Key ({API_KEY})": MembersSite(
        CallsWebsite(some_calls(30)), Members(by_header("X-Api-Key", API_KEY))
    ),
}


async def serve() -> None:
    """Serve all of them."""
    async with AsyncExitStack() as stack:
        for site in SITES.values():
            await stack.enter_async_context(site)
        opened = ",".join(site.authority for site in SITES.values())
        lines = [f"{path:24} {route.story}" for path, route in ROUTES.items()]
        lines += ["", *(f"{site.url():28} {story}" for story, site in SITES.items())]
        lines += [
            "http://127.0.0.1:1/          refuses connections",
            "",
            f"export HOIST_ALLOW_HOSTS={opened}",
        ]
        sys.stdout.write("\n".join(lines) + "\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        asyncio.run(serve())
