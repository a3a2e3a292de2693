"""A name is held by one at a time, whoever wants it, and by nobody who is gone."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from pydantic import SecretStr
from sqlalchemy import text

from hoistscraper.database.alone import alone
from hoistscraper.database.engine import Database, open_database
from hoistscraper.settings import Settings

_SPEAKS_FOR_NAMES = (
    "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' "
    "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)


@pytest.fixture
async def other(database: Database) -> AsyncIterator[Database]:
    """The same database, opened once more as another process would."""
    async with open_database(Settings(database_url=SecretStr(database.url))) as opened:
        yield opened


async def test_a_name_is_held_by_one_at_a_time(database: Database, other: Database) -> None:
    async with (
        alone(database, "portal") as first,
        alone(database, "portal") as again,
        alone(other, "portal") as elsewhere,
        alone(other, "another") as another,
    ):
        assert (first, again, elsewhere, another) == (True, False, False, True)
    async with alone(other, "portal") as afterwards:
        assert afterwards


async def test_who_was_refused_takes_nothing_away(database: Database, other: Database) -> None:
    async with alone(database, "portal"):
        async with alone(database, "portal") as again:
            assert not again
        async with alone(other, "portal") as elsewhere:
            assert not elsewhere


async def test_many_names_take_no_connection_of_the_pool(database: Database) -> None:
    settings = Settings(database_url=SecretStr(database.url), pool_size=1, pool_overflow=0)
    async with open_database(settings) as narrow, alone(narrow, "one") as one, alone(narrow, "two") as two:
        async with narrow.transaction() as session:
            assert await session.scalar(text("SELECT 1")) == 1
        assert one
        assert two


async def test_a_name_is_given_back_when_its_holder_is_cancelled(database: Database, other: Database) -> None:
    holding = asyncio.Event()

    async def hold() -> None:
        async with alone(database, "portal"):
            holding.set()
            await asyncio.Event().wait()

    holder = asyncio.create_task(hold())
    await holding.wait()
    holder.cancel()
    await asyncio.wait([holder])
    async with alone(other, "portal") as is_ours:
        assert is_ours


async def test_names_can_be_taken_again_after_the_server_hung_up(database: Database, other: Database) -> None:
    async with alone(database, "portal"), other.transaction() as session:
        assert (await session.scalars(text(_SPEAKS_FOR_NAMES))).all() == [True]
    async with alone(database, "portal") as is_ours:
        assert is_ours
