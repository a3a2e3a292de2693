"""The books of backups: each attempt, the last that succeeded, and whether one is overdue."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from psycopg import AsyncConnection
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from hoistscraper.backups.creating import Made
from hoistscraper.backups.model import BackupRun
from hoistscraper.errors import Invalid
from hoistscraper.settings import Settings
from hoistscraper.websites.schedule_text import parse_schedule
from hoistscraper.websites.schedules import Adaptive
from hoistscraper.websites.timetable import next_due

_RUNS = """
    SELECT started_at, finished_at, trigger, place, name, size, is_encrypted, was_verified, problem
    FROM backup_run ORDER BY finished_at DESC, id DESC LIMIT %s
"""
PERSON, TIMETABLE = "person", "timetable"
# A backup that the timetable wants may take some time, and a machine may be off for a night.
_GRACE = timedelta(hours=12)
# After one that failed, the next attempt waits so long.
_AGAIN = timedelta(minutes=30)
_LAST = """
    SELECT
        (SELECT max(started_at) FROM backup_run WHERE problem IS NULL),
        (SELECT size FROM backup_run WHERE problem IS NULL ORDER BY started_at DESC LIMIT 1),
        tried.finished_at, tried.problem
    FROM (SELECT 1) AS always
    LEFT JOIN (
        SELECT finished_at, problem FROM backup_run ORDER BY finished_at DESC, id DESC LIMIT 1
    ) AS tried ON true
"""
_KEPT_RUNS = 1_000


@dataclass(frozen=True, slots=True)
class Standing:
    """How backups are doing. ``succeeded_at`` is the moment that the newest good one shows."""

    succeeded_at: datetime | None
    size: int | None
    tried_at: datetime | None
    problem: str | None

    def age(self, now: datetime) -> timedelta | None:
        """Return how much would be lost by going back to the newest good backup; ``None``: there is none."""
        return max(timedelta(0), now - self.succeeded_at) if self.succeeded_at else None


async def standing(session: AsyncSession) -> Standing:
    """Return how backups are doing."""
    row = (await session.execute(text(_LAST))).one()
    return Standing(*row)


async def read_standing(connection: AsyncConnection) -> Standing:
    """Return the same over a connection that only reads."""
    row = await (await connection.execute(_LAST.encode())).fetchone()
    return Standing(*row) if row else Standing(None, None, None, None)


async def read_runs(connection: AsyncConnection, *, limit: int) -> list[dict[str, object]]:
    """Return the last attempts, the newest first."""
    cursor = await connection.execute(_RUNS.encode(), (limit,))
    names = [column.name for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in await cursor.fetchall()]


def next_backup(settings: Settings, found: Standing, *, now: datetime) -> datetime | None:
    """Return when the timetable wants a backup, perhaps in the past; ``None``: never.

    :raises Invalid: HOIST_BACKUP_SCHEDULE cannot be understood.
    """
    if not settings.backup_schedule:
        return None
    schedule = parse_schedule(settings.backup_schedule, timezone=settings.timezone, spread_by="backup")
    if isinstance(schedule.rule, Adaptive):
        raise Invalid('HOIST_BACKUP_SCHEDULE cannot be adaptive; write it like "daily at 02:00".')
    # Where there is none yet, every hour without one is an hour that could be lost.
    due = next_due(schedule, last_scraped_at=found.succeeded_at, now=now) if found.succeeded_at else now
    if found.problem and found.tried_at:
        return max(due, found.tried_at + _AGAIN)
    return due


def is_overdue(settings: Settings, found: Standing, *, now: datetime) -> bool:
    """Tell whether a backup that the timetable wants has been missing for long."""
    if found.succeeded_at is None:
        return bool(settings.backup_schedule and found.problem)
    succeeded = Standing(found.succeeded_at, found.size, None, None)
    due = next_backup(settings, succeeded, now=found.succeeded_at)
    return due is not None and now > due + _GRACE


async def note_success(
    session: AsyncSession, made: Made, *, trigger: str, place: str, finished_at: datetime
) -> None:
    """Enter a backup that was made."""
    manifest = made.manifest
    session.add(
        BackupRun(
            trigger=trigger,
            place=place,
            started_at=manifest.created_at,
            finished_at=finished_at,
            name=made.name,
            size=made.size,
            is_encrypted=manifest.encryption is not None,
            was_verified=manifest.was_verified,
        )
    )
    await _forget_old(session)


async def note_failure(
    session: AsyncSession,
    settings: Settings,
    problem: str,
    *,
    trigger: str,
    place: str,
    started_at: datetime,
    finished_at: datetime,
) -> None:
    """Enter one that was not."""
    session.add(
        BackupRun(
            trigger=trigger,
            place=place,
            started_at=started_at,
            finished_at=finished_at,
            is_encrypted=settings.backup_passphrase is not None,
            was_verified=False,
            problem=problem,
        )
    )
    await _forget_old(session)


async def _forget_old(session: AsyncSession) -> None:
    await session.flush()
    await session.execute(
        text(
            "DELETE FROM backup_run WHERE id IN (SELECT id FROM backup_run "
            "ORDER BY finished_at DESC, id DESC OFFSET :kept)"
        ),
        {"kept": _KEPT_RUNS},
    )
