"""Scrape jobs over the API: asked for, listed, followed, cancelled, tried again, with a real worker."""

import json
from collections.abc import AsyncGenerator
from contextlib import aclosing
from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx
import psycopg
import pytest
from sqlalchemy import text

from hoistscraper.api.parts import opened_parts
from hoistscraper.clock import now
from hoistscraper.database.engine import Database
from hoistscraper.scraping import visit
from hoistscraper.scraping.job_news import job_news
from hoistscraper.scraping.report import JobStatus, Trigger
from hoistscraper.settings import Settings
from tests.api.test_websites import add
from tests.queue.conftest import Queue, Until, patient, queue, until, working
from tests.sites.calls import CallsWebsite, some_calls

__all__ = ["patient", "queue", "until"]


@pytest.fixture
def statements(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every statement that is sent from now on, by whichever way."""
    sent: list[str] = []
    execute = psycopg.AsyncCursor.execute

    async def noted(cursor: psycopg.AsyncCursor, query: bytes, *rest: Any, **more: Any) -> object:  # noqa: ANN401
        sent.append(query.decode() if isinstance(query, bytes) else str(query))
        return await execute(cursor, query, *rest, **more)

    monkeypatch.setattr(psycopg.AsyncCursor, "execute", noted)
    return sent


@pytest.fixture
def calm(patient: Settings) -> Settings:
    """Settings of a worker that is not taken for dead on a machine that is busy with other tests."""
    return patient.model_copy(update={"stalled_after_seconds": 60})


async def listed(api: httpx.AsyncClient, **params: Any) -> list[str]:  # noqa: ANN401 - as httpx has it
    answer = await api.get("/api/scrape-jobs", params=params)
    assert answer.status_code == 200, answer.text
    return [job["url"] for job in answer.json()["items"]]


async def ask(api: httpx.AsyncClient, **body: object) -> dict[str, Any]:
    answer = await api.post("/api/scrape-jobs", json=body)
    assert answer.status_code == 202, answer.text
    return dict(answer.json())


async def read(api: httpx.AsyncClient, job_id: object) -> dict[str, Any]:
    return dict((await api.get(f"/api/scrape-jobs/{job_id}")).json())


async def test_one_many_or_all_websites_are_asked_for(api: httpx.AsyncClient) -> None:
    ids = [str((await add(api, f"https://example.org/{number}"))["id"]) for number in range(3)]
    await api.post("/api/websites/bulk", json={"ids": ids[2:], "action": "pause"})
    nobody = str(uuid4())
    first = await ask(api, website_ids=[ids[0], nobody])
    assert (first["new"], first["waiting_already"], first["unknown"]) == (1, 0, [nobody])
    [job] = first["jobs"]
    assert (job["website_id"], job["url"], job["is_new"]) == (ids[0], "https://example.org/0", True)
    again = await ask(api, all=True)
    assert (again["new"], again["waiting_already"]) == (1, 1)
    assert {each["job_id"] for each in again["jobs"]} >= {job["job_id"]}
    assert set(await listed(api)) == {"https://example.org/0", "https://example.org/1"}


async def test_those_that_are_due_are_asked_for(api: httpx.AsyncClient, database: Database) -> None:
    due = await add(api, "https://example.org/due", schedule="every 6 hours")
    await add(api, "https://example.org/later", schedule="every 6 hours")
    async with database.transaction() as session:
        await session.execute(text("UPDATE website SET next_due_at = now() + interval '1 hour'"))
        await session.execute(
            text("UPDATE website SET next_due_at = now() - interval '1 hour' WHERE id = :id"),
            {"id": due["id"]},
        )
    assert [job["url"] for job in (await ask(api, due=True))["jobs"]] == ["https://example.org/due"]
    assert (await ask(api, due=True))["jobs"] == []
    assert await listed(api, trigger="timetable") == ["https://example.org/due"]


@pytest.mark.parametrize("body", [{}, {"all": True, "due": True}, {"website_ids": ["x"]}, {"al": True}])
async def test_it_must_be_said_which_websites(api: httpx.AsyncClient, body: dict[str, object]) -> None:
    assert (await api.post("/api/scrape-jobs", json=body)).status_code == 422


async def test_jobs_are_found_by_what_they_are(
    api: httpx.AsyncClient, database: Database, queue: Queue
) -> None:
    jobs = [await queue(f"https://host{number}.example/") for number in range(3)]
    timed = await queue("https://timed.example/", trigger=Trigger.TIMETABLE)
    await api.post(f"/api/scrape-jobs/{jobs[0].job_id}/cancel")
    async with database.transaction() as session:
        await session.execute(
            text("UPDATE scrape_job SET asked_at = asked_at - interval '2 days' WHERE id = :id"),
            {"id": jobs[1].job_id},
        )
    assert await listed(api) == [timed.url, jobs[2].url, jobs[0].url, jobs[1].url]
    assert await listed(api, status="cancelled") == [jobs[0].url]
    assert await listed(api, status=["cancelled", "pending"], trigger="person", limit=2) == [
        jobs[2].url,
        jobs[0].url,
    ]
    assert await listed(api, website=str(jobs[2].website_id)) == [jobs[2].url]
    yesterday = (now() - timedelta(days=1)).isoformat()
    assert await listed(api, asked_before=yesterday) == [jobs[1].url]
    assert await listed(api, asked_since=yesterday, trigger="timetable") == [timed.url]
    assert await listed(api, status="running") == []
    assert (await api.get("/api/scrape-jobs", params={"asked_since": "2031-01-01T00:00"})).status_code == 422


async def test_pages_of_jobs_follow_each_other_without_gap_or_double(
    api: httpx.AsyncClient, queue: Queue
) -> None:
    urls = [(await queue(f"https://host{number}.example/")).url for number in range(7)]
    seen: list[str] = []
    cursor: str | None = None
    while True:
        params = {"limit": "3"} | ({"cursor": cursor} if cursor else {})
        page = (await api.get("/api/scrape-jobs", params=params)).json()
        seen += [job["url"] for job in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert seen == urls[::-1]


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/api/scrape-jobs?limit=200", 1),
        ("/api/websites?limit=200", 1),
        ("/api/stats", 3),
        ("/api/settings", 1),
    ],
)
async def test_a_list_takes_as_many_statements_however_long_it_is(
    api: httpx.AsyncClient, queue: Queue, statements: list[str], path: str, most: int
) -> None:
    async def sent() -> list[str]:
        computed = {"Cache-Control": "no-cache"}
        await api.get(path, headers=computed)  # whatever opens connections, opens them now
        statements.clear()
        assert (await api.get(path, headers=computed)).status_code == 200
        asked = [each for each in statements if each.lstrip().upper().startswith(("SELECT", "WITH"))]
        # Whoever listens for changes asks now and then, too, whether all is as it was; and the gate, whether
        # anybody has to sign in.
        return [each for each in asked if "pg_" not in each and '"user"' not in each]

    short = await sent()
    for number in range(30):
        await queue(f"https://host{number}.example/")
    long = await sent()
    assert len(long) == len(short) <= most, long


async def test_a_waiting_job_is_cancelled_and_tried_again(
    calm: Settings, api: httpx.AsyncClient, queue: Queue, until: Until
) -> None:
    website = CallsWebsite(some_calls(2))
    async with website.site() as site:
        asked = await queue(site.url())
        cancelled = await api.post(f"/api/scrape-jobs/{asked.job_id}/cancel")
        assert (cancelled.status_code, cancelled.json()["status"]) == (200, "cancelled")
        twice = await api.post(f"/api/scrape-jobs/{asked.job_id}/cancel")
        assert (twice.status_code, twice.headers["content-type"]) == (409, "application/problem+json")
        retried = await api.post(f"/api/scrape-jobs/{asked.job_id}/retry")
        assert (retried.status_code, retried.json()["status"]) == (200, "pending")
        async with working(calm):
            await until(asked.job_id)
    job = await read(api, asked.job_id)
    assert (job["status"], job["found"], job["new"], job["error_kind"]) == ("completed", 2, 2, None)
    done = await api.post(f"/api/scrape-jobs/{asked.job_id}/retry")
    assert done.status_code == 409


async def test_a_running_job_is_stopped_and_keeps_what_it_found(
    calm: Settings, api: httpx.AsyncClient, queue: Queue, until: Until
) -> None:
    website = CallsWebsite(some_calls(200), page_size=200)
    slow = calm.model_copy(update={"pace_seconds": 0.02})
    async with website.site() as site, working(slow):
        asked = await queue(site.url())
        await website.until_asked(20)
        stopping = await api.post(f"/api/scrape-jobs/{asked.job_id}/cancel")
        assert (stopping.status_code, stopping.json()["status"]) == (200, "running")
        await until(asked.job_id, JobStatus.CANCELLED)
    job = await read(api, asked.job_id)
    assert 0 < job["found"] < 200


async def test_a_failed_job_says_why(
    calm: Settings, api: httpx.AsyncClient, queue: Queue, until: Until
) -> None:
    website = CallsWebsite(some_calls(2), listing_status=404)
    async with website.site() as site, working(calm):
        asked = await queue(site.url())
        await until(asked.job_id)
    job = await read(api, asked.job_id)
    assert (job["status"], job["error_kind"]) == ("failed", "page-not-found")
    assert job["error_message"].endswith(".")


async def test_the_log_of_a_job_comes_in_pages(
    calm: Settings, api: httpx.AsyncClient, queue: Queue, until: Until
) -> None:
    website = CallsWebsite(some_calls(5))
    async with website.site() as site, working(calm):
        asked = await queue(site.url())
        await until(asked.job_id)
    path = f"/api/scrape-jobs/{asked.job_id}/log"
    whole = (await api.get(path)).json()
    assert (len(whole["items"]) > 5, whole["next"]) == (True, None)
    after, parted = 0, []
    while True:
        page = (await api.get(path, params={"after": after, "limit": 2})).json()
        parted += page["items"]
        if page["next"] is None:
            break
        after = page["next"]
    assert parted == whole["items"]
    assert [line["number"] for line in parted] == sorted({line["number"] for line in parted})


async def test_the_events_of_a_job_end_with_the_job(
    calm: Settings, api: httpx.AsyncClient, queue: Queue
) -> None:
    website = CallsWebsite(some_calls(3))
    async with website.site() as site, working(calm):
        asked = await queue(site.url())
        async with api.stream("GET", f"/api/scrape-jobs/{asked.job_id}/events", timeout=60) as answer:
            assert answer.headers["content-type"].startswith("text/event-stream")
            events = parsed("".join([piece async for piece in answer.aiter_text()]))
    lines = [told["text"] for kind, told in events if kind == "line"]
    assert sum(line.startswith("New:") for line in lines) == 3
    kind, job = events[-1]
    assert (kind, job["id"], job["status"], job["found"]) == ("job", str(asked.job_id), "completed", 3)
    assert job == await read(api, asked.job_id)


async def test_a_job_is_followed_from_a_line_on(
    calm: Settings, api: httpx.AsyncClient, queue: Queue, until: Until
) -> None:
    website = CallsWebsite(some_calls(3))
    async with website.site() as site, working(calm):
        asked = await queue(site.url())
        await until(asked.job_id)
    whole = (await api.get(f"/api/scrape-jobs/{asked.job_id}/log")).json()["items"]
    path = f"/api/scrape-jobs/{asked.job_id}/events?after={whole[1]['number']}"
    events = parsed((await api.get(path)).text)
    assert [told for kind, told in events if kind == "line"] == whole[2:]


async def test_a_job_that_runs_tells_how_far_it_is(
    calm: Settings, api: httpx.AsyncClient, queue: Queue, monkeypatch: pytest.MonkeyPatch
) -> None:
    website = CallsWebsite(some_calls(200), page_size=20)
    slow = calm.model_copy(update={"pace_seconds": 0.05})
    so_far: list[int] = []
    monkeypatch.setattr(visit, "BATCH_SIZE", 20)
    async with website.site() as site, working(slow):
        asked = await queue(site.url())
        async for job in news_of_all(slow):
            if job["status"] == "running":
                so_far.append(job["found_so_far"])
            if job["status"] == "completed":
                break
    assert so_far == sorted(so_far)
    assert so_far[-1] > 0
    job = await read(api, asked.job_id)
    assert (job["found_so_far"], job["found_last_time"], job["deviations"]) == (None, None, [])
    again = await queue(site.url())
    assert (await read(api, again.job_id))["found_last_time"] == 200


async def test_news_of_all_jobs_tell_each_state_once(
    calm: Settings, api: httpx.AsyncClient, queue: Queue
) -> None:
    website = CallsWebsite(some_calls(3))
    told: list[str] = []
    async with website.site() as site:
        asked = await queue(site.url())
        async for job in news_of_all(calm):
            assert job["id"] == str(asked.job_id)
            told.append(job["status"])
            if job["status"] == "cancelled":
                break
            await api.post(f"/api/scrape-jobs/{asked.job_id}/cancel")
    assert told == ["pending", "cancelled"]


async def news_of_all(settings: Settings) -> AsyncGenerator[dict[str, Any]]:
    async with opened_parts(settings) as parts, aclosing(job_news(parts.reads)) as news:
        async for jobs in news:
            for job in jobs:
                yield json.loads(job)


def parsed(stream: str) -> list[tuple[str, dict[str, Any]]]:
    """Return the events of a stream, comments left out."""
    events: list[tuple[str, dict[str, Any]]] = []
    for block in stream.replace("\r\n", "\n").split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.splitlines() if not line.startswith(":"))
        if "event" in fields:
            events.append((fields["event"], json.loads(fields["data"])))
    return events


@pytest.mark.parametrize("action", ["", "/log", "/events", "/cancel", "/retry"])
async def test_an_unknown_job_is_a_problem_with_a_sentence(api: httpx.AsyncClient, action: str) -> None:
    method = "POST" if action in ("/cancel", "/retry") else "GET"
    answer = await api.request(method, f"/api/scrape-jobs/{uuid4()}{action}")
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")
    assert "There is no job" in answer.json()["detail"]
