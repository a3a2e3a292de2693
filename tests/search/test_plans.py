"""No search and no list reads a whole table, and each page costs a bounded number of statements."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from benchmarks.api.dataset import fill
from hoistscraper.clock import now
from hoistscraper.database.embedded import leases
from hoistscraper.extraction.candidate import Status
from hoistscraper.search.connections import Connection, prepare
from hoistscraper.search.counting import count
from hoistscraper.search.facets import facets
from hoistscraper.search.frequencies import Frequencies
from hoistscraper.search.one import read_one
from hoistscraper.search.query import Order, Search
from hoistscraper.search.similar import similar
from hoistscraper.search.statistics import read_frequencies
from hoistscraper.search.store import search
from hoistscraper.search.suggesting import suggest
from hoistscraper.websites.model import BY_LAST_SCRAPED, BY_WORST_HEALTH, WORDS
from tests.database.server import database_from, plain

NOW = now()
# Enough that PostgreSQL, left to itself, reads no table from end to end for a page.
OPPORTUNITIES = 10_000
MOST_STATEMENTS = 8
SEARCHES = (
    Search(),
    Search(statuses=(Status.OPEN,)),
    Search(statuses=(Status.CLOSED,)),
    Search(words="grant"),
    Search(words="heritage"),
    Search(words="nobodywritesthis"),
    Search(words='"grant call" -health'),
    Search(words="gran", is_typing=True),
    Search(words="grant", categories=("Research",), statuses=(Status.OPEN,)),
    Search(currencies=("EUR",), amount_min=Decimal(50_000), amount_max=Decimal(60_000)),
    Search(closing_within_days=14),
    Search(posted_within_days=14),
    Search(has_documents=True, is_listed=True),
)


_PREPARED = """
    SELECT name, cardinality(parameter_types) FROM pg_prepared_statements ORDER BY prepare_time DESC LIMIT 1
