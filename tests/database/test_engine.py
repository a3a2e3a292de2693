import asyncio
import os
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from itertools import cycle
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from hoistscraper.database.embedded import leases
from hoistscraper.database.engine import Database, open_database
from hoistscraper.database.lifetimes import lifetime_seconds
from hoistscraper.database.reads import Reads, opened_reads
from hoistscraper.database.schema import schema_revision
from hoistscraper.errors import Refused, Unavailable
from hoistscraper.settings import Settings
from tests.database.server import database_from


@pytest.fixture
async def database(server_url: str, settings: Settings) -> AsyncIterator[Database]:
    with database_from(server_url) as url:
        own = settings.model_copy(update={"database_url": SecretStr(url)})
        async with open_database(own) as opened:
            yield opened


async def _values(database: Database) -> list[int]:
    async with database.transaction() as session:
        return list(await session.scalars(text("SELECT value FROM number ORDER BY value")))


async def _execute(database: Database, *statements: str) -> None:
    async with database.transaction() as session:
        for statement in statements:
            await session.execute(text(statement))


@pytest.fixture
async def numbers(database: Database) -> Database:
    await _execute(database, "CREATE TABLE number (value int PRIMARY KEY)")
    return database


async def test_a_transaction_is_saved_at_its_end(numbers: Database) -> None:
    async with numbers.transaction() as session:
        await session.execute(text("INSERT INTO number VALUES (1), (2)"))
    assert await _values(numbers) == [1, 2]


