"""What users keep for themselves, on the wire."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from hoistscraper.api.limits import LONGEST_QUERY
from hoistscraper.api.lists import Total
from hoistscraper.api.opportunity_wire import Opportunity
from hoistscraper.api.text import PLAIN
from hoistscraper.desk.triage import TriageState

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100), PLAIN]
Query = Annotated[str, StringConstraints(strip_whitespace=True, max_length=LONGEST_QUERY), PLAIN]
_NAME = Field(examples=["Lighting, closing soon"])
_QUERY = Field(
    description="What stands after the question mark of the address at which the web app shows it.",
    examples=["q=lighting&closing_within_days=14"],
)
_STATE = Field(description="starred: for later; ignored: not for us.", examples=["starred"])


class NewMark(BaseModel):
    """What one thinks of an opportunity."""

    model_config = ConfigDict(extra="forbid")

    state: TriageState = _STATE


class Mark(BaseModel):
    """What one thinks of an opportunity, and since when."""

    opportunity_id: UUID
    state: TriageState = _STATE
    at: datetime


class Marks(BaseModel):
    """One's marks on some opportunities."""

    items: list[Mark]


class Marked(BaseModel):
    """An opportunity that was marked."""

    id: UUID
    state: TriageState = _STATE
    at: datetime
    opportunity: Opportunity


class MarkedPage(BaseModel):
    """Some opportunities that were marked."""

    items: list[Marked]
    next: str | None = Field(description="Pass it as `cursor` to get what comes after; null: nothing does.")
    total: Total


class View(BaseModel):
    """A search by name."""

    id: UUID
    name: str = _NAME
    query: str = _QUERY
    created_at: datetime


class ViewList(BaseModel):
    """One's saved views."""

    items: list[View]


class NewView(BaseModel):
    """A search to keep."""

    model_config = ConfigDict(extra="forbid")

    name: Name = _NAME
    query: Query = _QUERY


class ViewChanges(BaseModel):
    """What to change; whatever is left out stays."""

    model_config = ConfigDict(extra="forbid")

    name: Name | None = Field(default=None, examples=["Lighting"])
    query: Query | None = Field(default=None, examples=["q=lighting"])
