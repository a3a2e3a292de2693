"""What one visit came to, in the figures that are compared from visit to visit."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from hoistscraper.extraction.candidate import Candidate

# What most calls state and what people decide by; a title always stands, so it says nothing.
CORE_FIELDS = (
    "organisation",
    "reference_number",
    "opening_date",
    "deadline",
    "amount",
    "eligibility",
    "contact_email",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitFigures:
    """One visit that ran to its end.

    ``listed`` calls were met. Of the ``expected`` ones (listed last time, still open) ``missing`` were not;
    ``ended`` were not met either, but their deadline has passed. ``fill_share`` is the share of
    :data:`CORE_FIELDS` that the calls which were read state; ``None`` where none (``calls_read``) had to be.
    """

    at: datetime
    listed: int
    new: int = 0
    expected: int = 0
    missing: int = 0
    ended: int = 0
    fill_share: float | None = None
    calls_read: int = 0
    pages_asked: int = 0
    pages_failed: int = 0
    bytes_received: int = 0
    seconds: float = 0.0

    @property
    def accounted(self) -> int:
        """Calls that are listed, and calls whose absence their deadline explains."""
        return self.listed + self.ended


def core_fields(candidate: Candidate) -> frozenset[str]:
    """Return which of the core fields a call states; either amount counts as the amount."""
    stated = {name for name in CORE_FIELDS if name != "amount" and getattr(candidate, name)}
    if candidate.amount_min is not None or candidate.amount_max is not None:
        stated.add("amount")
    return frozenset(stated)


def fill_share(candidates: Iterable[Candidate]) -> float | None:
    """Return the share of core fields that calls state, from 0 to 1; ``None`` without any call."""
    shares = [len(core_fields(candidate)) / len(CORE_FIELDS) for candidate in candidates]
    return sum(shares) / len(shares) if shares else None
