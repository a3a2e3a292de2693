"""Opportunities as JSON that PostgreSQL builds: short ones for lists, whole ones with their proof."""

from hoistscraper.search.filters import STANDING

# As a page prints it: a date, with the time of day where one is stated.
_DEADLINE = "o.deadline_date::text || coalesce('T' || o.deadline_time::text, '')"
_SHORT = f"""
    'id', o.id, 'title', o.title, 'organisation', o.organisation, 'status', {STANDING},
    'opening_date', o.opening_date, 'deadline', {_DEADLINE}, 'deadline_timezone', o.deadline_timezone,
    'closes_at', o.closes_at, 'amount_min', o.amount_min, 'amount_max', o.amount_max, 'currency', o.currency,
    'reference_number', o.reference_number, 'location', o.location, 'categories', o.categories,
    'first_seen_at', o.first_seen_at, 'changed_at', o.changed_at
"""
ROW = (
    f"""json_build_object({_SHORT}, 'url', told.url, 'sources', told.sources, 'is_listed', told.is_listed)"""
)
TOLD = """LATERAL (
    SELECT count(*) AS sources, coalesce(bool_or(s.no_longer_listed_at IS NULL), false) AS is_listed,
        (array_agg(s.url ORDER BY s.no_longer_listed_at IS NOT NULL, s.id))[1] AS url
    FROM opportunity_source s WHERE s.opportunity_id = o.id
) told"""

MOST_REVISIONS = 500
_SOURCES = """(
    SELECT coalesce(json_agg(json_build_object(
        'id', s.id, 'website_id', s.website_id, 'website', s.site, 'url', s.url,
        'listing_url', s.listing_url, 'values', s.stated, 'evidence', s.evidence,
        'first_seen_at', s.first_seen_at, 'last_seen_at', s.last_seen_at, 'verified_at', s.verified_at,
        'no_longer_listed_at', s.no_longer_listed_at
    ) ORDER BY s.no_longer_listed_at IS NOT NULL, s.id), '[]')
    FROM opportunity_source s WHERE s.opportunity_id = o.id
)"""


def revisions(holds: str = "true") -> str:
    """Return a query for the revisions of ``o``, or for some of them, as a JSON array."""
    return f"""(
    SELECT coalesce(json_agg(json_build_object(
        'field', r.field, 'old', r.old, 'new', r.new, 'evidence', r.evidence, 'source_id', r.source_id,
        'recorded_at', r.recorded_at
    ) ORDER BY r.id DESC), '[]')
    FROM (
        SELECT * FROM opportunity_revision WHERE opportunity_id = o.id AND {holds}
        ORDER BY id DESC LIMIT {MOST_REVISIONS}
    ) r
)"""


# json_build_object takes a hundred arguments at the most.
WHOLE = f"""(
    jsonb_build_object({_SHORT}, 'url', told.url)
    || jsonb_build_object(
        'summary', o.summary, 'other_dates', o.other_dates, 'eligibility', o.eligibility,
        'contact_name', o.contact_name, 'contact_email', o.contact_email, 'contact_phone', o.contact_phone,
        'documents', o.documents, 'evidence', o.evidence, 'is_listed', told.is_listed,
        'sources', {_SOURCES}, 'revisions', {revisions()}
    )
)"""
