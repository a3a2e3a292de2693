"""The overview: counted by tallies, and the same as if all were counted anew."""

import json
import random
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import httpx
import psycopg
import pytest
from sqlalchemy import text
from uuid_utils.compat import uuid7

from hoistscraper.clock import now
from hoistscraper.database.engine import Database
from hoistscraper.opportunities.findable import ends_at
from hoistscraper.opportunities.standing import standing_sql
from hoistscraper.scraping import statistics, tallies
from tests.api.test_websites import add
from tests.database.server import plain
from tests.queue.conftest import Queue, queue

__all__ = ["queue"]


async def overview(api: httpx.AsyncClient, days: int = 30) -> dict[str, Any]:
    # Who writes past the API is heard of soon, but not at once.
    answer = await api.get("/api/stats", params={"days": days}, headers={"Cache-Control": "no-cache"})
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def insert_call(database: Database, **columns: object) -> UUID:
    call = {
        "id": uuid7(),
        "title": "A call",
        "status": "unknown",
        "opening_date": None,
        "closes_at": None,
        "first_seen_at": now(),
    } | columns
    call["ends_at"] = ends_at(str(call["status"]), call["closes_at"], now())  # type: ignore[arg-type]
    async with database.transaction() as session:
        await session.execute(
            text(
                "INSERT INTO opportunity (id, title, status, opening_date, closes_at, other_dates, "
                "documents, categories, evidence, title_key, first_seen_at, changed_at, search, "
                "amount_order, ends_at) "
                "VALUES (:id, :title, :status, :opening_date, :closes_at, '[]', '[]', '{}', '{}', 'a call', "
                ":first_seen_at, now(), '', -1, :ends_at)"
            ),
            call,
        )
    return UUID(str(call["id"]))


async def test_an_empty_database_has_an_overview(api: httpx.AsyncClient) -> None:
    shown = await overview(api, days=3)
    assert shown["totals"]["opportunities"] == {"open": 0, "forthcoming": 0, "closed": 0, "unknown": 0}
    today = now().date()
    assert [day["day"] for day in shown["totals"]["days"]] == [
        (today - timedelta(days=back)).isoformat() for back in (2, 1, 0)
    ]
    assert (shown["next_to_close"], shown["needs_attention"]) == ([], [])


async def test_calls_are_counted_by_standing_and_by_the_day_they_were_found(
    api: httpx.AsyncClient, database: Database
) -> None:
    at = now()
    soon = await insert_call(database, title="Soon", closes_at=at + timedelta(days=2))
    await insert_call(database, status="open", closes_at=at + timedelta(days=20))
    await insert_call(database, closes_at=at - timedelta(hours=2))
    await insert_call(database, status="closed", closes_at=at + timedelta(days=3))
    await insert_call(database, opening_date=at.date() + timedelta(days=2), closes_at=at + timedelta(days=4))
    await insert_call(database, first_seen_at=at - timedelta(days=1))
    shown = await overview(api, days=2)
    assert shown["totals"]["opportunities"] == {"open": 2, "forthcoming": 1, "closed": 2, "unknown": 1}
    assert shown["totals"]["closing"] == {"within_7_days": 1, "within_30_days": 2}
    assert [day["new_opportunities"] for day in shown["totals"]["days"]] == [1, 5]
    assert [call["title"] for call in shown["next_to_close"]] == ["Soon", "A call"]
    assert shown["next_to_close"][0]["id"] == str(soon)


async def test_whatever_happens_the_tallies_are_what_counting_says(
    api: httpx.AsyncClient, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tallies, "MOST_LINES_APART", 0)
    chance = random.Random(7)  # noqa: S311 - the same each time
    at = now().replace(minute=0, second=0, microsecond=0)
    ids: list[UUID] = []
    for step in range(60):
        match chance.choice(["add", "add", "change", "remove", "together"]):
            case "add":
                ids.append(
                    await insert_call(
                        database,
                        status=chance.choice(["open", "closed", "forthcoming", "unknown"]),
                        closes_at=chance.choice([None, at + timedelta(hours=chance.randrange(-50, 50))]),
                        opening_date=chance.choice([None, date(2020, 1, 1), date(2040, 1, 1)]),
                        first_seen_at=at - timedelta(days=chance.randrange(500)),
                    )
                )
            case "change":
                async with database.transaction() as session:
                    await session.execute(
                        text(
                            "UPDATE opportunity SET closes_at = :at, ends_at = :at, status = :status "
                            "WHERE mod(hashtext(id::text), 3) = 0"
                        ),
                        {
                            "at": at + timedelta(hours=chance.randrange(-9, 9)),
                            "status": chance.choice(["open", "unknown"]),
                        },
                    )
            case "remove" if ids:
                async with database.transaction() as session:
                    await session.execute(text("DELETE FROM opportunity WHERE id = :id"), {"id": ids.pop()})
            case _:
                async with database.transaction() as session:
                    await tallies.put_together(session, at=now(), first_day=now() - timedelta(days=367))
        assert (await overview(api))["totals"]["opportunities"] == await counted(database), step


