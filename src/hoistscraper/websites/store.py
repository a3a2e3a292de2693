"""Every statement about websites."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from hoistscraper.database.bulk import insert_rows
from hoistscraper.errors import Conflict, NotFound
from hoistscraper.websites.model import Website

# An index holds 2,704 bytes, and the address shares it with the names of calls.
LONGEST_ADDRESS = 1_000

_website = Website.metadata.tables["website"]


async def find_website(session: AsyncSession, url: str) -> Website | None:
    """Return the website of a normalised address."""
    return await session.scalar(select(Website).where(_website.c.url == url))


async def add_website(session: AsyncSession, website: Website) -> Website:
    """Add one website.

    :raises Conflict: its address is watched already.
    """
    if await find_website(session, website.url):
        raise Conflict(f"{website.url} is in the list already.")
    session.add(website)
    await session.flush()
    return website


async def known_addresses(session: AsyncSession, urls: Sequence[str]) -> set[str]:
    """Return which of these normalised addresses are watched already."""
    return set(await session.scalars(select(_website.c.url).where(_website.c.url.in_(urls))))


async def add_websites(session: AsyncSession, websites: Sequence[Website]) -> None:
    """Add many websites, whose addresses are new, in one statement."""
    await insert_rows(session, Website.metadata.tables["website"], [w.model_dump() for w in websites])


async def list_websites(session: AsyncSession, *, active_only: bool = False) -> list[Website]:
    """Return the websites by name."""
    query = select(Website).order_by(_website.c.name, _website.c.url)
    if active_only:
        query = query.where(_website.c.active)
    return list(await session.scalars(query))


async def remove_website(session: AsyncSession, url: str) -> Website:
    """Remove a website with its pages and jobs; its opportunities stay.

    :raises NotFound: it is not in the list.
    """
    website = await find_website(session, url)
    if website is None:
        raise NotFound(f"{url} is not in the list; `hoistscraper website list` shows what is.")
    await session.execute(delete(Website).where(_website.c.id == website.id))
    return website


async def mark_scraped(session: AsyncSession, website_id: UUID, *, at: datetime) -> None:
    """Note when a website was visited last."""
    await session.execute(update(Website).where(_website.c.id == website_id).values(last_scraped_at=at))
