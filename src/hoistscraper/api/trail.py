"""Who changes something from where: what a route writes into the audit trail."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated
from uuid import UUID

from fastapi import Depends
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.requests import HTTPConnection
from starlette.types import Scope

from hoistscraper.accounts.actor import Actor, ActorKind
from hoistscraper.accounts.roles import Role
from hoistscraper.accounts.signing_in import Told
from hoistscraper.accounts.user_model import User
from hoistscraper.api.acting import actor_of
from hoistscraper.api.answer_headers import REQUEST_ID
from hoistscraper.audit.actions import Action
from hoistscraper.audit.trail import Thing, Trail


def trail_of(scope: Scope) -> Trail:
    """Return what the entries of a request have in common."""
    client = scope.get("client")
    name = scope.get(REQUEST_ID)
    return Trail(
        actor_of(scope), origin=client[0] if client else None, request_id=UUID(name) if name else None
    )


def thing_of(user: User) -> Thing:
    """Return a user as the trail names one."""
    return Thing("user", user.id, user.email)


def admitted(trail: Trail) -> Told:
    """Return what writes down who has signed in."""
    return by_themselves(trail, Action.SIGN_IN)


def by_themselves(trail: Trail, action: Action) -> Told:
    """Return what writes down what somebody did who was not known before, but is by now."""

    async def told(session: AsyncSession, user: User) -> None:
        actor = Actor(ActorKind.USER, user.name, Role(user.role), user.id, user.email)
        said = {"name": user.name, "role": user.role} if action is Action.USER_ADD else {}
        await replace(trail, actor=actor).record(session, action, thing_of(user), said)

    return told


async def refused(
    trail: Trail, session: AsyncSession, typed: str, said: Mapping[str, object] | None = None
) -> None:
    """Write down that somebody could not sign in; who types a password in the wrong place keeps it secret."""
    typed = typed.strip()
    label = typed.casefold() if "@" in typed and " " not in typed else "(no e-mail address)"
    await trail.record(session, Action.SIGN_IN_FAILED, Thing("user", label=label), said)


async def _trail(connection: HTTPConnection) -> Trail:
    return trail_of(connection.scope)


TrailOf = Annotated[Trail, Depends(_trail)]
