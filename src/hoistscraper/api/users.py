"""``/api/users``: who may sign in, and what each of them may do."""

from uuid import UUID

from fastapi import Response, status

from hoistscraper.accounts import known_devices, password_resets, user_sessions, users
from hoistscraper.accounts.letters import reset_link
from hoistscraper.accounts.passwords import check_password, hash_password
from hoistscraper.accounts.user_model import User
from hoistscraper.api.access import ACCOUNTS
from hoistscraper.api.account_wire import ListedUser, NewUser, UserChanges, UserList, listed_user
from hoistscraper.api.acting import ActorOf
from hoistscraper.api.cookies import Cookies
from hoistscraper.api.link_wire import ResetLink
from hoistscraper.api.parts import PartsOf
from hoistscraper.api.problems import documented
from hoistscraper.api.resource import resource
from hoistscraper.api.trail import TrailOf, thing_of
from hoistscraper.audit.actions import Action
from hoistscraper.audit.trail import differences
from hoistscraper.clock import now

router = resource("/users", ACCOUNTS)


@router.get("", summary="List users")
async def list_users(parts: PartsOf) -> UserList:
    """Return everybody who may sign in, or may no longer."""
    async with parts.database.transaction() as session:
        return UserList(items=[listed_user(user) for user in await users.list_users(session)])


@router.post("", status_code=status.HTTP_201_CREATED, responses=documented(409), summary="Add a user")
async def add_user(body: NewUser, parts: PartsOf, trail: TrailOf) -> ListedUser:
    """Add a user. 409: the e-mail address is another user's."""
    password_hash = None
    if body.password is not None:
        password = body.password.get_secret_value()
        check_password(password, email=body.email, name=body.name)
        password_hash = await hash_password(password)
    async with parts.database.transaction() as session:
        user = await users.add_user(
            session, email=body.email, name=body.name, role=body.role, password_hash=password_hash, at=now()
        )
        said = {"name": user.name, "role": user.role}
        await trail.record(session, Action.USER_ADD, thing_of(user), said)
        return listed_user(user)


@router.get("/{user_id}", responses=documented(404), summary="Read a user")
async def read_user(user_id: UUID, parts: PartsOf) -> ListedUser:
    """Return one user."""
    async with parts.database.transaction() as session:
        return listed_user(await users.user_by_id(session, user_id))


@router.patch("/{user_id}", responses=documented(404, 409), summary="Change a user")
async def change_user(
    user_id: UUID, body: UserChanges, parts: PartsOf, actor: ActorOf, trail: TrailOf, response: Response
) -> ListedUser:
    """Change what is given; the rest stays. 409: nobody would be administrator any more."""
    own_session = actor.proof_id if actor.user_id == user_id else None
    password_hash = None
    if body.password is not None:
        async with parts.database.transaction() as session:
            user = await users.user_by_id(session, user_id)
        password = body.password.get_secret_value()
        check_password(password, email=user.email, name=body.name or user.name)
        password_hash = await hash_password(password)
    secret = None
    async with parts.database.transaction() as session:
        user = await users.user_by_id(session, user_id)
        before = _recorded(user)
        if body.role is not None:
            await users.change_role(session, user, body.role, besides=own_session)
        if body.active is not None:
            await users.set_active(session, user, is_active=body.active)
        if body.name is not None:
            user.name = users.cleaned_name(body.name)
        if password_hash is not None:
            await users.set_password(session, user, password_hash, at=now(), besides=own_session)
            await known_devices.forget_all(session, user_id)
        if own_session and (body.role is not None or password_hash is not None):
            secret = await user_sessions.renew(session, own_session)
        changes = differences(before, _recorded(user))
        if password_hash is not None:
            changes["has_new_password"] = True
        await trail.record(session, Action.USER_CHANGE, thing_of(user), changes)
        changed = listed_user(user)
    if secret:
        Cookies(parts.settings).give_session(response, secret)
    return changed


@router.delete(
    "/{user_id}",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=documented(404, 409),
    summary="Remove a user",
)
async def remove_user(user_id: UUID, parts: PartsOf, trail: TrailOf) -> None:
    """Remove a user with sessions and tokens. 409: nobody would be administrator any more."""
    async with parts.database.transaction() as session:
        user = await users.user_by_id(session, user_id)
        await trail.record(session, Action.USER_REMOVE, thing_of(user), {"was": _recorded(user)})
        await users.remove_user(session, user)


@router.post(
    "/{user_id}/reset-link",
    status_code=status.HTTP_201_CREATED,
    responses=documented(403, 404),
    summary="Make a link to a new password",
)
async def make_reset_link(user_id: UUID, parts: PartsOf, trail: TrailOf) -> ResetLink:
    """Return a link by which a user sets another password, once and within an hour.

    403: the user may not sign in, or it was asked for with a token.
    """
    at = now()
    async with parts.database.transaction() as session:
        user = await users.user_by_id(session, user_id)
        secret = await password_resets.make_link(session, user, at=at)
        await trail.record(session, Action.USER_RESET_LINK, thing_of(user))
    return ResetLink(link=reset_link(parts.settings, secret), expires_at=at + password_resets.VALID)


def _recorded(user: User) -> dict[str, object]:
    return {"email": user.email, "name": user.name, "role": user.role, "is_active": user.is_active}