async def test_a_transaction_that_fails_saves_nothing(numbers: Database) -> None:
    async def fail() -> None:
        async with numbers.transaction() as session:
            await session.execute(text("INSERT INTO number VALUES (1)"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    assert await _values(numbers) == []


async def test_a_broken_constraint_is_left_to_the_caller(numbers: Database) -> None:
    with pytest.raises(IntegrityError):
        async with numbers.transaction() as session:
            await session.execute(text("INSERT INTO number VALUES (1), (1)"))


async def test_more_transactions_than_connections_wait_for_each_other(numbers: Database) -> None:
    async def insert(value: int) -> None:
        async with numbers.transaction() as session:
            await session.execute(text("INSERT INTO number VALUES (:value)"), {"value": value})

    await asyncio.gather(*(insert(value) for value in range(70)))
    assert await _values(numbers) == list(range(70))


async def test_a_server_that_stops_in_the_middle_is_told_in_a_sentence(settings: Settings) -> None:
    async def be_interrupted(database: Database) -> None:
        async with database.transaction() as session:
            await session.execute(text("SELECT 1"))
            leases.stop(settings.data_dir, force=True)
            await session.execute(text("SELECT 1"))

    async with open_database(settings) as database:
        with pytest.raises(Unavailable, match="stopped in the middle of the work; what was saved is safe"):
            await be_interrupted(database)
        with pytest.raises(Unavailable, match="cannot be reached"):
            await schema_revision(database)


async def test_a_killed_session_is_replaced_by_a_new_one(numbers: Database) -> None:
    with pytest.raises(Unavailable):
        await _execute(numbers, "SELECT pg_terminate_backend(pg_backend_pid())")
    assert await _values(numbers) == []


_SEVERAL = 8
_MOST_SECONDS = 8


async def _of_sessions(database: Database, _reads: Reads, meeting: asyncio.Barrier) -> object:
    async with database.transaction() as session:
        await meeting.wait()
        return await session.scalar(text("SELECT pg_backend_pid()"))


async def _of_reads(_database: Database, reads: Reads, meeting: asyncio.Barrier) -> object:
    async with reads.connection() as connection:
        await meeting.wait()
        return await (await connection.execute("SELECT pg_backend_pid()")).fetchone()


@pytest.mark.parametrize("backend", [_of_sessions, _of_reads])
async def test_connections_are_replaced_each_at_a_time_of_its_own(
    server_url: str,
    settings: Settings,
    backend: Callable[[Database, Reads, asyncio.Barrier], Awaitable[object]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # No more than are lent at once, so that each is looked at in each round.
    sizes = {"pool_size": _SEVERAL, "pool_overflow": 0, "read_pool_size": _SEVERAL}
    recycled = {"database_url": SecretStr(server_url), "pool_recycle_seconds": _MOST_SECONDS}
    own = settings.model_copy(update=sizes | recycled)
    lifetimes = cycle((_MOST_SECONDS / 2, _MOST_SECONDS))
    monkeypatch.setattr("hoistscraper.database.lifetimes.uniform", lambda _least, _most: next(lifetimes))
    async with open_database(own) as database, opened_reads(server_url, own) as reads:

        async def backends() -> set[object]:
            meeting = asyncio.Barrier(_SEVERAL)
            return set(await asyncio.gather(*(backend(database, reads, meeting) for _ in range(_SEVERAL))))

        first = await backends()
        assert len(first) == _SEVERAL
        assert await backends() == first
        await asyncio.sleep(_MOST_SECONDS * 0.75)
        # A pool may look at a connection only when it comes back.
        await backends()
        assert 0 < len(await backends() & first) < _SEVERAL
        await asyncio.sleep(_MOST_SECONDS * 0.3)
        await backends()
        assert not await backends() & first


def test_a_connection_lives_between_half_of_the_most_and_all_of_it() -> None:
    lifetimes = {lifetime_seconds(300) for _ in range(1000)}
    assert 150 <= min(lifetimes) < 160
    assert 290 < max(lifetimes) <= 300


async def test_a_connection_that_died_unseen_is_replaced_before_it_is_used(settings: Settings) -> None:
    async with open_database(settings) as database:
        assert await schema_revision(database) is None
        pid = leases.state(settings.data_dir).pid
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        async with open_database(settings):
            assert await schema_revision(database) is None


async def test_a_statement_that_takes_too_long_is_stopped(server_url: str, settings: Settings) -> None:
    own = settings.model_copy(
        update={"database_url": SecretStr(server_url), "statement_timeout_seconds": 0.05}
    )
    async with open_database(own) as database:
        with pytest.raises(Unavailable, match="HOIST_STATEMENT_TIMEOUT_SECONDS"):
            async with database.transaction() as session:
                await session.execute(text("SELECT pg_sleep(60)"))


async def test_a_read_only_database_is_told(numbers: Database) -> None:
    with pytest.raises(Refused, match="read-only"):
        await _execute(numbers, "SET TRANSACTION READ ONLY", "INSERT INTO number VALUES (1)")


async def test_the_revision_of_the_tables_is_read_and_none_where_there_are_no_tables(
    database: Database,
) -> None:
    assert await schema_revision(database) is None
    await _execute(database, "CREATE TABLE alembic_version AS SELECT '0042' AS version_num")
    assert await schema_revision(database) == "0042"


async def test_a_server_of_ones_own_never_starts_the_embedded_one(
    server_url: str, settings: Settings, new_dir: Path
) -> None:
    own = settings.model_copy(update={"database_url": SecretStr(server_url), "data_dir": new_dir})
    async with open_database(own) as database:
        assert await schema_revision(database) is None
    assert not leases.state(new_dir).exists


async def test_opening_does_not_hold_up_the_event_loop(settings: Settings) -> None:
    beats = 0

    async def beat() -> None:
        nonlocal beats
        while True:
            await asyncio.sleep(0)
            beats += 1

    beating = asyncio.create_task(beat())
    async with open_database(settings):
        pass
    beating.cancel()
    assert beats > 100


async def test_calling_off_the_opening_leaves_no_server_behind(settings: Settings) -> None:
    async def open_and_stay() -> None:
        async with open_database(settings):
            await asyncio.Event().wait()

    opening = asyncio.create_task(open_and_stay())
    await asyncio.sleep(0)
    opening.cancel()
    with pytest.raises(asyncio.CancelledError):
        await opening
    assert leases.state(settings.data_dir).pid is None
