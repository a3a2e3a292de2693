"""What an overview shows: totals, days, what closes soon and what needs attention."""

from datetime import date, datetime, timedelta

from psycopg import AsyncConnection

SHOWN = 10
SOON_DAYS = 30

# See opportunities.closing.standing; a call counts as closed when the hour of its deadline is over.
_STANDING = """CASE
    WHEN at < %(now)s THEN 'closed'
    WHEN word <> 'unknown' THEN word
    WHEN opens > %(today)s::date THEN 'forthcoming'
    WHEN at < 'infinity' THEN 'open'
    ELSE 'unknown' END"""
_TOTALS = f"""
    WITH counted AS (
        SELECT subject, CASE subject WHEN 'opportunity' THEN {_STANDING} ELSE word END AS kind, at, count
        FROM tally
    ), totals AS (
        SELECT subject, kind, sum(count) AS count FROM counted GROUP BY subject, kind
    ), days AS (
        SELECT at, sum(count) FILTER (WHERE subject = 'first-seen') AS new_opportunities,
            sum(count) FILTER (WHERE subject = 'job') AS jobs,
            sum(count) FILTER (WHERE subject = 'job' AND kind = 'failed') AS failures
        FROM counted WHERE subject IN ('first-seen', 'job') AND at >= %(first_day)s AND at < 'infinity'
        GROUP BY at
    ), closing AS (
        SELECT coalesce(sum(count) FILTER (WHERE at <= %(now)s + interval '7 days'), 0) AS within_7_days,
            coalesce(sum(count), 0) AS within_30_days
        FROM counted WHERE subject = 'opportunity' AND kind = 'open' AND at <= %(now)s + interval '30 days'
    )
    SELECT json_build_object(
        'websites', {{websites}}, 'scrape_jobs', {{jobs}}, 'opportunities', {{opportunities}},
        'closing', (SELECT row_to_json(closing) FROM closing),
        'days', (SELECT json_agg(json_build_object('day', day::date,
                'new_opportunities', coalesce(new_opportunities, 0), 'jobs', coalesce(jobs, 0),
                'failures', coalesce(failures, 0)) ORDER BY day)
            FROM generate_series(%(first_day)s::timestamptz, %(last_day)s::timestamptz, '1 day') AS day
            LEFT JOIN days ON days.at = day)
    )
"""
_NEXT_TO_CLOSE = """
    SELECT coalesce(json_agg(shown), '[]') FROM (
        SELECT id, title, organisation, closes_at FROM opportunity o
        WHERE closes_at >= %(now)s AND closes_at <= %(soon)s AND (status = 'open'
            OR status = 'unknown' AND (opening_date IS NULL OR opening_date <= %(today)s::date))
        ORDER BY closes_at, id LIMIT %(shown)s) AS shown
"""
# By the index of the list that shows the worst first.
_RANK = "(CASE health WHEN 'red' THEN 0 WHEN 'amber' THEN 1 WHEN 'green' THEN 3 ELSE 2 END)"
_NEEDS_ATTENTION = f"""
    SELECT coalesce(json_agg(shown), '[]') FROM (
        SELECT id, url, name, health, health_reason, health_advice, health_since FROM website
        WHERE {_RANK} < 2 ORDER BY {_RANK}, id LIMIT %(shown)s) AS shown
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
    today = now.date()
    return {
        "now": now,
        "today": today,
        "soon": now + timedelta(days=SOON_DAYS),
        "first_day": _midnight(today - timedelta(days=days - 1), now),
        "last_day": _midnight(today, now),
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


def _midnight(day: date, now: datetime) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=now.tzinfo)
