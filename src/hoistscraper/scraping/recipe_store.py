"""Every statement about recipes."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from psycopg import AsyncConnection
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from hoistscraper.extraction.candidate import Candidate
from hoistscraper.reading.read import READER
from hoistscraper.reading.recipe import as_json, from_json
from hoistscraper.scraping.model import RecipeRecord
from hoistscraper.scraping.recipe_state import KnownRecipe, RecipeVisit

_LEAST_CALLS = 3  # so few pages of calls tell nothing of the others
_SUMS = (
    b"SELECT coalesce(sum(pages_by_recipe), 0), coalesce(sum(pages_by_general), 0), "
    b"coalesce(sum(repairs_accepted), 0), coalesce(sum(repairs_refused), 0), "
    b"count(*) FILTER (WHERE is_in_use) FROM recipe"
)
_recipe = RecipeRecord.metadata.tables["recipe"]


async def read_record(session: AsyncSession, website_id: UUID) -> RecipeRecord | None:
    """Return what is kept of a website's recipe."""
    return await session.get(RecipeRecord, website_id)


def known(record: RecipeRecord | None) -> KnownRecipe:
    """Return what a visit has to know of it."""
    if record is None:
        return KnownRecipe()
    return KnownRecipe(
        recipe=from_json(record.learned, reader=READER) if record.learned else None,
        learned_at=record.learned_at,
        refusals=record.refusals,
        refused_since=record.refused_since,
    )


async def write_visit(
    session: AsyncSession,
    website_id: UUID,
    visit: RecipeVisit,
    *,
    calls: Iterable[Candidate],
    is_good: bool,
    at: datetime,
) -> None:
    """Keep what a visit learned, if it was a good one, and count its pages and repairs.

    ``calls`` are those that it read; how their fields were read is told to whoever asks.
    """
    if not (visit.by_recipe or visit.by_general):
        return
    record = await session.get(RecipeRecord, website_id, with_for_update=True)
    if record is None:
        record = RecipeRecord(website_id=website_id)
        session.add(record)
    record.pages_by_recipe += visit.by_recipe
    record.pages_by_general += visit.by_general
    record.repairs_refused += visit.refused
    if visit.refused:
        record.refusals += 1
        record.refused_since = record.refused_since or at
        return
    if not is_good:
        return
    record.repairs_accepted += visit.repaired
    record.refusals, record.refused_since = 0, None
    record.learned = as_json(visit.recipe) if visit.recipe else None
    record.is_in_use = visit.recipe is not None and visit.recipe.is_in_use
    record.learned_at = at
    if fields := fields_by_method(calls):
        record.call_pages = dict(fields)


async def forget(session: AsyncSession, website_id: UUID) -> None:
    """Forget what was learned; the counts stay."""
    await session.execute(
        update(RecipeRecord)
        .where(_recipe.c.website_id == website_id)
        .values(learned=None, call_pages={}, learned_at=None, is_in_use=False, refusals=0, refused_since=None)
    )


def fields_by_method(calls: Iterable[Candidate]) -> Mapping[str, object]:
    """Count how each field of calls was read; nothing where there are too few of them."""
    read = list(calls)
    if len(read) < _LEAST_CALLS:
        return {}
    counted: dict[str, Counter[str]] = {}
    for call in read:
        for field, proof in call.evidence.items():
            counted.setdefault(field, Counter())[proof.method] += 1
    return {"calls": len(read), "fields": {field: dict(counts) for field, counts in counted.items()}}


async def count_all(connection: AsyncConnection) -> tuple[int, int, int, int, int]:
    """Return pages read by recipes and without, repairs accepted and refused, and recipes in use."""
    row = await (await connection.execute(_SUMS)).fetchone()
    by_recipe, by_general, accepted, refused, in_use = row or (0, 0, 0, 0, 0)
    return int(by_recipe), int(by_general), int(accepted), int(refused), int(in_use)
