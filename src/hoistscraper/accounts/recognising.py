"""Who bears a secret: looked up by its hash, on a connection that only reads."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from psycopg import AsyncConnection

from hoistscraper.accounts.actor import Actor, ActorKind, Proof
from hoistscraper.accounts.bearing import hashed
from hoistscraper.accounts.roles import Role, lower

_SESSION = b"""
SELECT u.id, u.name, u.email, u.role, s.id, u.role, s.expires_at, s.last_seen_at
FROM session s JOIN "user" u ON u.id = s.user_id
WHERE s.token_hash = %s AND u.is_active
"""
_TOKEN = b"""
SELECT u.id, u.name, u.email, u.role, t.id, t.role, t.expires_at, t.last_used_at
FROM api_token t JOIN "user" u ON u.id = t.user_id
WHERE t.token_hash = %s AND u.is_active AND t.revoked_at IS NULL
"""
_ADMINISTRATOR = b"""SELECT EXISTS (SELECT FROM "user" WHERE role = 'administrator' AND is_active)"""


@dataclass(frozen=True, slots=True)
class Recognised:
    """Somebody, until when at most, and when the session or token was last noted to be in use."""

    actor: Actor
    until: datetime | None
    used_at: datetime | None


async def recognise_session(
    connection: AsyncConnection, secret: str, *, idle_time: timedelta, at: datetime
) -> Recognised | None:
    """Return whose session a cookie is of; ``None``: it has ended, or never was."""
    row = await _row(connection, _SESSION, secret)
    if row is None:
        return None
    *_, expires_at, seen_at = row
    until = min(expires_at, seen_at + idle_time)
    return Recognised(_actor(row, Proof.SESSION), until, seen_at) if until > at else None


async def recognise_token(connection: AsyncConnection, secret: str, *, at: datetime) -> Recognised | None:
    """Return whose token this is; ``None``: it has ended, was revoked, or never was."""
    row = await _row(connection, _TOKEN, secret)
    if row is None:
        return None
    *_, expires_at, used_at = row
    if expires_at is not None and expires_at <= at:
        return None
    return Recognised(_actor(row, Proof.TOKEN), expires_at, used_at)


async def is_there_an_administrator(connection: AsyncConnection) -> bool:
    """Whether somebody may change everything, so that nobody else may any more."""
    row = await (await connection.execute(_ADMINISTRATOR)).fetchone()
    return bool(row and row[0])


async def _row(connection: AsyncConnection, statement: bytes, secret: str) -> tuple[Any, ...] | None:
    found = await connection.execute(statement, (hashed(secret),))
    return await found.fetchone()


def _actor(row: tuple[Any, ...], proof: Proof) -> Actor:
    user_id, name, email, role, proof_id, own_role, *_ = row
    return Actor(ActorKind.USER, name, lower(Role(role), Role(own_role)), user_id, email, proof, proof_id)
