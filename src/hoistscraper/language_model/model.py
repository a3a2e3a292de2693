"""What is asked, was answered and has cost, as the database keeps it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, BigInteger, Column, DateTime, ForeignKey, Identity, Index, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from hoistscraper.clock import now


class ModelQuestion(SQLModel, table=True):
    """A call's page that a model is to be asked about: there until it has been, or nothing came of it.

    ``content_hash`` is that of the page as it was read; of another page nothing is said. ``job_id`` is the
    visit that read it, whose log tells what came of it.
    """

    __tablename__ = "model_question"

    source_id: UUID = Field(
        sa_column=Column(ForeignKey("opportunity_source.id", ondelete="CASCADE"), primary_key=True)
    )
    website_id: UUID = Field(
        sa_column=Column(ForeignKey("website.id", ondelete="CASCADE"), nullable=False, index=True)
    )
    job_id: UUID | None = Field(
        default=None, sa_column=Column(ForeignKey("scrape_job.id", ondelete="SET NULL"), index=True)
    )
    page_url: str = Field(sa_type=Text)
    content_hash: str = Field(sa_type=Text)
    asked_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))
    not_before: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))
    attempts: int = 0

    __table_args__ = (Index("ix_model_question_not_before", "not_before", "asked_at"),)


class ModelAnswer(SQLModel, table=True):
    """Where a model pointed, by what it was asked and shown; believed anew each time it is used."""

    __tablename__ = "model_answer"

    key: str = Field(sa_type=Text, primary_key=True)
    pointers: dict[str, object] = Field(sa_column=Column(JSONB, nullable=False))
    used_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True), index=True)


class ModelCall(SQLModel, table=True):
    """One question that was sent, what it cost and what came of it; budgets are counted here."""

    __tablename__ = "model_call"

    id: int | None = Field(
        default=None, sa_column=Column(BigInteger, Identity(always=True), primary_key=True)
    )
    at: datetime = Field(sa_type=DateTime(timezone=True))
    site: str = Field(sa_type=Text)
    model: str = Field(sa_type=Text)
    fields: list[str] = Field(sa_column=Column(ARRAY(Text), nullable=False))
    outcome: str = Field(sa_type=Text)
    tokens: int = 0
    seconds: float = 0.0

    __table_args__ = (Index("ix_model_call_at", "at"), Index("ix_model_call_site_at", "site", "at"))


class ModelCircuit(SQLModel, table=True):
    """A server that failed: left alone until ``retry_at``, and why. No row: all is well."""

    __tablename__ = "model_circuit"

    server: str = Field(sa_type=Text, primary_key=True)
    failures: int
    retry_at: datetime = Field(sa_type=DateTime(timezone=True))
    why: str = Field(sa_type=Text)
