"""One opportunity whole: its values with proof, its sources, its history."""

from datetime import datetime
from uuid import UUID

from psycopg.rows import tuple_row

from hoistscraper.errors import NotFound
from hoistscraper.search.connections import Connection
from hoistscraper.search.rows import TOLD, WHOLE, revisions

_READ = f"SELECT {WHOLE} FROM opportunity o CROSS JOIN {TOLD} WHERE o.id = %(id)s"
_OF_FIELD = "(%(field)s::text IS NULL OR field = %(field)s)"
_READ_HISTORY = f"SELECT {revisions(_OF_FIELD)}::text FROM opportunity o WHERE o.id = %(id)s"


async def read_one(connection: Connection, opportunity_id: UUID, *, now: datetime) -> str:
    """Return one opportunity as a JSON object.

    :raises NotFound: there is none with this id.
    """
    cursor = connection.cursor(row_factory=tuple_row)
    await cursor.execute(_READ.encode(), {"id": opportunity_id, "now": now})
    row = await cursor.fetchone()
    if row is None:
        raise NotFound(f"There is no opportunity {opportunity_id}; search for what there is.")
    return str(row[0])


async def read_history(connection: Connection, opportunity_id: UUID, *, field: str | None) -> str:
    """Return what changed on one opportunity, or in one field of it, as a JSON array, the newest first.

    :raises NotFound: there is none with this id.
    """
    cursor = connection.cursor(row_factory=tuple_row)
    await cursor.execute(_READ_HISTORY.encode(), {"id": opportunity_id, "field": field})
    row = await cursor.fetchone()
    if row is None:
        raise NotFound(f"There is no opportunity {opportunity_id}; search for what there is.")
    return str(row[0])
