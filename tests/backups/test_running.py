"""The timetable makes backups, one at a time, and failures are told."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from hoistscraper.backups import books
from hoistscraper.backups.books import Standing, is_overdue, next_backup
from hoistscraper.backups.running import make_backup, make_if_due, standing_of
from hoistscraper.clock import now
from hoistscraper.database.alone import alone
from hoistscraper.database.engine import Database
from hoistscraper.errors import Conflict, Invalid
from hoistscraper.queue.chores import chores_of
from hoistscraper.settings import Settings
from tests.backups.conftest import PASSPHRASE

NEVER = Standing(None, None, None, None)
NOON = datetime(2031, 3, 3, 12, tzinfo=UTC)


@pytest.fixture
def daily(settings: Settings, tmp_path: Path) -> Settings:
    """Settings with a timetable of backups."""
    return settings.model_copy(
        update={
            "backup_schedule": "daily at 02:00",
            "backup_to": str(tmp_path / "backups"),
            "data_dir": tmp_path,
        }
    )


def made_at(settings: Settings) -> list[Path]:
    """Return the backups that were made."""
    return list(Path(str(settings.backup_to)).glob("*.hoist"))


def succeeded(at: datetime) -> Standing:
    """Return how backups are doing after one that succeeded."""
    return Standing(at, 1_000, at, None)


async def test_the_timetable_makes_one_and_then_no_more(daily: Settings, database: Database) -> None:
    told: list[str] = []
    assert await make_if_due(daily, database, tell=told.append)
    assert not await make_if_due(daily, database, tell=told.append)
    assert len(told) == 1
    assert len(made_at(daily)) == 1
    found = await standing_of(database)
    assert found.succeeded_at is not None
    assert (found.problem, is_overdue(daily, found, now=now())) == (None, False)


async def test_a_failure_is_told_and_entered_and_tried_again_later(
    daily: Settings, database: Database, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("no folder")
    broken = daily.model_copy(update={"backup_to": str(tmp_path / "file" / "backups")})
    told: list[str] = []
    assert not await make_if_due(broken, database, tell=told.append)
    assert not await make_if_due(broken, database, tell=told.append)
    [sentence] = told
    assert "The backup of the timetable failed: The backup cannot be written" in sentence
    found = await standing_of(database)
    assert found.problem is not None
    assert is_overdue(broken, found, now=now())
    due = next_backup(broken, found, now=now())
    assert due is not None
    assert due > now() + timedelta(minutes=20)


async def test_two_are_never_made_at_once(daily: Settings, database: Database) -> None:
    async with alone(database, "backup") as is_ours:
        assert is_ours
        with pytest.raises(Conflict, match="Another backup is being made"):
            await make_backup(daily, database, trigger=books.PERSON, passphrase=None, tell=lambda _: None)
        assert not await make_if_due(daily, database, tell=lambda _: None)


async def test_the_passphrase_of_the_settings_locks_those_of_the_timetable(
    daily: Settings, database: Database
) -> None:
    locked = daily.model_copy(update={"backup_passphrase": SecretStr(PASSPHRASE)})
    assert await make_if_due(locked, database, tell=lambda _: None)
    [file] = made_at(daily)
    assert b"database.dump.zst.age" in file.read_bytes()


def test_the_first_is_wanted_at_once_and_the_next_at_its_hour(settings: Settings) -> None:
    daily = settings.model_copy(update={"backup_schedule": "daily at 02:00"})
    assert next_backup(settings, NEVER, now=NOON) is None
    assert next_backup(daily, NEVER, now=NOON) == NOON
    following = next_backup(daily, succeeded(NOON), now=NOON)
    assert following is not None
    assert NOON + timedelta(hours=14) <= following <= NOON + timedelta(hours=14, minutes=30)


def test_one_that_is_missing_for_long_is_overdue(settings: Settings) -> None:
    daily = settings.model_copy(update={"backup_schedule": "daily at 02:00"})
    assert not is_overdue(daily, succeeded(NOON), now=NOON + timedelta(hours=20))
    assert is_overdue(daily, succeeded(NOON), now=NOON + timedelta(days=2))
    assert not is_overdue(settings, succeeded(NOON), now=NOON + timedelta(days=200))
    assert not is_overdue(daily, NEVER, now=NOON)
    assert is_overdue(daily, Standing(None, None, NOON, "no room"), now=NOON)


@pytest.mark.parametrize("schedule", ["now and then", "adaptive"])
def test_a_timetable_that_cannot_be_understood_stops_the_worker(
    settings: Settings, database: Database, schedule: str
) -> None:
    wrong = settings.model_copy(update={"backup_schedule": schedule})
    with pytest.raises(Invalid):
        chores_of(wrong, database, tell=lambda _: None)


async def test_the_books_do_not_grow_for_ever(
    daily: Settings, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(books, "_KEPT_RUNS", 2)
    for number in range(4):
        async with database.transaction() as session:
            await books.note_failure(
                session,
                daily,
                f"problem {number}",
                trigger=books.PERSON,
                place="here",
                started_at=NOON,
                finished_at=NOON + timedelta(minutes=number),
            )
    found = await standing_of(database)
    assert found.problem == "problem 3"
