"""What workers did is counted over all of them, and told by the API."""

import asyncio

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from hoistscraper.database.engine import Database
from hoistscraper.extraction import detail
from hoistscraper.extraction.finding import Finding
from hoistscraper.extraction.proof import FIELDS
from hoistscraper.queue import rows
from hoistscraper.queue.telling import add_totals
from hoistscraper.queue.totals import BYTES_SAVED, PAGES, Totals
from hoistscraper.scraping.report import JobStatus
from hoistscraper.settings import Settings
from tests.api import front
from tests.api.front import opened_api
from tests.queue.conftest import Queue, Until, working
from tests.sites.calls import CallsWebsite, some_calls


async def figures(api: httpx.AsyncClient) -> dict[tuple[str, ...], float]:
    return {
        (sample.name.removeprefix("hoistscraper_"), *sample.labels.values()): sample.value
        for family in text_string_to_metric_families((await api.get("/metrics")).text)
        for sample in family.samples
    }


@pytest.mark.proves("batch_writes")
async def test_what_workers_did_is_told_after_they_have_ended(
    patient: Settings, queue: Queue, until: Until
) -> None:
    website = CallsWebsite(some_calls(4))
    async with website.site() as site:
        for _ in range(2):  # each is another worker
            async with working(patient):
                assert (await until((await queue(site.url())).job_id)).status is JobStatus.COMPLETED
    async with opened_api(patient) as api:
        told = await figures(api)
    assert told["jobs_ended_total", "completed"] == 2
    assert told["job_duration_seconds_count",] == told["job_duration_seconds_bucket", "+Inf"] == 2
    assert told["job_duration_seconds_sum",] > 0
    assert (told["calls_total", "new"], told["calls_total", "unchanged"]) == (4, 4)
    assert told["calls_read_total",] == 4
    assert told["pages_total", "http"] >= 5
    assert told["bytes_received_total",] > 0
    values = sum(value for (name, *labels), value in told.items() if labels[:1] == ["title"])
    assert values == 4
    assert told["feature_jobs_total", "on", "batch_writes", "completed"] == 2
    assert told["workers",] == 0


async def test_a_value_without_proof_is_counted_by_its_field_and_told_in_the_log(
    patient: Settings, queue: Queue, until: Until, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    lie = Finding("Invented Trust", "Invented Trust", "prose")
    monkeypatch.setattr(detail, "organisation_of", lambda _: lie)
    async with CallsWebsite(some_calls(3)).site() as site, working(patient):
        job = await until((await queue(site.url())).job_id)
    async with database.transaction() as session:
        lines = text("SELECT count(*) FROM scrape_job_line WHERE text = :told AND url IS NOT NULL")
        told_in_log = {"told": "Left out for want of proof: organisation (1)."}
        assert (await session.execute(lines, told_in_log)).scalar_one() == 3
        kept = text("SELECT count(*) FROM opportunity WHERE organisation = 'Invented Trust'")
        assert (await session.execute(kept)).scalar_one() == 0
    async with opened_api(patient) as api:
        told = await figures(api)
    assert job.status is JobStatus.COMPLETED
    dropped = {key[1]: value for key, value in told.items() if key[0] == "values_dropped_total"}
    assert dropped == {**dict.fromkeys(FIELDS, 0), "organisation": 3}


async def alive(api: httpx.AsyncClient) -> bool:
    return any(name == "worker_jobs" for name, *_ in await figures(api))


async def test_a_worker_that_lives_tells_how_it_is_doing(patient: Settings) -> None:
    async with working(patient), opened_api(patient) as api:
        await front.until(lambda: alive(api))
        told = await figures(api)
    assert told["workers",] == 1
    [[_, name]] = [key for key in told if key[0] == "worker_resident_memory_bytes"]
    assert told["worker_resident_memory_bytes", name] > 10_000_000
    assert told["worker_jobs", name] == 0
    assert 0 <= told["worker_silent_seconds", name] < 60


async def test_a_worker_that_ends_while_it_tells_how_it_is_doing_ends_well(
    patient: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    beat, told = rows.beat, asyncio.Event()
    async with working(patient) as service:

        async def beat_while_it_ends(session: AsyncSession, worker_id: int) -> None:
            await beat(session, worker_id)
            assert service._shift is not None
            worker = service._shift._worker
            # As the queue does it at a worker's end; given back, for this worker goes on.
            worker.worker_id = None
            asyncio.get_running_loop().call_soon(setattr, worker, "worker_id", worker_id)
            told.set()

        monkeypatch.setattr(rows, "beat", beat_while_it_ends)
        await told.wait()


async def test_two_that_count_at_once_lose_nothing(database: Database) -> None:
    one, other = Totals(), Totals()
    one.add(PAGES, "http", by=2)
    other.add(PAGES, "http", by=3)
    other.add(BYTES_SAVED, by=7)
    taken = one.take()
    assert not one.take()
    one.give_back(taken)
    for counted in (one, other):
        async with database.transaction() as session:
            await add_totals(session, counted.take())
    async with database.transaction() as session:
        rows = await session.execute(text("SELECT name, labels, value FROM running_total ORDER BY name"))
        assert [tuple(row) for row in rows] == [("bytes_saved", [], 7), ("pages", ["http"], 5)]
