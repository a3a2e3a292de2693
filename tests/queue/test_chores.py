"""What workers do now and then besides scraping."""

from datetime import timedelta

from sqlalchemy import text

from hoistscraper.accounts import throttling
from hoistscraper.clock import now
from hoistscraper.database.engine import Database
from hoistscraper.queue.chores import chores_of
from hoistscraper.settings import Settings


async def test_failed_sign_ins_are_forgotten_though_nobody_signs_in(
    database: Database, settings: Settings
) -> None:
    fresh, old = throttling.account("ana@example.org"), throttling.account("bo@example.org")
    async with database.transaction() as session:
        await throttling.count_attempt(session, (fresh,), at=now())
        past = now() - throttling.FORGOTTEN_AFTER - timedelta(minutes=1)
        await throttling.count_attempt(session, (old,), at=past)
    for chore in chores_of(settings, database, tell=print):
        await chore.do()
    async with database.transaction() as session:
        rows = await session.execute(text("SELECT subject FROM sign_in_attempts"))
        assert [bytes(row[0]) for row in rows] == [fresh.name]
