"""The list of websites in pages, as JSON that the database writes."""

import re
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any
from uuid import UUID

from psycopg import AsyncConnection

from hoistscraper.database.paging import JsonPage, Order, read_one, read_page, shown_columns
from hoistscraper.database.reads import Reads
from hoistscraper.errors import NotFound
from hoistscraper.extraction.folding import fold
from hoistscraper.websites.model import BY_LAST_SCRAPED, BY_NEXT_DUE, BY_WORST_HEALTH, WORDS

UNVISITED = "unvisited"
"""Asked for like a health; such websites have none yet."""
_WORD = re.compile(r"[^\W_]+")
COLUMNS = shown_columns(
    "id url name description category region tags active paused timezone schedule quiet_hours render "
    "created_at last_scraped_at next_due_at health health_reason health_advice health_since"
)

EXPORT_BATCH = 500
_NEXT_WEBSITES = (
    "SELECT row_to_json(shown) FROM "
    f"(SELECT {', '.join(COLUMNS)} FROM website WHERE %(last)s::uuid IS NULL OR id > %(last)s "
    "ORDER BY id LIMIT %(limit)s) AS shown"
).encode()


class WebsiteSort(StrEnum):
    """What a list of websites may be sorted by."""

    NAME = "name"
    NEWEST = "newest"
    LAST_SCRAPED = "last_scraped"
    NEXT_DUE = "next_due"
    WORST_HEALTH = "worst_health"


# Each has an index, see migration 0008; what is empty comes last.
_ORDERS: Mapping[WebsiteSort, Order] = MappingProxyType(
    {
        WebsiteSort.NAME: Order("lower(name)", "text"),
        WebsiteSort.NEWEST: Order("created_at", "timestamptz", is_descending=True),
        WebsiteSort.LAST_SCRAPED: Order(BY_LAST_SCRAPED, "timestamptz", is_descending=True),
        WebsiteSort.NEXT_DUE: Order(BY_NEXT_DUE, "timestamptz"),
        WebsiteSort.WORST_HEALTH: Order(BY_WORST_HEALTH, "integer"),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class WebsiteFilter:
    """Which websites are wanted; ``None`` does not matter. ``words`` are looked for in name and address."""

    words: str | None = None
    category: str | None = None
    region: str | None = None
    tag: str | None = None
    health: str | None = None
    active: bool | None = None
    paused: bool | None = None

    def condition(self) -> tuple[str, dict[str, object]]:
        """Return the condition for a statement, and its values."""
        values: dict[str, object] = {
            name: value
            for name in ("category", "region", "active", "paused")
            if (value := getattr(self, name)) is not None
        }
        parts = [f"{name} = %({name})s" for name in values]
        if self.health == UNVISITED:
            parts.append("health IS NULL")
        elif self.health is not None:
            parts.append("health = %(health)s")
            values["health"] = self.health
        if self.tag is not None:
            parts.append("tags @> ARRAY[%(tag)s]")
            values["tag"] = self.tag
        if tokens := _WORD.findall(fold(self.words or "")):
            parts.append(f"{WORDS} @@ to_tsquery('simple', %(words)s)")
            values["words"] = " & ".join(f"{token}:*" for token in tokens)
        return " AND ".join(parts) or "true", values


async def list_page(
    connection: AsyncConnection,
    wanted: WebsiteFilter,
    *,
    sort: WebsiteSort,
    limit: int,
    cursor: str | None,
) -> JsonPage:
    """Return a page of websites.

    :raises Invalid: the cursor is of no use here.
    """
    where, values = wanted.condition()
    return await read_page(
        connection,
        columns=COLUMNS,
        table="website",
        where=where,
        values=values,
        order=_ORDERS[sort],
        limit=limit,
        cursor=cursor,
        of=("websites", wanted, sort),
    )


async def all_websites(reads: Reads) -> AsyncIterator[dict[str, Any]]:
    """Yield every website, the oldest first, some at a time, so that memory does not grow with their number.

    Between these, no connection is held: whoever takes them away may be slow.
    """
    last: UUID | None = None
    while True:
        async with reads.connection() as connection:
            answer = await connection.execute(_NEXT_WEBSITES, {"last": last, "limit": EXPORT_BATCH})
            rows = [row[0] for row in await answer.fetchall()]
        for row in rows:
            yield row
        if len(rows) < EXPORT_BATCH:
            return
        last = UUID(rows[-1]["id"])


async def read_website(connection: AsyncConnection, website_id: UUID) -> str:
    """Return one website as JSON.

    :raises NotFound: there is none with this id.
    """
    row = await read_one(connection, columns=COLUMNS, table="website", row_id=website_id)
    if row is None:
        raise NotFound(f"There is no website {website_id}; GET /api/websites lists those there are.")
    return row
