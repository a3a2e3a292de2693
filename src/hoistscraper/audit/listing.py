"""The audit trail in pages, as JSON that the database writes."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import AsyncConnection

from hoistscraper.audit.actions import Action
from hoistscraper.audit.model import WORDS
from hoistscraper.database.paging import JsonPage, Order, read_page, shown_columns
from hoistscraper.database.reads import Reads
from hoistscraper.extraction.folding import fold

COLUMNS = shown_columns(
    "id at actor_kind actor_id actor_name action thing_kind thing_id thing_label origin request_id changes"
)
_NEWEST = Order("at", "timestamptz", is_descending=True)
_WORD = re.compile(r"[^\W_]+")
_BATCH = 500
_MOST = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditFilter:
    """Which entries are wanted; ``None`` does not matter. ``words`` are looked for in names and changes."""

    words: str | None = None
    actor_id: UUID | None = None
    actor_name: str | None = None
    action: Action | None = None
    thing_kind: str | None = None
    thing_id: str | None = None
    since: datetime | None = None
    before: datetime | None = None

    def condition(self) -> tuple[str, dict[str, object]]:
        """Return the condition for a statement, and its values."""
        values: dict[str, object] = {
            "actor_id": self.actor_id,
            "actor_name": self.actor_name,
            "action": self.action and self.action.value,
            "thing_kind": self.thing_kind,
            "thing_id": self.thing_id,
            "since": self.since,
            "before": self.before,
        }
        given = {name: value for name, value in values.items() if value is not None}
        signs = {"since": "at >=", "before": "at <"}
        parts = [f"{signs.get(name, f'{name} =')} %({name})s" for name in given]
        if tokens := _WORD.findall(fold(self.words or "")):
            parts.append(f"{WORDS} @@ to_tsquery('simple', %(words)s)")
            given["words"] = " & ".join(f"{token}:*" for token in tokens)
        return " AND ".join(parts) or "true", given


async def list_page(
    connection: AsyncConnection, wanted: AuditFilter, *, limit: int, cursor: str | None
) -> JsonPage:
    """Return a page of entries, the newest first.

    :raises Invalid: the cursor is of no use here.
    """
    where, values = wanted.condition()
    return await read_page(
        connection,
        columns=COLUMNS,
        table="audit_entry",
        where=where,
        values=values,
        order=_NEWEST,
        limit=limit,
        cursor=cursor,
        of=("audit-entries", wanted),
    )


async def all_entries(
    reads: Reads, wanted: AuditFilter, *, most: int = _MOST
) -> AsyncIterator[dict[str, Any]]:
    """Yield the entries that are wanted, the newest first, some at a time.

    Between these, no connection is held: whoever takes them away may be slow.
    """
    where, values = wanted.condition()
    columns = ", ".join(COLUMNS)
    place: tuple[str, str] | None = None
    given = 0
    while given < most:
        after, after_values = _NEWEST.after(place)
        statement = (
            f"SELECT row_to_json(shown), at::text FROM (SELECT {columns} FROM audit_entry "
            f"WHERE {where} AND {after} ORDER BY {_NEWEST.clause} LIMIT %(limit)s) AS shown"
        )
        limit = min(_BATCH, most - given)
        async with reads.connection() as connection:
            answer = await connection.execute(statement.encode(), {**values, **after_values, "limit": limit})
            rows = await answer.fetchall()
        for row, _ in rows:
            yield row
        given += len(rows)
        if len(rows) < limit:
            return
        place = (rows[-1][1], rows[-1][0]["id"])
