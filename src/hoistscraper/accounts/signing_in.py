"""Sign in by password: slowed down where it failed before, and alike for those who exist and who do not."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from hoistscraper.accounts import known_devices, throttling, user_sessions
from hoistscraper.accounts.passwords import compared
from hoistscraper.accounts.throttling import Subject
from hoistscraper.accounts.user_model import User, UserSession
from hoistscraper.database.engine import Database
from hoistscraper.errors import NotSignedIn
from hoistscraper.settings import Settings

_user = User.metadata.tables["user"]
# What is kept may be changed while it is looked at, or renewed by who signs in elsewhere at this moment.
_LOOKS = 3
_NOT_RIGHT = "The e-mail address or the password is not right: check both."


Told = Callable[[AsyncSession, User], Awaitable[None]]
"""Told of a user in the transaction that does something with them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where somebody signs in: the address, the browser, and the secrets of cookies it had from before.

    ``told`` hears of whoever is admitted, by whatever means, before that is committed.
    """

    address: str | None = None
    user_agent: str | None = None
    session_secret: str | None = field(default=None, repr=False)
    device_secret: str | None = field(default=None, repr=False)
    told: Told | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """Somebody who has signed in; the secrets are for the cookies, and kept by nobody else."""

    user: User
    session: UserSession
    session_secret: str = field(repr=False)
    device_secret: str = field(repr=False)


async def sign_in_by_password(
    database: Database, settings: Settings, *, email: str, password: str, place: Place, at: datetime
) -> SignedIn:
    """Sign in by password.

    :raises TooOften: too many attempts failed; this one was not looked at.
    :raises NotSignedIn: there is no such user, or the password is another one.
    :raises Unavailable: too many sign in at this moment.
    """
    folded = email.strip().casefold()
    async with database.transaction() as session:
        device_id = await _known_device(session, folded, place, at)
        subjects = _subjects(folded, device_id, place)
        await throttling.count_attempt(session, subjects, at=at)
        password_hash = await session.scalar(
            select(_user.c.password_hash).where(_user.c.email == folded, _user.c.is_active)
        )
    for _ in range(_LOOKS):
        comparison = await compared(password, password_hash)
        if not comparison.is_right:
            break
        async with database.transaction() as session:
            user = await session.scalar(select(User).where(_user.c.email == folded).with_for_update())
            if user is None or not user.is_active:
                break
            if user.password_hash == password_hash:
                user.password_hash = comparison.renewed or password_hash
                await throttling.take_back(session, subjects, at=at)
                return await admit(session, settings, user, place=place, device_id=device_id, at=at)
            password_hash = user.password_hash
    raise NotSignedIn(_NOT_RIGHT)


async def admit(
    session: AsyncSession,
    settings: Settings,
    user: User,
    *,
    place: Place,
    at: datetime,
    device_id: UUID | None = None,
) -> SignedIn:
    """Begin a session for somebody who was recognised by whatever means; one from before ends."""
    if place.session_secret:
        await user_sessions.end_by_secret(session, place.session_secret)
    begun, secret = await user_sessions.begin(
        session, user, settings, at=at, address=place.address, user_agent=place.user_agent
    )
    user.last_sign_in_at = at
    device_secret = await known_devices.remember(session, user.id, device_id, at=at)
    if place.told:
        await place.told(session, user)
    return SignedIn(user=user, session=begun, session_secret=secret, device_secret=device_secret)


async def _known_device(session: AsyncSession, email: str, place: Place, at: datetime) -> UUID | None:
    if not place.device_secret:
        return None
    return await known_devices.find_device(session, place.device_secret, email=email, at=at)


def _subjects(email: str, device_id: UUID | None, place: Place) -> Sequence[Subject]:
    if device_id is not None:
        return (throttling.device(device_id),)
    account = throttling.account(email)
    return (account, throttling.address(place.address)) if place.address else (account,)
