"""Marks on opportunities: starred for later, or ignored as not for us."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from psycopg import AsyncConnection
from sqlalchemy import delete, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from uuid_utils.compat import uuid7

from hoistscraper.database.paging import JsonPage, Order, read_page, shown_columns
from hoistscraper.desk.model import Triage
from hoistscraper.desk.owner import owned
from hoistscraper.errors import NotFound
from hoistscraper.search.rows import ROW, TOLD

_triage = Triage.metadata.tables["triage"]
_NEWEST = Order("at", "timestamptz", is_descending=True)
_COLUMNS = shown_columns(
    "id state at opportunity",
    opportunity=f"(SELECT {ROW}::json FROM opportunity o CROSS JOIN {TOLD} WHERE o.id = opportunity_id)",
)


class TriageState(StrEnum):
    """What somebody thinks of an opportunity."""

    STARRED = "starred"
    IGNORED = "ignored"


@dataclass(frozen=True, slots=True)
class Marked:
    """An opportunity with its mark, and since when."""

    opportunity_id: UUID
    state: TriageState
    at: datetime


async def put(
    session: AsyncSession, user_id: UUID | None, opportunity_id: UUID, state: TriageState, *, at: datetime
) -> None:
    """Mark an opportunity, whatever it was marked as.

    :raises NotFound: there is none with this id.
    """
    conflict = "(opportunity_id) WHERE user_id IS NULL" if user_id is None else "(user_id, opportunity_id)"
    values = {
        "id": uuid7(),
        "user_id": user_id,
        "opportunity_id": opportunity_id,
        "state": state.value,
        "at": at,
    }
    try:
        await session.execute(
            text(
                "INSERT INTO triage (id, user_id, opportunity_id, state, at) "
                "VALUES (:id, :user_id, :opportunity_id, :state, :at) "
                f"ON CONFLICT {conflict} DO UPDATE SET state = excluded.state, at = excluded.at"
            ),
            values,
        )
    except IntegrityError:
        raise NotFound(f"There is no opportunity {opportunity_id}; search for what there is.") from None


async def take(session: AsyncSession, user_id: UUID | None, opportunity_id: UUID) -> None:
    """Take a mark away, if there is one."""
    mine = _triage.c.user_id.is_(None) if user_id is None else _triage.c.user_id == user_id
    await session.execute(delete(_triage).where(mine, _triage.c.opportunity_id == opportunity_id))


async def marks_of(
    connection: AsyncConnection, user_id: UUID | None, opportunity_ids: Sequence[UUID]
) -> list[Marked]:
    """Return how some opportunities are marked; those that are not are left out."""
    found = await connection.execute(
        f"SELECT opportunity_id, state, at FROM triage WHERE {owned(user_id)} "
        "AND opportunity_id = ANY(%(ids)s)".encode(),
        {"user_id": user_id, "ids": list(opportunity_ids)},
    )
    return [
        Marked(opportunity_id, TriageState(state), at) for opportunity_id, state, at in await found.fetchall()
    ]


async def list_page(
    connection: AsyncConnection,
    user_id: UUID | None,
    state: TriageState,
    *,
    now: datetime,
    limit: int,
    cursor: str | None,
) -> JsonPage:
    """Return opportunities that are marked, the latest mark first."""
    return await read_page(
        connection,
        columns=_COLUMNS,
        table="triage",
        where=f"{owned(user_id)} AND state = %(state)s",
        values={"user_id": user_id, "state": state.value, "now": now},
        order=_NEWEST,
        limit=limit,
        cursor=cursor,
        of=("triage", user_id, state.value),
    )
