"""A server with the API's manners and faults on demand, on loopback."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web

JSON: dict[str, object] = {"200": {"content": {"application/json": {}}}}
DOCUMENT = {
    "paths": {
        "/api/websites": {
            "get": {
                "parameters": [
                    {"in": "query", "name": "q", "schema": {"type": "string"}},
                    {"in": "query", "name": "cursor", "schema": {"type": "string"}},
                    {"in": "query", "name": "region", "schema": {"type": "string"}},
                    {"in": "query", "name": "health", "schema": {"$ref": "#/components/schemas/Health"}},
                ],
                "responses": JSON,
            }
        },
        "/api/websites/{website_id}": {
            "get": {"parameters": [{"in": "path", "name": "website_id"}], "responses": JSON},
            "delete": {"responses": JSON},
        },
        "/api/websites/{website_id}/events": {
            "get": {"responses": {"200": {"content": {"text/event-stream": {}}}}}
        },
        "/api/stats": {"get": {"responses": JSON}},
        "/api/health/live": {"get": {"responses": JSON}},
        "/api/scrape-jobs": {"post": {"responses": JSON}},
    },
    "components": {"schemas": {"Health": {"enum": ["green", "red"]}}},
}


@dataclass
class LocalServer:
    """What it was asked, and how it is to misbehave."""

    url: str = ""
    asked: list[str] = field(default_factory=list)
    was_asked: asyncio.Event = field(default_factory=asyncio.Event)
    failing: str | None = None
    standing_still: asyncio.Event | None = None
    resident_bytes: int | None = None

    async def list_websites(self, request: web.Request) -> web.Response:
        """Answer with a page of two."""
        await self._meet(request)
        if self.failing == "garbage":
            return web.Response(text="<html>", content_type="text/html")
        if self.failing == "refusing":
            return web.json_response({"detail": "Come back later."}, status=503)
        items = [
            {"id": f"id-{n}", "name": "Lindmere Culture Fund", "region": "Europe", "tags": []} for n in (1, 2)
        ]
        following = None if "cursor" in request.query else "more"
        return web.json_response({"items": items, "next": following})

    async def anything(self, request: web.Request) -> web.Response:
        """Answer with an object."""
        await self._meet(request)
        return web.json_response({"id": "id-1"})

    async def metrics(self, _request: web.Request) -> web.Response:
        """Tell the memory, if it is told."""
        if self.resident_bytes is None:
            raise web.HTTPNotFound
        return web.Response(
            text=f"# TYPE x gauge\nhoistscraper_process_resident_memory_bytes {self.resident_bytes}.0\n"
        )

    async def document(self, _request: web.Request) -> web.Response:
        """Answer with what is offered."""
        return web.json_response(DOCUMENT)

    async def _meet(self, request: web.Request) -> None:
        self.asked.append(request.path_qs)
        self.was_asked.set()
        if self.standing_still is not None:
            await self.standing_still.wait()


@asynccontextmanager
async def served() -> AsyncIterator[LocalServer]:
    """Serve until the end of the block."""
    server = LocalServer()
    app = web.Application()
    app.router.add_get("/api/openapi.json", server.document)
    app.router.add_get("/metrics", server.metrics)
    app.router.add_get("/api/websites", server.list_websites)
    app.router.add_get("/{rest:.*}", server.anything)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    _host, port = runner.addresses[0][:2]
    server.url = f"http://127.0.0.1:{port}"
    try:
        yield server
    finally:
        await runner.cleanup()
