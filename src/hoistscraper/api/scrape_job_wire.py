"""Scrape jobs on the wire."""

from datetime import datetime
from typing import Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from hoistscraper.api.lists import Total
from hoistscraper.scraping.report import JobStatus, Trigger


class ScrapeJob(BaseModel):
    """One visit to one website: where it stands, what it found, what it cost."""

    id: UUID
    website_id: UUID
    url: str = Field(examples=["https://example.org/grants"])
    website_name: str = Field(examples=["City of Lindmere, tenders"])
    trigger: Trigger
    status: JobStatus
    asked_at: datetime
    attempt: int = Field(description="How often it was begun.")
    failures: int = Field(description="How often its website failed it.")
    next_attempt_at: datetime | None
    started_at: datetime | None
    finished_at: datetime | None
    found: int = Field(description="Calls that the website lists.")
    new: int
    changed: int
    unchanged: int
    no_longer_listed: int
    found_so_far: int | None = Field(description="While it runs: calls that were met and kept until now.")
    found_last_time: int | None = Field(description="While it waits or runs: what its last good visit found.")
    pages_asked: int = Field(description="Pages behind calls that were asked for.")
    pages_failed: int = Field(description="Of these, those that could not be read.")
    requests: int
    not_modified: int = Field(description="Requests answered with 304.")
    bytes_received: int
    bytes_saved: int = Field(description="Bytes that the server did not have to send again.")
    is_held: bool = Field(description="What it read was not believed, so that nothing was taken away.")
    held_calls: int = Field(description="Known calls whose last good values stay for that.")
    deviations: list[str] = Field(description="What was not as usual, a sentence each.")
    error_kind: str | None = Field(examples=["timed-out"])
    error_message: str | None


class ScrapeJobPage(BaseModel):
    """Some jobs, the newest first."""

    items: list[ScrapeJob]
    next: str | None = Field(description="Pass it as `cursor` to get what comes after; null: nothing does.")
    total: Total


class NewScrapeJobs(BaseModel):
    """Which websites to scrape: some by id, all active ones, or those that are due. One of the three."""

    model_config = ConfigDict(extra="forbid")

    website_ids: list[UUID] = Field(default_factory=list, max_length=10_000)
    all: bool = Field(default=False, description="Every active website that is not paused.")
    due: bool = Field(default=False, description="Those whose time has come by their schedule.")

    @model_validator(mode="after")
    def _must_be_one(self) -> Self:
        if bool(self.website_ids) + self.all + self.due != 1:
            raise ValueError("give one of website_ids, all and due")
        return self


class Waiting(BaseModel):
    """The job that a website waits for."""

    website_id: UUID
    url: str
    job_id: UUID
    is_new: bool = Field(description="false: it waited already.")


class AskedFor(BaseModel):
    """Which jobs wait now."""

    new: int = Field(description="Jobs that were made.")
    waiting_already: int
    jobs: list[Waiting] = Field(description="At most 1,000 of them; the list of jobs has all.")
    unknown: list[UUID] = Field(description="Ids of which there is no website.")


class LogLine(BaseModel):
    """One thing that happened, in words."""

    number: int = Field(description="Its place; pass it as `after` to get what came later.")
    at: datetime
    text: str = Field(examples=["Read as a listing; calls: 20."])
    url: str | None
    is_problem: bool


class JobLog(BaseModel):
    """Lines of a job's log, in order."""

    items: list[LogLine]
    next: int | None = Field(description="Pass it as `after` for more; null: these are all for now.")
