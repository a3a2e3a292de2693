"""The audit trail on the wire."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from hoistscraper.accounts.actor import ActorKind
from hoistscraper.api.lists import Total
from hoistscraper.api.text import Words
from hoistscraper.audit.actions import Action
from hoistscraper.audit.listing import AuditFilter


class AuditEntry(BaseModel):
    """One thing that somebody did. It never changes, and stays when user and thing are gone."""

    id: UUID
    at: datetime
    actor_kind: ActorKind
    actor_id: UUID | None = Field(description="The user, if it was one.")
    actor_name: str = Field(description="As it was then.", examples=["Ada"])
    action: str = Field(examples=["website.change"])
    thing_kind: str | None = Field(examples=["website"])
    thing_id: str | None
    thing_label: str | None = Field(description="As it was then.", examples=["https://example.org/grants"])
    origin: str | None = Field(
        description="The network address, or that it was done at the command line.", examples=["192.0.2.7"]
    )
    request_id: UUID | None = Field(description="As the answer's `X-Request-Id` said.")
    changes: dict[str, Any] = Field(
        description="What was changed or asked for, without secrets.",
        examples=[{"name": {"from": "Grants", "to": "Open grants"}}],
    )


class AuditPage(BaseModel):
    """Some entries, the newest first."""

    items: list[AuditEntry]
    next: str | None = Field(description="Pass it as `cursor` to get what comes after; null: nothing does.")
    total: Total


class AuditParameters(BaseModel):
    """Which entries are wanted. All that is given must hold."""

    model_config = ConfigDict(extra="forbid")

    q: Words | None = Field(default=None, description="Words of names and changes, or their beginnings.")
    actor_id: UUID | None = Field(default=None, description="What this user did.")
    actor_name: Words | None = None
    action: Action | None = None
    thing_kind: Words | None = Field(default=None, description="Such as `website`, with or without its id.")
    thing_id: Words | None = None
    since: AwareDatetime | None = None
    before: AwareDatetime | None = None

    def as_filter(self) -> AuditFilter:
        """Return what is wanted."""
        return AuditFilter(
            words=self.q,
            **self.model_dump(include=set(AuditParameters.model_fields) - {"q"}),
        )


class AuditListParameters(AuditParameters):
    """Which entries are wanted, and how many at a time."""

    limit: int = Field(default=50, ge=1, le=200, description="How many to return at most.")
    cursor: str | None = Field(
        default=None,
        max_length=2_000,
        description="`next` of the page before; leave it out for the first.",
    )

    def as_filter(self) -> AuditFilter:
        """Return what is wanted."""
        return AuditParameters(**self.model_dump(exclude={"limit", "cursor"})).as_filter()


class AuditExportParameters(AuditParameters):
    """Which entries are wanted as what kind of file."""

    format: Literal["csv", "ndjson"] = "csv"

    def as_filter(self) -> AuditFilter:
        """Return what is wanted."""
        return AuditParameters(**self.model_dump(exclude={"format"})).as_filter()
