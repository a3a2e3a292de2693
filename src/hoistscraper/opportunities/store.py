"""Every statement about opportunities, their sources and their history."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from hoistscraper.extraction.candidate import Candidate
from hoistscraper.opportunities.identity import Fingerprint, KnownCall, fold
from hoistscraper.opportunities.sources import KnownSource
from hoistscraper.opportunities.values import from_json


@dataclass(frozen=True, slots=True, eq=False)
class StoredCall:
    """What is stored of one call; its tellings in order of trust: still listed first, then the oldest."""

    first_seen_at: datetime
    changed_at: datetime
    tellings: dict[UUID, Candidate] = field(default_factory=dict)
    sites: set[str] = field(default_factory=set)


async def known_sources(session: AsyncSession, site: str) -> list[KnownSource]:
    """Return what is stored of every call of one website."""
    rows = await session.execute(
        text(
            "SELECT s.id, s.opportunity_id, s.identity, s.listing_url, s.row_hash, s.verified_at, "
            "s.no_longer_listed_at, o.closes_at "
            "FROM opportunity_source s JOIN opportunity o ON o.id = s.opportunity_id WHERE s.site = :site"
        ),
        {"site": site},
    )
    return [
        KnownSource(
            id=row.id,
            opportunity_id=row.opportunity_id,
            identity=row.identity,
            listing_url=row.listing_url,
            row_hash=row.row_hash,
            verified_at=row.verified_at,
            is_listed=row.no_longer_listed_at is None,
            closes_at=row.closes_at,
        )
        for row in rows
    ]


async def find_candidates(session: AsyncSession, fingerprints: Sequence[Fingerprint]) -> list[KnownCall]:
    """Return the stored calls that share a title or a reference number with one of these."""
    titles = sorted({f.title_key for f in fingerprints if f.title_key})
    references = sorted({f.reference_key for f in fingerprints if f.reference_key})
    if not titles and not references:
        return []
    rows = await session.execute(
        text(
            "SELECT id, title_key, reference_key, organisation, deadline_date FROM opportunity "
            "WHERE title_key = ANY(:titles) OR reference_key = ANY(:references)"
        ),
        {"titles": titles, "references": references},
    )
    return [
        KnownCall(
            row.id,
            Fingerprint(
                title_key=row.title_key,
                reference_key=row.reference_key,
                organisation_key=fold(row.organisation) if row.organisation else None,
                deadline=row.deadline_date,
            ),
        )
        for row in rows
    ]


async def stored_calls(session: AsyncSession, opportunity_ids: Sequence[UUID]) -> dict[UUID, StoredCall]:
    """Return what is stored of these calls by their ids."""
    if not opportunity_ids:
        return {}
    rows = await session.execute(
        text(
            "SELECT s.id, s.opportunity_id, s.site, s.url, s.stated, s.evidence, "
            "o.first_seen_at, o.changed_at "
            "FROM opportunity_source s JOIN opportunity o ON o.id = s.opportunity_id "
            "WHERE s.opportunity_id = ANY(:ids) ORDER BY s.no_longer_listed_at IS NOT NULL, s.id"
        ),
        {"ids": list(opportunity_ids)},
    )
    calls: dict[UUID, StoredCall] = {}
    for row in rows:
        call = calls.setdefault(row.opportunity_id, StoredCall(row.first_seen_at, row.changed_at))
        call.tellings[row.id] = from_json(row.url, row.stated, row.evidence)
        call.sites.add(row.site)
    return calls


async def hold_call_of(session: AsyncSession, source_id: UUID) -> UUID | None:
    """Return the call that a source tells of, and let nobody else change it until this transaction ends."""
    found: UUID | None = await session.scalar(
        text(
            "SELECT o.id FROM opportunity o JOIN opportunity_source s ON s.opportunity_id = o.id "
            "WHERE s.id = :id FOR UPDATE OF o, s"
        ),
        {"id": source_id},
    )
    return found


async def stated_by(session: AsyncSession, source_id: UUID) -> Candidate | None:
    """Return what one source said when it was last read."""
    row = (
        await session.execute(
            text("SELECT url, stated, evidence FROM opportunity_source WHERE id = :id"), {"id": source_id}
        )
    ).one_or_none()
    return from_json(row.url, row.stated, row.evidence) if row else None


async def stated_before(session: AsyncSession, source_ids: Sequence[UUID]) -> dict[UUID, Candidate]:
    """Return what these sources said when they were last read."""
    if not source_ids:
        return {}
    rows = await session.execute(
        text("SELECT id, url, stated, evidence FROM opportunity_source WHERE id = ANY(:ids)"),
        {"ids": list(source_ids)},
    )
    return {row.id: from_json(row.url, row.stated, row.evidence) for row in rows}


async def touch_sources(
    session: AsyncSession, seen: Sequence[UUID], verified: Sequence[UUID], *, seen_at: datetime
) -> None:
    """Say of unchanged calls that they were seen again, and of some that their own page was confirmed."""
    if not seen:
        return
    await session.execute(
        text(
            "UPDATE opportunity_source SET last_seen_at = :seen_at, no_longer_listed_at = NULL, "
            "verified_at = CASE WHEN id = ANY(:verified) THEN :seen_at ELSE verified_at END "
            "WHERE id = ANY(:seen)"
        ),
        {"seen": list(seen), "verified": list(verified), "seen_at": seen_at},
    )


async def mark_no_longer_listed(session: AsyncSession, sources: Sequence[UUID], *, at: datetime) -> None:
    """Say of calls that their website lists them no more, which does not mean that they are closed."""
    if sources:
        await session.execute(
            text("UPDATE opportunity_source SET no_longer_listed_at = :at WHERE id = ANY(:sources)"),
            {"sources": list(sources), "at": at},
        )
