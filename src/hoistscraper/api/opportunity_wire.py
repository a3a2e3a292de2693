"""Opportunities on the wire."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from hoistscraper.api.lists import Total
from hoistscraper.api.text import Words
from hoistscraper.extraction.candidate import Status
from hoistscraper.search.query import MOST_CHOICES, MOST_DAYS, Order, Search

Amount = Annotated[Decimal, Field(ge=0, le=10**15, max_digits=20, allow_inf_nan=False)]
Days = Annotated[int, Field(ge=0, le=MOST_DAYS)]
Several: Any = Field(
    default_factory=list, max_length=MOST_CHOICES, description="May be given again: any will do."
)
_DEADLINE = Field(
    description="As the page prints it: a date, with a time of day only where one is stated.",
    examples=["2027-02-09T14:00:00"],
)
_MONEY = Field(description="In the currency of the call.", examples=[320000])


class SearchParameters(BaseModel):
    """What is searched for. All that is given must hold; bounds include themselves."""

    model_config = ConfigDict(extra="forbid")

    q: Words = Field(
        default="", description='Words, "phrases" and -exclusions.', examples=['"street lighting" -repair']
    )
    typing: bool = Field(default=False, description="The last word of `q` may go on.")
    status: list[Status] = Several
    website: list[UUID] = Several
    category: list[Words] = Several
    organisation: list[Words] = Several
    reference: Words | None = Field(default=None, description="A reference number.")
    currency: list[Words] = Several
    amount_min: Amount | None = None
    amount_max: Amount | None = None
    opens_from: date | None = None
    opens_to: date | None = None
    closes_from: date | None = None
    closes_to: date | None = None
    closing_within_days: Days | None = Field(default=None, description="Still open, and closing so soon.")
    posted_within_days: Days | None = Field(default=None, description="First seen in the last days.")
    first_seen_since: AwareDatetime | None = None
    has_documents: bool = False
    listed: bool = Field(default=False, description="Only what a website still lists.")
    sort: Order = Order.DEADLINE

    def as_search(self) -> Search:
        """Return the search that is meant.

        :raises Invalid: it cannot be meant, and why.
        """
        return Search(
            words=self.q,
            is_typing=self.typing,
            statuses=tuple(self.status),
            websites=tuple(self.website),
            categories=tuple(self.category),
            organisations=tuple(self.organisation),
            reference_number=self.reference,
            currencies=tuple(self.currency),
            amount_min=self.amount_min,
            amount_max=self.amount_max,
            opens_from=self.opens_from,
            opens_to=self.opens_to,
            closes_from=self.closes_from,
            closes_to=self.closes_to,
            closing_within_days=self.closing_within_days,
            posted_within_days=self.posted_within_days,
            first_seen_since=self.first_seen_since,
            has_documents=self.has_documents,
            is_listed=self.listed,
            order=self.sort,
        )


class ListParameters(SearchParameters):
    """A search, and which page of it."""

    limit: int = Field(default=25, ge=1, le=200, description="How many to return at most.")
    cursor: Annotated[str, Field(max_length=2_000)] | None = Field(
        default=None, description="`next` of the page before; leave it out for the first."
    )
    total: bool = Field(default=False, description="Say also how many there are in all, which takes longer.")


class ExportParameters(SearchParameters):
    """A search, and what its opportunities are written as."""

    format: Literal["csv", "xlsx", "ndjson"] = Field(
        default="csv", description="ndjson holds everything, one JSON object a line."
    )


class Opportunity(BaseModel):
    """One call, in short."""

    id: UUID
    title: str = Field(examples=["Replacement of Quay Lighting, Berths 4 to 9"])
    organisation: str | None = Field(examples=["Brennhavn Port Authority"])
    status: Status = Field(description="By its page and its dates, as of now.")
    opening_date: date | None
    deadline: str | None = _DEADLINE
    deadline_timezone: str | None = Field(description="Where the page states one.")
    closes_at: datetime | None = Field(description="The instant after which nobody can apply.")
    amount_min: float | None = _MONEY
    amount_max: float | None = _MONEY
    currency: str | None = Field(examples=["EUR"])
    reference_number: str | None
    location: str | None
    categories: list[str]
    first_seen_at: datetime
    changed_at: datetime
    eligibility: str | None = Field(description="Who may apply, its beginning where it is long.")
    url: str | None = Field(description="The call's own page, where it has one.")
    website: str | None = Field(description="The website that tells of it, the first where several do.")
    sources: int = Field(description="How many websites tell of it.")
    is_listed: bool = Field(description="false: no website lists it any more, which does not mean closed.")
    last_seen_at: datetime | None = Field(description="When a website was last seen to tell of it.")
    verified_at: datetime | None = Field(description="When its page was last read or confirmed unchanged.")


class OpportunityPage(BaseModel):
    """Some opportunities of a search."""

    items: list[Opportunity]
    next: str | None = Field(description="Pass it as `cursor` to get what comes after; null: nothing does.")
    total: Total | None = Field(description="null, unless asked for.")


class Evidence(BaseModel):
    """Where a value comes from."""

    model_config = ConfigDict(extra="allow")

    quote: str = Field(description="A piece of the page from which the value follows.")
    method: str = Field(description="How it was read.", examples=["label:table"])
    confidence: float = Field(ge=0, le=1)
    source_url: str


class Source(BaseModel):
    """What one website says of a call."""

    id: UUID
    website_id: UUID | None = Field(description="null: it is watched no more.")
    website: str
    url: str | None
    listing_url: str
    values: dict[str, Any]
    evidence: dict[str, Evidence]
    first_seen_at: datetime
    last_seen_at: datetime
    verified_at: datetime | None = Field(description="When its page was last read or confirmed unchanged.")
    no_longer_listed_at: datetime | None


class Revision(BaseModel):
    """One field that changed."""

    field: str
    old: Any
    new: Any
    evidence: Evidence | None
    source_id: UUID | None
    recorded_at: datetime


class WholeOpportunity(BaseModel):
    """One call with the proof of every value, its sources side by side and its history."""

    id: UUID
    title: str
    organisation: str | None
    status: Status
    summary: str | None
    opening_date: date | None
    deadline: str | None = _DEADLINE
    deadline_timezone: str | None
    closes_at: datetime | None
    other_dates: list[dict[str, Any]]
    amount_min: float | None
    amount_max: float | None
    currency: str | None
    eligibility: str | None
    reference_number: str | None
    contact_name: str | None
    contact_email: str | None
    contact_phone: str | None
    location: str | None
    categories: list[str]
    documents: list[dict[str, Any]]
    url: str | None
    is_listed: bool
    first_seen_at: datetime
    changed_at: datetime
    evidence: dict[str, Evidence] = Field(description="The proof of each value, by field.")
    sources: list[Source]
    revisions: list[Revision] = Field(description="What changed, the newest first, 500 at most.")


class FacetValue(BaseModel):
    """One value and how many have it."""

    value: str
    name: str
    count: int


class Facets(BaseModel):
    """What the opportunities of a search have in common; values that are most frequent come first."""

    total: Total
    status: list[FacetValue]
    category: list[FacetValue]
    organisation: list[FacetValue]
    website: list[FacetValue]
    currency: list[FacetValue]
    closing_month: list[FacetValue]
    is_exact: bool = Field(description="false: counted on a sample, and scaled.")


class Similar(BaseModel):
    """Opportunities like another one, the likest first."""

    items: list[Opportunity]


class Suggestions(BaseModel):
    """Beginnings completed, in alphabetical order."""

    titles: list[str]
    organisations: list[str]


class History(BaseModel):
    """What changed on a call, the newest first."""

    items: list[Revision]
