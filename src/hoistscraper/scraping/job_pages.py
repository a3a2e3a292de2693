"""The list of jobs in pages, as JSON that the database writes."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from psycopg import AsyncConnection

from hoistscraper.database.paging import JsonPage, Order, read_one, read_page, shown_columns
from hoistscraper.errors import NotFound
from hoistscraper.scraping.report import JobStatus, Trigger

COLUMNS = shown_columns(
    "id website_id url trigger status asked_at attempt failures next_attempt_at started_at finished_at found "
    "new changed unchanged no_longer_listed requests not_modified bytes_received bytes_saved is_held "
    "error_kind error_message",
    url="(SELECT website.url FROM website WHERE website.id = website_id)",
)
_NEWEST = Order("asked_at", "timestamptz", is_descending=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class JobFilter:
    """Which jobs are wanted; what is empty does not matter."""

    statuses: tuple[JobStatus, ...] = ()
    website_id: UUID | None = None
    trigger: Trigger | None = None
    asked_since: datetime | None = None
    asked_before: datetime | None = None

    def condition(self) -> tuple[str, dict[str, object]]:
        """Return the condition for a statement, and its values."""
        parts = {
            "status = ANY(%(statuses)s)": [status.value for status in self.statuses] or None,
            "website_id = %(website_id)s": self.website_id,
            "trigger = %(trigger)s": self.trigger and self.trigger.value,
            "asked_at >= %(asked_since)s": self.asked_since,
            "asked_at < %(asked_before)s": self.asked_before,
        }
        given = {part: value for part, value in parts.items() if value is not None}
        names = {part: part.split("%(")[1].split(")")[0] for part in given}
        return " AND ".join(given) or "true", {names[part]: value for part, value in given.items()}


async def list_page(
    connection: AsyncConnection, wanted: JobFilter, *, limit: int, cursor: str | None
) -> JsonPage:
    """Return a page of jobs, the newest first.

    :raises Invalid: the cursor is of no use here.
    """
    where, values = wanted.condition()
    return await read_page(
        connection,
        columns=COLUMNS,
        table="scrape_job",
        where=where,
        values=values,
        order=_NEWEST,
        limit=limit,
        cursor=cursor,
        of=("scrape-jobs", wanted),
    )


async def read_job(connection: AsyncConnection, job_id: UUID) -> str:
    """Return one job as JSON.

    :raises NotFound: there is none with this id.
    """
    row = await read_one(connection, columns=COLUMNS, table="scrape_job", row_id=job_id)
    if row is None:
        raise NotFound(f"There is no job {job_id}; GET /api/scrape-jobs lists those there are.")
    return row
