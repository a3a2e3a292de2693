"""Every statement about recipes."""

from datetime import datetime
from uuid import UUID

from psycopg import AsyncConnection
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from hoistscraper.reading import call_pages
from hoistscraper.reading.read import READER
from hoistscraper.reading.recipe import as_json, from_json
from hoistscraper.scraping import lacking
from hoistscraper.scraping.model import RecipeRecord
from hoistscraper.scraping.recipe_state import KnownCallPages, KnownRecipe, LearnedCallPages, RecipeVisit

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
        calls=KnownCallPages(
            call_pages.from_json(record.call_pages, reader=READER),
            lacking.from_json(record.call_pages.get("lacking", {})),
        ),
        learned_at=record.learned_at,
        refusals=record.refusals,
        refused_since=record.refused_since,
    )


async def write_visit(
    session: AsyncSession,
    website_id: UUID,
    visit: RecipeVisit,
    *,
    calls: LearnedCallPages | None,
    is_good: bool,
    at: datetime,
) -> None:
    """Keep what a visit learned, if it was a good one, and count its pages and repairs.

    ``calls`` is what is known of the pages of calls now, ``None`` where nothing is learned.
    """
    if calls is None or not (visit.by_recipe or visit.by_general or calls.pages):
        return
    record = await session.get(RecipeRecord, website_id, with_for_update=True)
    if record is None:
        record = RecipeRecord(website_id=website_id)
        session.add(record)
    record.pages_by_recipe += visit.by_recipe
    record.pages_by_general += visit.by_general
    record.repairs_refused += visit.refused + calls.refused
    if visit.refused:
        record.refusals += 1
        record.refused_since = record.refused_since or at
        return
    if not is_good:
        return
    record.repairs_accepted += visit.repaired + len(calls.notes)
    record.refusals, record.refused_since = 0, None
    record.learned = as_json(visit.recipe) if visit.recipe else None
    record.is_in_use = visit.recipe is not None and visit.recipe.is_in_use
    record.learned_at = at
    kept = call_pages.as_json(calls.learned, reader=READER)
    record.call_pages = {**kept, "lacking": calls.lacks.as_json()}


async def forget(session: AsyncSession, website_id: UUID) -> None:
    """Forget what was learned; the counts stay."""
    await session.execute(
        update(RecipeRecord)
        .where(_recipe.c.website_id == website_id)
        .values(learned=None, call_pages={}, learned_at=None, is_in_use=False, refusals=0, refused_since=None)
    )


async def count_all(connection: AsyncConnection) -> tuple[int, int, int, int, int]:
    """Return pages read by recipes and without, repairs accepted and refused, and recipes in use."""
    row = await (await connection.execute(_SUMS)).fetchone()
    by_recipe, by_general, accepted, refused, in_use = row or (0, 0, 0, 0, 0)
    return int(by_recipe), int(by_general), int(accepted), int(refused), int(in_use)
