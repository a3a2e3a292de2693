"""Figures for Prometheus."""

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from hoistscraper.api import gathering
from hoistscraper.database.engine import Database
from hoistscraper.settings import Settings
from tests.api.front import opened_api


async def figures(api: httpx.AsyncClient) -> dict[tuple[str, ...], float]:
    answer = await api.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    return {
        (sample.name.removeprefix("hoistscraper_"), *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


async def test_requests_are_counted_by_route_method_and_status(settings: Settings) -> None:
    async with opened_api(settings) as api:
        website = (await api.post("/api/websites", json={"url": "https://example.org/"})).json()["id"]
        for _ in range(3):
            await api.get(f"/api/websites/{website}")
        await api.get("/api/websites/nothing")
        await api.get("/nowhere/at/all")
        await api.request("BREW", "/nowhere")
        told = await figures(api)
    assert told["http_requests_total", "GET", "/api/websites/{website_id}", "200"] == 3
    assert told["http_requests_total", "GET", "/api/websites/{website_id}", "422"] == 1
    assert told["http_requests_total", "POST", "/api/websites", "201"] == 1
    assert told["http_requests_total", "GET", "(none)", "404"] == 1
    assert told["http_requests_total", "other", "(none)", "404"] == 1
    assert told["http_request_duration_seconds_count", "GET", "/api/websites/{website_id}"] == 4
    answers = [told["response_cache_answers_total", kind, "websites"] for kind in ("hit", "bypass")]
    assert sum(answers) >= 2
    assert told["database_read_seconds_count",] == told["database_wait_seconds_count",] > 0


async def test_jobs_websites_and_the_queue_are_counted(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gathering, "_KEPT_SECONDS", 0)
    async with opened_api(settings) as api:
        before = await figures(api)
        website = (await api.post("/api/websites", json={"url": "https://example.org/"})).json()["id"]
        await api.post(f"/api/websites/{website}/scrape")
        told = await figures(api)
    assert (before["scrape_jobs", "pending"], told["scrape_jobs", "pending"]) == (0, 1)
    assert (before["websites", "unknown"], told["websites", "unknown"]) == (0, 1)
    assert told["websites", "red"] == told["scrape_jobs", "failed"] == before["queue_age_seconds",] == 0
    assert told["queue_age_seconds",] > 0
    assert told["listing_pages_total", "recipe"] == told["recipe_repairs_total", "refused"] == 0
    assert told["database_up",] == 1
    assert told["read_connections_busy",] >= 0


async def test_the_database_is_not_asked_each_time(settings: Settings) -> None:
    async with opened_api(settings) as api:
        await api.get("/metrics")
        await api.post("/api/websites", json={"url": "https://example.org/"})
        assert (await figures(api))["websites", "unknown"] == 0, "it is some seconds old"


async def test_a_database_that_does_not_answer_is_a_figure(
    settings: Settings, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gathering, "_KEPT_SECONDS", 0)
    async with opened_api(settings.model_copy(update={"read_timeout_seconds": 0.2})) as api:
        async with database.engine.begin() as connection:
            await connection.exec_driver_sql("LOCK TABLE website")
            told = await figures(api)
        assert told["database_up",] == 0
        assert ("websites", "unknown") not in told
        assert (await figures(api))["database_up",] == 1
