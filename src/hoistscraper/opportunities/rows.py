"""An opportunity's values as the columns that keep them."""

from datetime import datetime
from uuid import UUID

from hoistscraper.extraction.candidate import Candidate
from hoistscraper.opportunities.closing import closing_instant
from hoistscraper.opportunities.identity import Fingerprint, fold, reference_key, title_key
from hoistscraper.opportunities.values import evidence_json, to_json

UNTITLED = "(no title)"


def columns_of(
    opportunity_id: UUID, candidate: Candidate, *, website_timezone: str | None, changed_at: datetime
) -> dict[str, object]:
    """Return the columns of a call's row, all but those written once when it is first seen."""
    stated = to_json(candidate)
    deadline = candidate.deadline
    return {
        "id": opportunity_id,
        "title": candidate.title or UNTITLED,
        "organisation": candidate.organisation,
        "summary": candidate.summary,
        "reference_number": candidate.reference_number,
        "status": candidate.status.value,
        "opening_date": candidate.opening_date.date if candidate.opening_date else None,
        "deadline_date": deadline.date if deadline else None,
        "deadline_time": deadline.time if deadline else None,
        "deadline_timezone": deadline.timezone if deadline else None,
        "closes_at": closing_instant(deadline, website_timezone),
        "other_dates": stated.get("other_dates", []),
        "amount_min": candidate.amount_min,
        "amount_max": candidate.amount_max,
        "currency": candidate.currency,
        "eligibility": candidate.eligibility,
        "contact_name": candidate.contact_name,
        "contact_email": candidate.contact_email,
        "contact_phone": candidate.contact_phone,
        "documents": stated.get("documents", []),
        "categories": stated.get("categories", []),
        "location": candidate.location,
        "evidence": evidence_json(candidate),
        "title_key": title_key(candidate.title),
        "reference_key": reference_key(candidate.reference_number),
        "changed_at": changed_at,
    }


def fingerprint_of(candidate: Candidate) -> Fingerprint:
    """Return what the call is recognised by on another website."""
    return Fingerprint(
        title_key=title_key(candidate.title),
        reference_key=reference_key(candidate.reference_number),
        organisation_key=fold(candidate.organisation) if candidate.organisation else None,
        deadline=candidate.deadline.date if candidate.deadline else None,
    )
