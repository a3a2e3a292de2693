"""How websites are doing, counted."""

from psycopg import AsyncConnection

_COUNT = "SELECT coalesce(health, 'unknown'), count(*) FROM website WHERE active GROUP BY 1"


async def count_by_health(connection: AsyncConnection) -> dict[str, int]:
    """Count active websites by their health; ``unknown``: they were not visited yet."""
    found = {row[0]: int(row[1]) for row in await (await connection.execute(_COUNT)).fetchall()}
    return {"green": 0, "amber": 0, "red": 0, "unknown": 0} | found
