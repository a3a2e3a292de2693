"""``/api/websites/facets``, ``/activity`` and ``/{id}/usual``: figures that stand beside the list."""

import math
from typing import Annotated, Literal
from uuid import UUID

from fastapi import Query, Response

from hoistscraper.api.parts import PartsOf
from hoistscraper.api.problems import documented
from hoistscraper.api.resource import resource
from hoistscraper.api.website_figures_wire import (
    Usual,
    UsualRange,
    WebsiteActivity,
    WebsiteFacets,
    WebsiteRecipe,
)
from hoistscraper.clock import now
from hoistscraper.scraping import history, recipe_store
from hoistscraper.scraping.activity import read_activity
from hoistscraper.scraping.envelope import Envelope
from hoistscraper.scraping.model import RecipeRecord
from hoistscraper.scraping.usual import Range
from hoistscraper.websites.changing import website_by_id
from hoistscraper.websites.facets import read_facets

router = resource("/websites", "websites")


@router.get("/facets", response_model=WebsiteFacets, summary="Count websites by what they are")
async def count_websites(parts: PartsOf) -> Response:
    """Return how many websites there are in all, by health, category, region and tag."""
    async with parts.reads.connection() as connection:
        return Response(await read_facets(connection), media_type="application/json")


@router.get("/activity", response_model=list[WebsiteActivity], summary="See what websites have been giving")
async def list_website_activity(
    parts: PartsOf,
    website: Annotated[
        list[UUID], Query(alias="id", min_length=1, max_length=50, description="May be given again.")
    ],
) -> Response:
    """Return how many calls some websites told of and how their last jobs went; unknown ones are left out."""
    async with parts.reads.connection() as connection:
        return Response(await read_activity(connection, website), media_type="application/json")


@router.get("/{website_id}/usual", responses=documented(404), summary="See what a website usually gives")
async def read_usual(website_id: UUID, parts: PartsOf) -> Usual:
    """Return what a website usually gives, as its next visit will be compared with it."""
    async with parts.database.transaction() as session:
        website = await website_by_id(session, website_id)
        visits = await history.recent_visits(session, website_id, since=website.envelope_since)
        weekly_new = await history.weekly_new(session, website_id, at=now())
        record = await recipe_store.read_record(session, website_id)
    good = [visit.figures for visit in visits if not visit.is_held]
    usual = Envelope.learn(good, weekly_new=weekly_new)
    is_known = usual.visits > 0
    return Usual(
        visits=usual.visits,
        since=website.envelope_since,
        listed=_range(usual.listed) if is_known else None,
        fill=_range(usual.fill) if usual.fill else None,
        most_missing_share=usual.missing_share if is_known else None,
        most_failed_share=usual.failed_share if is_known else None,
        most_bytes=_finite(usual.most_bytes),
        most_seconds=_finite(usual.most_seconds),
        new_a_week=usual.new_a_week,
        recipe=_recipe(record),
        weeks_without=usual.weeks_without,
    )


def _recipe(record: RecipeRecord | None) -> WebsiteRecipe | None:
    if record is None:
        return None
    recipe = recipe_store.known(record).recipe
    state: Literal["none", "learning", "in use", "refused"] = "none"
    if record.refusals:
        state = "refused"
    elif recipe is not None:
        state = "in use" if recipe.is_in_use else "learning"
    return WebsiteRecipe(
        state=state,
        rows=recipe.rows if recipe else None,
        learned_at=record.learned_at,
        pages_by_recipe=record.pages_by_recipe,
        pages_by_general=record.pages_by_general,
        repairs_accepted=record.repairs_accepted,
        repairs_refused=record.repairs_refused,
    )


def _range(usual: Range) -> UsualRange:
    return UsualRange(low=usual.low, usual=usual.usual, high=_finite(usual.high))


def _finite(number: float) -> float | None:
    return number if math.isfinite(number) else None
