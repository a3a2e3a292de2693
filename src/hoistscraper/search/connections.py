"""Connections to search over: bounded in time, and set up so that plans are made for the values at hand."""

from typing import Any, TypeAlias

import psycopg
from sqlalchemy.ext.asyncio import AsyncSession

Connection: TypeAlias = psycopg.AsyncConnection[Any]

TIMEOUT_SECONDS = 5.0
_SET = (
    # Compiling a statement takes longer than any of ours.
    "SELECT set_config('jit', 'off', {local}), "
    # A common word and a rare one must not share a plan.
    "set_config('plan_cache_mode', 'force_custom_plan', {local}), "
    "set_config('TimeZone', 'UTC', {local}), "
    "set_config('statement_timeout', '{milliseconds}', {local})"
)


async def prepare(connection: Connection, *, timeout_seconds: float = TIMEOUT_SECONDS) -> None:
    """Set up a connection of a pool for searching, once for as long as it is open."""
    await connection.execute(_set(timeout_seconds, is_local=False))


async def searching(session: AsyncSession, *, timeout_seconds: float = TIMEOUT_SECONDS) -> Connection:
    """Return a session's connection, set up for searching until its transaction ends."""
    raw = await (await session.connection()).get_raw_connection()
    connection: Connection = raw.driver_connection  # type: ignore[assignment]
    await connection.execute(_set(timeout_seconds, is_local=True))
    return connection


def _set(timeout_seconds: float, *, is_local: bool) -> str:
    return _SET.format(local=str(is_local).lower(), milliseconds=round(timeout_seconds * 1000))
