"""What a search's opportunities have in common: how many of each status, category, website and so on."""

import json
from dataclasses import dataclass
from datetime import datetime

from psycopg.rows import tuple_row

from hoistscraper.search.clauses import tsquery
from hoistscraper.search.connections import Connection
from hoistscraper.search.filters import STANDING
from hoistscraper.search.frequencies import Frequencies
from hoistscraper.search.query import Search
from hoistscraper.search.sampling import drawn, sample
from hoistscraper.search.store import wanted_by

# More calls than these are sampled.
SAMPLE = 3_000
MOST_VALUES = 30
# Where statistics are old, there may be more.
_MOST_ROWS = 4 * SAMPLE
_FOUND = f"""
    SELECT o.id, {STANDING} AS status, o.categories, o.organisation_key, o.organisation, o.currency,
        to_char(o.closes_at AT TIME ZONE 'UTC', 'YYYY-MM') AS closing_month
    FROM opportunity o
"""
_ORGANISATIONS = """
    SELECT organisation_key AS value, min(organisation) AS name, count(*) AS number
    FROM found WHERE organisation_key IS NOT NULL GROUP BY organisation_key
"""
_WEBSITES = """
    SELECT w.id::text AS value, w.name, count(DISTINCT f.id) AS number
    FROM found f JOIN opportunity_source s ON s.opportunity_id = f.id JOIN website w ON w.id = s.website_id
    GROUP BY w.id, w.name
"""
_CATEGORIES = """
    SELECT category AS value, category AS name, count(*) AS number
    FROM found, unnest(categories) AS category GROUP BY category
"""


def _column(name: str) -> str:
    return (
        f"SELECT {name} AS value, {name} AS name, count(*) AS number FROM found "
        f"WHERE {name} IS NOT NULL GROUP BY {name}"
    )


FACETS = {
    "status": _column("status"),
    "category": _CATEGORIES,
    "organisation": _ORGANISATIONS,
    "website": _WEBSITES,
    "currency": _column("currency"),
    "closing_month": _column("closing_month"),
}


@dataclass(frozen=True, slots=True)
class Facets:
    """For each facet its values, the most frequent first: ``{"value", "name", "count"}``."""

    values: dict[str, list[dict[str, object]]]
    is_estimate: bool


async def facets(connection: Connection, asked: Search, *, now: datetime, frequencies: Frequencies) -> Facets:
    """Count the facets of what a search finds, or of a fair sample of it, scaled."""
    wanted = await wanted_by(connection, asked, now)
    part = sample(wanted, frequencies, SAMPLE) if frequencies.rows else drawn(wanted, 1)
    holds = ["o.search @@ CAST(%(query)s AS tsquery)", *wanted.conditions]
    if (query := tsquery(part.wanted.clauses)) is None:
        holds.pop(0)
    counted = ", ".join(f"'{name}', {_counted(values)}" for name, values in FACETS.items())
    sql = (
        f"WITH found AS MATERIALIZED ({_FOUND} WHERE {' AND '.join(holds) or 'true'} LIMIT {_MOST_ROWS}) "
        f"SELECT json_build_object({counted})::text, (SELECT count(*) FROM found)"
    )
    cursor = connection.cursor(row_factory=tuple_row)
    await cursor.execute(sql.encode(), {**wanted.parameters, "query": query, "factor": part.factor})
    row = await cursor.fetchone()
    text, rows = row or ("{}", 0)
    return Facets(json.loads(text), is_estimate=not part.is_whole or rows == _MOST_ROWS)


def _counted(values: str) -> str:
    return f"""(
        SELECT coalesce(json_agg(json_build_object(
            'value', value, 'name', name, 'count', round(number * %(factor)s)::bigint
        ) ORDER BY number DESC, value), '[]')
        FROM ({values} ORDER BY number DESC, value LIMIT {MOST_VALUES}) counted
    )"""
