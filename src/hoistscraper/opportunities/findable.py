"""What an opportunity is found and ordered by, worked out from the columns of its row."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from hoistscraper.extraction.candidate import Status
from hoistscraper.opportunities.marks import (
    DOCUMENTS,
    LONGEST_VALUE,
    Mark,
    amount_marks,
    closing_mark,
    draw_mark,
    month_mark,
    name_mark,
    quoted,
    site_mark,
    title_mark,
)
from hoistscraper.opportunities.words import folded, words_of

# Such a call ends never, as far as anybody says. Every zone's calendar holds this year.
NEVER = datetime(9999, 1, 1, tzinfo=UTC)
# A call that its page calls closed before its deadline, or without one, ended nobody says when.
LONG_AGO = datetime(1, 1, 2, tzinfo=UTC)
NO_AMOUNT = Decimal(-1)
MOST_WORDS = 500
MOST_CATEGORIES = 40
# PostgreSQL keeps no more positions of one word.
MOST_POSITIONS = 255
# A phrase does not reach from one field into the next.
GAP = 8
# The fields whose words are found, the first ones for certain.
TEXTS = ("title", "organisation", "reference_number", "location", "summary", "eligibility")
Columns = Mapping[str, Any]


def findable(columns: Columns, *, first_seen_at: datetime, sites: Iterable[str]) -> dict[str, object]:
    """Return the columns ``search``, ``ends_at``, ``amount_order`` and ``organisation_key`` of a row.

    ``sites`` are the addresses of the websites that tell of it.
    """
    positions = _positions(columns)
    marks = {*map(title_mark, words_of(columns["title"])), *map(site_mark, sites)}
    marks.update(_marks(columns, first_seen_at))
    organisation = columns["organisation"]
    return {
        "search": tsvector(positions, marks),
        "ends_at": ends_at(columns["status"], columns["closes_at"], columns["changed_at"]),
        "amount_order": _amount_order(columns["amount_min"], columns["amount_max"]),
        "organisation_key": folded(organisation)[:LONGEST_VALUE] if organisation else None,
    }


def ends_at(status: str, closes_at: datetime | None, told_at: datetime) -> datetime:
    """Return the instant after which a call is closed, for ordering: it is closed if that is past."""
    if status != Status.CLOSED:
        return closes_at or NEVER
    return closes_at if closes_at and closes_at <= told_at else LONG_AGO


def tsvector(positions: Mapping[str, Sequence[int]], marks: Iterable[str]) -> str:
    """Return what PostgreSQL reads as a tsvector, without any of its dictionaries."""
    words = (f"{quoted(word)}:{','.join(map(str, at[:MOST_POSITIONS]))}" for word, at in positions.items())
    return " ".join([*words, *map(quoted, sorted(marks))])


def _positions(columns: Columns) -> dict[str, list[int]]:
    positions: dict[str, list[int]] = {}
    at = 0
    for text in (*(columns[name] for name in TEXTS), *columns["categories"][:MOST_CATEGORIES]):
        if not text:
            continue
        for word in words_of(text)[: max(MOST_WORDS - at, GAP)]:
            at += 1
            positions.setdefault(word, []).append(at)
        at += GAP
    return positions


def _marks(columns: Columns, first_seen_at: datetime) -> Iterator[str]:
    yield Mark.SAYS.of(columns["status"])
    yield closing_mark(columns["closes_at"])
    yield month_mark(Mark.SEEN, first_seen_at.astimezone(UTC).date())
    yield draw_mark(UUID(str(columns["id"])))
    for category in columns["categories"][:MOST_CATEGORIES]:
        yield name_mark(Mark.CATEGORY, category)
    for kind, name in ((Mark.ORGANISATION, "organisation"), (Mark.REFERENCE, "reference_number")):
        if columns[name]:
            yield name_mark(kind, columns[name])
    opens: date | None = columns["opening_date"]
    if opens:
        yield month_mark(Mark.OPENS, opens)
    if columns["currency"]:
        yield name_mark(Mark.CURRENCY, columns["currency"])
    if columns["documents"]:
        yield DOCUMENTS
    yield from _amount_marks(columns["amount_min"], columns["amount_max"])


def _amount_marks(low: Decimal | None, high: Decimal | None) -> Iterator[str]:
    one, other = low if low is not None else high, high if high is not None else low
    if one is not None:
        yield from amount_marks(one, other)


def _amount_order(low: Decimal | None, high: Decimal | None) -> Decimal:
    amount = high if high is not None else low
    return NO_AMOUNT if amount is None else amount
