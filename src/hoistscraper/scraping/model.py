"""The scrape job and what a scrape remembers of pages and hosts, as the database keeps them."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    LargeBinary,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel
from uuid_utils.compat import uuid7

from hoistscraper.clock import now
from hoistscraper.scraping.report import JobStatus, Trigger


class ScrapeJob(SQLModel, table=True):
    """One visit to one website: what it found, what it cost, and what went wrong, in words.

    ``is_held``: the listing was cut short, or something lay outside of what the website usually gives;
    nothing was taken away, and nothing is learned from it. ``held`` are the values of known calls that were
    therefore not written, ``deviations`` what lay outside.
    ``host`` is whom the job asks: hosts are asked by one job at a time. ``attempt`` counts how often it was
    begun, ``failures`` how often its website failed it; counts of what was new, of requests and of bytes are
    those of all attempts together.
    """

    __tablename__ = "scrape_job"

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    website_id: UUID = Field(sa_column=Column(ForeignKey("website.id", ondelete="CASCADE"), nullable=False))
    host: str = Field(sa_type=Text)
    trigger: str = Field(default=Trigger.PERSON.value, sa_type=Text)
    status: str = Field(default=JobStatus.RUNNING.value, sa_type=Text)
    asked_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))
    attempt: int = 0
    failures: int = 0
    next_attempt_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    started_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    finished_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    found: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    no_longer_listed: int = 0
    requests: int = 0
    not_modified: int = 0
    bytes_received: int = Field(default=0, sa_type=BigInteger)
    expected: int = 0
    missing: int = 0
    ended: int = 0
    calls_read: int = 0
    fill_share: float | None = None
    pages_asked: int = 0
    pages_failed: int = 0
    is_held: bool = False
    held: list[dict[str, object]] = Field(default_factory=list, sa_column=Column(JSONB, nullable=False))
    deviations: list[dict[str, object]] = Field(default_factory=list, sa_column=Column(JSONB, nullable=False))
    bytes_saved: int = Field(default=0, sa_type=BigInteger)
    error_kind: str | None = Field(default=None, sa_type=Text)
    error_message: str | None = Field(default=None, sa_type=Text)

    __table_args__ = (
        Index("ix_scrape_job_website_started_at", "website_id", "started_at"),
        Index("ix_scrape_job_website_asked_at", "website_id", "asked_at", "id"),
        Index("ix_scrape_job_asked_at", "asked_at", "id"),
        Index("ix_scrape_job_status_asked_at", "status", "asked_at", "id"),
        # Whoever asks for a website that waits already gets the job that waits.
        Index(
            "ux_scrape_job_waiting", "website_id", unique=True, postgresql_where=text("status = 'pending'")
        ),
        Index("ix_scrape_job_line_up", "host", "asked_at", "id", postgresql_where=text("status = 'pending'")),
        Index("ix_scrape_job_running", "id", postgresql_where=text("status = 'running'")),
    )


class ScrapeJobLine(SQLModel, table=True):
    """One line of a job's log; their ``id`` tells their order."""

    __tablename__ = "scrape_job_line"

    id: int | None = Field(
        default=None, sa_column=Column(BigInteger, Identity(always=True), primary_key=True)
    )
    job_id: UUID = Field(sa_column=Column(ForeignKey("scrape_job.id", ondelete="CASCADE"), nullable=False))
    at: datetime = Field(sa_type=DateTime(timezone=True))
    text: str = Field(sa_type=Text)
    url: str | None = Field(default=None, sa_type=Text)
    is_problem: bool

    __table_args__ = (
        Index("ix_scrape_job_line_job_id", "job_id", "id"),
        Index("ix_scrape_job_line_at", "at"),
    )


class PageRecord(SQLModel, table=True):
    """A page between visits: what to ask the server, what it held, and whether our reader has changed since.

    ``left_out`` says what of its entries was not read, and why. ``snapshot`` is the content, zlib-compressed,
    so that the page can be read again without a request.
    """

    __tablename__ = "page"

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    website_id: UUID = Field(sa_column=Column(ForeignKey("website.id", ondelete="CASCADE"), nullable=False))
    url: str = Field(sa_type=Text)
    final_url: str = Field(sa_type=Text)
    media_type: str | None = Field(default=None, sa_type=Text)
    charset: str | None = Field(default=None, sa_type=Text)
    etag: str | None = Field(default=None, sa_type=Text)
    last_modified: str | None = Field(default=None, sa_type=Text)
    content_hash: str = Field(sa_type=Text)
    wire_bytes: int = Field(default=0, sa_type=BigInteger)
    next_url: str | None = Field(default=None, sa_type=Text)
    left_out: str | None = Field(default=None, sa_type=Text)
    reader: str = Field(sa_type=Text)
    fetched_at: datetime = Field(sa_type=DateTime(timezone=True), index=True)
    snapshot: bytes | None = Field(default=None, sa_column=Column(LargeBinary))

    __table_args__ = (Index("ux_page_website_url", "website_id", "url", unique=True),)


class RecipeRecord(SQLModel, table=True):
    """How a website's listing is read: where its calls stand, learned from good readings.

    ``learned`` is the recipe (:mod:`hoistscraper.reading.recipe`), empty where it was forgotten or none was
    learned yet; ``call_pages`` counts which fields the pages of calls state where
    (:mod:`hoistscraper.reading.call_pages`), and names the calls whose pages are ``lacking`` something.
    ``refusals`` in a row since ``refused_since`` found a listing that looked like another one. The other
    figures count pages and repairs since the website was added.
    """

    __tablename__ = "recipe"

    website_id: UUID = Field(
        sa_column=Column(ForeignKey("website.id", ondelete="CASCADE"), primary_key=True, nullable=False)
    )
    learned: dict[str, object] | None = Field(default=None, sa_column=Column(JSONB(none_as_null=True)))
    call_pages: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSONB, nullable=False))
    learned_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    is_in_use: bool = False
    refusals: int = 0
    refused_since: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    pages_by_recipe: int = Field(default=0, sa_type=BigInteger)
    pages_by_general: int = Field(default=0, sa_type=BigInteger)
    repairs_accepted: int = Field(default=0, sa_type=BigInteger)
    repairs_refused: int = Field(default=0, sa_type=BigInteger)


class HostCourtesyRecord(SQLModel, table=True):
    """When a host may be asked again, and how often it was asked on which UTC day, over all workers.

    A host has one, whatever its ports and schemes; robots.txt is a matter of each origin.
    """

    __tablename__ = "host_courtesy"

    host: str = Field(sa_type=Text, primary_key=True)
    next_request_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    retry_after_until: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    counted_on: date = Field(sa_type=Date)
    requests: int


class HostRecord(SQLModel, table=True):
    """What a host asks of robots, kept for a day so that every scrape need not ask again."""

    __tablename__ = "host"

    origin: str = Field(sa_type=Text, primary_key=True)
    robots_text: str = Field(sa_type=Text)
    robots_status: int
    robots_fetched_at: datetime = Field(sa_type=DateTime(timezone=True))
