"""``/api/sessions`` and ``/api/me``: one's own sessions, name and password."""

from functools import partial
from uuid import UUID

from fastapi import Response, status
from sqlalchemy.ext.asyncio import AsyncSession

from hoistscraper.accounts import user_sessions, users
from hoistscraper.accounts.actor import Actor
from hoistscraper.accounts.changing_password import change_own_password
from hoistscraper.accounts.user_model import User
from hoistscraper.api.access import ACCOUNTS
from hoistscraper.api.account_wire import (
    ListedUser,
    MyChanges,
    SessionList,
    SessionsEnded,
    listed_session,
    listed_user,
)
from hoistscraper.api.acting import ActorOf
from hoistscraper.api.cookies import Cookies
from hoistscraper.api.parts import PartsOf
from hoistscraper.api.problems import documented
from hoistscraper.api.resource import resource
from hoistscraper.api.trail import TrailOf, thing_of
from hoistscraper.audit.actions import Action
from hoistscraper.audit.trail import Thing, Trail, differences
from hoistscraper.clock import now
from hoistscraper.errors import Invalid, NotFound, Refused

router = resource("", ACCOUNTS)


def own_id(actor: Actor) -> UUID:
    """Return the id of the user who asks.

    :raises Refused: nobody has signed in, for nobody has to yet.
    """
    if actor.user_id is None:
        raise Refused("There are no accounts yet: make the first administrator, with POST /api/setup.")
    return actor.user_id


@router.get("/sessions", summary="List my sessions")
async def list_sessions(parts: PartsOf, actor: ActorOf) -> SessionList:
    """Return the browsers in which I am signed in."""
    mine, at = own_id(actor), now()
    async with parts.database.transaction() as session:
        listed = await user_sessions.sessions_of(session, mine, parts.settings, at=at)
    return SessionList(items=[listed_session(each, this=actor.proof_id) for each in listed])


@router.delete("/sessions", summary="Sign out everywhere")
async def sign_out_everywhere(
    parts: PartsOf, actor: ActorOf, trail: TrailOf, response: Response
) -> SessionsEnded:
    """End all my sessions, this one included; no process of ours lets any of them in any more."""
    mine = own_id(actor)
    async with parts.database.transaction() as session:
        ended = await user_sessions.end_all(session, mine)
        await trail.record(session, Action.SESSION_END, Thing("user", mine, actor.email), {"ended": ended})
    Cookies(parts.settings).take(response)
    return SessionsEnded(ended=ended)


@router.delete(
    "/sessions/{session_id}",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=documented(404),
    summary="End one of my sessions",
)
async def end_session(session_id: UUID, parts: PartsOf, actor: ActorOf, trail: TrailOf) -> None:
    """Sign out in one of my browsers."""
    mine = own_id(actor)
    async with parts.database.transaction() as session:
        if not await user_sessions.end(session, mine, session_id):
            raise NotFound("You have no such session; the list of your sessions shows which there are.")
        await trail.record(session, Action.SESSION_END, Thing("user", mine, actor.email), {"ended": 1})


@router.patch("/me", responses=documented(429), summary="Change my name or password")
async def change_me(
    body: MyChanges, parts: PartsOf, actor: ActorOf, trail: TrailOf, response: Response
) -> ListedUser:
    """Change what is given. A new password needs the one until now, and ends all my other sessions."""
    mine, at = own_id(actor), now()
    if body.password is not None:
        if body.current_password is None:
            raise Invalid("Give the password until now, too, as current_password.")
        secret = await change_own_password(
            parts.database,
            mine,
            current=body.current_password.get_secret_value(),
            new=body.password.get_secret_value(),
            session_id=actor.proof_id,
            told=partial(_password_changed, trail),
            at=at,
        )
        if secret:
            Cookies(parts.settings).give_session(response, secret)
    async with parts.database.transaction() as session:
        user = await users.user_by_id(session, mine)
        if body.name is not None:
            before, user.name = user.name, users.cleaned_name(body.name)
            changes = differences({"name": before}, {"name": user.name})
            await trail.record(session, Action.USER_CHANGE, thing_of(user), changes)
        return listed_user(user)


async def _password_changed(trail: Trail, session: AsyncSession, user: User) -> None:
    await trail.record(session, Action.USER_PASSWORD, thing_of(user))
