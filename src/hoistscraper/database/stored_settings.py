"""Settings that were changed while all runs; the environment wins over them."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Column, DateTime, Text, delete, select
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, SQLModel

from hoistscraper.clock import now
from hoistscraper.settings import Settings, overlaid


class StoredSetting(SQLModel, table=True):
    """One setting, named as in :class:`hoistscraper.settings.Settings`."""

    __tablename__ = "setting"

    name: str = Field(sa_type=Text, primary_key=True)
    value: object = Field(sa_column=Column(JSONB, nullable=False))
    changed_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))


_setting = StoredSetting.metadata.tables["setting"]


async def stored_settings(session: AsyncSession) -> dict[str, object]:
    """Return what is stored, by name."""
    rows = await session.execute(select(_setting.c.name, _setting.c.value))
    return {row.name: row.value for row in rows}


async def settings_now(session: AsyncSession, settings: Settings) -> Settings:
    """Return the settings of this process as they are at this moment.

    ``settings`` are those it was started with; give these each time, or what is stored once stays for ever.
    """
    return overlaid(settings, await stored_settings(session))


async def store_settings(session: AsyncSession, changes: Mapping[str, object], *, at: datetime) -> None:
    """Store settings; ``None`` takes one away, so that its default counts again."""
    gone = [name for name, value in changes.items() if value is None]
    if gone:
        await session.execute(delete(StoredSetting).where(_setting.c.name.in_(gone)))
    kept = [{"name": k, "value": v, "changed_at": at} for k, v in changes.items() if v is not None]
    if kept:
        statement = insert(StoredSetting).values(kept)
        await session.execute(
            statement.on_conflict_do_update(
                index_elements=["name"],
                set_={"value": statement.excluded.value, "changed_at": statement.excluded.changed_at},
            )
        )
