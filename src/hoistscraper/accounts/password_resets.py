"""Another password by a link: whoever reads the user's e-mail may set it, once and soon.

Whether there is an account is not to be heard from what is answered, nor from how long that takes: what is
known of the account is looked up when the answer has gone.
"""

import asyncio
import logging
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from sqlalchemy import delete, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from hoistscraper import mail
from hoistscraper.accounts import known_devices, throttling, users
from hoistscraper.accounts.bearing import hashed, new_secret
from hoistscraper.accounts.letters import reset_letter, reset_link
from hoistscraper.accounts.link_model import PasswordReset
from hoistscraper.accounts.passwords import check_password, hash_password
from hoistscraper.accounts.signing_in import Told
from hoistscraper.accounts.throttling import Subject
from hoistscraper.accounts.user_model import User
from hoistscraper.database.engine import Database
from hoistscraper.errors import HoistError, NotFound, Refused, TooOften
from hoistscraper.settings import Settings

VALID = timedelta(hours=1)
MOST_IN_AN_HOUR = 3
"""Letters to one user, however often somebody asks."""
_reset = PasswordReset.metadata.tables["password_reset"]
_user = User.metadata.tables["user"]
_NOT_VALID = "This link is not valid: it was used, or has ended. Ask for another one."
_log = logging.getLogger(__name__)


async def count_wish(database: Database, *, email: str, address: str | None, at: datetime) -> None:
    """Count that somebody asks for a link, alike for those who exist and those who do not.

    :raises TooOften: it was asked for too often; Retry-After says when to ask again.
    """
    try:
        async with database.transaction() as session:
            await throttling.count_attempt(session, _subjects(email, address), at=at)
    except TooOften as often:
        raise TooOften(
            "A new password was asked for too often: look into your e-mail, or ask again later.",
            wait_seconds=often.wait_seconds,
        ) from None


async def send_link(database: Database, settings: Settings, *, email: str, at: datetime) -> None:
    """Send a link to the user of an e-mail address, if there is one who signs in by password.

    Who signs in elsewhere gets no password by this: what was ended there would go on here. Nobody waits for
    this, so what goes wrong is written to the log.
    """
    # It begins when the answer is surely gone, at a moment that nobody knows: else the next answer could come
    # later for those who exist.
    await asyncio.sleep(_begins_within_seconds())
    try:
        async with database.transaction() as session:
            user = await users.find_user(session, email)
            if user is None or not user.is_active or user.password_hash is None:
                return
            if await _sent(session, user.id, since=at - VALID) >= MOST_IN_AN_HOUR:
                return
            secret = await make_link(session, user, at=at)
        await mail.send(settings, reset_letter(settings, user, reset_link(settings, secret)))
    except HoistError as error:
        _log.warning("a link to a new password was not sent: %s", error.message)


async def make_link(session: AsyncSession, user: User, *, at: datetime) -> str:
    """Return the secret of a link to a new password; it is kept by nobody else.

    :raises Refused: the user may not sign in.
    """
    if not user.is_active:
        raise Refused(
            f"{user.email} may not sign in: let this user in first, with `hoistscraper user enable`."
        )
    secret = new_secret()
    session.add(
        PasswordReset(token_hash=hashed(secret), user_id=user.id, created_at=at, expires_at=at + VALID)
    )
    await session.flush()
    return secret


async def accept(database: Database, *, secret: str, password: str, told: Told, at: datetime) -> None:
    """Set another password by a link; it and the user's other links, sessions and known browsers end.

    :raises NotFound: the link is not valid.
    :raises Invalid: the password is not good enough.
    """
    async with database.transaction() as session:
        user = await _user_of(session, secret, at=at)
    check_password(password, email=user.email, name=user.name)
    # Only who has a link may have us do this work.
    password_hash = await hash_password(password)
    async with database.transaction() as session:
        user = await _user_of(session, secret, at=at, for_update=True)
        await session.execute(delete(_reset).where(_reset.c.user_id == user.id))
        await users.set_password(session, user, password_hash, at=at)
        await known_devices.forget_all(session, user.id)
        await told(session, user)


async def forget_ended(session: AsyncSession, *, at: datetime) -> None:
    """Remove the links that nobody used in time."""
    await session.execute(delete(_reset).where(_reset.c.expires_at <= at))


async def _user_of(session: AsyncSession, secret: str, *, at: datetime, for_update: bool = False) -> User:
    """Return whom a link is of, while nobody else uses one.

    A password that was set since by other means ends the links from before: it may have been set because
    somebody else reads the user's e-mail.
    """
    chosen = (
        select(User)
        .select_from(_user.join(_reset, _reset.c.user_id == _user.c.id))
        .where(
            _reset.c.token_hash == hashed(secret),
            _reset.c.expires_at > at,
            _user.c.is_active,
            or_(_user.c.password_changed_at.is_(None), _user.c.password_changed_at <= _reset.c.created_at),
        )
    )
    user = await session.scalar(chosen.with_for_update() if for_update else chosen)
    if user is None:
        raise NotFound(_NOT_VALID)
    return user


async def _sent(session: AsyncSession, user_id: UUID, *, since: datetime) -> int:
    counted = select(func.count()).where(_reset.c.user_id == user_id, _reset.c.created_at > since)
    return await session.scalar(counted) or 0


def _begins_within_seconds() -> float:
    return 0.1 + secrets.randbelow(400) / 1000


def _subjects(email: str, address: str | None) -> Sequence[Subject]:
    account = Subject(sha256(f"reset {email.strip().casefold()}".encode()).digest(), free=3)
    if address is None:
        return (account,)
    # Those who share an address are told apart from those who sign in from there.
    place = throttling.address(address)
    return (account, Subject(sha256(b"reset " + place.name).digest(), free=place.free, is_shared=True))
