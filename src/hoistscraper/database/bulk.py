"""Many rows in one statement: they travel as one JSON parameter, whatever their number."""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from uuid import UUID

from sqlalchemy import Table, text
from sqlalchemy.ext.asyncio import AsyncSession

_NUL = re.compile(r"(?<!\\)((?:\\\\)*)\\u0000")

Row = Mapping[str, object]


async def insert_rows(
    session: AsyncSession, table: Table, rows: Sequence[Row], *, replace_on: Sequence[str] = ()
) -> None:
    """Insert rows, all with the same columns; where ``replace_on`` is taken already, replace the others.

    :raises sqlalchemy.exc.IntegrityError: a row breaks a constraint that ``replace_on`` does not name.
    """
    if not rows:
        return
    columns = list(rows[0])
    names = _names(table, columns)
    conflict = ""
    if replace_on:
        assignments = ", ".join(
            f"{name} = excluded.{name}" for name in names if name.strip('"') not in replace_on
        )
        conflict = f" ON CONFLICT ({', '.join(_names(table, replace_on))}) DO UPDATE SET {assignments}"
    statement = (
        f"INSERT INTO {_quoted(table.name)} ({', '.join(names)}) SELECT {', '.join(names)} "
        f"FROM jsonb_populate_recordset(NULL::{_quoted(table.name)}, CAST(:rows AS jsonb)){conflict}"
    )
    await session.execute(text(statement), {"rows": _json(rows)})


async def insert_missing(session: AsyncSession, table: Table, rows: Sequence[Row], *, key: str) -> set[str]:
    """Insert rows whose ``key``, a unique column of text, is not taken; return those keys.

    Somebody else may take one at the same moment: then it is theirs.
    """
    if not rows:
        return set()
    names = ", ".join(_names(table, list(rows[0])))
    [unique] = _names(table, [key])
    statement = (
        f"INSERT INTO {_quoted(table.name)} ({names}) SELECT {names} "
        f"FROM jsonb_populate_recordset(NULL::{_quoted(table.name)}, CAST(:rows AS jsonb)) "
        f"ON CONFLICT ({unique}) DO NOTHING RETURNING {unique}"
    )
    return set(await session.scalars(text(statement), {"rows": _json(rows)}))


async def update_rows(session: AsyncSession, table: Table, rows: Sequence[Row]) -> None:
    """Update rows by their ``id``, all with the same columns."""
    if not rows:
        return
    names = _names(table, [column for column in rows[0] if column != "id"])
    assignments = ", ".join(f"{name} = new.{name}" for name in names)
    statement = (
        f"UPDATE {_quoted(table.name)} AS old SET {assignments} "
        f"FROM jsonb_populate_recordset(NULL::{_quoted(table.name)}, CAST(:rows AS jsonb)) AS new "
        "WHERE old.id = new.id"
    )
    await session.execute(text(statement), {"rows": _json(rows)})


def _names(table: Table, columns: Sequence[str]) -> list[str]:
    # Names come from the model, so that no text from outside can reach the statement.
    return [_quoted(table.columns[column].name) for column in columns]


def _quoted(name: str) -> str:
    return f'"{name}"'


def _json(rows: Sequence[Row]) -> str:
    dumped = json.dumps([dict(row) for row in rows], default=_plain, ensure_ascii=False)
    # PostgreSQL takes neither NUL nor half a surrogate pair, and pages hold both.
    return _NUL.sub(r"\1", dumped).encode(errors="replace").decode()


def _plain(value: object) -> str:
    match value:
        case bytes():
            return f"\\x{value.hex()}"
        case datetime() | date() | time():
            return value.isoformat()
        case UUID() | Decimal():
            return str(value)
        case _:
            raise TypeError(f"{type(value).__name__} has no form in JSON")
