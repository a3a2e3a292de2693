"""Invite somebody and send the letter; where none can be sent, who invites hands the link on."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from hoistscraper import mail
from hoistscraper.accounts import invitations
from hoistscraper.accounts.letters import invitation_letter, invitation_link
from hoistscraper.accounts.link_model import Invitation
from hoistscraper.accounts.roles import Role
from hoistscraper.database.engine import Database
from hoistscraper.errors import HoistError
from hoistscraper.settings import Settings

Told = Callable[[AsyncSession, Invitation], Awaitable[None]]
"""Hears of an invitation before it is committed."""
_NO_SERVER = "No mail server is set (HOIST_SMTP_URL)."


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation; where its letter was not sent, the link to hand on, and why."""

    invitation: Invitation
    link: str | None = field(default=None, repr=False)
    not_sent: str | None = None


async def invite_by_letter(
    database: Database,
    settings: Settings,
    *,
    email: str,
    role: Role,
    invited_by: str,
    at: datetime,
    told: Told,
) -> Invited:
    """Invite somebody; who was invited before gets another link.

    :raises Invalid: the address cannot be one.
    :raises Conflict: somebody has this e-mail address already.
    """
    async with database.transaction() as session:
        invitation, secret = await invitations.invite(
            session, email=email, role=role, invited_by=invited_by, at=at
        )
        await told(session, invitation)
    link = invitation_link(settings, secret)
    if not mail.is_sent_here(settings):
        return Invited(invitation, link, _NO_SERVER)
    try:
        await mail.send(settings, invitation_letter(settings, invitation, link))
    except HoistError as error:
        return Invited(invitation, link, error.message)
    return Invited(invitation)
