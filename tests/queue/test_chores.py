"""What workers do now and then besides scraping."""

from datetime import timedelta

from sqlalchemy import text

from hoistscraper.accounts import (
    invitations,
    known_devices,
    password_resets,
    throttling,
    user_sessions,
    users,
)
from hoistscraper.accounts.roles import Role
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


async def test_what_let_somebody_in_is_forgotten_once_it_has_ended_for_good(
    database: Database, settings: Settings
) -> None:
    at = now()
    begun = {
        "session": (at, at - timedelta(days=settings.session_days, minutes=1)),
        "password_reset": (at, at - password_resets.VALID - timedelta(minutes=1)),
        # One that has just ended is shown still.
        "invitation": (at - invitations.VALID, at - invitations.VALID - invitations.SHOWN),
        "known_device": (at, at - known_devices.REMEMBERED - timedelta(minutes=1)),
    }
    async with database.transaction() as session:
        user = await users.add_user(
            session, email="ana@example.org", name="Ana", role=Role.EDITOR, password_hash=None, at=at
        )
        for when in begun["session"]:
            await user_sessions.begin(session, user, settings, at=when, address=None, user_agent=None)
        for when in begun["password_reset"]:
            await password_resets.make_link(session, user, at=when)
        for when in begun["invitation"]:
            email = f"{when:%Y%m%d}@example.org"
            await invitations.invite(session, email=email, role=Role.VIEWER, invited_by="Ana", at=when)
        for when in begun["known_device"]:
            await known_devices.remember(session, user.id, None, at=when)
    for chore in chores_of(settings, database, tell=print):
        await chore.do()
    async with database.transaction() as session:
        for table, (stays, _) in begun.items():
            column = "used_at" if table == "known_device" else "created_at"
            rows = await session.execute(text(f"SELECT {column} FROM {table}"))
            assert [row[0] for row in rows] == [stays], table
