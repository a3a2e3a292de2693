"""``/api/session`` and ``/api/setup``: who asks, how one signs in and out, and the first administrator."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Annotated, Literal

from fastapi import Depends, Request, Response, status

from hoistscraper.accounts import user_sessions
from hoistscraper.accounts.actor import Actor, ActorKind, Proof
from hoistscraper.accounts.bearing import csrf_token
from hoistscraper.accounts.passwords import check_password, hash_password
from hoistscraper.accounts.roles import Role
from hoistscraper.accounts.signing_in import Place, SignedIn, admit, sign_in_by_password
from hoistscraper.accounts.users import add_first_administrator, has_administrator
from hoistscraper.api.access import ACCOUNTS
from hoistscraper.api.account_wire import FirstAdministrator, Me, Session, SignIn, WaysIn
from hoistscraper.api.acting import ActorOf
from hoistscraper.api.cookies import Cookies
from hoistscraper.api.parts import Parts, PartsOf
from hoistscraper.api.problems import documented
from hoistscraper.api.resource import resource
from hoistscraper.api.trail import TrailOf, admitted, refused, thing_of
from hoistscraper.audit.actions import Action
from hoistscraper.audit.trail import Thing
from hoistscraper.clock import now
from hoistscraper.desk.owner import inherit
from hoistscraper.errors import NotSignedIn, Refused

router = resource("", ACCOUNTS)

_KINDS: Mapping[ActorKind, Literal["local", "user"]] = MappingProxyType(
    {ActorKind.LOCAL: "local", ActorKind.USER: "user"}
)
_ONLY_HERE = (
    "The first administrator is made at the computer itself: with "
    "`hoistscraper user add EMAIL --role administrator`, or in its own browser at http://127.0.0.1."
)


async def _place(request: Request, parts: PartsOf, trail: TrailOf) -> Place:
    cookies, header = Cookies(parts.settings), request.headers.get("cookie", "").encode("latin-1")
    return Place(
        address=request.client.host if request.client else None,
        user_agent=request.headers.get("user-agent"),
        session_secret=cookies.session_in(header),
        device_secret=cookies.device_in(header),
        told=admitted(trail),
    )


PlaceOf = Annotated[Place, Depends(_place)]


@router.get("/session", summary="Who am I?")
async def read_session(parts: PartsOf, actor: ActorOf, place: PlaceOf) -> Session:
    """Return who has signed in, and what a page needs to ask for more."""
    async with parts.database.transaction() as session:
        is_set_up = await has_administrator(session)
    return _told(parts, actor, is_set_up=is_set_up, secret=place.session_secret)


@router.post("/session", responses=documented(401, 429), summary="Sign in")
async def sign_in(
    body: SignIn, parts: PartsOf, place: PlaceOf, trail: TrailOf, response: Response
) -> Session:
    """Sign in by password; the answer sets the cookie of the session.

    401: the address or the password is not right. 429: too often; Retry-After says when to try again.
    """
    try:
        signed_in = await sign_in_by_password(
            parts.database,
            parts.settings,
            email=body.email,
            password=body.password.get_secret_value(),
            place=place,
            at=now(),
        )
    except NotSignedIn:
        # Attempts that are slowed down are not looked at, and not written down: they cannot fill the trail.
        async with parts.database.transaction() as session:
            await refused(trail, session, body.email)
        raise
    return welcomed(parts, signed_in, response)


@router.delete("/session", status_code=status.HTTP_204_NO_CONTENT, summary="Sign out")
async def sign_out(parts: PartsOf, place: PlaceOf, trail: TrailOf, response: Response) -> None:
    """End the session of this browser, if there is one."""
    if place.session_secret:
        async with parts.database.transaction() as session:
            await user_sessions.end_by_secret(session, place.session_secret)
            if trail.actor.user_id:
                thing = Thing("user", trail.actor.user_id, trail.actor.email)
                await trail.record(session, Action.SESSION_END, thing)
    Cookies(parts.settings).take(response)


@router.post(
    "/setup",
    status_code=status.HTTP_201_CREATED,
    responses=documented(403, 409),
    summary="Make the first administrator",
)
async def set_up(
    body: FirstAdministrator,
    parts: PartsOf,
    actor: ActorOf,
    place: PlaceOf,
    trail: TrailOf,
    response: Response,
) -> Session:
    """Make the administrator of a new HoistScraper and sign in; from then on everybody has to.

    409: there is one already.
    """
    password = body.password.get_secret_value()
    if actor.kind is not ActorKind.LOCAL:
        async with parts.database.transaction() as session:
            if not await has_administrator(session):
                raise Refused(_ONLY_HERE)
    check_password(password, email=body.email, name=body.name)
    password_hash = await hash_password(password)
    at = now()
    async with parts.database.transaction() as session:
        user = await add_first_administrator(
            session, email=body.email, name=body.name, password_hash=password_hash, at=at
        )
        await inherit(session, user.id)
        said = {"name": user.name, "role": user.role, "is_first": True}
        await trail.record(session, Action.USER_ADD, thing_of(user), said)
        # That they are signed in, too, needs no entry of its own.
        signed_in = await admit(session, parts.settings, user, place=replace(place, told=None), at=at)
    return welcomed(parts, signed_in, response)


def welcomed(parts: Parts, signed_in: SignedIn, response: Response) -> Session:
    """Return what somebody is told who has signed in, and give the cookies."""
    Cookies(parts.settings).give(response, signed_in)
    user, role = signed_in.user, Role(signed_in.user.role)
    actor = Actor(ActorKind.USER, user.name, role, user.id, user.email, Proof.SESSION, signed_in.session.id)
    return _told(parts, actor, is_set_up=True, secret=signed_in.session_secret)


def _told(parts: Parts, actor: Actor, *, is_set_up: bool, secret: str | None) -> Session:
    me = None
    if actor.user_id is not None and actor.email is not None and actor.role is not None:
        me = Me(id=actor.user_id, name=actor.name, email=actor.email, role=actor.role)
    return Session(
        user=me,
        actor=_KINDS.get(actor.kind, "anonymous"),
        setup_needed=not is_set_up,
        csrf_token=csrf_token(secret) if secret and actor.proof is Proof.SESSION else None,
        sign_in=WaysIn(
            password=True, providers=[parts.settings.oidc_name] if parts.settings.oidc_issuer else []
        ),
    )
