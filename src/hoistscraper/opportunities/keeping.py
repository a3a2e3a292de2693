"""Keep what a scrape found: insert new calls, record what changed, touch what did not."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession
from uuid_utils.compat import uuid7

from hoistscraper.database.bulk import insert_rows, update_rows
from hoistscraper.extraction.candidate import Candidate
from hoistscraper.opportunities import store
from hoistscraper.opportunities.changes import FieldChange, changes
from hoistscraper.opportunities.identity import KnownCall, find_same
from hoistscraper.opportunities.merging import merge
from hoistscraper.opportunities.model import Opportunity, OpportunityRevision, OpportunitySource
from hoistscraper.opportunities.rows import columns_of, fingerprint_of
from hoistscraper.opportunities.sources import Finding, KnownSource
from hoistscraper.opportunities.values import evidence_json, to_json


@dataclass(frozen=True, slots=True)
class Site:
    """The website whose calls are kept."""

    website_id: UUID
    url: str
    timezone: str | None


@dataclass(frozen=True, slots=True)
class Kept:
    """What keeping one finding came to."""

    finding: Finding
    source: KnownSource
    is_new: bool
    changed_fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class _Update:
    finding: Finding
    source_id: UUID
    opportunity_id: UUID
    is_new_source: bool


async def keep(
    session: AsyncSession,
    site: Site,
    findings: Sequence[Finding],
    known: Mapping[str, KnownSource],
    *,
    seen_at: datetime,
) -> list[Kept]:
    """Write findings in a handful of statements, whatever their number; the caller commits.

    A call that another website told before gets this website as one more source.
    """
    elsewhere = await store.find_candidates(
        session, [fingerprint_of(f.candidate) for f in findings if f.identity not in known]
    )
    new: list[_Update] = []
    told_before: list[_Update] = []
    for finding in findings:
        source = known.get(finding.identity)
        if source:
            told_before.append(_Update(finding, source.id, source.opportunity_id, is_new_source=False))
            continue
        same = find_same(fingerprint_of(finding.candidate), elsewhere)
        if same:
            told_before.append(_Update(finding, uuid7(), same, is_new_source=True))
        else:
            update = _Update(finding, uuid7(), uuid7(), is_new_source=True)
            new.append(update)
            # The same call may stand twice on one website under two addresses.
            elsewhere = [*elsewhere, KnownCall(update.opportunity_id, fingerprint_of(finding.candidate))]
    await _insert_opportunities(session, site, new, seen_at)
    await _write_sources(session, site, new, seen_at)
    changed = await _revise_opportunities(session, site, told_before, seen_at)
    await _write_sources(session, site, told_before, seen_at)
    revised = {(each.opportunity_id, each.source_id): differences for each, differences in changed.items()}
    await _write_revisions(session, revised, seen_at)
    return [_kept(update, is_new=True, changed=()) for update in new] + [
        _kept(update, is_new=False, changed=changed.get(update, ())) for update in told_before
    ]


async def amend(
    session: AsyncSession,
    site: Site,
    source_id: UUID,
    better: Callable[[Candidate], Candidate],
    *,
    at: datetime,
) -> tuple[str, ...]:
    """Let a source say more than when it was read; return the fields of its call that changed.

    When it was seen last, and whether it is listed, stays as it is. A source that is gone gets nothing.
    """
    opportunity_id = await store.hold_call_of(session, source_id)
    if opportunity_id is None:
        return ()
    call = (await store.stored_calls(session, [opportunity_id]))[opportunity_id]
    before = merge(list(call.tellings.values()))
    told = call.tellings[source_id] = better(call.tellings[source_id])
    after = merge(list(call.tellings.values()))
    await update_rows(
        session,
        OpportunitySource.metadata.tables["opportunity_source"],
        [{"id": source_id, "stated": to_json(told), "evidence": evidence_json(told)}],
    )
    differences = changes(to_json(before), to_json(after), evidence_json(after))
    if differences:
        columns = columns_of(
            opportunity_id,
            after,
            website_timezone=site.timezone,
            sites={*call.sites, site.url},
            first_seen_at=call.first_seen_at,
            changed_at=at,
        )
        await update_rows(session, Opportunity.metadata.tables["opportunity"], [columns])
        await _write_revisions(session, {(opportunity_id, source_id): differences}, at)
    return tuple(difference.field for difference in differences)


async def _insert_opportunities(
    session: AsyncSession, site: Site, new: Sequence[_Update], seen_at: datetime
) -> None:
    rows = [
        columns_of(
            update.opportunity_id,
            update.finding.candidate,
            website_timezone=site.timezone,
            sites=[site.url],
            first_seen_at=seen_at,
            changed_at=seen_at,
        )
        for update in new
    ]
    await insert_rows(session, Opportunity.metadata.tables["opportunity"], rows)


async def _revise_opportunities(
    session: AsyncSession, site: Site, updates: Sequence[_Update], seen_at: datetime
) -> dict[_Update, tuple[FieldChange, ...]]:
    """Update the calls that now say something else or elsewhere; return what changed through which update."""
    stored = await store.stored_calls(session, [update.opportunity_id for update in updates])
    changed: dict[_Update, tuple[FieldChange, ...]] = {}
    merged_now: dict[UUID, Candidate] = {}
    for update in updates:
        tellings = stored[update.opportunity_id].tellings
        before = merge(list(tellings.values()))
        # In place: which source is trusted first must not depend on which was visited last.
        tellings[update.source_id] = update.finding.candidate
        after = merge(list(tellings.values()))
        differences = changes(to_json(before), to_json(after), evidence_json(after))
        if differences:
            changed[update] = differences
        if differences or update.is_new_source:
            merged_now[update.opportunity_id] = after
    say_otherwise = {update.opportunity_id for update in changed}
    rows = [
        columns_of(
            opportunity_id,
            candidate,
            website_timezone=site.timezone,
            sites={*stored[opportunity_id].sites, site.url},
            first_seen_at=stored[opportunity_id].first_seen_at,
            changed_at=seen_at if opportunity_id in say_otherwise else stored[opportunity_id].changed_at,
        )
        for opportunity_id, candidate in merged_now.items()
    ]
    await update_rows(session, Opportunity.metadata.tables["opportunity"], rows)
    return changed


async def _write_sources(
    session: AsyncSession, site: Site, updates: Sequence[_Update], seen_at: datetime
) -> None:
    table = OpportunitySource.metadata.tables["opportunity_source"]
    first_seen = {"website_id": site.website_id, "site": site.url, "first_seen_at": seen_at}
    await insert_rows(
        session,
        table,
        [
            _source_row(update, seen_at)
            | first_seen
            | {"opportunity_id": update.opportunity_id, "identity": update.finding.identity}
            for update in updates
            if update.is_new_source
        ],
    )
    await update_rows(
        session, table, [_source_row(update, seen_at) for update in updates if not update.is_new_source]
    )


def _source_row(update: _Update, seen_at: datetime) -> dict[str, object]:
    finding = update.finding
    return {
        "id": update.source_id,
        "url": finding.candidate.url,
        "listing_url": finding.listing_url,
        "row_hash": finding.row_hash,
        "stated": to_json(finding.candidate),
        "evidence": evidence_json(finding.candidate),
        "last_seen_at": seen_at,
        "verified_at": finding.verified_at,
        "no_longer_listed_at": None,
    }


async def _write_revisions(
    session: AsyncSession, changed: Mapping[tuple[UUID, UUID], tuple[FieldChange, ...]], seen_at: datetime
) -> None:
    rows = [
        {
            "opportunity_id": opportunity_id,
            "source_id": source_id,
            "field": change.field,
            "old": change.old,
            "new": change.new,
            "evidence": change.evidence,
            "recorded_at": seen_at,
        }
        for (opportunity_id, source_id), differences in changed.items()
        for change in differences
    ]
    await insert_rows(session, OpportunityRevision.metadata.tables["opportunity_revision"], rows)


def _kept(update: _Update, *, is_new: bool, changed: tuple[FieldChange, ...]) -> Kept:
    finding = update.finding
    source = KnownSource(
        id=update.source_id,
        opportunity_id=update.opportunity_id,
        identity=finding.identity,
        listing_url=finding.listing_url,
        row_hash=finding.row_hash,
        verified_at=finding.verified_at,
        is_listed=True,
    )
    return Kept(finding, source, is_new, tuple(change.field for change in changed))
