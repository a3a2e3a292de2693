"""What somebody searches for: words, filters and an order, checked when it is made."""

from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from hoistscraper.errors import Invalid
from hoistscraper.extraction.candidate import Status
from hoistscraper.search.clauses import Clause, is_positive
from hoistscraper.search.typed import typed_clauses

MOST_CHOICES = 20
MOST_DAYS = 3_660
LONGEST_NAME = 300


class Order(StrEnum):
    """What comes first."""

    DEADLINE = "deadline"  # open calls, soonest first; then those without a deadline; closed ones last
    NEWEST = "newest"  # first seen last
    AMOUNT = "amount"  # the largest, whatever its currency; those without one last
    RELEVANCE = "relevance"  # words in the title before words elsewhere, then as by deadline


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """One search; of several values of a filter any will do, all filters must hold.

    Bounds include themselves. Days count from the moment of asking: ``closing_within_days`` asks for calls
    that are not closed yet, ``posted_within_days`` for those first seen since.

    :raises Invalid: it cannot be meant, and why.
    """

    words: str = ""
    is_typing: bool = False
    statuses: tuple[Status, ...] = ()
    websites: tuple[UUID, ...] = ()
    categories: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    reference_number: str | None = None
    currencies: tuple[str, ...] = ()
    amount_min: Decimal | None = None
    amount_max: Decimal | None = None
    opens_from: date | None = None
    opens_to: date | None = None
    closes_from: date | None = None
    closes_to: date | None = None
    closing_within_days: int | None = None
    posted_within_days: int | None = None
    first_seen_since: datetime | None = None
    has_documents: bool = False
    is_listed: bool = False
    order: Order = Order.DEADLINE

    def __post_init__(self) -> None:
        """Refuse what cannot be meant."""
        clauses = typed_clauses(self.words, is_typing=self.is_typing)
        if self.order is Order.RELEVANCE and not any(map(is_positive, clauses)):
            raise Invalid("Ordering by relevance needs a word to look for: add one, or order by deadline.")
        _check_choices(self)
        _check_days("closing within", self.closing_within_days)
        _check_days("posted within", self.posted_within_days)
        _check_range("amount", self.amount_min, self.amount_max)
        _check_range("opening date", self.opens_from, self.opens_to)
        _check_range("deadline", self.closes_from, self.closes_to)
        if self.first_seen_since is not None and self.first_seen_since.tzinfo is None:
            raise Invalid("The time since which calls were seen needs a zone, such as 2030-01-31T12:00:00Z.")

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """What the words ask for."""
        return typed_clauses(self.words, is_typing=self.is_typing)

    def seen_since(self, now: datetime) -> datetime | None:
        """Return since when calls must have been seen first."""
        days = self.posted_within_days
        bounds = [self.first_seen_since, now - timedelta(days=days) if days is not None else None]
        return max((bound for bound in bounds if bound), default=None)


_NAMES = tuple(field.name for field in fields(Search))


def _check_choices(search: Search) -> None:
    for field in _NAMES:
        chosen = getattr(search, field)
        names = chosen if isinstance(chosen, tuple) else [chosen]
        if len(names) > MOST_CHOICES:
            raise Invalid(f"More than {MOST_CHOICES} {field} were chosen: choose fewer.")
        for name in names:
            if field != "words" and isinstance(name, str) and not 0 < len(name) <= LONGEST_NAME:
                raise Invalid(f"A value of {field} is empty or longer than {LONGEST_NAME} letters.")


def _check_days(what: str, days: int | None) -> None:
    if days is not None and not 0 <= days <= MOST_DAYS:
        raise Invalid(f"The days of “{what}” must be between 0 and {MOST_DAYS}.")


def _check_range(what: str, low: date | Decimal | None, high: date | Decimal | None) -> None:
    if (isinstance(low, Decimal) and not low.is_finite()) or (
        isinstance(high, Decimal) and not high.is_finite()
    ):
        raise Invalid(f"The {what} must be a number.")
    if low is not None and high is not None and low > high:  # type: ignore[operator]
        raise Invalid(f"The range of the {what} ends before it begins: swap its ends.")
