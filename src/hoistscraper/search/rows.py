"""Opportunities as JSON that PostgreSQL builds: short ones for lists, whole ones with their proof."""

from hoistscraper.search.filters import STANDING

# As a page prints it: a date, with the time of day where one is stated.
_DEADLINE = "o.deadline_date::text || coalesce('T' || o.deadline_time::text, '')"
# What lists show of a call: names, and the expressions whose names differ.
_SHORT = f"""
    o.id, o.title, o.organisation, {STANDING} AS status, o.opening_date, {_DEADLINE} AS deadline,
    o.deadline_timezone, o.closes_at, o.amount_min, o.amount_max, o.currency, o.reference_number, o.location,
    o.categories, o.first_seen_at, o.changed_at, told.url
"""
# Lists show at most so many letters of who may apply.
_LONGEST_ELIGIBILITY = 160
_ELIGIBILITY = f"""
    CASE WHEN length(o.eligibility) > {_LONGEST_ELIGIBILITY}
        THEN left(o.eligibility, {_LONGEST_ELIGIBILITY}) || '…' ELSE o.eligibility END
"""
TOLD = """LATERAL (
    SELECT count(*) AS sources, coalesce(bool_or(s.no_longer_listed_at IS NULL), false) AS is_listed,
        (array_agg(s.url ORDER BY s.no_longer_listed_at IS NOT NULL, s.id))[1] AS url,
        (array_agg(s.site ORDER BY s.no_longer_listed_at IS NOT NULL, s.id))[1] AS site,
        max(s.last_seen_at) AS last_seen_at, max(s.verified_at) AS verified_at
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


def _json(columns: str) -> str:
    """Return a query for one row of columns as the text of a JSON object.

    PostgreSQL asks for the kind of each argument of json_build_object anew with each row, names included.
    """
    return f"(SELECT to_json(shown)::text FROM (SELECT {columns}) shown)"


ROW = _json(
    f"""{_SHORT}, {_ELIGIBILITY} AS eligibility, told.site AS website, told.sources, told.is_listed,
    told.last_seen_at, told.verified_at"""
)
WHOLE = _json(
    f"""{_SHORT}, o.summary, o.other_dates, o.eligibility, o.contact_name, o.contact_email, o.contact_phone,
    o.documents, o.evidence, told.is_listed, {_SOURCES} AS sources, {revisions()} AS revisions"""
)
