"""What users keep, as the database has it.

Without ``user_id`` it is of whoever works at this computer before there are accounts; the first administrator
takes it over. Two indexes see that nobody has a thing twice, for to an index no two NULLs are the same.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Column, DateTime, ForeignKey, Index, Text, text
from sqlmodel import Field, SQLModel
from uuid_utils.compat import uuid7

from hoistscraper.clock import now

_NOBODYS = text("user_id IS NULL")


def _of_user() -> Column[UUID]:
    return Column(ForeignKey("user.id", ondelete="CASCADE"), nullable=True)


class Triage(SQLModel, table=True):
    """What somebody thinks of an opportunity: ``starred`` or ``ignored``."""

    __tablename__ = "triage"

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    user_id: UUID | None = Field(default=None, sa_column=_of_user())
    opportunity_id: UUID = Field(
        sa_column=Column(ForeignKey("opportunity.id", ondelete="CASCADE"), nullable=False, index=True)
    )
    state: str = Field(sa_type=Text)
    at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))

    __table_args__ = (
        CheckConstraint("state IN ('starred', 'ignored')", name="ck_triage_state"),
        Index("ux_triage_user_opportunity", "user_id", "opportunity_id", unique=True),
        Index("ux_triage_opportunity_local", "opportunity_id", unique=True, postgresql_where=_NOBODYS),
        Index("ix_triage_user_state_at", "user_id", "state", "at", "id"),
    )


class SavedView(SQLModel, table=True):
    """A search that somebody named: ``query`` is that of the address at which the web app shows it."""

    __tablename__ = "saved_view"

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    user_id: UUID | None = Field(default=None, sa_column=_of_user())
    name: str = Field(sa_type=Text)
    query: str = Field(sa_type=Text)
    created_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))

    __table_args__ = (
        Index("ux_saved_view_user_name", "user_id", "name", unique=True),
        Index("ux_saved_view_name_local", "name", unique=True, postgresql_where=_NOBODYS),
    )
