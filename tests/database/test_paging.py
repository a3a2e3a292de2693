"""Pages of a table as JSON."""

import json
from collections.abc import AsyncIterator

import pytest
from psycopg import AsyncConnection

from hoistscraper.database.paging import EXACT_UP_TO, JsonPage, Order, read_page, shown_columns
from hoistscraper.database.urls import client_url, parse_url

ORDER = Order("number", "integer")


@pytest.fixture
async def connection(database_url: str) -> AsyncIterator[AsyncConnection]:
    """A connection to a database with a table of numbers that can be sorted and filtered."""
    async with await AsyncConnection.connect(client_url(parse_url(database_url)), autocommit=True) as opened:
        await opened.execute(
            "CREATE TABLE counted AS SELECT gen_random_uuid() AS id, number, number % 10 AS digit "
            "FROM generate_series(1, 10050) AS number"
        )
        await opened.execute("CREATE INDEX ON counted (number, id)")
        await opened.execute("ANALYZE counted")
        yield opened


async def page(
    connection: AsyncConnection, where: str = "true", *, limit: int = 50, cursor: str | None = None
) -> JsonPage:
    return await read_page(
        connection,
        columns=shown_columns("id number digit"),
        table="counted",
        where=where,
        values={},
        order=ORDER,
        limit=limit,
        cursor=cursor,
        of=where,
    )


def numbers(read: JsonPage) -> list[int]:
    return [row["number"] for row in json.loads(read.as_json())["items"]]


async def test_few_are_counted_and_many_are_estimated(connection: AsyncConnection) -> None:
    few = await page(connection, "digit = 3")
    assert (few.total.count, few.total.is_exact) == (1_005, True)
    for _ in range(2):  # the second time as remembered
        many = await page(connection)
        assert many.total.count > EXACT_UP_TO
        assert not many.total.is_exact
        assert numbers(many) == list(range(1, 51))


async def test_a_first_page_that_is_not_full_is_all_there_is(connection: AsyncConnection) -> None:
    none = await page(connection, "number < 1")
    assert json.loads(none.as_json()) == {
        "items": [],
        "next": None,
        "total": {"count": 0, "is_exact": True},
    }
    exactly = await page(connection, "number <= 50")
    assert (exactly.total.count, exactly.next_cursor) == (50, None)


async def test_what_was_remembered_of_many_says_nothing_of_few(connection: AsyncConnection) -> None:
    await page(connection)
    await connection.execute("DELETE FROM counted WHERE number > 20")
    left = await page(connection)
    assert (left.total.count, left.total.is_exact) == (20, True)


async def test_the_last_page_has_the_total_of_all(connection: AsyncConnection) -> None:
    first = await page(connection, "number <= 70")
    last = await page(connection, "number <= 70", cursor=first.next_cursor)
    assert numbers(first) + numbers(last) == list(range(1, 71))
    assert first.total == last.total
    assert (last.total.count, last.next_cursor) == (70, None)
