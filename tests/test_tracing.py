"""Traces and reports of mistakes: they arrive where they are wanted, whole and without secrets."""

import asyncio
import gzip
import json
import os
import sys
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager

import httpx
import pytest
from aiohttp import web
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span
from pydantic import SecretStr

from hoistscraper.errors import Invalid
from hoistscraper.scraping.report import JobStatus
from hoistscraper.settings import Settings
from hoistscraper.tracing import is_tracing, observed, span
from tests.api.served import served
from tests.queue.conftest import Queue, Until, patient, queue, until, working
from tests.sites.calls import CallsWebsite, some_calls

__all__ = ["patient", "queue", "until"]
TRACE, PARENT = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"
SECRET = "hunter2-hunter2"


@asynccontextmanager
async def taker() -> AsyncIterator[tuple[str, list[bytes]]]:
    """Yield where a server is that takes whatever it is sent, and what it got."""
    taken: list[bytes] = []

    async def take(request: web.Request) -> web.Response:
        body = await request.read()
        taken.append(gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body)
        return web.Response()

    app = web.Application()
    app.router.add_post("/{path:.*}", take)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"127.0.0.1:{runner.addresses[0][1]}", taken
    finally:
        await runner.cleanup()


def spans(taken: list[bytes]) -> list[Span]:
    return [
        each
        for body in taken
        for resource in ExportTraceServiceRequest.FromString(body).resource_spans
        for scope in resource.scope_spans
        for each in scope.spans
    ]


def attributes(one: Span) -> dict[str, str | int]:
    return {each.key: each.value.string_value or each.value.int_value for each in one.attributes}


async def test_a_request_belongs_to_the_trace_of_its_sender(settings: Settings) -> None:
    async with taker() as (place, taken):
        endpoint = {"OTEL_EXPORTER_OTLP_ENDPOINT": f"http://{place}"}
        async with served(settings, **endpoint) as origin, httpx.AsyncClient() as client:
            named = {"traceparent": f"00-{TRACE}-{PARENT}-01"}
            answer = await client.get(f"{origin}/api/websites?q={SECRET}", headers=named)
            assert answer.is_success
    [one] = [each for each in spans(taken) if each.trace_id.hex() == TRACE]
    assert one.parent_span_id.hex() == PARENT
    assert one.name == "GET /api/websites"
    assert attributes(one) == {
        "http.request.method": "GET",
        "http.route": "/api/websites",
        "http.response.status_code": 200,
        "hoistscraper.request_id": answer.headers["x-request-id"],
    }
    assert SECRET.encode() not in b"".join(taken)


async def test_a_job_is_one_trace_with_its_pages(patient: Settings, queue: Queue, until: Until) -> None:
    website = CallsWebsite(some_calls(3))
    async with taker() as (place, taken), website.site() as site:
        wanted = patient.model_copy(update={"otel_exporter_otlp_endpoint": f"http://{place}"})
        asked = await queue(site.url())
        ending = ExitStack()
        ending.enter_context(observed(wanted, "worker"))
        try:
            async with working(wanted):
                assert (await until(asked.job_id)).status is JobStatus.COMPLETED
        finally:
            # What is left is sent now, and the server answers on this loop.
            await asyncio.to_thread(ending.close)
    [job] = [each for each in spans(taken) if each.name == "scrape job"]
    pages = [each for each in spans(taken) if each.name == "page"]
    assert attributes(job) == {"hoistscraper.job_id": str(asked.job_id)}
    assert len(pages) >= 4
    assert {(page.trace_id, page.parent_span_id) for page in pages} == {(job.trace_id, job.span_id)}


async def test_a_mistake_is_reported_without_secrets() -> None:
    program = f"""
import logging
from hoistscraper.settings import load_settings
from hoistscraper.tracing import observed
with observed(load_settings(), "worker"):
    logging.getLogger("hoistscraper").warning("only a warning")
    try:
        int("password={SECRET}")
    except ValueError as mistake:
        logging.getLogger("hoistscraper").error("It failed: token={SECRET}", exc_info=mistake)
"""
    async with taker() as (place, taken):
        environment = {**os.environ, "SENTRY_DSN": f"http://public@{place}/1"}
        process = await asyncio.create_subprocess_exec(sys.executable, "-c", program, env=environment)
        assert await process.wait() == 0
    [envelope] = taken
    event = json.loads(envelope.splitlines()[-1])
    assert event["level"] == "error"
    assert event["exception"]["values"][0]["type"] == "ValueError"
    assert event["release"].startswith("hoistscraper@")
    assert SECRET.encode() not in envelope


def test_nothing_is_loaded_where_nothing_is_wanted() -> None:
    with observed(Settings(), "api"), span("anything") as nothing:
        assert nothing is None
        assert not is_tracing()


def test_a_library_that_is_missing_is_told_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sentry_sdk", None)
    wanted = Settings().model_copy(update={"sentry_dsn": SecretStr("http://public@127.0.0.1:1/1")})
    with pytest.raises(Invalid, match=r"pip install 'hoistscraper\[sentry\]'"), observed(wanted, "api"):
        pass
