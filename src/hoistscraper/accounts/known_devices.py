"""Browsers in which a user has signed in before, known by a cookie that outlives the session."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from hoistscraper.accounts.bearing import hashed, new_secret
from hoistscraper.accounts.user_model import KnownDevice, User

REMEMBERED = timedelta(days=365)
_MOST_OF_ONE_USER = 20
_device = KnownDevice.metadata.tables["known_device"]
_user = User.metadata.tables["user"]


async def find_device(session: AsyncSession, secret: str, *, email: str, at: datetime) -> UUID | None:
    """Return the device of a cookie, if it is one of the user with this e-mail address."""
    joined = _device.join(_user, _user.c.id == _device.c.user_id)
    found: UUID | None = await session.scalar(
        select(_device.c.id)
        .select_from(joined)
        .where(
            _device.c.token_hash == hashed(secret),
            _user.c.email == email,
            _device.c.used_at > at - REMEMBERED,
        )
    )
    return found


async def remember(session: AsyncSession, user_id: UUID, device_id: UUID | None, *, at: datetime) -> str:
    """Remember a device, known or new; return the secret of its cookie, which is another one each time."""
    secret = new_secret()
    values = {"token_hash": hashed(secret), "used_at": at}
    if device_id is not None:
        known = await session.execute(
            update(_device).where(_device.c.id == device_id).values(values).returning(_device.c.id)
        )
        if known.first() is not None:
            return secret
    session.add(KnownDevice(user_id=user_id, token_hash=hashed(secret), used_at=at))
    await session.flush()
    await _leave_room(session, user_id)
    return secret


async def forget_all(session: AsyncSession, user_id: UUID) -> None:
    """Know none of a user's devices any more."""
    await session.execute(delete(_device).where(_device.c.user_id == user_id))


async def forget_ended(session: AsyncSession, *, at: datetime) -> None:
    """Remove the devices that were not used for so long that they count no more."""
    await session.execute(delete(_device).where(_device.c.used_at <= at - REMEMBERED))


async def _leave_room(session: AsyncSession, user_id: UUID) -> None:
    """Remove the devices that were not used for longest where one user has very many."""
    oldest = (
        select(_device.c.id)
        .where(_device.c.user_id == user_id)
        .order_by(_device.c.used_at.desc(), _device.c.id)
        .offset(_MOST_OF_ONE_USER)
    )
    await session.execute(delete(_device).where(_device.c.id.in_(oldest)))