async def test_days_that_are_over_are_told_apart_no_more(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tallies, "MOST_LINES_APART", 5)
    for day in range(1, 10):
        await insert_call(
            database,
            status="unknown",
            closes_at=None,
            opening_date=date(2020, 1, day),
            first_seen_at=now() - timedelta(days=500 + day),
        )
    async with database.transaction() as session:
        lines = text("SELECT count(*) FROM tally WHERE subject <> 'website'")
        assert await session.scalar(lines) == 18
        await tallies.put_together(session, at=now(), first_day=now() - timedelta(days=367))
        assert await session.scalar(lines) == 2


async def counted(database: Database) -> dict[str, int]:
    async with database.transaction() as session:
        rows = await session.execute(
            text(f"SELECT {standing_sql(':now')} AS standing, count(*) FROM opportunity o GROUP BY 1"),
            {"now": now()},
        )
        return {"open": 0, "forthcoming": 0, "closed": 0, "unknown": 0} | {row[0]: row[1] for row in rows}


async def test_websites_and_jobs_are_counted_as_they_change(
    api: httpx.AsyncClient, database: Database, queue: Queue
) -> None:
    asked = await queue("https://example.org/")
    await add(api, "https://example.net/")
    async with database.transaction() as session:
        await session.execute(
            text("UPDATE website SET health = 'red', health_reason = 'It is gone.' WHERE id = :id"),
            {"id": asked.website_id},
        )
    shown = await overview(api)
    assert shown["totals"]["websites"] == {"green": 0, "amber": 0, "red": 1, "unvisited": 1}
    assert shown["totals"]["scrape_jobs"]["pending"] == 1
    assert [w["health_reason"] for w in shown["needs_attention"]] == ["It is gone."]
    async with database.transaction() as session:
        await session.execute(
            text("UPDATE scrape_job SET status = 'failed', finished_at = now() WHERE id = :id"),
            {"id": asked.job_id},
        )
    totals = (await overview(api))["totals"]
    assert (totals["scrape_jobs"]["pending"], totals["scrape_jobs"]["failed"]) == (0, 1)
    assert (totals["days"][-1]["jobs"], totals["days"][-1]["failures"]) == (1, 1)
    await api.delete(f"/api/websites/{asked.website_id}")
    totals = (await overview(api))["totals"]
    assert (totals["scrape_jobs"]["failed"], totals["websites"]["red"]) == (0, 0)


async def test_the_worst_websites_come_first_and_well_ones_not_at_all(
    api: httpx.AsyncClient, database: Database
) -> None:
    for health in ("green", "amber", "red"):
        await add(api, f"https://{health}.example/")
        async with database.transaction() as session:
            await session.execute(
                text("UPDATE website SET health = :health WHERE url = :url"),
                {"health": health, "url": f"https://{health}.example/"},
            )
    await add(api, "https://new.example/")
    shown = await overview(api)
    assert [website["health"] for website in shown["needs_attention"]] == ["red", "amber"]


def test_no_statement_of_the_overview_reads_a_table_of_rows(database_url: str) -> None:
    asked = statistics.values(now=datetime(2031, 3, 1, tzinfo=UTC), days=30)
    with psycopg.connect(plain(database_url)) as connection:
        connection.execute("SET enable_seqscan = off")
        for statement in statistics.STATEMENTS:
            [[plan]] = connection.execute(b"EXPLAIN (FORMAT JSON) %b" % statement, asked).fetchall()
            assert read_whole(plan[0]["Plan"]) <= {"tally"}, json.dumps(plan, indent=1)


def read_whole(node: dict[str, Any]) -> set[str]:
    """Return the tables that a plan reads from end to end, by an index or not."""
    found = {node["Relation Name"]} if "Relation Name" in node and "Index Cond" not in node else set()
    return found.union(*(read_whole(child) for child in node.get("Plans", ())))


@pytest.mark.parametrize("days", ["0", "367", "many"])
async def test_days_have_limits(api: httpx.AsyncClient, days: str) -> None:
    assert (await api.get("/api/stats", params={"days": days})).status_code == 422


async def test_a_year_is_told_day_by_day(api: httpx.AsyncClient) -> None:
    assert len((await overview(api, days=366))["totals"]["days"]) == 366
