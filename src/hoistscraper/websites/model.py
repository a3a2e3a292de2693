"""The website, as the database keeps it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, Column, DateTime, Index, Text, text
from sqlmodel import Field, SQLModel
from uuid_utils.compat import uuid7

from hoistscraper.clock import now

BY_LAST_SCRAPED = "coalesce(last_scraped_at, '-infinity'::timestamptz)"
BY_NEXT_DUE = "coalesce(next_due_at, 'infinity'::timestamptz)"
BY_WORST_HEALTH = "strpos('red amber - green'::text, COALESCE(health, '-'::text))"

WORDS = (
    "to_tsvector('simple'::regconfig, regexp_replace(regexp_replace(lower("
    "NORMALIZE((name || ' '::text) || url, NFKD)), "
    r"'[\u0300-\u036f]'::text, ''::text, 'g'::text), '[^[:alnum:]]+'::text, ' '::text, 'g'::text))"
)
"""The words of a website's name and address, without case and accents."""


class Website(SQLModel, table=True):
    """A website to watch; ``url`` is where its calls are listed, normalised, and names it uniquely.

    ``health`` is green, amber or red, and empty before the first visit. What the website usually gives is
    learned from visits after ``envelope_since``, where that is set. ``schedule`` and ``quiet_hours`` are as
    typed (see :mod:`hoistscraper.websites.schedules`); ``paused`` websites are left alone until resumed.
    """

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    url: str = Field(sa_type=Text, unique=True)
    name: str = Field(sa_type=Text)
    description: str | None = Field(default=None, sa_type=Text)
    category: str | None = Field(default=None, sa_type=Text, index=True)
    region: str | None = Field(default=None, sa_type=Text, index=True)
    tags: list[str] = Field(default_factory=list, sa_column=Column(ARRAY(Text), nullable=False))
    active: bool = Field(default=True, index=True)
    timezone: str | None = Field(default=None, sa_type=Text)
    created_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))
    last_scraped_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    health: str | None = Field(default=None, sa_type=Text, index=True)
    health_reason: str | None = Field(default=None, sa_type=Text)
    health_advice: str | None = Field(default=None, sa_type=Text)
    health_since: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    envelope_since: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    failures_in_a_row: int = 0
    schedule: str | None = Field(default=None, sa_type=Text)
    quiet_hours: str | None = Field(default=None, sa_type=Text)
    next_due_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True), index=True)
    paused: bool = False

    # Lists begin at any place of any order, see websites.listing.
    __table_args__ = (
        Index("ix_website_by_name", text("lower(name)"), "id"),
        Index("ix_website_by_created_at", "created_at", "id"),
        Index("ix_website_by_last_scraped_at", text(BY_LAST_SCRAPED), "id"),
        Index("ix_website_by_next_due_at", text(BY_NEXT_DUE), "id"),
        Index("ix_website_by_worst_health", text(BY_WORST_HEALTH), "id"),
        Index("ix_website_words", text(WORDS), postgresql_using="gin"),
        Index("ix_website_tags", "tags", postgresql_using="gin"),
    )
