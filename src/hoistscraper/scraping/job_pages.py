"""The list of jobs in pages, as JSON that the database writes."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from psycopg import AsyncConnection

from hoistscraper.database.paging import JsonPage, Order, read_one, read_page, shown_columns
from hoistscraper.errors import NotFound
from hoistscraper.scraping.report import JobStatus, Trigger

# What a visit meets is dated by its beginning, which lies a moment before that of the job.
_SO_FAR = """CASE WHEN scrape_job.status = 'running' THEN
    (SELECT count(*) FROM opportunity_source source, website
     WHERE website.id = scrape_job.website_id AND source.site = website.url
     AND source.last_seen_at >= scrape_job.started_at - interval '10 seconds') END"""
_LAST_TIME = """CASE WHEN scrape_job.status IN ('running', 'pending') THEN
    (SELECT before.found FROM scrape_job before
     WHERE before.website_id = scrape_job.website_id AND before.status = 'completed'
     ORDER BY before.started_at DESC LIMIT 1) END"""
COLUMNS = shown_columns(
    "id website_id url website_name trigger status asked_at attempt failures next_attempt_at started_at "
    "finished_at found new changed unchanged no_longer_listed found_so_far found_last_time pages_asked "
    "pages_failed requests not_modified bytes_received bytes_saved is_held held_calls deviations "
    "error_kind error_message",
    url="(SELECT website.url FROM website WHERE website.id = website_id)",
    website_name="(SELECT website.name FROM website WHERE website.id = website_id)",
    found_so_far=_SO_FAR,
    found_last_time=_LAST_TIME,
    held_calls="jsonb_array_length(held)",
    deviations="ARRAY(SELECT each ->> 'sentence' FROM jsonb_array_elements(deviations) AS each)",
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
