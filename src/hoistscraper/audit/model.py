"""The audit trail, as the database keeps it: rows come, and nothing takes or changes them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Column, DateTime, Index, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel
from uuid_utils.compat import uuid7

from hoistscraper.clock import now

WORDS = (
    "to_tsvector('simple'::regconfig, regexp_replace(regexp_replace(lower(NORMALIZE((((((actor_name || "
    "' '::text) || action) || ' '::text) || COALESCE(thing_label, ''::text)) || ' '::text) || "
    r"changes::text, NFKD)), '[\u0300-\u036f]'::text, ''::text, 'g'::text), "
    "'[^[:alnum:]]+'::text, ' '::text, 'g'::text))"
)
"""The words of an entry, without case."""


class AuditEntry(SQLModel, table=True):
    """One thing that somebody did.

    ``actor_id`` is the user's. ``origin`` is a network address, or says that it was done at the command line.
    ``changes`` tells what it was before and after, or what was asked for, without secrets. Names are kept as
    they were then, so that an entry can be read when user and thing are gone.
    """

    __tablename__ = "audit_entry"

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))
    actor_kind: str = Field(sa_type=Text)
    actor_id: UUID | None = None
    actor_name: str = Field(sa_type=Text)
    action: str = Field(sa_type=Text)
    thing_kind: str | None = Field(default=None, sa_type=Text)
    thing_id: str | None = Field(default=None, sa_type=Text)
    thing_label: str | None = Field(default=None, sa_type=Text)
    origin: str | None = Field(default=None, sa_type=Text)
    request_id: UUID | None = None
    changes: dict[str, object] = Field(default_factory=dict, sa_column=Column(JSONB, nullable=False))

    __table_args__ = (
        Index("ix_audit_entry_by_at", "at", "id"),
        Index("ix_audit_entry_by_actor", "actor_id", "at", "id"),
        Index("ix_audit_entry_by_thing", "thing_kind", "thing_id", "at", "id"),
        Index("ix_audit_entry_by_action", "action", "at", "id"),
        Index("ix_audit_entry_words", text(WORDS), postgresql_using="gin"),
    )
