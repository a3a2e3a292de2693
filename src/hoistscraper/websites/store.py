"""Every statement about websites."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, Text, any_, case, delete, literal, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from hoistscraper.database.bulk import insert_missing
from hoistscraper.errors import Conflict, NotFound
from hoistscraper.websites.addresses import name_of
from hoistscraper.websites.browser_needs import BrowserNeeds, RenderMode
from hoistscraper.websites.model import Website

_website = Website.metadata.tables["website"]


async def find_website(session: AsyncSession, url: str) -> Website | None:
    """Return the website of a normalised address."""
    return await session.scalar(select(Website).where(_website.c.url == url))


async def watched(session: AsyncSession, url: str) -> Website:
    """Return the website of a normalised address.

    :raises NotFound: it is not in the list.
    """
    website = await find_website(session, url)
    if website is None:
        raise NotFound(f"{url} is not in the list; `hoistscraper website list` shows what is.")
    return website


async def add_website(session: AsyncSession, website: Website) -> Website:
    """Add one website.

    :raises Conflict: its address is watched already.
    """
    if not await add_websites(session, [website]):
        raise Conflict(f"{website.url} is in the list already.")
    return await session.get_one(Website, website.id)


async def find_or_add_website(session: AsyncSession, url: str) -> Website:
    """Return the website of a normalised address, which joins the list if it is new."""
    known = await find_website(session, url)
    return known or await add_website(session, Website(url=url, name=name_of(url)))


async def known_addresses(session: AsyncSession, urls: Sequence[str]) -> set[str]:
    """Return which of these normalised addresses are watched already."""
    return set(
        await session.scalars(
            select(_website.c.url).where(_website.c.url == any_(literal(list(urls), ARRAY(Text))))
        )
    )


async def add_websites(session: AsyncSession, websites: Sequence[Website]) -> set[str]:
    """Add those websites whose addresses are new, in one statement; return these addresses."""
    return await insert_missing(session, _website, [w.model_dump() for w in websites], key="url")


async def list_websites(session: AsyncSession, *, active_only: bool = False) -> list[Website]:
    """Return the websites by name; ``active_only`` leaves out those that are inactive or paused."""
    query = select(Website).order_by(_website.c.name, _website.c.url)
    if active_only:
        query = query.where(_website.c.active, ~_website.c.paused)
    return list(await session.scalars(query))


async def remove_website(session: AsyncSession, url: str) -> Website:
    """Remove a website with its pages and jobs; its opportunities stay.

    :raises NotFound: it is not in the list.
    """
    website = await watched(session, url)
    await session.execute(delete(Website).where(_website.c.id == website.id))
    return website


async def count_failures(session: AsyncSession, website_id: UUID, *, has_failed: bool) -> int:
    """Count a visit that failed, or start anew after one that did not; return how many failed in a row."""
    counted = case((literal(has_failed), _website.c.failures_in_a_row + 1), else_=0)
    statement = update(Website).where(_website.c.id == website_id).values(failures_in_a_row=counted)
    return await session.scalar(statement.returning(_website.c.failures_in_a_row)) or 0


async def write_health(
    session: AsyncSession,
    website_id: UUID,
    *,
    state: str,
    reason: str | None,
    advice: str | None,
    since: datetime,
) -> None:
    """Note how a website is doing."""
    await session.execute(
        update(Website)
        .where(_website.c.id == website_id)
        .values(health=state, health_reason=reason, health_advice=advice, health_since=since)
    )


async def write_browser_needs(session: AsyncSession, website_id: UUID, needs: BrowserNeeds) -> None:
    """Note what a visit has learned of a website and the browser."""
    await session.execute(
        update(Website)
        .where(_website.c.id == website_id)
        .values(
            browser_for_listing=needs.listing,
            browser_for_calls=needs.calls,
            browser_looked_at=needs.looked_at,
            browser_visits_since=needs.visits_since,
        )
    )


async def say_how_to_render(session: AsyncSession, website: Website, mode: RenderMode) -> None:
    """Set how a website is read, and forget what visits have learned of it."""
    website.render = mode.value
    await write_browser_needs(session, website.id, BrowserNeeds())


async def learn_anew(session: AsyncSession, website_id: UUID, *, since: datetime) -> None:
    """Have what the website usually gives be learned from visits since then only."""
    await session.execute(update(Website).where(_website.c.id == website_id).values(envelope_since=since))


async def due_websites(session: AsyncSession, *, now: datetime) -> list[Website]:
    """Return the websites whose time has come, the longest due first; quiet hours are not looked at here."""
    query = select(Website).where(
        _website.c.active, ~_website.c.paused, _website.c.schedule.is_not(None), _website.c.next_due_at <= now
    )
    return list(await session.scalars(query.order_by(_website.c.next_due_at)))


async def next_to_be_due(session: AsyncSession) -> Website | None:
    """Return the website that is due before all others, or ``None`` where none has a schedule."""
    query = select(Website).where(_website.c.active, ~_website.c.paused, _website.c.next_due_at.is_not(None))
    return await session.scalar(query.order_by(_website.c.next_due_at).limit(1))


async def mark_scraped(
    session: AsyncSession, website_id: UUID, *, at: datetime, next_due_at: datetime | None
) -> None:
    """Note when a website was visited last, and when it is due again."""
    await session.execute(
        update(Website).where(_website.c.id == website_id).values(last_scraped_at=at, next_due_at=next_due_at)
    )
