"""Websites on the wire."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from hoistscraper.api.lists import Total
from hoistscraper.api.text import PLAIN
from hoistscraper.websites.addresses import LONGEST_ADDRESS
from hoistscraper.websites.browser_needs import RenderMode
from hoistscraper.websites.changing import BulkAction
from hoistscraper.websites.columns import PARTS_TAGS


def _whole(tag: str) -> str:
    if PARTS_TAGS.search(tag):
        raise ValueError("must not hold commas or semicolons, which stand between tags in files")
    return tag


Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300), PLAIN]
Word = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100), PLAIN]
Tag = Annotated[Word, AfterValidator(_whole)]
Prose = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2_000), PLAIN]
Address = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_ADDRESS), PLAIN
]

_URL = Field(
    description="The page that lists the calls; it is normalised.", examples=["https://example.org/grants"]
)
_SCHEDULE = Field(
    default=None,
    description='When it is visited, such as "daily at 07:00" or "every 6 hours"; null: when asked.',
    examples=["weekdays 06:00-08:00 Europe/Paris"],
)
_QUIET = Field(default=None, description="When it is left alone.", examples=["22:00-06:00"])
_RENDER = Field(
    default=RenderMode.AUTO, description="Shown by a browser: auto: where it needs one; http: never."
)
_ZONE = Field(default=None, description="The time zone of its deadlines.", examples=["Europe/Paris"])


class Website(BaseModel):
    """A website that is watched, and how it is doing."""

    id: UUID
    url: str = _URL
    name: str = Field(examples=["City of Lindmere, tenders"])
    description: str | None
    category: str | None = Field(examples=["tenders"])
    region: str | None = Field(examples=["France"])
    tags: list[str] = Field(examples=[["culture", "small"]])
    active: bool = Field(description="Whether it is visited at all.")
    paused: bool = Field(description="Whether it is left alone for now.")
    timezone: Word | None = _ZONE
    schedule: Word | None = _SCHEDULE
    quiet_hours: Word | None = _QUIET
    render: RenderMode = _RENDER
    created_at: datetime
    last_scraped_at: datetime | None
    next_due_at: datetime | None
    health: Literal["green", "amber", "red"] | None = Field(description="null: it was not visited yet.")
    health_reason: str | None = Field(description="What is not as usual.")
    health_advice: str | None = Field(description="What to do about it.")
    health_since: datetime | None


class WebsitePage(BaseModel):
    """Some websites of a list."""

    items: list[Website]
    next: str | None = Field(description="Pass it as `cursor` to get what comes after; null: nothing does.")
    total: Total


class NewWebsite(BaseModel):
    """A website to watch."""

    model_config = ConfigDict(extra="forbid")

    url: Address = _URL
    name: Name | None = Field(default=None, description="Its address, unless given.")
    description: Prose | None = None
    category: Word | None = Field(default=None, examples=["grants"])
    region: Word | None = Field(default=None, examples=["France"])
    tags: list[Tag] = Field(default_factory=list, max_length=50, examples=[["culture"]])
    active: bool = True
    timezone: Word | None = _ZONE
    schedule: Word | None = _SCHEDULE
    quiet_hours: Word | None = _QUIET
    render: RenderMode = _RENDER


class WebsiteChanges(BaseModel):
    """What to change; whatever is left out stays. null takes a value away where it may be missing."""

    model_config = ConfigDict(extra="forbid")

    name: Name | None = Field(default=None, description="null: its address again.")
    description: Prose | None = None
    category: Word | None = Field(default=None, examples=["tenders"])
    region: Word | None = None
    tags: list[Tag] | None = Field(default=None, max_length=50)
    active: bool | None = None
    paused: bool | None = None
    timezone: Word | None = _ZONE
    schedule: Word | None = _SCHEDULE
    quiet_hours: Word | None = _QUIET
    render: RenderMode | None = None


class BulkChange(BaseModel):
    """The same for many websites."""

    model_config = ConfigDict(extra="forbid")

    ids: list[UUID] = Field(min_length=1, max_length=10_000)
    action: BulkAction
    tags: list[Tag] = Field(default_factory=list, max_length=50, description="For tag and untag.")


class BulkChanged(BaseModel):
    """What became of a bulk change."""

    changed: int = Field(description="How many websites were changed.")
    unknown: list[UUID] = Field(description="Ids of which there is no website.")


class Removal(BaseModel):
    """What the removal of a website takes along, and what stays."""

    is_removed: bool = Field(description="false: this was a dry run.")
    pages: int = Field(description="Saved pages that go with it.")
    scrape_jobs: int = Field(description="Jobs, with their logs, that go with it.")
    opportunities_removed: int
    opportunities_kept: int = Field(description="They find their way back should it be added again.")
