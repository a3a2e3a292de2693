"""The stored log-in of a website, as the database keeps it: what is secret is locked by the vault."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Column, DateTime, ForeignKey, LargeBinary, Text
from sqlmodel import Field, SQLModel
from uuid_utils.compat import uuid7

from hoistscraper.clock import now


class CredentialRecord(SQLModel, table=True):
    """One website's log-in, and how it went with it.

    ``failures`` counts the visits in a row that could not log in; ``failed_reason`` says why in words.
    """

    __tablename__ = "credential"

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    website_id: UUID = Field(
        sa_column=Column(ForeignKey("website.id", ondelete="CASCADE"), nullable=False, unique=True)
    )
    kind: str = Field(sa_type=Text)
    secret: bytes = Field(sa_column=Column(LargeBinary, nullable=False), repr=False)
    created_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))
    changed_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))
    last_used_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    last_verified_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    failures: int = 0
    failed_reason: str | None = Field(default=None, sa_type=Text)
