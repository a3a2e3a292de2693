"""What was read about one call, each value with the proof of where it came from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

TimeOfDay = time  # within Moment the name "time" is the field's


class Status(StrEnum):
    """Whether one may apply, as far as the page says."""

    OPEN = "open"
    CLOSED = "closed"
    FORTHCOMING = "forthcoming"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Evidence:
    """The proof of one value: a verbatim piece of the page from which the value follows."""

    quote: str
    method: str  # how it was read, such as "declared:json-ld", "label:table", "row", "prose"
    confidence: float  # 0 to 1
    source_url: str | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """A date as a page prints it: the time of day and its zone only where the page states them.

    ``timezone`` is an IANA name ("Australia/Sydney") or a fixed offset ("+10:00").
    """

    date: date
    time: TimeOfDay | None = None
    timezone: str | None = None

    def isoformat(self) -> str:
        """Return ``2026-03-01`` or ``2026-03-01T17:00:00``: local to the call, never converted."""
        if self.time is None:
            return self.date.isoformat()
        return datetime.combine(self.date, self.time).isoformat()


@dataclass(frozen=True, slots=True)
class NamedDate:
    """Another date of the call, with the name that the page gives it ("Letter of intent due")."""

    name: str
    moment: Moment


@dataclass(frozen=True, slots=True)
class DocumentLink:
    """A file that belongs to the call."""

    url: str
    title: str
    media_type: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One call as one page tells it. ``None`` or empty: the page does not say, or it is not proven."""

    url: str | None = None
    title: str | None = None
    organisation: str | None = None
    summary: str | None = None
    reference_number: str | None = None
    status: Status = Status.UNKNOWN
    opening_date: Moment | None = None
    deadline: Moment | None = None
    other_dates: tuple[NamedDate, ...] = ()
    amount_min: Decimal | None = None
    amount_max: Decimal | None = None
    currency: str | None = None  # ISO 4217
    eligibility: str | None = None
    contact_name: str | None = None
    contact_email: str | None = None
    contact_phone: str | None = None
    documents: tuple[DocumentLink, ...] = ()
    categories: tuple[str, ...] = ()
    location: str | None = None
    evidence: Mapping[str, Evidence] = field(default_factory=lambda: MappingProxyType({}))
