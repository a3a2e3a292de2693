"""``/api/backups``: what became of backups. They are made by the command line and the timetable."""

from datetime import datetime
from typing import Annotated, Literal

from fastapi import Query, Response
from pydantic import BaseModel, Field, TypeAdapter

from hoistscraper.api.parts import PartsOf
from hoistscraper.api.resource import resource
from hoistscraper.backups.books import is_overdue, next_backup, read_runs, read_standing
from hoistscraper.backups.running import place_named
from hoistscraper.clock import now

router = resource("/backups", "health")


class Backup(BaseModel):
    """One attempt."""

    started_at: datetime = Field(description="The moment that the backup shows.")
    finished_at: datetime
    trigger: Literal["person", "timetable"]
    place: str = Field(description="Folder or bucket.", examples=["/var/backups/hoistscraper"])
    name: str | None = Field(examples=["hoistscraper-2031-03-01T02-00-00Z.hoist"])
    size: int | None = Field(description="Bytes.", examples=[48_230_112])
    is_encrypted: bool
    was_verified: bool = Field(description="It was restored for a trial and compared.")
    problem: str | None = Field(description="Why there is none.", examples=[None])


class BackupList(BaseModel):
    """The last attempts, the newest first, and how backups are doing."""

    place: str = Field(description="Where backups go.", examples=["/var/backups/hoistscraper"])
    schedule: str | None = Field(description="When workers make them.", examples=["daily at 02:00"])
    next_at: datetime | None = Field(description="When the next one is wanted; it may lie in the past.")
    last_success_at: datetime | None = Field(description="The moment that the newest good one shows.")
    is_overdue: bool = Field(description="One that the timetable wants is missing.", examples=[False])
    items: list[Backup]


_BACKUPS = TypeAdapter(list[Backup])


@router.get("", summary="See how backups are doing")
async def list_backups(
    parts: PartsOf,
    response: Response,
    limit: Annotated[int, Query(ge=1, le=200, description="How many attempts to return.")] = 50,
) -> BackupList:
    """Return the last attempts at a backup, the last success, and when the next is wanted."""
    response.headers["Cache-Control"] = "no-store"
    at = now()
    async with parts.reads.connection() as connection:
        found = await read_standing(connection)
        runs = await read_runs(connection, limit=limit)
    return BackupList(
        place=place_named(parts.settings),
        schedule=parts.settings.backup_schedule,
        next_at=next_backup(parts.settings, found, now=at),
        last_success_at=found.succeeded_at,
        is_overdue=is_overdue(parts.settings, found, now=at),
        items=_BACKUPS.validate_python(runs),
    )
