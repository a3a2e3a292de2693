"""Users: one administrator always stays, whoever changes what at the same time."""

import asyncio

import pytest

from hoistscraper.accounts import users
from hoistscraper.accounts.roles import Role, lower
from hoistscraper.accounts.user_model import User
from hoistscraper.clock import now
from hoistscraper.database.engine import Database
from hoistscraper.errors import Conflict, HoistError, Invalid


async def added(database: Database, email: str, role: Role) -> User:
    async with database.transaction() as session:
        return await users.add_user(
            session, email=email, name="Somebody", role=role, password_hash=None, at=now()
        )


def test_a_role_includes_those_below_it() -> None:
    assert [role for role in Role if Role.EDITOR.includes(role)] == [Role.VIEWER, Role.EDITOR]
    assert lower(Role.ADMINISTRATOR, Role.VIEWER) is lower(Role.VIEWER, Role.EDITOR) is Role.VIEWER


async def test_an_address_is_one_however_it_is_typed(database: Database) -> None:
    user = await added(database, " Ana@EXAMPLE.org ", Role.VIEWER)
    assert user.email == "ana@example.org"
    with pytest.raises(Conflict, match="already"):
        await added(database, "ANA@example.ORG", Role.EDITOR)


@pytest.mark.parametrize(
    "email", ["", "ana", "@example.org", "ana@", "a@b@c", "a b@c.d", "ana@example.org\nbcc: eve@x", "<a@b.c>"]
)
async def test_what_is_no_address_is_refused(database: Database, email: str) -> None:
    with pytest.raises(Invalid, match="e-mail"):
        await added(database, email, Role.VIEWER)


async def test_the_last_administrator_stays(database: Database) -> None:
    last = await added(database, "last@example.org", Role.ADMINISTRATOR)
    for change in (
        lambda session, user: users.change_role(session, user, Role.EDITOR),
        lambda session, user: users.set_active(session, user, is_active=False),
        users.remove_user,
    ):
        with pytest.raises(Conflict, match="last administrator"):
            async with database.transaction() as session:
                await change(session, await users.user_by_id(session, last.id))


async def test_two_who_demote_each_other_at_once_do_not_both_succeed(database: Database) -> None:
    one = await added(database, "one@example.org", Role.ADMINISTRATOR)
    other = await added(database, "other@example.org", Role.ADMINISTRATOR)

    async def demote(user: User) -> str:
        try:
            async with database.transaction() as session:
                found = await users.user_by_id(session, user.id)
                await asyncio.sleep(0.05)
                await users.change_role(session, found, Role.VIEWER)
        except HoistError as error:
            return type(error).__name__
        return "done"

    assert sorted(await asyncio.gather(demote(one), demote(other))) == ["Conflict", "done"]


async def test_two_who_set_up_at_once_do_not_both_become_administrator(database: Database) -> None:
    async def set_up(email: str) -> str:
        try:
            async with database.transaction() as session:
                await users.add_first_administrator(
                    session, email=email, name="First", password_hash="x", at=now()
                )
        except HoistError as error:
            return type(error).__name__
        return "done"

    told = await asyncio.gather(*(set_up(f"{number}@example.org") for number in range(4)))
    assert sorted(told) == ["Conflict", "Conflict", "Conflict", "done"]
