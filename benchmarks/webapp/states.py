"""States that the sample portal never has: websites in trouble, and a job that runs."""

import asyncio
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from aiohttp import web

from benchmarks.webapp.asking import ask
from tests.sites.slow_calls import slow_calls

HOST = "127.0.0.2"
"""Where the websites of these states are; whoever visits them has to be allowed to."""

_UNENDED = {"pending", "running"}
_GLANCE_SECONDS = 0.2
_CALLS = 600
_SECONDS_A_CALL = 0.5
_READ_BEFORE = 12


def visit(origin: str, ids: list[str]) -> None:
    """Have websites visited, and wait until none of the last jobs goes on."""
    ask(origin, "/api/scrape-jobs", {"website_ids": ids})
    while any(job["status"] in _UNENDED for job in ask(origin, "/api/scrape-jobs?limit=20")["items"]):
        time.sleep(_GLANCE_SECONDS)


@asynccontextmanager
async def shown_states(origin: str) -> AsyncIterator[Mapping[str, str]]:
    """Yield the path of the page of each state, while it is so."""
    app = web.Application()
    app.router.add_routes(slow_calls(calls=_CALLS, seconds=_SECONDS_A_CALL))
    app.router.add_get("/members/", _members)
    runner = web.AppRunner(app)
    await runner.setup()
    try:
        site = web.TCPSite(runner, HOST, 0)
        await site.start()
        _, port = runner.addresses[0][:2]
        yield await asyncio.to_thread(_brought_about, origin, f"http://{HOST}:{port}")
    finally:
        await runner.cleanup()


def _brought_about(origin: str, place: str) -> Mapping[str, str]:
    def watched(path: str, name: str) -> str:
        return str(ask(origin, "/api/websites", {"url": f"{place}{path}", "name": name})["id"])

    red = watched("/members/", "Lindmere Foundation")
    amber = watched("/moved-away/", "Quayside Trust")
    visit(origin, [red, amber])
    slow = watched("/calls/", "Rivers and Lakes Fund")
    job = ask(origin, "/api/scrape-jobs", {"website_ids": [slow]})["jobs"][0]["job_id"]
    while (ask(origin, f"/api/scrape-jobs/{job}")["found_so_far"] or 0) < _READ_BEFORE:
        time.sleep(_GLANCE_SECONDS)
    return {
        "websites-in-trouble": "/websites/",
        "website-not-working": f"/website/?id={red}",
        "website-needs-a-look": f"/website/?id={amber}",
        "dashboard-in-trouble": "/dashboard/",
        "job-running": f"/job/?id={job}",
    }


async def _members(_request: web.Request) -> web.Response:
    return web.Response(status=403, text="<h1>For members</h1>", content_type="text/html")