"""


class Watched:
    """Hands statements on, and asks how PostgreSQL answers each.

    ``is_kept``: by a plan that is kept for whatever values come, as the API's connections may choose.
    """

    def __init__(self, connection: Connection, *, is_kept: bool = False) -> None:
        self.connection = connection
        self.is_kept = is_kept
        self.plans: list[dict[str, Any]] = []

    def cursor(self, **options: Any) -> "WatchedCursor":  # noqa: ANN401 - what psycopg takes
        return WatchedCursor(self, self.connection.cursor(**options))


class WatchedCursor:
    """A cursor of it."""

    def __init__(self, watched: Watched, cursor: psycopg.AsyncCursor[Any]) -> None:
        self._watched, self._cursor = watched, cursor

    async def execute(self, statement: bytes | str, parameters: dict[str, object] | None = None) -> None:
        text = statement.decode() if isinstance(statement, bytes) else statement
        plan = self._watched.connection.cursor()
        if self._watched.is_kept:
            await self._cursor.execute(text.encode(), parameters, prepare=True)
            await plan.execute(_PREPARED)
            row = await plan.fetchone()
            assert row
            # Whatever the values are, the plan is the same.
            nothing = f"({', '.join(['NULL'] * row[1])})" if row[1] else ""
            await plan.execute(f'EXPLAIN (FORMAT JSON) EXECUTE "{row[0]}"{nothing}'.encode())
        else:
            await self._cursor.execute(text.encode(), parameters)
            await plan.execute(f"EXPLAIN (FORMAT JSON) {text}".encode(), parameters)
        row = await plan.fetchone()
        assert row
        self._watched.plans.append(row[0][0]["Plan"])

    async def fetchall(self) -> list[Any]:
        return await self._cursor.fetchall()

    async def fetchone(self) -> Any:  # noqa: ANN401 - a row
        return await self._cursor.fetchone()


@pytest.fixture(scope="module")
def url(request: pytest.FixtureRequest) -> Iterator[str]:
    """A database of some size."""
    if folder := request.config.getoption("--filled"):
        with leases.attached(folder) as filled:
            yield plain(filled)
        return
    server, template = request.getfixturevalue("server"), request.getfixturevalue("template")
    name = template.split("?", maxsplit=1)[0].rsplit("/", maxsplit=1)[1]
    with database_from(server, template=name) as made:
        fill(plain(made), opportunities=OPPORTUNITIES, site_count=500, job_count=5_000)
        yield plain(made)


def tables_read_whole(plan: dict[str, Any]) -> Iterator[str]:
    if plan["Node Type"] == "Seq Scan":
        yield plan["Relation Name"]
    for part in plan.get("Plans", ()):
        yield from tables_read_whole(part)


def assert_bounded(watched: Watched, what: object) -> None:
    for plan in watched.plans:
        assert list(tables_read_whole(plan)) == [], (what, json.dumps(plan, indent=1))
    assert 0 < len(watched.plans) <= MOST_STATEMENTS, what
    watched.plans.clear()


def as_connection(watched: Watched) -> Connection:
    """Only cursors are asked of it."""
    return watched  # type: ignore[return-value]


@pytest.mark.parametrize("is_kept", [False, True])
@pytest.mark.parametrize("order", Order)
async def test_no_page_reads_a_whole_table(url: str, order: Order, *, is_kept: bool) -> None:
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        await prepare(connection)
        if is_kept:
            await connection.execute("SET plan_cache_mode = force_generic_plan")
        known = await read_frequencies(connection)
        # As at a hundred times the size, where the ways part.
        large = Frequencies(known.rows * 100, known.shares, known.least)
        watched = Watched(connection, is_kept=is_kept)
        for asked in SEARCHES:
            if order is Order.RELEVANCE and not asked.words:
                continue
            cursor = None
            for frequencies in (known, large):
                page = await search(
                    as_connection(watched),
                    replace(asked, order=order),
                    now=NOW,
                    frequencies=frequencies,
                    cursor=cursor,
                )
                assert_bounded(watched, asked)
                cursor = page.next_cursor


async def test_nothing_beside_a_page_reads_a_whole_table(url: str) -> None:
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        await prepare(connection)
        known = await read_frequencies(connection)
        large = Frequencies(known.rows * 100, known.shares, known.least)
        watched = Watched(connection)
        page = await search(as_connection(watched), Search(), now=NOW, frequencies=known)
        watched.plans.clear()
        for asked in (Search(words="grant"), Search(words="heritage culture")):
            await count(as_connection(watched), asked, now=NOW, frequencies=large)
            assert_bounded(watched, asked)
        first = json.loads(page.rows[0])["id"]
        await read_one(as_connection(watched), first, now=NOW)
        assert_bounded(watched, "one")
        await similar(as_connection(watched), first, now=NOW, frequencies=large)
        assert_bounded(watched, "similar")
        await suggest(as_connection(watched), "grant")
        assert_bounded(watched, "suggest")
        told = await facets(as_connection(watched), Search(words="grant"), now=NOW, frequencies=large)
        assert told.is_estimate
        # The few hundred websites are joined by reading them all; opportunities never are.
        read = {table for plan in watched.plans for table in tables_read_whole(plan)}
        assert read <= {"website"}


LISTS = {
    "jobs, newest": (
        "SELECT * FROM scrape_job WHERE (asked_at, id) < (%(at)s, %(id)s) ORDER BY asked_at DESC, id DESC"
    ),
    "jobs of a state": (
        "SELECT * FROM scrape_job WHERE status = 'failed' AND (asked_at, id) < (%(at)s, %(id)s) "
        "ORDER BY asked_at DESC, id DESC"
    ),
    "jobs of a website": (
        "SELECT * FROM scrape_job WHERE website_id = %(id)s AND (asked_at, id) < (%(at)s, %(id)s) "
        "ORDER BY asked_at DESC, id DESC"
    ),
    "websites by name": (
        "SELECT * FROM website WHERE (lower(name), id) > ('city', %(id)s) ORDER BY lower(name), id"
    ),
    "websites by last visit": (
        f"SELECT * FROM website WHERE ({BY_LAST_SCRAPED}, id) < (%(at)s, %(id)s) "
        f"ORDER BY {BY_LAST_SCRAPED} DESC, id DESC"
    ),
    "websites by worst health": (
        f"SELECT * FROM website WHERE ({BY_WORST_HEALTH}, id) > (1, %(id)s) ORDER BY {BY_WORST_HEALTH}, id"
    ),
    "websites by words": (
        f"SELECT * FROM website WHERE {WORDS} @@ to_tsquery('simple', 'zz:*') ORDER BY lower(name), id"
    ),
    "history of a call": (
        "SELECT * FROM opportunity_revision WHERE opportunity_id = %(id)s ORDER BY id DESC"
    ),
}

SORTED = ("jobs of a website", "history of a call", "websites by words")


@pytest.mark.parametrize("name", LISTS)
async def test_no_list_of_websites_or_jobs_reads_a_whole_table(url: str, name: str) -> None:
    values: dict[str, datetime | object] = {"at": NOW - timedelta(days=1), "id": uuid4()}
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        cursor = await connection.execute(f"EXPLAIN {LISTS[name]} LIMIT 25".encode(), values)
        plan = "\n".join(line for (line,) in await cursor.fetchall())
    assert "Seq Scan" not in plan
    # Where the index gives the order, nothing is sorted but perhaps a handful of equal ones; words find few.
    assert not re.search(r"(?<!Incremental )Sort", plan) or name in SORTED
