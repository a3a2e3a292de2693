"""API tokens: by which programs of a user are recognised."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from hoistscraper.accounts.bearing import hashed, new_token, shown_part
from hoistscraper.accounts.roles import Role
from hoistscraper.accounts.user_model import ApiToken, User
from hoistscraper.accounts.users import cleaned_name
from hoistscraper.errors import Conflict, Invalid, NotFound, Refused

MOST_OF_ONE_USER = 100
_token = ApiToken.metadata.tables["api_token"]
_user = User.metadata.tables["user"]


async def issue(
    session: AsyncSession, user: User, *, name: str, role: Role, expires_at: datetime | None, at: datetime
) -> tuple[ApiToken, str]:
    """Make a token; return it with its secret, which is told this once.

    :raises Refused: it could do more than its user.
    :raises Invalid: it has ended already.
    :raises Conflict: the user has as many as there may be.
    """
    if not Role(user.role).includes(role):
        raise Refused(f"A token may not do more than its user, who is {user.role}: choose a lower role.")
    if expires_at is not None and expires_at <= at:
        raise Invalid("The token would have ended already: choose a time that is to come.")
    there = await list_tokens(session, of_user=user.id)
    if sum(not has_ended(token, at=at) for token, _ in there) >= MOST_OF_ONE_USER:
        raise Conflict(f"There are {MOST_OF_ONE_USER} tokens already: revoke some that are not needed.")
    secret = new_token()
    token = ApiToken(
        token_hash=hashed(secret),
        user_id=user.id,
        name=cleaned_name(name),
        prefix=shown_part(secret),
        role=role.value,
        created_at=at,
        expires_at=expires_at,
    )
    session.add(token)
    await session.flush()
    return token, secret


def has_ended(token: ApiToken, *, at: datetime) -> bool:
    """Whether a token is worth nothing any more."""
    return token.revoked_at is not None or (token.expires_at is not None and token.expires_at <= at)


async def list_tokens(session: AsyncSession, *, of_user: UUID | None) -> Sequence[tuple[ApiToken, User]]:
    """Return the tokens of one user, or of everybody (``None``), with their users, the newest first."""
    listed = (
        select(ApiToken, User)
        .select_from(_token.join(_user, _user.c.id == _token.c.user_id))
        .order_by(_token.c.id.desc())
    )
    if of_user is not None:
        listed = listed.where(_token.c.user_id == of_user)
    return [(row[0], row[1]) for row in await session.execute(listed)]


async def revoke(session: AsyncSession, token_id: UUID, *, of_user: UUID | None, at: datetime) -> ApiToken:
    """Revoke a token for good; of one user alone, or of anybody (``None``).

    :raises NotFound: there is no such token, or it is somebody else's.
    """
    token = await session.get(ApiToken, token_id)
    if token is None or (of_user is not None and token.user_id != of_user):
        raise NotFound("There is no such token; the list of tokens shows which there are.")
    if token.revoked_at is None:
        token.revoked_at = at
    await session.flush()
    return token


async def note_use(session: AsyncSession, token_id: UUID, *, at: datetime) -> None:
    """Note that a token is in use."""
    await session.execute(update(_token).where(_token.c.id == token_id).values(last_used_at=at))
