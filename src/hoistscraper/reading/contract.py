"""A reading as the JSON object that ``inspect --jsonl`` prints, one a page."""

from decimal import Decimal
from typing import TypeAlias

from hoistscraper.extraction.candidate import Candidate, Evidence, Moment
from hoistscraper.reading.values import Reading

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"


def reading_as_json(reading: Reading) -> dict[str, Json]:
    """Return what a page offers; unknown values are ``None`` or ``[]``, amounts numbers, dates ISO 8601."""
    return {
        "url": reading.url,
        "kind": reading.kind.value,
        "needs_browser": reading.needs_browser,
        "items": [_item(item) for item in reading.items],
        "next_page": reading.next_page,
        "opportunity": opportunity_as_json(reading.opportunity) if reading.opportunity else None,
        "note": reading.note,
        "elapsed_ms": reading.elapsed_ms,
    }


def opportunity_as_json(call: Candidate) -> dict[str, Json]:
    """Return one call with the proof of each of its values."""
    return {
        "url": call.url,
        "title": call.title,
        "organisation": call.organisation,
        "summary": call.summary,
        "reference_number": call.reference_number,
        "status": call.status.value,
        "opening_date": _date(call.opening_date),
        "deadline": _date(call.deadline),
        "deadline_timezone": call.deadline.timezone if call.deadline else None,
        "other_dates": [{"name": each.name, "date": each.moment.isoformat()} for each in call.other_dates],
        "amount_min": _number(call.amount_min),
        "amount_max": _number(call.amount_max),
        "currency": call.currency,
        "eligibility": call.eligibility,
        "contact_name": call.contact_name,
        "contact_email": call.contact_email,
        "contact_phone": call.contact_phone,
        "documents": [
            {"url": each.url, "title": each.title, "media_type": each.media_type} for each in call.documents
        ],
        "categories": list(call.categories),
        "location": call.location,
        "evidence": {field: _proof(evidence) for field, evidence in call.evidence.items()},
    }


def _item(item: Candidate) -> dict[str, Json]:
    return {
        "title": item.title,
        "url": item.url,
        "deadline": _date(item.deadline),
        "organisation": item.organisation,
        "amount_min": _number(item.amount_min),
        "amount_max": _number(item.amount_max),
        "currency": item.currency,
        "reference_number": item.reference_number,
        "status": item.status.value,
        "evidence": {field: _proof(evidence) for field, evidence in item.evidence.items()},
    }


def _proof(evidence: Evidence) -> dict[str, Json]:
    return {
        "quote": evidence.quote,
        "method": evidence.method,
        "confidence": evidence.confidence,
        "source_url": evidence.source_url,
    }


def _date(moment: Moment | None) -> str | None:
    return moment.isoformat() if moment else None


def _number(amount: Decimal | None) -> int | float | None:
    if amount is None:
        return None
    return int(amount) if amount == amount.to_integral_value() else float(amount)
