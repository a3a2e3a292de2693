"""The true answers: what a perfect reader would find on the sample portal."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import Literal

from hoistscraper.sample_portal.calls import Call, Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedCall:
    """One call as the listing and its detail page state it together.

    ``deadline_timezone`` is an IANA name; a page may print an abbreviation of the same offset. Of a call that
    ``needs_browser`` or ``is_document``, the listing says everything but the reference number, and more is
    found only by a reader of scripts or of PDF documents.
    """

    title: str
    detail_path: str
    status: Literal["open", "forthcoming", "closed"]
    deadline: date | None
    deadline_time: time | None
    deadline_timezone: str | None
    amount_min: Decimal | None
    amount_max: Decimal | None
    currency: str | None
    organisation: str
    reference_number: str
    needs_browser: bool
    is_document: bool


def expected_calls(calls: Iterable[Call]) -> tuple[ExpectedCall, ...]:
    """Return the true answers in listing order."""
    return tuple(_expected(call) for call in calls)


def _expected(call: Call) -> ExpectedCall:
    deadline = call.deadline
    return ExpectedCall(
        title=call.title,
        detail_path=call.path,
        status=_status(call.outcome),
        deadline=deadline.day if deadline else None,
        deadline_time=deadline.hour if deadline else None,
        deadline_timezone=call.organisation.timezone if deadline and deadline.hour else None,
        amount_min=_decimal(call.amount_min),
        amount_max=_decimal(call.amount_max),
        currency=call.organisation.currency if call.amount_max is not None else None,
        organisation=call.organisation.name,
        reference_number=call.reference,
        needs_browser=call.layout == "script",
        is_document=call.layout == "pdf",
    )


def _status(outcome: Outcome) -> Literal["open", "forthcoming", "closed"]:
    if outcome.is_past:
        return "closed"
    return "forthcoming" if outcome is Outcome.FORTHCOMING else "open"


def _decimal(amount: int | None) -> Decimal | None:
    return None if amount is None else Decimal(amount)
