"""What the database holds after a round, read from outside."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import psycopg
from psycopg.rows import class_row

_JOBS = """
SELECT website.url, job.host, job.status, job.error_kind, job.error_message, job.attempt, job.started_at,
  job.finished_at, job.new, job.changed, job.no_longer_listed, job.requests, job.not_modified,
  job.bytes_received
FROM scrape_job job JOIN website ON website.id = job.website_id WHERE job.asked_at >= %s
"""
_CALLS = """
SELECT source.site, opportunity.title, opportunity.deadline_date AS deadline, opportunity.reference_number
  AS reference, source.no_longer_listed_at IS NULL AS is_listed, opportunity.id::text
FROM opportunity_source source JOIN opportunity ON opportunity.id = source.opportunity_id
"""
_REVISIONS = """
SELECT source.site, opportunity.title, revision.field, revision.old ->> 'date' AS old,
  revision.new ->> 'date' AS new
FROM opportunity_revision revision JOIN opportunity_source source ON source.id = revision.source_id
JOIN opportunity ON opportunity.id = revision.opportunity_id WHERE revision.recorded_at >= %s
"""


@dataclass(frozen=True, slots=True)
class JobRow:
    """One job as it ended."""

    url: str
    host: str
    status: str
    error_kind: str | None
    error_message: str | None
    attempt: int
    started_at: datetime | None
    finished_at: datetime | None
    new: int
    changed: int
    no_longer_listed: int
    requests: int
    not_modified: int
    bytes_received: int

    @property
    def seconds(self) -> float:
        """How long its last attempt took."""
        return (
            (self.finished_at - self.started_at).total_seconds()
            if self.finished_at and self.started_at
            else 0
        )


@dataclass(frozen=True, slots=True)
class CallRow:
    """A call as it is kept."""

    site: str
    title: str
    deadline: date | None
    reference: str | None
    is_listed: bool
    id: str


@dataclass(frozen=True, slots=True)
class RevisionRow:
    """A change that was noted; ``old`` and ``new`` are days as ISO writes them."""

    site: str
    title: str
    field: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class Books:
    """One round as the database tells it, by the address of the website."""

    jobs: Mapping[str, Sequence[JobRow]]
    calls: Mapping[str, Sequence[CallRow]]
    revisions: Sequence[RevisionRow]
    queue_rows: int
    orphans: int


def read_books(connection: psycopg.Connection, *, since: datetime) -> Books:
    """Return the jobs that were asked for since a moment, all calls, and the revisions since then."""
    jobs: defaultdict[str, list[JobRow]] = defaultdict(list)
    calls: defaultdict[str, list[CallRow]] = defaultdict(list)
    with connection.cursor(row_factory=class_row(JobRow)) as job_cursor:
        for job in job_cursor.execute(_JOBS, [since]):
            jobs[job.url].append(job)
    with connection.cursor(row_factory=class_row(CallRow)) as call_cursor:
        for call in call_cursor.execute(_CALLS):
            calls[call.site].append(call)
    with connection.cursor(row_factory=class_row(RevisionRow)) as revision_cursor:
        revisions = revision_cursor.execute(_REVISIONS, [since]).fetchall()
    unsourced = (
        "SELECT count(*) FROM opportunity WHERE NOT EXISTS "
        "(SELECT 1 FROM opportunity_source WHERE opportunity_id = opportunity.id)"
    )
    return Books(
        jobs,
        calls,
        revisions,
        queue_rows=number(connection, "SELECT count(*) FROM procrastinate_jobs"),
        orphans=number(connection, unsourced),
    )


def number(connection: psycopg.Connection, statement: str) -> int:
    """Return the one number that a statement brings."""
    row = connection.execute(statement).fetchone()
    assert row
    return int(row[0])
