"""Sign-in slows down, for everybody the same, and never stops."""

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import text

from hoistscraper.accounts import throttling
from hoistscraper.accounts.throttling import LONGEST_WAIT, Subject, count_attempt, take_back
from hoistscraper.database.engine import Database
from hoistscraper.errors import TooOften

START = datetime(2031, 3, 1, 12, tzinfo=UTC)
ANA = throttling.account("Ana@example.org")
HERE = throttling.address("192.0.2.7")


async def tried(database: Database, *subjects: Subject, at: datetime) -> float:
    """Try once and fail; return the seconds that one was told to wait."""
    try:
        async with database.transaction() as session:
            await count_attempt(session, subjects, at=at)
    except TooOften as error:
        return error.wait_seconds
    return 0.0


async def test_each_failure_in_a_row_costs_a_longer_wait_and_none_more_than_a_minute(
    database: Database,
) -> None:
    at, waits = START, []
    for _ in range(14):
        assert await tried(database, ANA, at=at) == 0
        async with database.transaction() as session:
            next_at = await session.scalar(text("SELECT next_at FROM sign_in_attempts"))
        waits.append((next_at - at).total_seconds())
        at = next_at
    assert waits == [0, 0, 0, 0, 0, 2, 4, 8, 16, 32, 60, 60, 60, 60]


async def test_who_asks_too_soon_again_and_again_waits_no_longer_for_that(database: Database) -> None:
    for _ in range(6):
        await tried(database, ANA, at=START)
    for milliseconds in range(0, 1900, 100):
        assert await tried(database, ANA, at=START + timedelta(milliseconds=milliseconds)) > 0
    assert await tried(database, ANA, at=START + timedelta(seconds=2)) == 0


async def test_many_at_once_are_as_many(database: Database) -> None:
    waits = await asyncio.gather(*(tried(database, ANA, at=START) for _ in range(40)))
    assert sum(not wait for wait in waits) == 6


async def test_who_is_counted_after_somebody_who_came_later_need_not_wait_for_that(
    database: Database,
) -> None:
    assert await tried(database, ANA, at=START + timedelta(milliseconds=5)) == 0
    assert await tried(database, ANA, at=START) == 0


async def test_an_attempt_that_has_to_wait_for_one_reason_counts_for_none(database: Database) -> None:
    for _ in range(21):
        await tried(database, HERE, at=START)
    assert await tried(database, ANA, HERE, at=START) > 0
    for _ in range(6):
        assert await tried(database, ANA, at=START) == 0


async def test_what_was_right_is_forgotten_but_not_of_an_address_that_others_share(
    database: Database,
) -> None:
    for _ in range(4):
        await tried(database, ANA, HERE, at=START)
    async with database.transaction() as session:
        await take_back(session, (ANA, HERE), at=START)
        rows = await session.execute(text("SELECT subject, failures FROM sign_in_attempts"))
        assert [(bytes(row[0]), row[1]) for row in rows] == [(HERE.name, 3)]


async def test_failures_of_long_ago_do_not_count(database: Database) -> None:
    for _ in range(6):
        await tried(database, ANA, at=START)
    later = START + throttling.FORGOTTEN_AFTER
    for _ in range(6):
        assert await tried(database, ANA, at=later) == 0
    async with database.transaction() as session:
        await throttling.forget_old(session, at=later + throttling.FORGOTTEN_AFTER)
        assert await session.scalar(text("SELECT count(*) FROM sign_in_attempts")) == 0


def test_an_account_is_one_however_it_is_typed_and_a_household_one_address() -> None:
    assert throttling.account(" ANA@Example.ORG ") == ANA
    assert throttling.address("2001:db8:1:2::1") == throttling.address("2001:db8:1:2:ffff::9")
    assert throttling.address("2001:db8:1:3::1") != throttling.address("2001:db8:1:2::1")
    assert throttling.address("::ffff:192.0.2.7") == HERE
    assert throttling.device(uuid4()) != throttling.device(uuid4())


@pytest.mark.slow
async def test_ten_thousand_guesses_lock_nobody_out_for_good(database: Database) -> None:
    """A guess every tenth of a second for a quarter of an hour, of which hardly any is looked at."""
    at, looked_at = START, 0
    for number in range(10_000):
        address = throttling.address(f"198.51.{number % 250}.{number % 199}")
        looked_at += not await tried(database, ANA, address, at=at)
        at += timedelta(milliseconds=100)
    assert looked_at < 6 + 6 + 10_000 * 0.1 / LONGEST_WAIT.total_seconds() + 5
    assert await tried(database, ANA, HERE, at=at) <= LONGEST_WAIT.total_seconds()
    assert await tried(database, ANA, HERE, at=at + LONGEST_WAIT) == 0
    assert await tried(database, throttling.device(uuid4()), at=at) == 0
