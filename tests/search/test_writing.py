"""What is found is what was written: by the scraper, and by the migration for what was there before."""

import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import UUID, uuid4

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.pool import NullPool

from hoistscraper import migrations
from hoistscraper.database.engine import Database
from hoistscraper.extraction.candidate import Candidate, Moment
from hoistscraper.opportunities.keeping import Kept, Site, keep
from hoistscraper.opportunities.sources import Finding, by_identity
from hoistscraper.opportunities.store import known_sources
from hoistscraper.search.connections import searching
from hoistscraper.search.frequencies import Frequencies
from hoistscraper.search.query import Search
from hoistscraper.search.store import search
from hoistscraper.websites.model import Website
from hoistscraper.websites.store import find_or_add_website
from tests.database.server import database_from

AT = datetime(2030, 6, 15, 12, tzinfo=UTC)
HERE, THERE = "https://example.org/", "https://example.net/"
CALL = Candidate(
    title="Restoration of Historic Water Mills",
    organisation="Région Ostia",
    reference_number="OST-2030-17",
    deadline=Moment(AT.date() + timedelta(days=40), timezone="UTC"),
    amount_max=Decimal(40_000),
    currency="EUR",
    categories=("Heritage",),
)


async def told(session: AsyncSession, call: Candidate, url: str, at: datetime = AT) -> tuple[Website, Kept]:
    """Keep a call as a website tells it."""
    website = await find_or_add_website(session, url)
    finding = Finding(identity="one", listing_url=url, row_hash="", candidate=call, verified_at=at)
    known = by_identity(await known_sources(session, url))
    [kept] = await keep(session, Site(website.id, url, None), [finding], known, seen_at=at)
    return website, kept


async def ids(session: AsyncSession, asked: Search) -> list[UUID]:
    """Return what a search finds."""
    page = await search(await searching(session), asked, now=AT, frequencies=Frequencies())
    return [UUID(json.loads(row)["id"]) for row in page.rows]


async def test_a_call_is_found_by_what_it_says_now(database: Database) -> None:
    async with database.transaction() as session:
        _, kept = await told(session, CALL, HERE)
        assert await ids(session, Search(words="water mills ostia 2030")) == [kept.source.opportunity_id]
    async with database.transaction() as session:
        changed = Candidate(title="Restoration of Windmills", deadline=CALL.deadline)
        await told(session, changed, HERE, AT + timedelta(days=1))
        assert await ids(session, Search(words="water")) == []
        assert await ids(session, Search(words="windmills")) == [kept.source.opportunity_id]
        assert await ids(session, Search(amount_min=Decimal(1))) == []


async def test_a_call_that_a_second_website_tells_is_found_by_both(database: Database) -> None:
    async with database.transaction() as session:
        here, kept = await told(session, CALL, HERE)
        there, again = await told(session, CALL, THERE, AT + timedelta(days=3))
        assert (again.is_new, again.changed_fields) == (False, ())
        for website in (here, there):
            assert await ids(session, Search(websites=(website.id,))) == [kept.source.opportunity_id]
        changed_at = await session.scalar(text("SELECT changed_at FROM opportunity"))
    assert changed_at == AT, "what is only told once more has not changed"


async def test_calls_of_a_website_that_was_removed_and_added_again_are_found(database: Database) -> None:
    async with database.transaction() as session:
        _, kept = await told(session, CALL, HERE)
        await session.execute(text("DELETE FROM website"))
        again = await find_or_add_website(session, HERE)
        assert await ids(session, Search(websites=(again.id,))) == [kept.source.opportunity_id]


async def test_a_text_full_of_quotes_is_kept_and_found(database: Database) -> None:
    async with database.transaction() as session:
        call = Candidate(title="Arts'; DROP TABLE \\opportunity\\ 'x':1", categories=("a'b\\c=d",))
        _, kept = await told(session, call, HERE)
        for asked in (Search(words="drop 'opportunity'"), Search(categories=("A b c D",))):
            assert await ids(session, asked) == [kept.source.opportunity_id]


def test_what_was_there_before_is_found_after_the_migration(server: str) -> None:
    with database_from(server) as url:
        config = Config()
        config.set_main_option("script_location", migrations.__path__[0])
        engine = create_engine(url, poolclass=NullPool)
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "0005")
            for number in range(2_050):
                connection.exec_driver_sql(OLD_ROW, (uuid4(), f"Old call {number}", "Ostia", AT, AT, AT))
        migrations.upgrade(url)
        with engine.connect() as connection:
            counted = connection.execute(text(COUNTED)).one()
    assert tuple(counted) == (2_050, 2_050, 2_050, 1)


OLD_ROW = """
    INSERT INTO opportunity (id, title, organisation, status, closes_at, other_dates, documents, categories,
        evidence, title_key, first_seen_at, changed_at)
    VALUES (%s, %s, %s, 'open', %s, '[]', '[]', '{}', '{}', '', %s, %s)
"""
COUNTED = """
    SELECT count(*) FILTER (WHERE search @@ 'call & ''organisation=ostia'''),
        count(*) FILTER (WHERE ends_at = closes_at), count(*) FILTER (WHERE amount_order = -1),
        count(*) FILTER (WHERE search @@ '''title=2049''') FROM opportunity
"""
