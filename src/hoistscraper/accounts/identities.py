"""Whom a provider sends: known by what it calls them, which never changes, and at first by their e-mail."""

import re
from datetime import datetime

from sqlalchemy import ColumnElement, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from hoistscraper.accounts import invitations, users
from hoistscraper.accounts.link_model import Identity
from hoistscraper.accounts.provider_claims import Claims
from hoistscraper.accounts.roles import Role
from hoistscraper.accounts.signing_in import Told
from hoistscraper.accounts.user_model import User
from hoistscraper.accounts.users import LONGEST_NAME, add_user, folded_email
from hoistscraper.errors import Refused
from hoistscraper.settings import Settings

_identity = Identity.metadata.tables["identity"]
_user = User.metadata.tables["user"]
_INVISIBLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


async def recognise(
    session: AsyncSession, settings: Settings, claims: Claims, *, told: Told, at: datetime
) -> User:
    """Return the user whom a provider sends, who is made where the settings or an invitation allow it.

    ``told`` hears of who was made.

    :raises Refused: the e-mail address is not verified or not of those that may sign in, nobody invited its
        owner, or the account is closed or belongs to somebody else there.
    """
    email = _verified_email(settings, claims)
    # Nobody else is recognised for the first time meanwhile.
    await session.execute(text("LOCK TABLE identity IN SHARE ROW EXCLUSIVE MODE"))
    known = await session.scalar(select(User).where(_is(claims)))
    user = known or await _met_first(session, settings, claims, email=email, told=told, at=at)
    if not user.is_active:
        raise Refused("Your account is closed: ask an administrator to let you in again.")
    if known is None:
        session.add(Identity(user_id=user.id, issuer=claims.issuer, subject=claims.subject, created_at=at))
        await session.flush()
    return user


async def _met_first(
    session: AsyncSession, settings: Settings, claims: Claims, *, email: str, told: Told, at: datetime
) -> User:
    user = await users.find_user(session, email)
    if user is not None:
        await _must_be_nobodys(session, settings, claims, user)
        return user
    name = _name(claims, email)
    invited = await invitations.take_up(session, email=email, name=name, at=at)
    if invited is not None:
        await told(session, invited)
        return invited
    if settings.oidc_role == "invited-only":
        raise Refused(f"Nobody has invited {email} yet: ask an administrator for an invitation.")
    made = await add_user(
        session, email=email, name=name, role=Role(settings.oidc_role), password_hash=None, at=at
    )
    await told(session, made)
    return made


async def _must_be_nobodys(session: AsyncSession, settings: Settings, claims: Claims, user: User) -> None:
    """See that a user is not known as somebody else there: e-mail addresses are given to others in time."""
    other = select(_identity.c.id).where(_identity.c.user_id == user.id, _identity.c.issuer == claims.issuer)
    if await session.scalar(other) is not None:
        raise Refused(
            f"{user.email} belongs to another account at {settings.oidc_name}: ask an administrator to "
            "remove that user, and to invite you."
        )


def _verified_email(settings: Settings, claims: Claims) -> str:
    if claims.email is None or not claims.is_email_verified:
        raise Refused(
            f"{settings.oidc_name} does not say that your e-mail address is yours: verify it there, then "
            "sign in once more."
        )
    email = folded_email(claims.email)
    if settings.oidc_domains and email.rpartition("@")[2] not in settings.oidc_domains:
        raise Refused(f"{email} is not of those who may sign in here: take another account, or ask for one.")
    return email


def _name(claims: Claims, email: str) -> str:
    shown = _INVISIBLE.sub(" ", claims.name or "").strip()[:LONGEST_NAME].strip()
    return shown or email[:LONGEST_NAME]


def _is(claims: Claims) -> ColumnElement[bool]:
    named = select(_identity.c.user_id).where(
        _identity.c.issuer == claims.issuer, _identity.c.subject == claims.subject
    )
    return _user.c.id.in_(named)
