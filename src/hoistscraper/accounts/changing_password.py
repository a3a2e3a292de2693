"""Change one's own password: whoever only found an open browser does not know the one until now."""

from datetime import datetime
from uuid import UUID

from hoistscraper.accounts import known_devices, throttling, user_sessions, users
from hoistscraper.accounts.passwords import check_password, hash_password, is_right
from hoistscraper.accounts.signing_in import Told
from hoistscraper.database.engine import Database
from hoistscraper.errors import Conflict, Refused


async def change_own_password(
    database: Database,
    user_id: UUID,
    *,
    current: str,
    new: str,
    session_id: UUID | None,
    told: Told,
    at: datetime,
) -> str | None:
    """Change it, and end all other sessions; return the new secret of this one, if it has not ended.

    ``told`` hears of it before it is committed.

    :raises TooOften: too many attempts failed; this one was not looked at.
    :raises Refused: the password until now is another one.
    :raises Invalid: the new one is not good enough.
    :raises Conflict: it was changed meanwhile.
    """
    subjects = (throttling.changing(user_id),)
    async with database.transaction() as session:
        user = await users.user_by_id(session, user_id)
        check_password(new, email=user.email, name=user.name)
        await throttling.count_attempt(session, subjects, at=at)
        known = user.password_hash
    if not await is_right(current, known):
        raise Refused("The password until now is another one: check it.")
    password_hash = await hash_password(new)
    async with database.transaction() as session:
        await throttling.take_back(session, subjects, at=at)
        user = await users.user_by_id(session, user_id, for_update=True)
        if user.password_hash != known:
            raise Conflict("The password was changed meanwhile: sign in again.")
        await users.set_password(session, user, password_hash, at=at, besides=session_id)
        await known_devices.forget_all(session, user_id)
        await told(session, user)
        return await user_sessions.renew(session, session_id) if session_id else None
