"""Marks: words no text can hold, by which calls of one kind are found in the same index as their words.

A mark is a kind, ``=`` and a value, such as ``currency=EUR``. Those who write them and those who ask for
them are both here, so that they cannot drift apart.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from hashlib import blake2b
from uuid import UUID

from hoistscraper.opportunities.words import folded

LONGEST_VALUE = 80
# Twice the powers of ten: 1, 3, 10, 30, 100 ...
MOST_STEPS = 26
DRAWS = 256


class Mark(StrEnum):
    """What a mark tells of a call."""

    TITLE = "title"  # a word of the title
    SITE = "site"  # a website that tells of it
    CATEGORY = "category"
    ORGANISATION = "organisation"
    CURRENCY = "currency"
    REFERENCE = "reference"
    SAYS = "says"  # the status that its page states
    CLOSES = "closes"  # the month, or never
    OPENS = "opens"  # the month
    SEEN = "seen"  # the month of its first sight
    AMOUNT = "amount"  # a step of amount_step
    HAS = "has"  # documents
    DRAW = "draw"  # a number that chance gives, to draw a sample by

    def of(self, value: str) -> str:
        """Return the mark with a value, which is cut where it is long."""
        return f"{self.value}={value[:LONGEST_VALUE]}"


NEVER = "never"
DOCUMENTS = Mark.HAS.of("documents")


def title_mark(word: str) -> str:
    """Return the mark of a title's word."""
    return Mark.TITLE.of(word)


def site_mark(address: str) -> str:
    """Return the mark of a website, which outlives the website's row as its address does."""
    return Mark.SITE.of(blake2b(address.encode(), digest_size=6).hexdigest())


def name_mark(kind: Mark, name: str) -> str:
    """Return the mark of a category, an organisation or a reference number, however it is written."""
    words = folded(name)
    return kind.of(words.replace(" ", "") if kind is Mark.REFERENCE else words)


def month_mark(kind: Mark, day: date) -> str:
    """Return the mark of a month."""
    return kind.of(f"{day.year:04}-{day.month:02}")


def closing_mark(closes_at: datetime | None) -> str:
    """Return the mark of the month (in UTC) in which a call closes, or that it never does."""
    return month_mark(Mark.CLOSES, closes_at.astimezone(UTC).date()) if closes_at else Mark.CLOSES.of(NEVER)


def amount_step(amount: Decimal) -> int:
    """Return the step of 1, 3, 10, 30, 100 ... that an amount has reached; 0 below one."""
    if amount < 1:
        return 0
    digits = amount.adjusted()
    return min(2 * digits + (amount.scaleb(-digits) >= 3) + 1, MOST_STEPS)


def amount_marks(low: Decimal | None, high: Decimal | None) -> Iterator[str]:
    """Yield the marks of all steps from one amount to another; an end that is missing is no end."""
    first = amount_step(low) if low is not None else 0
    last = amount_step(high) if high is not None else MOST_STEPS
    for step in range(first, max(first, last) + 1):
        yield Mark.AMOUNT.of(f"{step:02}")


def draw_mark(identity: UUID) -> str:
    """Return one of 256 marks, given by the random end of an id."""
    return Mark.DRAW.of(identity.hex[-2:])


def draw_query(ending: str) -> str:
    """Return the query for the calls whose id may end like this, where nothing but its end is known."""
    digits = "0123456789abcdef"
    last = ending[-2:]
    drawn = [last] if len(last) == 2 else [digit + last for digit in digits]
    return " | ".join(quoted(Mark.DRAW.of(each)) for each in drawn)


def quoted(lexeme: str) -> str:
    """Return a word or mark as it is written in a tsvector or tsquery."""
    escaped = lexeme.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"
