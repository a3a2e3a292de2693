"""Users: added, found, changed and removed; one administrator always stays."""

import re
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from hoistscraper.accounts import user_sessions
from hoistscraper.accounts.roles import Role
from hoistscraper.accounts.user_model import User
from hoistscraper.errors import Conflict, Invalid, NotFound

LONGEST_EMAIL = 254
LONGEST_NAME = 200
_EMAIL = re.compile(r"[^@\s\x00-\x1f\x7f<>\",;:()\[\]\\]{1,64}@[^@\s\x00-\x1f\x7f<>\",;:()\[\]\\/]{1,190}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_user = User.metadata.tables["user"]
_IS_ADMINISTRATOR = (_user.c.role == Role.ADMINISTRATOR.value) & _user.c.is_active

_LAST = (
    "This is the last administrator: make somebody else administrator first, with "
    "`hoistscraper user role EMAIL administrator` or in the list of users."
)


def folded_email(text: str) -> str:
    """Return an e-mail address as it is kept, in which nobody tells capitals from small letters.

    :raises Invalid: it is none.
    """
    email = text.strip().casefold()
    if len(email) > LONGEST_EMAIL or not _EMAIL.fullmatch(email):
        raise Invalid("This is no e-mail address: write it like somebody@example.org.")
    return email


def cleaned_name(text: str) -> str:
    """Return a name as it is kept.

    :raises Invalid: it is empty, too long, or holds what nobody can see.
    """
    name = text.strip()
    if not name or len(name) > LONGEST_NAME or _CONTROL.search(name):
        raise Invalid(f"The name must have 1 to {LONGEST_NAME} characters, all on one line.")
    return name


async def has_administrator(session: AsyncSession) -> bool:
    """Whether somebody may change everything, so that nobody else may any more."""
    return await session.scalar(select(_user.c.id).where(_IS_ADMINISTRATOR).limit(1)) is not None


async def add_user(
    session: AsyncSession, *, email: str, name: str, role: Role, password_hash: str | None, at: datetime
) -> User:
    """Add a user.

    :raises Invalid: the address or the name cannot be one.
    :raises Conflict: somebody has this e-mail address already.
    """
    folded = folded_email(email)
    await _wait_for_others(session)
    if await find_user(session, folded) is not None:
        raise Conflict(
            f"There is a user {folded} already: choose another e-mail address, or change that one."
        )
    user = User(
        email=folded,
        name=cleaned_name(name),
        role=role.value,
        password_hash=password_hash,
        created_at=at,
        password_changed_at=at if password_hash else None,
    )
    session.add(user)
    await session.flush()
    return user


async def add_first_administrator(
    session: AsyncSession, *, email: str, name: str, password_hash: str, at: datetime
) -> User:
    """Add the administrator of a new HoistScraper.

    :raises Conflict: there is one already.
    """
    await _wait_for_others(session)
    if await has_administrator(session):
        raise Conflict("There is an administrator already: sign in, or ask for an account.")
    return await add_user(
        session, email=email, name=name, role=Role.ADMINISTRATOR, password_hash=password_hash, at=at
    )


async def find_user(session: AsyncSession, email: str) -> User | None:
    """Return the user with an e-mail address."""
    return await session.scalar(select(User).where(_user.c.email == email.strip().casefold()))


async def user_by_email(session: AsyncSession, email: str) -> User:
    """Return the user with an e-mail address.

    :raises NotFound: there is none.
    """
    user = await find_user(session, email)
    if user is None:
        raise NotFound(f"There is no user {email.strip()}; `hoistscraper user list` shows who there is.")
    return user


async def user_by_id(session: AsyncSession, user_id: UUID, *, for_update: bool = False) -> User:
    """Return a user, whom nobody else changes meanwhile where that is asked for.

    :raises NotFound: there is none of this id.
    """
    user = await session.get(User, user_id, with_for_update=for_update)
    if user is None:
        raise NotFound("There is no such user; the list of users shows who there is.")
    return user


async def list_users(session: AsyncSession) -> Sequence[User]:
    """Return all users, by name."""
    return (await session.scalars(select(User).order_by(func.lower(_user.c.name), _user.c.id))).all()


async def change_role(session: AsyncSession, user: User, role: Role, *, besides: UUID | None = None) -> None:
    """Give a user another role, and end the user's sessions but for one (``besides``).

    :raises Conflict: nobody would be administrator any more.
    """
    if user.role == role.value:
        return
    if user.role == Role.ADMINISTRATOR.value:
        await _must_not_be_last(session, user)
    user.role = role.value
    await session.flush()
    await user_sessions.end_all(session, user.id, besides=besides)


async def set_active(session: AsyncSession, user: User, *, is_active: bool) -> None:
    """Let a user in again, or no longer: then all the user's sessions end at once.

    :raises Conflict: nobody would be administrator any more.
    """
    if user.is_active == is_active:
        return
    if not is_active:
        await _must_not_be_last(session, user)
        await user_sessions.end_all(session, user.id)
    user.is_active = is_active
    await session.flush()


async def set_password(
    session: AsyncSession, user: User, password_hash: str, *, at: datetime, besides: UUID | None = None
) -> None:
    """Give a user another password, and end the user's sessions but for one (``besides``)."""
    user.password_hash, user.password_changed_at = password_hash, at
    await session.flush()
    await user_sessions.end_all(session, user.id, besides=besides)


async def remove_user(session: AsyncSession, user: User) -> None:
    """Remove a user, with sessions and tokens.

    :raises Conflict: nobody would be administrator any more.
    """
    await _must_not_be_last(session, user)
    await session.execute(delete(_user).where(_user.c.id == user.id))


async def _must_not_be_last(session: AsyncSession, user: User) -> None:
    """See that another administrator stays, while nobody else changes that."""
    await _wait_for_others(session)
    # What was read before may have been changed by those who were waited for.
    if await session.get(User, user.id, populate_existing=True) is None:
        raise NotFound("This user was removed meanwhile.")
    if user.role != Role.ADMINISTRATOR.value or not user.is_active:
        return
    others = select(_user.c.id).where(_IS_ADMINISTRATOR, _user.c.id != user.id).limit(1)
    if await session.scalar(others) is None:
        raise Conflict(_LAST)


async def _wait_for_others(session: AsyncSession) -> None:
    """Let nobody else add, change or remove users until this transaction ends; reading goes on."""
    await session.execute(text('LOCK TABLE "user" IN SHARE ROW EXCLUSIVE MODE'))
