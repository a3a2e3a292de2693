"""What ``user`` and ``token`` do with the database."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from hoistscraper.accounts import api_tokens, invitations, known_devices, password_resets, users
from hoistscraper.accounts.inviting import Invited, invite_by_letter
from hoistscraper.accounts.letters import reset_link
from hoistscraper.accounts.link_model import Invitation
from hoistscraper.accounts.passwords import hash_password
from hoistscraper.accounts.roles import Role
from hoistscraper.accounts.user_model import ApiToken, User
from hoistscraper.audit.actions import Action
from hoistscraper.audit.trail import Thing
from hoistscraper.cli.opening import opened
from hoistscraper.cli.trail import trail_here
from hoistscraper.clock import now
from hoistscraper.desk.owner import inherit
from hoistscraper.settings import Settings


@asynccontextmanager
async def _changing(settings: Settings) -> AsyncIterator[AsyncSession]:
    async with opened(settings) as database, database.transaction() as session:
        yield session


async def add(settings: Settings, *, email: str, name: str, role: Role, password: str | None) -> None:
    """Add a user.

    :raises Conflict: somebody has this e-mail address already.
    """
    password_hash = await hash_password(password) if password is not None else None
    async with _changing(settings) as session:
        is_first = role is Role.ADMINISTRATOR and not await users.has_administrator(session)
        user = await users.add_user(
            session, email=email, name=name, role=role, password_hash=password_hash, at=now()
        )
        if is_first:
            await inherit(session, user.id)
        said = {"name": user.name, "role": user.role}
        await trail_here().record(session, Action.USER_ADD, _thing(user), said)


async def list_all(settings: Settings) -> Sequence[User]:
    """Return all users."""
    async with _changing(settings) as session:
        return await users.list_users(session)


async def find(settings: Settings, email: str) -> User:
    """Return a user.

    :raises NotFound: there is none.
    """
    async with _changing(settings) as session:
        return await users.user_by_email(session, email)


async def change_role(settings: Settings, email: str, role: Role) -> User:
    """Give a user another role."""
    async with _changing(settings) as session:
        user = await users.user_by_email(session, email)
        changes = {"role": {"from": user.role, "to": role.value}}
        await users.change_role(session, user, role)
        await trail_here().record(session, Action.USER_CHANGE, _thing(user), changes)
        return user


async def set_password(settings: Settings, email: str, password: str) -> None:
    """Give a user another password."""
    password_hash = await hash_password(password)
    async with _changing(settings) as session:
        user = await users.user_by_email(session, email)
        await users.set_password(session, user, password_hash, at=now())
        await known_devices.forget_all(session, user.id)
        await trail_here().record(session, Action.USER_PASSWORD, _thing(user))


async def set_active(settings: Settings, email: str, *, is_active: bool) -> User:
    """Let a user in again, or no longer."""
    async with _changing(settings) as session:
        user = await users.user_by_email(session, email)
        changes = {"is_active": {"from": user.is_active, "to": is_active}}
        await users.set_active(session, user, is_active=is_active)
        await trail_here().record(session, Action.USER_CHANGE, _thing(user), changes)
        return user


async def remove(settings: Settings, email: str) -> User:
    """Remove a user."""
    async with _changing(settings) as session:
        user = await users.user_by_email(session, email)
        was = {"name": user.name, "role": user.role}
        await trail_here().record(session, Action.USER_REMOVE, _thing(user), {"was": was})
        await users.remove_user(session, user)
        return user


async def invite(settings: Settings, email: str, role: Role) -> Invited:
    """Invite somebody; who was invited before gets another link.

    :raises Conflict: somebody has this e-mail address already.
    """
    trail = trail_here()

    async def told(session: AsyncSession, invitation: Invitation) -> None:
        thing = Thing("invitation", invitation.id, invitation.email)
        await trail.record(session, Action.USER_INVITE, thing, {"role": invitation.role})

    async with opened(settings) as database:
        return await invite_by_letter(
            database, settings, email=email, role=role, invited_by=trail.actor.name, told=told, at=now()
        )


async def list_invitations(settings: Settings) -> Sequence[Invitation]:
    """Return the invitations that nobody accepted yet."""
    async with _changing(settings) as session:
        return await invitations.list_invitations(session)


async def revoke_invitation(settings: Settings, email: str) -> None:
    """Take the invitation of an e-mail address back.

    :raises NotFound: there is none.
    """
    async with _changing(settings) as session:
        invitation = await invitations.revoke(session, await invitations.invitation_of(session, email))
        thing = Thing("invitation", invitation.id, invitation.email)
        await trail_here().record(session, Action.USER_UNINVITE, thing)


async def make_reset_link(settings: Settings, email: str) -> str:
    """Return a link by which a user sets another password.

    :raises NotFound: there is no such user.
    :raises Refused: this user may not sign in.
    """
    async with _changing(settings) as session:
        user = await users.user_by_email(session, email)
        secret = await password_resets.make_link(session, user, at=now())
        await trail_here().record(session, Action.USER_RESET_LINK, _thing(user))
        return reset_link(settings, secret)


async def issue_token(
    settings: Settings, email: str, *, name: str, role: Role | None, expires_at: datetime | None
) -> tuple[ApiToken, str]:
    """Make a token of a user, who may do what it may unless a lower role is named."""
    async with _changing(settings) as session:
        user = await users.user_by_email(session, email)
        token, secret = await api_tokens.issue(
            session, user, name=name, role=role or Role(user.role), expires_at=expires_at, at=now()
        )
        said = {"user": user.email, "role": token.role, "expires_at": token.expires_at}
        await trail_here().record(session, Action.TOKEN_ADD, Thing("token", token.id, token.name), said)
        return token, secret


async def list_tokens(settings: Settings) -> Sequence[tuple[ApiToken, User]]:
    """Return the tokens of everybody."""
    async with _changing(settings) as session:
        return await api_tokens.list_tokens(session, of_user=None)


async def revoke_token(settings: Settings, token_id: UUID) -> ApiToken:
    """Revoke a token.

    :raises NotFound: there is no such token.
    """
    async with _changing(settings) as session:
        token = await api_tokens.revoke(session, token_id, of_user=None, at=now())
        await trail_here().record(session, Action.TOKEN_REMOVE, Thing("token", token.id, token.name))
        return token


def _thing(user: User) -> Thing:
    return Thing("user", user.id, user.email)
