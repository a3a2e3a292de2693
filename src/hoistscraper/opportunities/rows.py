"""An opportunity's values as the columns that keep them."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from hoistscraper.extraction.candidate import Candidate
from hoistscraper.opportunities.closing import closing_instant
from hoistscraper.opportunities.findable import findable
from hoistscraper.opportunities.identity import Fingerprint, fold, reference_key, title_key
from hoistscraper.opportunities.values import evidence_json, to_json

UNTITLED = "(no title)"


def columns_of(
    opportunity_id: UUID,
    candidate: Candidate,
    *,
    website_timezone: str | None,
    sites: Iterable[str],
    first_seen_at: datetime,
    changed_at: datetime,
) -> dict[str, object]:
    """Return the columns of a call's row; ``sites`` are the addresses of the websites that tell of it."""
    columns = _columns(opportunity_id, candidate, website_timezone) | {
        "first_seen_at": first_seen_at,
        "changed_at": changed_at,
    }
    return columns | findable(columns, first_seen_at=first_seen_at, sites=sites)


def _columns(opportunity_id: UUID, candidate: Candidate, website_timezone: str | None) -> dict[str, object]:
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
    }


def fingerprint_of(candidate: Candidate) -> Fingerprint:
    """Return what the call is recognised by on another website."""
    return Fingerprint(
        title_key=title_key(candidate.title),
        reference_key=reference_key(candidate.reference_number),
        organisation_key=fold(candidate.organisation) if candidate.organisation else None,
        deadline=candidate.deadline.date if candidate.deadline else None,
    )
