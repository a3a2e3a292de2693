"""What an overview shows: totals, days, what closes soon and what needs attention."""

from datetime import datetime, timedelta

from psycopg import AsyncConnection

from hoistscraper.scraping.tallies import midnight
from hoistscraper.websites.model import BY_WORST_HEALTH

SHOWN = 10
SOON_DAYS = 30

# See opportunities.standing. Of calls that close today, tallies do not tell which have closed yet: they are
# looked up by the index of their ends, which are their closing times unless their pages call them closed.
_STANDING = """CASE
    WHEN {has_closed} THEN 'closed'
    WHEN {word} <> 'unknown' THEN {word}
    WHEN {opens} > %(day)s::date THEN 'forthcoming'
    WHEN {closes} THEN 'open'
    ELSE 'unknown' END"""
_BY_TALLY = _STANDING.format(
    has_closed="at < %(today)s", word="word", opens="opens", closes="at < 'infinity'"
)
_BY_ROW = _STANDING.format(
    has_closed="closes_at < %(now)s", word="status", opens="opening_date", closes="true"
)
_TOTALS = f"""
    WITH counted AS MATERIALIZED (
        SELECT subject, CASE subject WHEN 'opportunity' THEN {_BY_TALLY} ELSE word END AS kind, at,
            sum(count) AS count
        FROM tally WHERE subject <> 'opportunity' OR at <> %(today)s OR word = 'closed' GROUP BY 1, 2, 3
        UNION ALL
        SELECT 'opportunity', {_BY_ROW}, %(today)s, count(*) FROM opportunity
        WHERE ends_at >= %(today)s AND ends_at < %(today)s + interval '1 day' AND status <> 'closed'
        GROUP BY 2
    ), totals AS (
        SELECT subject, kind, sum(count) AS count,
            sum(count) FILTER (WHERE at < %(today)s + interval '8 days') AS within_7_days,
            sum(count) FILTER (WHERE at < %(today)s + interval '31 days') AS within_30_days
        FROM counted GROUP BY subject, kind
    ), days AS (
        SELECT at, sum(count) FILTER (WHERE subject = 'first-seen') AS new_opportunities,
            sum(count) FILTER (WHERE subject = 'job') AS jobs,
            sum(count) FILTER (WHERE subject = 'job' AND kind = 'failed') AS failures
        FROM counted WHERE subject IN ('first-seen', 'job') AND at >= %(first_day)s AND at < 'infinity'
        GROUP BY at
    )
    SELECT json_build_object(
        'websites', {{websites}}, 'scrape_jobs', {{jobs}}, 'opportunities', {{opportunities}},
        'closing', (SELECT json_build_object('within_7_days', coalesce(sum(within_7_days), 0),
                'within_30_days', coalesce(sum(within_30_days), 0))
            FROM totals WHERE subject = 'opportunity' AND kind = 'open'),
        'days', (SELECT json_agg(json_build_object('day', day::date,
                'new_opportunities', coalesce(new_opportunities, 0), 'jobs', coalesce(jobs, 0),
                'failures', coalesce(failures, 0)) ORDER BY day)
            FROM generate_series(%(first_day)s::timestamptz, %(today)s::timestamptz, '1 day') AS day
            LEFT JOIN days ON days.at = day)
    )
"""
_NEXT_TO_CLOSE = """
    SELECT coalesce(json_agg(shown), '[]') FROM (
        SELECT id, title, organisation, closes_at FROM opportunity o
        WHERE ends_at >= %(now)s AND ends_at <= %(soon)s AND (status = 'open'
            OR status = 'unknown' AND (opening_date IS NULL OR opening_date <= %(day)s::date))
        ORDER BY ends_at, id LIMIT %(shown)s) AS shown
"""
_NEEDS_ATTENTION = f"""
    SELECT coalesce(json_agg(shown), '[]') FROM (
        SELECT id, url, name, health, health_reason, health_advice, health_since FROM website
        WHERE {BY_WORST_HEALTH} <= strpos('red amber', 'amber')
        ORDER BY {BY_WORST_HEALTH}, id LIMIT %(shown)s) AS shown
"""


def _object(subject: str, kinds: str) -> str:
    pairs = ", ".join(
        f"'{kind}', coalesce(sum(count) FILTER (WHERE kind = '{kind}'), 0)" for kind in kinds.split()
    )
    return f"(SELECT json_build_object({pairs}) FROM totals WHERE subject = '{subject}')"


_STATEMENT = _TOTALS.format(
    websites=_object("website", "green amber red unvisited"),
    jobs=_object("job", "pending running completed failed cancelled"),
    opportunities=_object("opportunity", "open forthcoming closed unknown"),
)
STATEMENTS = tuple(each.encode() for each in (_STATEMENT, _NEXT_TO_CLOSE, _NEEDS_ATTENTION))


def values(*, now: datetime, days: int) -> dict[str, object]:
    """Return what the statements ask with; days are those of UTC, today's the last."""
    today = midnight(now)
    return {
        "now": now,
        "today": today,
        "day": today.date(),
        "soon": now + timedelta(days=SOON_DAYS),
        "first_day": today - timedelta(days=days - 1),
        "shown": SHOWN,
    }


async def read_statistics(connection: AsyncConnection, *, now: datetime, days: int) -> bytes:
    """Return the overview as JSON; ``now`` is in UTC."""
    asked = values(now=now, days=days)
    parts: list[object] = []
    for statement in STATEMENTS:
        row = await (await connection.execute(b"SELECT (%b)::text" % statement.strip(), asked)).fetchone()
        parts.append(row[0] if row else "null")
    whole, closing, attention = parts
    return f'{{"totals":{whole},"next_to_close":{closing},"needs_attention":{attention}}}'.encode()
