"""The opportunity, what each website says of it and the history of its fields, as the database keeps them."""

from datetime import date, datetime, time
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ARRAY, BigInteger, Column, DateTime, ForeignKey, Identity, Index, Numeric, Text
from sqlalchemy.dialects.postgresql import JSONB, TSVECTOR
from sqlmodel import Field, SQLModel
from uuid_utils.compat import uuid7

from hoistscraper.clock import now

Json = dict[str, object]


class Opportunity(SQLModel, table=True):
    """One call, as its sources together tell it; ``evidence`` holds the proof of each value by field.

    ``deadline_*`` is what the page prints; ``closes_at`` is the instant after which nobody can apply.
    The ``*_key`` columns are folded forms by which the same call is recognised on another website.
    ``search``, ``ends_at``, ``amount_order`` and ``organisation_key`` are what it is found and ordered by
    (:mod:`hoistscraper.opportunities.findable`).
    """

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    title: str = Field(sa_type=Text)
    organisation: str | None = Field(default=None, sa_type=Text)
    summary: str | None = Field(default=None, sa_type=Text)
    reference_number: str | None = Field(default=None, sa_type=Text)
    status: str = Field(default="unknown", sa_type=Text)
    opening_date: date | None = None
    deadline_date: date | None = None
    deadline_time: time | None = None
    deadline_timezone: str | None = Field(default=None, sa_type=Text)
    closes_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    other_dates: list[Json] = Field(default_factory=list, sa_column=Column(JSONB, nullable=False))
    amount_min: Decimal | None = Field(default=None, sa_type=Numeric)
    amount_max: Decimal | None = Field(default=None, sa_type=Numeric)
    currency: str | None = Field(default=None, sa_type=Text)
    eligibility: str | None = Field(default=None, sa_type=Text)
    contact_name: str | None = Field(default=None, sa_type=Text)
    contact_email: str | None = Field(default=None, sa_type=Text)
    contact_phone: str | None = Field(default=None, sa_type=Text)
    documents: list[Json] = Field(default_factory=list, sa_column=Column(JSONB, nullable=False))
    categories: list[str] = Field(default_factory=list, sa_column=Column(ARRAY(Text), nullable=False))
    location: str | None = Field(default=None, sa_type=Text)
    evidence: Json = Field(default_factory=dict, sa_column=Column(JSONB, nullable=False))
    title_key: str = Field(sa_type=Text)
    reference_key: str | None = Field(default=None, sa_type=Text, index=True)
    first_seen_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))
    changed_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))
    search: str = Field(sa_column=Column(TSVECTOR, nullable=False))
    ends_at: datetime = Field(sa_type=DateTime(timezone=True))
    amount_order: Decimal = Field(sa_type=Numeric)
    organisation_key: str | None = Field(default=None, sa_type=Text)

    __table_args__ = (
        Index("ix_opportunity_ends_at", "ends_at", "id"),
        Index("ix_opportunity_first_seen_at", "first_seen_at", "id"),
        Index("ix_opportunity_amount_order", "amount_order", "id"),
        # Serves equality and beginnings, whatever the collation of the database.
        Index("ix_opportunity_title_key", "title_key", postgresql_ops={"title_key": "text_pattern_ops"}),
        Index(
            "ix_opportunity_organisation_key",
            "organisation_key",
            postgresql_ops={"organisation_key": "text_pattern_ops"},
        ),
        Index("ix_opportunity_search", "search", postgresql_using="gin"),
    )


class OpportunitySource(SQLModel, table=True):
    """What one website says of a call, kept apart so that sources can be compared.

    ``site`` is the website's address and outlives the website's own row; ``identity`` names the call within
    it. ``row_hash`` tells whether the listing's row is what it was. ``verified_at`` is when the call's own
    page was last read or confirmed unchanged; ``None`` where it could not be read yet.
    """

    __tablename__ = "opportunity_source"

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    opportunity_id: UUID = Field(
        sa_column=Column(ForeignKey("opportunity.id", ondelete="CASCADE"), nullable=False, index=True)
    )
    website_id: UUID | None = Field(
        default=None, sa_column=Column(ForeignKey("website.id", ondelete="SET NULL"), index=True)
    )
    site: str = Field(sa_type=Text)
    identity: str = Field(sa_type=Text)
    url: str | None = Field(default=None, sa_type=Text)
    listing_url: str = Field(sa_type=Text)
    row_hash: str = Field(sa_type=Text)
    # "values" is a word of SQL
    stated: Json = Field(default_factory=dict, sa_column=Column(JSONB, nullable=False))
    evidence: Json = Field(default_factory=dict, sa_column=Column(JSONB, nullable=False))
    first_seen_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))
    last_seen_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))
    verified_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    no_longer_listed_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))

    __table_args__ = (Index("ux_opportunity_source_site_identity", "site", "identity", unique=True),)


class OpportunityRevision(SQLModel, table=True):
    """One field of one call that changed: append-only."""

    __tablename__ = "opportunity_revision"

    id: int | None = Field(
        default=None, sa_column=Column(BigInteger, Identity(always=True), primary_key=True)
    )
    opportunity_id: UUID = Field(
        sa_column=Column(ForeignKey("opportunity.id", ondelete="CASCADE"), nullable=False)
    )
    source_id: UUID | None = Field(
        default=None, sa_column=Column(ForeignKey("opportunity_source.id", ondelete="SET NULL"), index=True)
    )
    field: str = Field(sa_type=Text)
    old: object = Field(default=None, sa_column=Column(JSONB))
    new: object = Field(default=None, sa_column=Column(JSONB))
    evidence: Json | None = Field(default=None, sa_column=Column(JSONB))
    recorded_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))

    __table_args__ = (Index("ix_opportunity_revision_newest", "opportunity_id", "id"),)
