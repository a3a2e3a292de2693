"""What became of backups, as the database remembers it. The files themselves lie elsewhere."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, DateTime, Index, Text, text
from sqlmodel import Field, SQLModel
from uuid_utils.compat import uuid7


class BackupRun(SQLModel, table=True):
    """One attempt. ``name`` and ``size`` (bytes) are those of the file, ``problem`` why there is none."""

    __tablename__ = "backup_run"

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    trigger: str = Field(sa_type=Text)
    place: str = Field(sa_type=Text)
    started_at: datetime = Field(sa_type=DateTime(timezone=True))
    finished_at: datetime = Field(sa_type=DateTime(timezone=True))
    name: str | None = Field(default=None, sa_type=Text)
    size: int | None = Field(default=None, sa_type=BigInteger)
    is_encrypted: bool
    was_verified: bool
    problem: str | None = Field(default=None, sa_type=Text)

    __table_args__ = (
        Index("ix_backup_run_finished_at", "finished_at", "id"),
        Index("ix_backup_run_succeeded", "started_at", postgresql_where=text("problem IS NULL")),
    )
