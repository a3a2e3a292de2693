"""What a list of websites can be narrowed by, and how many there are of each."""

from psycopg import AsyncConnection

MOST_VALUES = 100

_HEALTH = """
    SELECT json_build_object(
        'green', count(*) FILTER (WHERE health = 'green'), 'amber', count(*) FILTER (WHERE health = 'amber'),
        'red', count(*) FILTER (WHERE health = 'red'), 'unvisited', count(*) FILTER (WHERE health IS NULL))
    FROM website
"""
_VALUES = """
    SELECT coalesce(json_agg(json_build_object('value', value, 'count', count)
        ORDER BY count DESC, value), '[]')
    FROM (SELECT {value} AS value, count(*) AS count FROM {table} WHERE {value} IS NOT NULL
        GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {most}) AS counted
"""
_FACETS = f"""
    SELECT json_build_object(
        'total', (SELECT count(*) FROM website),
        'inactive', (SELECT count(*) FROM website WHERE NOT active),
        'paused', (SELECT count(*) FROM website WHERE paused),
        'health', ({_HEALTH}),
        'categories', ({_VALUES.format(value="category", table="website", most=MOST_VALUES)}),
        'regions', ({_VALUES.format(value="region", table="website", most=MOST_VALUES)}),
        'tags', ({_VALUES.format(value="tag", table="website, unnest(tags) AS tag", most=MOST_VALUES)})
    )::text
""".encode()


async def read_facets(connection: AsyncConnection) -> str:
    """Return as JSON how many websites there are: in all, by health, category, region and tag."""
    row = await (await connection.execute(_FACETS)).fetchone()
    return str(row[0]) if row else "{}"
