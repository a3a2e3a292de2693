"""Hear what is changed in the database, by whomever; and prove that one still hears.

Triggers tell of each change when it is committed, in the order of the commits. A beat that one sends oneself
travels the same way: once it is back, everything that was committed before it was sent has been heard.
"""

import asyncio
import logging
from time import monotonic
from typing import Protocol
from uuid import uuid4

import psycopg
from psycopg import AsyncConnection, Notify

from hoistscraper.database.snapshots import Snapshot
from hoistscraper.database.urls import client_url, parse_url

BEAT_SECONDS = 1.0
_LONGEST_BEAT_SECONDS = 5.0
_CONNECT_SECONDS = 5
_PAUSE_SECONDS = 0.5
_CHANNEL = "hoistscraper_changed"
_LISTEN = f"LISTEN {_CHANNEL}"
# Nobody needs to wait until the disk has a beat.
_SETTLE = "SET synchronous_commit = off"
_SERVER = (
    "SELECT concat_ws('/', oid, pg_postmaster_start_time()) FROM pg_database "
    "WHERE datname = current_database()"
)
# The minute is the server's, so that all who listen mean the same.
_BEAT = (
    f"SELECT pg_notify('{_CHANNEL}', concat_ws(':', '', %s::text, "
    "floor(extract(epoch FROM clock_timestamp()) / 60), pg_current_xact_id())), pg_current_snapshot()::text"
)

_log = logging.getLogger(__name__)


class Ear(Protocol):
    """Who wants to hear of changes."""

    def begin(self, server: str) -> None:
        """From now on every change is heard; what was before is not known. ``server`` names this one."""

    def changed(self, table: str, transaction: int) -> None:
        """Something in a table was changed."""

    def beat(self, minute: int, transaction: int) -> None:
        """One of those who listen has beaten; they all hear that at the same place among the changes."""

    def proven(self, over: Snapshot, *, sent_at: float) -> None:
        """All changes before ``sent_at`` (monotonic) and those that ``over`` shows have been heard."""

    def lost(self) -> None:
        """From now on changes are missed."""


async def keep_listening(url: str, ear: Ear) -> None:
    """Tell an ear of changes until cancelled; a connection that is lost is made anew."""
    while True:
        try:
            await _listen(url, ear)
        # ValueError: somebody used our channel for something else; what was missed by it nobody knows.
        except (psycopg.Error, OSError, TimeoutError, ValueError) as error:
            _log.debug("changes of the database are not heard for a moment: %s", error)
        finally:
            ear.lost()
        await asyncio.sleep(_PAUSE_SECONDS)


async def _listen(url: str, ear: Ear) -> None:
    connection = await AsyncConnection.connect(
        client_url(parse_url(url)),
        autocommit=True,
        application_name="hoistscraper changes",
        connect_timeout=_CONNECT_SECONDS,
    )
    async with connection:
        for statement in (_SETTLE, _LISTEN):
            await connection.execute(statement.encode())
        server = await (await connection.execute(_SERVER.encode())).fetchone()
        ear.begin(str(server[0]) if server else "")
        while True:
            await _beat(connection, ear)


async def _beat(connection: AsyncConnection, ear: Ear) -> None:
    """Beat once, and tell what comes until the next time."""
    name, sent_at = uuid4().hex, monotonic()
    async with asyncio.timeout(_LONGEST_BEAT_SECONDS):
        row = await (await connection.execute(_BEAT.encode(), (name,))).fetchone()
    snapshot = Snapshot.parse(row[1]) if row else None
    async for notice in connection.notifies(timeout=max(0.0, sent_at + BEAT_SECONDS - monotonic())):
        if _tell(notice, ear) == name and snapshot:
            ear.proven(snapshot, sent_at=sent_at)


def _tell(notice: Notify, ear: Ear) -> str | None:
    """Pass a notice on; return the name of a beat."""
    table, _, rest = notice.payload.partition(":")
    if table:
        ear.changed(table, int(rest))
        return None
    name, minute, transaction = rest.split(":")
    ear.beat(int(minute), int(transaction))
    return name
