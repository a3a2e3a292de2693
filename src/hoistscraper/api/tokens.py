"""``/api/tokens``: by which programs are recognised."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, status

from hoistscraper.accounts import api_tokens, users
from hoistscraper.api.access import ACCOUNTS, ADMINISTRATOR, must_be_allowed
from hoistscraper.api.account_wire import IssuedToken, ListedToken, NewToken, TokenList, listed_token
from hoistscraper.api.acting import ActorOf
from hoistscraper.api.parts import PartsOf
from hoistscraper.api.problems import documented
from hoistscraper.api.resource import resource
from hoistscraper.api.sessions import own_id
from hoistscraper.api.trail import TrailOf
from hoistscraper.audit.actions import Action
from hoistscraper.audit.trail import Thing
from hoistscraper.clock import now

router = resource("/tokens", ACCOUNTS)


@router.get("", summary="List tokens")
async def list_tokens(
    parts: PartsOf,
    actor: ActorOf,
    everybodys: Annotated[
        bool, Query(description="Those of all users, for administrators; else one's own.")
    ] = False,
) -> TokenList:
    """Return tokens without their secrets, which nobody has but who made them."""
    if everybodys:
        must_be_allowed(actor, ADMINISTRATOR)
    mine, at = None if everybodys else own_id(actor), now()
    async with parts.database.transaction() as session:
        listed = await api_tokens.list_tokens(session, of_user=mine)
        return TokenList(items=[listed_token(token, user, at=at) for token, user in listed])


@router.post("", status_code=status.HTTP_201_CREATED, responses=documented(409), summary="Make a token")
async def issue_token(body: NewToken, parts: PartsOf, actor: ActorOf, trail: TrailOf) -> IssuedToken:
    """Make a token for oneself; its secret is in this answer and nowhere else."""
    mine, at = own_id(actor), now()
    async with parts.database.transaction() as session:
        user = await users.user_by_id(session, mine, for_update=True)
        token, secret = await api_tokens.issue(
            session, user, name=body.name, role=body.role, expires_at=body.expires_at, at=at
        )
        said = {"user": user.email, "role": token.role, "expires_at": token.expires_at}
        await trail.record(session, Action.TOKEN_ADD, Thing("token", token.id, token.name), said)
        listed: ListedToken = listed_token(token, user, at=at)
    return IssuedToken(**listed.model_dump(), secret=secret)


@router.delete(
    "/{token_id}",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=documented(404),
    summary="Revoke a token",
)
async def revoke_token(token_id: UUID, parts: PartsOf, actor: ActorOf, trail: TrailOf) -> None:
    """Revoke a token for good: one's own, or as administrator anybody's."""
    of_user = None if actor.may(ADMINISTRATOR) else own_id(actor)
    async with parts.database.transaction() as session:
        token = await api_tokens.revoke(session, token_id, of_user=of_user, at=now())
        await trail.record(session, Action.TOKEN_REMOVE, Thing("token", token.id, token.name))
