"""``/api/invitations``: who may become a user, by a link that works once."""

from dataclasses import replace
from uuid import UUID

from fastapi import Response, status
from sqlalchemy.ext.asyncio import AsyncSession

from hoistscraper.accounts import invitations, users
from hoistscraper.accounts.inviting import invite_by_letter
from hoistscraper.accounts.link_model import Invitation
from hoistscraper.accounts.signing_in import admit
from hoistscraper.api.access import ACCOUNTS
from hoistscraper.api.account_wire import Session
from hoistscraper.api.acting import ActorOf
from hoistscraper.api.link_wire import (
    AcceptedInvitation,
    InvitationList,
    NewInvitation,
    SentInvitation,
    listed_invitation,
)
from hoistscraper.api.parts import PartsOf
from hoistscraper.api.problems import documented
from hoistscraper.api.resource import resource
from hoistscraper.api.session import PlaceOf, welcomed
from hoistscraper.api.trail import TrailOf, by_themselves
from hoistscraper.audit.actions import Action
from hoistscraper.audit.trail import Thing
from hoistscraper.clock import now

router = resource("/invitations", ACCOUNTS)


@router.get("", summary="List invitations")
async def list_invitations(parts: PartsOf) -> InvitationList:
    """Return the invitations that nobody accepted yet, without their links."""
    at = now()
    async with parts.database.transaction() as session:
        listed = await invitations.list_invitations(session)
    return InvitationList(items=[listed_invitation(each, at=at) for each in listed])


@router.post("", status_code=status.HTTP_201_CREATED, responses=documented(409), summary="Invite somebody")
async def invite_user(body: NewInvitation, parts: PartsOf, actor: ActorOf, trail: TrailOf) -> SentInvitation:
    """Invite somebody by e-mail, or by the link in this answer where no e-mail can be sent.

    Who is invited already gets another link; the one before is worth nothing then. 409: the e-mail address is
    a user's.
    """
    at = now()

    async def told(session: AsyncSession, invitation: Invitation) -> None:
        await trail.record(session, Action.USER_INVITE, _thing(invitation), {"role": invitation.role})

    invited = await invite_by_letter(
        parts.database,
        parts.settings,
        email=body.email,
        role=body.role,
        invited_by=actor.name,
        told=told,
        at=at,
    )
    listed = listed_invitation(invited.invitation, at=at)
    return SentInvitation(**listed.model_dump(), link=invited.link, not_sent=invited.not_sent)


@router.delete(
    "/{invitation_id}",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=documented(404),
    summary="Take an invitation back",
)
async def revoke_invitation(invitation_id: UUID, parts: PartsOf, trail: TrailOf) -> None:
    """Have the link of an invitation be worth nothing any more."""
    async with parts.database.transaction() as session:
        invitation = await invitations.revoke(session, invitation_id)
        await trail.record(session, Action.USER_UNINVITE, _thing(invitation))


@router.post(
    "/accept",
    status_code=status.HTTP_201_CREATED,
    responses=documented(404, 409),
    summary="Accept an invitation",
)
async def accept_invitation(
    body: AcceptedInvitation, parts: PartsOf, place: PlaceOf, trail: TrailOf, response: Response
) -> Session:
    """Become a user by the secret of a link, and sign in.

    404: the link was used, has ended or was taken back. 409: the e-mail address is a user's meanwhile.
    """
    at = now()
    user_id = await invitations.accept(
        parts.database,
        secret=body.token.get_secret_value(),
        name=body.name,
        password=body.password.get_secret_value(),
        told=by_themselves(trail, Action.USER_ADD),
        at=at,
    )
    async with parts.database.transaction() as session:
        user = await users.user_by_id(session, user_id)
        # That they are signed in, too, needs no entry of its own.
        signed_in = await admit(session, parts.settings, user, place=replace(place, told=None), at=at)
    return welcomed(parts, signed_in, response)


def _thing(invitation: Invitation) -> Thing:
    return Thing("invitation", invitation.id, invitation.email)
