"""What is stored of past visits, as far as the health of a website is learned from it."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from hoistscraper.scraping.figures import VisitFigures
from hoistscraper.scraping.settling import PastVisit
from hoistscraper.websites.adapting import Changes

# Enough to be robust, few enough that a website which grows slowly is known as it is now.
VISITS_LEARNED_FROM = 30
WEEKS_LEARNED_FROM = 26
_WEEK = timedelta(weeks=1)


# However long a website has been odd, its last good visits are found; of the odd ones, one in twelve hours is
# enough to tell whether it stays like that.
_RECENT = """
    WITH thinned AS (
        SELECT *, row_number() OVER (
            PARTITION BY is_held, CASE WHEN is_held THEN floor(extract(epoch FROM started_at) / 43200) END
            ORDER BY started_at DESC
        ) AS place
        FROM scrape_job
        WHERE website_id = :website_id AND status = 'completed'
            AND started_at >= coalesce(:since, '-infinity'::timestamptz)
    ), chosen AS (
        SELECT *, row_number() OVER (PARTITION BY is_held ORDER BY started_at DESC) AS rank
        FROM thinned WHERE place = 1 OR NOT is_held
    )
    SELECT started_at, finished_at, found, new, expected, missing, ended, fill_share, calls_read, pages_asked,
        pages_failed, bytes_received, is_held, jsonb_array_length(held) AS calls_held,
        ARRAY(SELECT deviation ->> 'measure' FROM jsonb_array_elements(deviations) AS deviation) AS measures
    FROM chosen WHERE rank <= :most ORDER BY started_at DESC
"""


async def recent_visits(
    session: AsyncSession, website_id: UUID, *, since: datetime | None
) -> list[PastVisit]:
    """Return the latest good visits, and the latest odd ones, together in order, the newest first."""
    rows = await session.execute(
        text(_RECENT), {"website_id": website_id, "since": since, "most": VISITS_LEARNED_FROM}
    )
    return [
        PastVisit(
            figures=_figures(dict(row)),
            is_held=bool(row["is_held"]),
            measures=frozenset(row["measures"]),
            calls_held=row["calls_held"],
        )
        for row in rows.mappings()
    ]


async def weekly_new(session: AsyncSession, website_id: UUID, *, at: datetime) -> Sequence[int]:
    """Return how many new calls each past week brought, the oldest first; the first visit is left out."""
    first = await session.scalar(
        text(
            "SELECT min(started_at) FROM scrape_job WHERE website_id = :website_id AND status = 'completed'"
        ),
        {"website_id": website_id},
    )
    if first is None:
        return ()
    rows = await session.execute(
        text(
            "SELECT floor(extract(epoch FROM CAST(:at AS timestamptz) - started_at) / 604800)::int AS ago, "
            "sum(new)::int AS new FROM scrape_job WHERE website_id = :website_id AND status = 'completed' "
            "AND started_at > :first AND started_at > :oldest GROUP BY 1"
        ),
        {"website_id": website_id, "at": at, "first": first, "oldest": at - WEEKS_LEARNED_FROM * _WEEK},
    )
    by_week = {row.ago: row.new for row in rows}
    weeks = min(WEEKS_LEARNED_FROM, int((at - first) / _WEEK))
    return [by_week.get(ago, 0) for ago in reversed(range(weeks))]


async def changes_seen(session: AsyncSession, website_id: UUID) -> Changes:
    """Return how often the latest visits found a website changed; the very first one tells nothing."""
    row = (
        await session.execute(
            text(
                "SELECT count(*) AS visits, count(*) FILTER (WHERE new + changed + no_longer_listed > 0) AS "
                "changed, max(started_at) - min(started_at) AS span FROM (SELECT * FROM scrape_job "
                "WHERE website_id = :website_id AND status = 'completed' ORDER BY started_at DESC "
                "LIMIT :most) AS latest"
            ),
            {"website_id": website_id, "most": VISITS_LEARNED_FROM},
        )
    ).one()
    # Between so many visits there is one interval less, and the oldest one's finds belong to none of them.
    visits = max(0, row.visits - 1)
    return Changes(visits, min(row.changed, visits), row.span or timedelta(0))


def _figures(row: Mapping[str, object]) -> VisitFigures:
    began, ended = row["started_at"], row["finished_at"]
    seconds = (
        (ended - began).total_seconds()
        if isinstance(began, datetime) and isinstance(ended, datetime)
        else 0.0
    )
    return VisitFigures(
        at=began,  # type: ignore[arg-type]
        listed=row["found"],  # type: ignore[arg-type]
        seconds=seconds,
        **{name: row[name] for name in _SAME},  # type: ignore[arg-type]
    )


_SAME = (
    "new",
    "expected",
    "missing",
    "ended",
    "fill_share",
    "calls_read",
    "pages_asked",
    "pages_failed",
    "bytes_received",
)


async def has_failed_last(session: AsyncSession, website_id: UUID) -> bool:
    """Whether the latest visit to a website that has ended is one that failed."""
    status = await session.scalar(
        text(
            "SELECT status FROM scrape_job WHERE website_id = :website_id AND finished_at IS NOT NULL "
            "ORDER BY asked_at DESC, id DESC LIMIT 1"
        ),
        {"website_id": website_id},
    )
    return bool(status == "failed")
