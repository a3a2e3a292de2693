"""A preview of a website on the wire."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from hoistscraper.api.website_wire import Address


class Look(BaseModel):
    """Which website to look at."""

    model_config = ConfigDict(extra="forbid")

    url: Address = Field(
        description="The page that lists the calls.", examples=["https://example.org/grants"]
    )


class Proof(BaseModel):
    """Where a value comes from."""

    quote: str = Field(description="The words of the page.", examples=["Deadline: 1 March 2031"])
    method: str = Field(description="How it was read.", examples=["label:table"])
    confidence: float = Field(description="From 0 to 1.", examples=[0.9])
    source_url: str | None = Field(description="The page; null: the one that was asked for.")


class NamedDay(BaseModel):
    """Another date of a call."""

    name: str = Field(examples=["Letter of intent due"])
    date: str


class Document(BaseModel):
    """A file that belongs to a call."""

    url: str
    title: str
    media_type: str | None


class PreviewedCall(BaseModel):
    """A call as it would be kept: what the page does not say, or does not prove, is null."""

    url: str | None
    title: str | None = Field(examples=["Restoration of wetlands"])
    organisation: str | None
    summary: str | None
    reference_number: str | None
    status: Literal["open", "closed", "forthcoming", "unknown"]
    opening_date: str | None
    deadline: str | None = Field(
        description="As printed: with a time only where one is stated.", examples=["2031-03-01T17:00:00"]
    )
    deadline_timezone: str | None
    other_dates: list[NamedDay]
    amount_min: float | None
    amount_max: float | None
    currency: str | None = Field(examples=["EUR"])
    eligibility: str | None
    contact_name: str | None
    contact_email: str | None
    contact_phone: str | None
    documents: list[Document]
    categories: list[str]
    location: str | None
    evidence: dict[str, Proof] = Field(description="The proof of each value, by the name of its field.")


class Preview(BaseModel):
    """What would be read from a website; nothing of it was kept."""

    url: str = Field(description="The address, normalised.", examples=["https://example.org/grants"])
    kind: Literal["listing", "detail", "feed", "other"] | None = Field(
        description="What the page is; null: it could not be had."
    )
    calls: list[PreviewedCall] = Field(description="The first ten calls.")
    next_page: str | None = Field(description="Where the list goes on.")
    problems: list[str] = Field(description="What could not be read, a sentence each.")
    error_kind: str | None = Field(description="Why nothing could be seen.", examples=["timed-out"])
    error: str | None = Field(description="The same as a sentence; null: the website answered.")
    requests: int = Field(description="How many it took.")
    elapsed_seconds: float
