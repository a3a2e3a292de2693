"""Sessions: a browser is recognised by a cookie until somebody signs out, or it was not used for long."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from hoistscraper.accounts.bearing import hashed, new_secret
from hoistscraper.accounts.user_model import User, UserSession
from hoistscraper.settings import Settings

_MOST_OF_ONE_USER = 100
_LONGEST_USER_AGENT = 200
_session = UserSession.metadata.tables["session"]


def idle_time(settings: Settings) -> timedelta:
    """Return after how long without use a session ends."""
    return timedelta(hours=settings.session_idle_hours)


async def begin(
    session: AsyncSession,
    user: User,
    settings: Settings,
    *,
    at: datetime,
    address: str | None,
    user_agent: str | None,
) -> tuple[UserSession, str]:
    """Begin a session; return it with the secret of its cookie, which is kept by nobody else."""
    secret = new_secret()
    begun = UserSession(
        token_hash=hashed(secret),
        user_id=user.id,
        created_at=at,
        last_seen_at=at,
        expires_at=at + timedelta(days=settings.session_days),
        address=address,
        user_agent=user_agent[:_LONGEST_USER_AGENT] if user_agent else None,
    )
    await _leave_room(session, user.id)
    session.add(begun)
    await session.flush()
    return begun, secret


async def renew(session: AsyncSession, session_id: UUID) -> str | None:
    """Give a session another secret; the one before is worth nothing from now on. ``None``: it has ended."""
    secret = new_secret()
    renewed = await session.execute(
        update(_session)
        .where(_session.c.id == session_id)
        .values(token_hash=hashed(secret))
        .returning(_session.c.id)
    )
    return secret if renewed.first() is not None else None


async def sessions_of(
    session: AsyncSession, user_id: UUID, settings: Settings, *, at: datetime
) -> Sequence[UserSession]:
    """Return the sessions of a user that have not ended, the one that was used last first."""
    listed = select(UserSession).where(_session.c.user_id == user_id, ~_has_ended(settings, at))
    return (await session.scalars(listed.order_by(_session.c.last_seen_at.desc(), _session.c.id))).all()


async def end(session: AsyncSession, user_id: UUID, session_id: UUID) -> bool:
    """End a session of a user; ``False``: the user has no such session."""
    ended = await session.execute(
        delete(_session)
        .where(_session.c.id == session_id, _session.c.user_id == user_id)
        .returning(_session.c.id)
    )
    return ended.first() is not None


async def end_by_secret(session: AsyncSession, secret: str) -> None:
    """End the session of a cookie, if there is one."""
    await session.execute(delete(_session).where(_session.c.token_hash == hashed(secret)))


async def end_all(session: AsyncSession, user_id: UUID, *, besides: UUID | None = None) -> int:
    """End all sessions of a user but one; return how many that were."""
    chosen = delete(_session).where(_session.c.user_id == user_id).returning(_session.c.id)
    if besides is not None:
        chosen = chosen.where(_session.c.id != besides)
    return len((await session.execute(chosen)).all())


async def note_use(session: AsyncSession, session_id: UUID, *, at: datetime) -> None:
    """Note that a session is in use."""
    await session.execute(update(_session).where(_session.c.id == session_id).values(last_seen_at=at))


async def forget_ended(session: AsyncSession, *, at: datetime) -> None:
    """Remove the sessions whose last day is over.

    One that was not used for too long stays until then: a worker may have been told of another time than the
    server that people sign in to.
    """
    await session.execute(delete(_session).where(_session.c.expires_at <= at))


async def _leave_room(session: AsyncSession, user_id: UUID) -> None:
    """End the sessions that were not used for longest where one user has very many."""
    oldest = (
        select(_session.c.id)
        .where(_session.c.user_id == user_id)
        .order_by(_session.c.last_seen_at.desc(), _session.c.id)
        .offset(_MOST_OF_ONE_USER - 1)
    )
    await session.execute(delete(_session).where(_session.c.id.in_(oldest)))


def _has_ended(settings: Settings, at: datetime) -> ColumnElement[bool]:
    return or_(_session.c.expires_at <= at, _session.c.last_seen_at <= at - idle_time(settings))
