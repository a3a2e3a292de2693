"""About how many rows match where they are many: remembered for a while, for even to find out that they are
many takes longer than to read a page of them."""

import time
from collections.abc import Mapping
from typing import TypeAlias
from weakref import WeakKeyDictionary

from psycopg import AsyncConnection

_KEPT_SECONDS = 30.0
_MOST_KEPT = 500

_Key: TypeAlias = tuple[bytes, str]
# Connections come and go with their pool; what one remembers goes with it and is of its database only.
_of_connection: "WeakKeyDictionary[AsyncConnection, dict[_Key, tuple[float, int]]]" = WeakKeyDictionary()


def remembered(connection: AsyncConnection, statement: bytes, values: Mapping[str, object]) -> int | None:
    """Return what was estimated of a statement a short while ago, or ``None``."""
    until, estimate = _of_connection.get(connection, {}).get(_key(statement, values), (0.0, 0))
    return estimate if until > time.monotonic() else None


async def estimate(connection: AsyncConnection, statement: bytes, values: Mapping[str, object]) -> int:
    """Ask the planner how many rows a statement of ours may have, and remember it."""
    answer = await connection.execute(b"EXPLAIN (FORMAT JSON) " + statement, values)
    plan = await answer.fetchone()
    rows = int(plan[0][0]["Plan"]["Plan Rows"]) if plan else 0
    known = _of_connection.setdefault(connection, {})
    if len(known) >= _MOST_KEPT:
        known.clear()
    known[_key(statement, values)] = (time.monotonic() + _KEPT_SECONDS, rows)
    return rows


def _key(statement: bytes, values: Mapping[str, object]) -> _Key:
    return statement, repr(sorted(values.items()))
