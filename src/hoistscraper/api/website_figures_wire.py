"""Figures of websites on the wire: how many of each kind, what they have been giving, what is usual."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field

from hoistscraper.api.stats_wire import WebsiteTotals
from hoistscraper.scraping.report import JobStatus


class WebsiteFacetValue(BaseModel):
    """A word that websites have, and how many."""

    value: str = Field(examples=["culture"])
    count: int


class WebsiteFacets(BaseModel):
    """How many websites there are of each kind; of words, the 100 most frequent."""

    total: int
    inactive: int
    paused: int
    health: WebsiteTotals
    categories: list[WebsiteFacetValue]
    regions: list[WebsiteFacetValue]
    tags: list[WebsiteFacetValue]


class PastJob(BaseModel):
    """How one visit went, in short."""

    id: UUID
    status: JobStatus
    asked_at: datetime
    finished_at: datetime | None
    found: int
    new: int
    changed: int
    is_held: bool
    error_message: str | None


class WebsiteActivity(BaseModel):
    """What a website has been giving."""

    id: UUID
    opportunities: int = Field(description="Calls that it ever told of.")
    listed: int = Field(description="Calls that it lists now.")
    jobs: list[PastJob] = Field(description="Its last 20 jobs, the oldest first.")


class UsualRange(BaseModel):
    """What is usual, and how far from it is still usual."""

    low: float
    usual: float
    high: float | None = Field(description="null: there is no bound.")


class WebsiteRecipe(BaseModel):
    """What was learned of how its listing is read, in short."""

    state: Literal["none", "learning", "in use", "refused"] = Field(
        description='"refused": the listing looks like another one, and nothing is taken from it.'
    )
    rows: int | None = Field(description="How many calls its largest page had; null: nothing is learned.")
    learned_at: datetime | None
    pages_by_recipe: int
    pages_by_general: int
    repairs_accepted: int = Field(description="How often its calls were found again in a new layout.")
    repairs_refused: int


class Usual(BaseModel):
    """What a website usually gives, learned from its good visits; what lies outside is told as its health."""

    visits: int = Field(description="Good visits that this was learned from; 0: nothing is known yet.")
    since: datetime | None = Field(description="Visits before were set aside; null: none were.")
    listed: UsualRange | None = Field(description="How many calls are listed.")
    fill: UsualRange | None = Field(description="Which share of the core fields is filled.")
    most_missing_share: float | None = Field(description="Which share of calls may vanish at once.")
    most_failed_share: float | None = Field(description="Which share of pages may fail.")
    most_bytes: float | None
    most_seconds: float | None
    new_a_week: float | None = Field(description="New calls in a usual week; null: not known yet.")
    recipe: WebsiteRecipe | None = Field(description="null: its listing was not read yet.")
    weeks_without: int = Field(description="How many of the last weeks brought no new call.")
