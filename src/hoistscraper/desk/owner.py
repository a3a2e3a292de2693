"""Whose something is, as a condition of a statement."""

from typing import LiteralString
from uuid import UUID

from sqlalchemy import Table, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from hoistscraper.desk.model import SavedView, Triage

_KEPT: tuple[Table, ...] = (
    Triage.metadata.tables["triage"],
    SavedView.metadata.tables["saved_view"],
)


def owned(user_id: UUID | None) -> LiteralString:
    """Return the condition for what is a user's (``user_id`` among the values), or of this computer."""
    return "user_id IS NULL" if user_id is None else "user_id = %(user_id)s"


async def inherit(session: AsyncSession, user_id: UUID) -> None:
    """Give the first administrator what was kept at this computer before there were accounts."""
    await session.execute(text("LOCK TABLE triage, saved_view IN SHARE ROW EXCLUSIVE MODE"))
    for table in _KEPT:
        await session.execute(update(table).where(table.c.user_id.is_(None)).values(user_id=user_id))
