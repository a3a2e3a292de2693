"""Invitations: an administrator names an e-mail address and a role; who has the link becomes that user."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from hoistscraper.accounts.bearing import hashed, new_secret
from hoistscraper.accounts.link_model import Invitation
from hoistscraper.accounts.passwords import check_password, hash_password
from hoistscraper.accounts.roles import Role
from hoistscraper.accounts.signing_in import Told
from hoistscraper.accounts.user_model import User
from hoistscraper.accounts.users import add_user, cleaned_name, find_user, folded_email
from hoistscraper.database.engine import Database
from hoistscraper.errors import Conflict, NotFound

VALID = timedelta(days=7)
SHOWN = timedelta(days=30)
"""So long after its end an invitation is shown still, that somebody sees that nobody came."""
_invitation = Invitation.metadata.tables["invitation"]
_NOT_VALID = (
    "This invitation is not valid: it was used, has ended, or was taken back. "
    "Ask who invited you for another one."
)


async def invite(
    session: AsyncSession, *, email: str, role: Role, invited_by: str, at: datetime
) -> tuple[Invitation, str]:
    """Invite somebody; return the invitation with the secret of its link, which is kept by nobody else.

    Who is invited already gets another link, and the one before is worth nothing any more.

    :raises Invalid: the address cannot be one.
    :raises Conflict: somebody has this e-mail address already.
    """
    folded = folded_email(email)
    if await find_user(session, folded) is not None:
        raise Conflict(f"There is a user {folded} already: nobody needs to be invited.")
    secret = new_secret()
    # Nobody invites the same one meanwhile; reading goes on.
    await session.execute(text("LOCK TABLE invitation IN SHARE ROW EXCLUSIVE MODE"))
    await session.execute(delete(_invitation).where(_invitation.c.email == folded))
    invitation = Invitation(
        email=folded,
        role=role.value,
        token_hash=hashed(secret),
        invited_by=invited_by,
        created_at=at,
        expires_at=at + VALID,
    )
    session.add(invitation)
    await session.flush()
    return invitation, secret


async def list_invitations(session: AsyncSession) -> Sequence[Invitation]:
    """Return the invitations that nobody accepted yet, the newest first."""
    return (await session.scalars(select(Invitation).order_by(_invitation.c.id.desc()))).all()


async def invitation_of(session: AsyncSession, email: str) -> UUID:
    """Return the id of the invitation of an e-mail address.

    :raises NotFound: there is none.
    """
    chosen = select(_invitation.c.id).where(_invitation.c.email == email.strip().casefold())
    found: UUID | None = await session.scalar(chosen)
    if found is None:
        raise NotFound(f"Nobody is invited as {email.strip()}; `hoistscraper user invitations` shows who is.")
    return found


async def revoke(session: AsyncSession, invitation_id: UUID) -> Invitation:
    """Take an invitation back; return it.

    :raises NotFound: there is none, or it was accepted.
    """
    invitation = await session.get(Invitation, invitation_id)
    if invitation is None:
        raise NotFound("There is no such invitation; the list of invitations shows which there are.")
    await session.delete(invitation)
    await session.flush()
    return invitation


async def forget_ended(session: AsyncSession, *, at: datetime) -> None:
    """Remove the invitations that ended long ago."""
    await session.execute(delete(_invitation).where(_invitation.c.expires_at <= at - SHOWN))


async def accept(
    database: Database, *, secret: str, name: str, password: str, told: Told, at: datetime
) -> UUID:
    """Become a user by the link of an invitation, which is worth nothing from then on; return the user's id.

    :raises NotFound: the link is not valid.
    :raises Invalid: the name cannot be one, or the password is not good enough.
    :raises Conflict: somebody has this e-mail address meanwhile.
    """
    async with database.transaction() as session:
        invitation = await _valid(session, secret, at=at)
    cleaned = cleaned_name(name)
    check_password(password, email=invitation.email, name=cleaned)
    # Only who has a link may have us do this work.
    password_hash = await hash_password(password)
    async with database.transaction() as session:
        invitation = await _valid(session, secret, at=at, for_update=True)
        await session.delete(invitation)
        user = await add_user(
            session,
            email=invitation.email,
            name=cleaned,
            role=Role(invitation.role),
            password_hash=password_hash,
            at=at,
        )
        await told(session, user)
        return user.id


async def take_up(session: AsyncSession, *, email: str, name: str, at: datetime) -> User | None:
    """Make a user of whoever was invited and is known by a provider; ``None``: nobody was invited so."""
    invited = (
        select(Invitation)
        .where(_invitation.c.email == email, _invitation.c.expires_at > at)
        .with_for_update()
    )
    invitation = await session.scalar(invited)
    if invitation is None:
        return None
    await session.delete(invitation)
    return await add_user(
        session, email=email, name=name, role=Role(invitation.role), password_hash=None, at=at
    )


async def _valid(session: AsyncSession, secret: str, *, at: datetime, for_update: bool = False) -> Invitation:
    chosen = select(Invitation).where(
        _invitation.c.token_hash == hashed(secret), _invitation.c.expires_at > at
    )
    invitation = await session.scalar(chosen.with_for_update() if for_update else chosen)
    if invitation is None:
        raise NotFound(_NOT_VALID)
    return invitation
