"""A backup that somebody or the timetable wants: one at a time, and its outcome in the books."""

import asyncio
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from hoistscraper.accounts.keys import key_file
from hoistscraper.backups import books
from hoistscraper.backups.books import Standing
from hoistscraper.backups.creating import Made, create
from hoistscraper.backups.dumping import Wish
from hoistscraper.backups.keeping import Keep
from hoistscraper.backups.places import place_of
from hoistscraper.clock import now
from hoistscraper.database.alone import alone
from hoistscraper.database.engine import Database
from hoistscraper.errors import Conflict, HoistError
from hoistscraper.settings import Settings

_NAME = "backup"


def place_named(settings: Settings) -> str:
    """Return where backups go, as people write it."""
    return settings.backup_to or str(settings.data_dir.expanduser().absolute() / "backups")


def scratch_folder(settings: Settings) -> Path:
    """Return where files lie for a moment on their way to or from a bucket."""
    return settings.data_dir.expanduser().absolute() / "backups"


def keep_of(settings: Settings) -> Keep:
    """Return which backups are to stay."""
    return Keep(settings.backup_keep_daily, settings.backup_keep_weekly, settings.backup_keep_monthly)


async def make_backup(
    settings: Settings,
    database: Database,
    *,
    trigger: str,
    passphrase: str | None,
    tell: Callable[[str], None],
) -> Made:
    """Make a backup as the settings say, and enter what came of it.

    :raises Conflict: one is being made at this moment.
    :raises HoistError: it could not be made, and why.
    """
    async with alone(database, _NAME) as is_ours:
        if not is_ours:
            raise Conflict("Another backup is being made at this moment: wait until it is done.")
        return await _make(settings, database, trigger=trigger, passphrase=passphrase, tell=tell)


async def make_if_due(settings: Settings, database: Database, *, tell: Callable[[str], None]) -> bool:
    """Make a backup if the timetable wants one now, and say whether; a failure is told and entered."""
    if not await _is_due(settings, database):
        return False
    passphrase = settings.backup_passphrase
    async with alone(database, _NAME) as is_ours:
        # Another worker may have made it since we asked.
        if not is_ours or not await _is_due(settings, database):
            return False
        try:
            made = await _make(
                settings,
                database,
                trigger=books.TIMETABLE,
                passphrase=passphrase.get_secret_value() if passphrase else None,
                tell=lambda _: None,
            )
        except HoistError as error:
            tell(f"The backup of the timetable failed: {error.message}")
            return False
    tell(f"Backed up to {made.address}.")
    return True


async def standing_of(database: Database) -> Standing:
    """Return how backups are doing."""
    async with database.transaction() as session:
        return await books.standing(session)


async def _is_due(settings: Settings, database: Database) -> bool:
    at = now()
    due = books.next_backup(settings, await standing_of(database), now=at)
    return due is not None and due <= at


async def _make(
    settings: Settings,
    database: Database,
    *,
    trigger: str,
    passphrase: str | None,
    tell: Callable[[str], None],
) -> Made:
    at = now().replace(microsecond=0)
    place = place_named(settings)
    try:
        made = await _in_thread(settings, database, at, passphrase, tell)
    except HoistError as error:
        async with database.transaction() as session:
            await books.note_failure(
                session,
                settings,
                error.message,
                trigger=trigger,
                place=place,
                started_at=at,
                finished_at=now(),
            )
        raise
    async with database.transaction() as session:
        await books.note_success(session, made, trigger=trigger, place=place, finished_at=now())
    return made


async def _in_thread(
    settings: Settings,
    database: Database,
    at: datetime,
    passphrase: str | None,
    tell: Callable[[str], None],
) -> Made:
    """Let a thread do the work, which reads and writes as fast as it can; called off, it ends at once."""
    called_off = threading.Event()
    wish = Wish(
        url=database.url,
        passphrase=passphrase,
        credential_key=key_file(settings),
        is_verified=settings.backup_verify,
        at=at,
        is_called_off=called_off.is_set,
    )

    def work() -> Made:
        place = place_of(place_named(settings), scratch=scratch_folder(settings))
        return create(wish, place, keep_of(settings), tell=tell)

    working = asyncio.create_task(asyncio.to_thread(work))
    try:
        return await asyncio.shield(working)
    except asyncio.CancelledError:
        called_off.set()
        await asyncio.wait([working])
        working.exception()
        raise
