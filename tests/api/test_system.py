"""Whether the work is being done, over the API."""

from importlib.metadata import version

import httpx

from hoistscraper.settings import Settings
from tests.api.front import until
from tests.queue.conftest import patient, working

__all__ = ["patient"]


async def test_without_a_worker_it_says_so(api: httpx.AsyncClient) -> None:
    told = (await api.get("/api/system")).json()
    assert told["version"] == version("hoistscraper")
    assert (told["workers"], told["worker_seen_at"]) == (0, None)
    assert (told["jobs_waiting"], told["longest_wait_seconds"]) == (0, 0)


async def test_a_job_that_nobody_takes_is_told(api: httpx.AsyncClient) -> None:
    website = (await api.post("/api/websites", json={"url": "https://example.org/calls"})).json()
    await api.post("/api/scrape-jobs", json={"website_ids": [website["id"]]})
    told = (await api.get("/api/system")).json()
    assert (told["jobs_waiting"], told["jobs_running"]) == (1, 0)
    assert told["longest_wait_seconds"] > 0


async def test_a_worker_is_counted_while_it_lives(api: httpx.AsyncClient, patient: Settings) -> None:
    async def has_one() -> bool:
        told = (await api.get("/api/system")).json()
        return told["workers"] == 1 and told["worker_seen_at"] is not None

    async with working(patient):
        await until(has_one)
    assert (await api.get("/api/system")).json()["workers"] == 0
