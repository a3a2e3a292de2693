"""Changing many websites at once, and taking some off the list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from hoistscraper.errors import NotFound
from hoistscraper.websites import scheduling
from hoistscraper.websites.model import Website

_website = Website.metadata.tables["website"]
_ONLY_HERE = """
    SELECT here.opportunity_id FROM opportunity_source here WHERE here.site = :site
    GROUP BY here.opportunity_id
    HAVING NOT EXISTS (SELECT FROM opportunity_source other
        WHERE other.opportunity_id = here.opportunity_id AND other.site <> :site)
"""


class BulkAction(StrEnum):
    """What may be done to many websites at once."""

    ACTIVATE = "activate"
    DEACTIVATE = "deactivate"
    PAUSE = "pause"
    RESUME = "resume"
    TAG = "tag"
    UNTAG = "untag"


@dataclass(frozen=True, slots=True)
class TakenAlong:
    """What goes with a website that is removed, and what stays."""

    pages: int
    scrape_jobs: int
    opportunities_only_here: int
    opportunities_elsewhere_too: int


async def website_by_id(session: AsyncSession, website_id: UUID) -> Website:
    """Return a website.

    :raises NotFound: there is none with this id.
    """
    website = await session.get(Website, website_id)
    if website is None:
        raise NotFound(f"There is no website {website_id}; GET /api/websites lists those there are.")
    return website


async def websites_by_id(session: AsyncSession, ids: Sequence[UUID]) -> list[Website]:
    """Return those of some websites that are there."""
    return list(await session.scalars(select(Website).where(_website.c.id.in_(ids))))


async def change_many(
    session: AsyncSession, ids: Sequence[UUID], action: BulkAction, *, tags: Sequence[str], at: datetime
) -> list[UUID]:
    """Do the same to many websites; return those that were there."""
    websites = await websites_by_id(session, ids)
    for website in websites:
        _change(website, action, tags=tags, at=at)
    await session.flush()
    return [website.id for website in websites]


def _change(website: Website, action: BulkAction, *, tags: Sequence[str], at: datetime) -> None:
    match action:
        case BulkAction.ACTIVATE:
            website.active = True
        case BulkAction.DEACTIVATE:
            website.active = False
        case BulkAction.PAUSE:
            scheduling.pause(website)
        case BulkAction.RESUME:
            scheduling.resume(website, now=at)
        case BulkAction.TAG:
            website.tags = list(dict.fromkeys([*website.tags, *tags]))
        case BulkAction.UNTAG:
            website.tags = [tag for tag in website.tags if tag not in tags]


async def taken_along(session: AsyncSession, website: Website) -> TakenAlong:
    """Return what the removal of a website would take along."""
    row = (
        await session.execute(
            text(
                "SELECT (SELECT count(*) FROM page WHERE website_id = :id) AS pages, "
                "(SELECT count(*) FROM scrape_job WHERE website_id = :id) AS jobs, "
                f"(SELECT count(*) FROM ({_ONLY_HERE}) AS only_here) AS only_here, "
                "(SELECT count(DISTINCT opportunity_id) FROM opportunity_source WHERE site = :site) "
                "AS all_here"
            ),
            {"id": website.id, "site": website.url},
        )
    ).one()
    return TakenAlong(row.pages, row.jobs, row.only_here, row.all_here - row.only_here)


async def drop_website(session: AsyncSession, website: Website, *, with_opportunities: bool) -> None:
    """Remove a website with its pages and jobs; if wanted, the opportunities that it alone told of, too."""
    if with_opportunities:
        await session.execute(
            text(f"DELETE FROM opportunity WHERE id IN ({_ONLY_HERE})"), {"site": website.url}
        )
        await session.execute(
            text("DELETE FROM opportunity_source WHERE site = :site"), {"site": website.url}
        )
    await session.delete(website)
    await session.flush()
