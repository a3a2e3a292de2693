"""The overview on the wire."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field


class WebsiteTotals(BaseModel):
    """Websites by how they are doing."""

    green: int = Field(examples=[40])
    amber: int
    red: int
    unvisited: int = Field(description="Not visited yet.")


class JobTotals(BaseModel):
    """Scrape jobs by where they stand."""

    pending: int
    running: int
    completed: int = Field(examples=[1200])
    failed: int
    cancelled: int


class OpportunityTotals(BaseModel):
    """Opportunities by whether one may apply at this moment."""

    open: int = Field(examples=[350])
    forthcoming: int
    closed: int
    unknown: int


class Closing(BaseModel):
    """How many open calls close soon: on the rest of today or on as many days after it (in UTC)."""

    within_7_days: int = Field(examples=[12])
    within_30_days: int = Field(examples=[48])


class Day(BaseModel):
    """What happened on one day in UTC."""

    day: date
    new_opportunities: int = Field(description="Seen for the first time.")
    jobs: int = Field(description="Jobs that ended.")
    failures: int = Field(description="Of these, those that failed.")


class Totals(BaseModel):
    """Everything counted."""

    websites: WebsiteTotals
    scrape_jobs: JobTotals
    opportunities: OpportunityTotals
    closing: Closing
    days: list[Day] = Field(description="One for each day that was asked for, today last.")


class ClosingCall(BaseModel):
    """An open call that closes soon."""

    id: UUID
    title: str
    organisation: str | None
    closes_at: datetime


class WebsiteInNeed(BaseModel):
    """A website that a person should look at."""

    id: UUID
    url: str
    name: str
    health: Literal["amber", "red"]
    health_reason: str | None
    health_advice: str | None
    health_since: datetime | None


class Stats(BaseModel):
    """The overview."""

    totals: Totals
    next_to_close: list[ClosingCall] = Field(description="The first ten of the next 30 days.")
    needs_attention: list[WebsiteInNeed] = Field(description="Ten websites, the worst first.")
