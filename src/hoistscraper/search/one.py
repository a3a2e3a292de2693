"""One opportunity whole: its values with proof, its sources, its history."""

from datetime import datetime
from uuid import UUID

from psycopg.rows import tuple_row

from hoistscraper.errors import NotFound
from hoistscraper.search.connections import Connection
from hoistscraper.search.rows import TOLD, WHOLE

_READ = f"SELECT {WHOLE}::text FROM opportunity o CROSS JOIN {TOLD} WHERE o.id = %(id)s"


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
