"""Everything that a request passes before the framework sees it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from importlib import import_module
from typing import TYPE_CHECKING

from fastapi import FastAPI
from fastapi.routing import APIRoute
from granian.utils.proxies import wrap_asgi_with_proxy_headers
from starlette.requests import Request
from starlette.types import ASGIApp

from hoistscraper.api.access import open_to_anybody
from hoistscraper.api.answer_headers import AnswerHeaders
from hoistscraper.api.app import build_app
from hoistscraper.api.change_marks import ChangeMarks
from hoistscraper.api.content_policies import DOCS, Policies
from hoistscraper.api.cookies import Cookies
from hoistscraper.api.doors import Doors
from hoistscraper.api.gate import Gate
from hoistscraper.api.inline_scripts import inline_of, read_inline
from hoistscraper.api.observed import Observed
from hoistscraper.api.parts import Parts
from hoistscraper.api.rates import limited_by_address, limited_by_user
from hoistscraper.api.recognition import Recognition
from hoistscraper.api.response_cache import ResponseCache
from hoistscraper.api.shared_answers import SharedAnswers
from hoistscraper.api.traced import Traced
from hoistscraper.api.web_files import WEB, read_web_files
from hoistscraper.api.webapp import WebApp
from hoistscraper.cache.freshness import Freshness
from hoistscraper.database.changes import keep_listening
from hoistscraper.settings import Settings
from hoistscraper.tracing import is_tracing

if TYPE_CHECKING:
    from hoistscraper.cache.shared import Shared


@asynccontextmanager
async def opened_front(parts: Parts, *, host: str | None = None) -> AsyncIterator[ASGIApp]:
    """Yield the whole: the app over its parts, ready answers and the web app before it, then the gate.

    ``host`` is the address of this machine that it answers at, if not that of the settings.
    """
    freshness = Freshness()
    async with AsyncExitStack() as ending:
        shared = None
        if redis_url := parts.settings.redis_url:
            # Its client takes a while to load, and most have no Redis.
            module = import_module("hoistscraper.cache.shared")
            level: Shared = await ending.enter_async_context(
                module.opened_shared(redis_url.get_secret_value())
            )
            shared = SharedAnswers(level, freshness)
        app = build_app(parts)
        cache = ResponseCache(ChangeMarks(app), parts.settings, freshness, shared)
        parts.measures.watch(cache.figures)
        await ending.enter_async_context(_listening(parts, freshness))
        web = WebApp(cache, read_web_files(), compressing=parts.settings.features_compression)
        gate = Gate(
            limited_by_user(web, parts.settings),
            Recognition(parts.settings, parts.database, parts.reads, freshness),
            Doors(parts.settings, host=host or parts.settings.host),
            Cookies(parts.settings),
            is_open=open_to_anybody(app),
            shows_metrics_here=parts.settings.metrics == "loopback",
        )
        measured: ASGIApp = Observed(limited_by_address(gate, parts.settings), parts.measures)
        if is_tracing():
            measured = Traced(measured)
        policies = Policies(inline_of(await _docs_page(app)), read_inline(WEB))
        public = parts.settings.public_url or ""
        sealed = AnswerHeaders(measured, policies, is_always_tls=public.startswith("https:"))
        yield _forwarded(sealed, parts.settings)


def _forwarded(app: ASGIApp, settings: Settings) -> ASGIApp:
    """Believe proxies of ours who asks, and whether over TLS; nobody else."""
    if not settings.trusted_proxies:
        return app
    trusted = sorted(settings.trusted_proxies)
    wrapped: ASGIApp = wrap_asgi_with_proxy_headers(app, trusted)
    return wrapped


async def _docs_page(app: FastAPI) -> str:
    """Return the page of explanations, which its library writes."""
    route = next(route for route in app.routes if isinstance(route, APIRoute) and route.path == DOCS)
    page = await route.endpoint(Request({"type": "http", "root_path": ""}))
    return bytes(page.body).decode()


@asynccontextmanager
async def _listening(parts: Parts, freshness: Freshness) -> AsyncIterator[None]:
    listening = asyncio.create_task(keep_listening(parts.database.url, freshness))
    try:
        yield
    finally:
        listening.cancel()
        await asyncio.wait([listening])
