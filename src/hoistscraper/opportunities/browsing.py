"""Opportunities as people look at them: some of them, and one with its sources and history."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncSession

from hoistscraper.errors import Conflict, NotFound
from hoistscraper.extraction.candidate import Candidate, Status
from hoistscraper.opportunities.marks import draw_query
from hoistscraper.opportunities.merging import merge
from hoistscraper.opportunities.standing import standing_sql
from hoistscraper.opportunities.values import from_json

STANDING = standing_sql(":now")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What one website says of a call, and when it was last seen and confirmed there."""

    id: UUID
    site: str
    url: str | None
    candidate: Candidate
    first_seen_at: datetime
    last_seen_at: datetime
    verified_at: datetime | None
    no_longer_listed_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One field that changed."""

    field: str
    old: object
    new: object
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OpportunityView:
    """A call with the proof of its values; ``status`` takes the dates into account."""

    id: UUID
    status: Status
    candidate: Candidate
    closes_at: datetime | None
    first_seen_at: datetime
    changed_at: datetime
    sources: tuple[Source, ...]


_SOURCES = """
    (SELECT jsonb_agg(jsonb_build_object('id', s.id, 'site', s.site, 'url', s.url, 'stated', s.stated,
        'evidence', s.evidence, 'first_seen_at', s.first_seen_at, 'last_seen_at', s.last_seen_at,
        'verified_at', s.verified_at, 'no_longer_listed_at', s.no_longer_listed_at)
        ORDER BY s.no_longer_listed_at IS NOT NULL, s.id)
     FROM opportunity_source s WHERE s.opportunity_id = o.id)
"""
_TIMES = "o.closes_at, o.first_seen_at, o.changed_at"
_COLUMNS = f"o.id, {STANDING} AS status, {_TIMES}, {_SOURCES} AS sources"
# Open calls first, those that close soonest on top; then those without a deadline; closed ones last.
_ORDER = f"{STANDING} = 'closed', o.closes_at NULLS LAST, o.id"


async def opportunities_by_id(
    session: AsyncSession, ids: Sequence[UUID], *, now: datetime
) -> list[OpportunityView]:
    """Return opportunities in the order of their ids; what is gone meanwhile is left out."""
    rows = await session.execute(
        text(f"SELECT {_COLUMNS} FROM opportunity o WHERE o.id = ANY(:ids)"), {"now": now, "ids": list(ids)}
    )
    views = {row.id: _opportunity(row) for row in rows}
    return [views[each] for each in ids if each in views]


async def opportunities_of(session: AsyncSession, site: str, *, now: datetime) -> list[OpportunityView]:
    """Return the opportunities that one website lists."""
    rows = await session.execute(
        text(
            f"SELECT {_COLUMNS} FROM opportunity o WHERE EXISTS (SELECT FROM opportunity_source s "
            "WHERE s.opportunity_id = o.id AND s.site = :site AND s.no_longer_listed_at IS NULL) "
            f"ORDER BY {_ORDER}"
        ),
        {"now": now, "site": site},
    )
    return [_opportunity(row) for row in rows]


async def read_opportunity(session: AsyncSession, name: str, *, now: datetime) -> OpportunityView:
    """Return the opportunity whose id is, or ends with, ``name``.

    :raises NotFound: there is none.
    :raises Conflict: several ids end like this.
    """
    ending = name.strip().lower()
    rows = (
        await session.execute(
            text(
                f"SELECT {_COLUMNS} FROM opportunity o WHERE o.search @@ CAST(:draw AS tsquery) "
                "AND right(o.id::text, :length) = :ending LIMIT 2"
            ),
            {"now": now, "draw": draw_query(ending), "ending": ending, "length": len(ending)},
        )
    ).all()
    if not rows or not ending:
        raise NotFound(
            f"There is no opportunity {name}; `hoistscraper opportunity list` shows what there is."
        )
    if len(rows) > 1:
        raise Conflict(f"More than one opportunity ends with {name}; give more of its id.")
    return _opportunity(rows[0])


async def history(session: AsyncSession, opportunity_id: UUID) -> list[Revision]:
    """Return what changed on one opportunity, the newest first."""
    rows = await session.execute(
        text(
            "SELECT field, old, new, recorded_at FROM opportunity_revision "
            "WHERE opportunity_id = :id ORDER BY id DESC"
        ),
        {"id": opportunity_id},
    )
    return [Revision(field=r.field, old=r.old, new=r.new, recorded_at=r.recorded_at) for r in rows]


def _opportunity(row: Row[Any]) -> OpportunityView:
    sources = tuple(_source(source) for source in row.sources or ())
    return OpportunityView(
        id=row.id,
        status=Status(row.status),
        candidate=merge([source.candidate for source in sources]) if sources else Candidate(),
        closes_at=row.closes_at,
        first_seen_at=row.first_seen_at,
        changed_at=row.changed_at,
        sources=sources,
    )


def _source(stored: dict[str, Any]) -> Source:
    return Source(
        id=UUID(stored["id"]),
        site=stored["site"],
        url=stored["url"],
        candidate=from_json(stored["url"], stored["stated"], stored["evidence"]),
        first_seen_at=datetime.fromisoformat(stored["first_seen_at"]),
        last_seen_at=datetime.fromisoformat(stored["last_seen_at"]),
        verified_at=_instant(stored["verified_at"]),
        no_longer_listed_at=_instant(stored["no_longer_listed_at"]),
    )


def _instant(stored: str | None) -> datetime | None:
    return datetime.fromisoformat(stored) if stored else None
