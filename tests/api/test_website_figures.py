"""Figures beside the list of websites: counts, what they have been giving, what is usual."""

from uuid import uuid4

import httpx
import pytest

from hoistscraper.settings import Settings
from tests.api.test_scrape_jobs import calm
from tests.api.test_websites import add
from tests.queue.conftest import Queue, Until, patient, queue, until, working
from tests.sites.calls import CallsWebsite, some_calls

__all__ = ["calm", "patient", "queue", "until"]


async def test_websites_are_counted_by_what_they_are(api: httpx.AsyncClient) -> None:
    first = await add(api, "https://example.org/1", category="grants", tags=["culture", "small"])
    await add(api, "https://example.org/2", category="grants", region="France", tags=["culture"])
    await add(api, "https://example.org/3", category="tenders", active=False)
    await api.post("/api/websites/bulk", json={"ids": [first["id"]], "action": "pause"})
    facets = (await api.get("/api/websites/facets")).json()
    assert (facets["total"], facets["inactive"], facets["paused"]) == (3, 1, 1)
    assert facets["health"] == {"green": 0, "amber": 0, "red": 0, "unvisited": 3}
    assert facets["categories"] == [{"value": "grants", "count": 2}, {"value": "tenders", "count": 1}]
    assert facets["regions"] == [{"value": "France", "count": 1}]
    assert facets["tags"] == [{"value": "culture", "count": 2}, {"value": "small", "count": 1}]


async def test_what_a_website_gave_is_told_with_its_last_jobs(
    calm: Settings, api: httpx.AsyncClient, queue: Queue, until: Until
) -> None:
    website = CallsWebsite(some_calls(3))
    async with website.site() as site, working(calm):
        asked = await queue(site.url())
        await until(asked.job_id)
        path = f"/api/websites/activity?id={asked.website_id}&id={uuid4()}"
        [told] = (await api.get(path)).json()
        assert (told["id"], told["opportunities"], told["listed"]) == (str(asked.website_id), 3, 3)
        assert [(job["id"], job["status"], job["found"]) for job in told["jobs"]] == [
            (str(asked.job_id), "completed", 3)
        ]
        again = await queue(site.url())
        await until(again.job_id)
    [told] = (await api.get(path)).json()
    assert [job["id"] for job in told["jobs"]] == [str(asked.job_id), str(again.job_id)]


@pytest.mark.parametrize("query", ["", "?id=x", "?" + "&".join(f"id={uuid4()}" for _ in range(51))])
async def test_it_must_be_said_what_websites_shall_be_told_of(api: httpx.AsyncClient, query: str) -> None:
    assert (await api.get(f"/api/websites/activity{query}")).status_code == 422


@pytest.mark.proves("recipes")
async def test_what_is_usual_is_learned_from_visits(
    calm: Settings, api: httpx.AsyncClient, queue: Queue, until: Until
) -> None:
    added = await add(api, "https://example.org/")
    unknown = (await api.get(f"/api/websites/{added['id']}/usual")).json()
    assert (unknown["visits"], unknown["listed"], unknown["most_bytes"]) == (0, None, None)
    website = CallsWebsite(some_calls(5))
    async with website.site() as site, working(calm):
        asked = await queue(site.url())
        await until(asked.job_id)
    usual = (await api.get(f"/api/websites/{asked.website_id}/usual")).json()
    assert (usual["visits"], usual["listed"]["usual"], usual["new_a_week"]) == (1, 5, None)
    assert unknown["recipe"] is None
    told = usual["recipe"]
    assert (told["state"], told["rows"], told["pages_by_general"]) == ("learning", 5, 1)
    assert usual["listed"]["low"] < 5 < usual["listed"]["high"]
    assert (await api.get(f"/api/websites/{uuid4()}/usual")).status_code == 404
