"""What grows on the disk, table by table, and what ends the growth."""

from dataclasses import dataclass

import psycopg
from psycopg import sql

KEPT = {
    "scrape_job_line": "log_days",
    "page": "one row a page; its text until snapshot_days",
    "scrape_job": "kept: the history of visits",
    "opportunity_revision": "kept: what was found is never lost",
    "opportunity": "kept: what was found is never lost",
    "opportunity_source": "kept: the proofs",
    "procrastinate_jobs": "taken away when they ended",
    "procrastinate_events": "taken away with their jobs",
    "worker_report": "a row a worker that lives",
    "running_total": "a row a figure",
    "tally": "put together again and again",
}
_SIZES = """
SELECT relname, pg_total_relation_size(c.oid)
FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
WHERE relkind = 'r' AND nspname = current_schema()
"""
_LEAST_BYTES = 100_000


@dataclass(frozen=True, slots=True)
class Sizes:
    """Bytes and rows of each table, its indexes counted in."""

    size: dict[str, int]
    rows: dict[str, int]


def read_sizes(connection: psycopg.Connection) -> Sizes:
    """Return how large the tables are."""
    size: dict[str, int] = dict(connection.execute(_SIZES).fetchall())
    rows = {}
    for name in size:
        counted = connection.execute(
            sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(name))
        ).fetchone()
        assert counted
        rows[name] = counted[0]
    return Sizes(size, rows)


def growth_in_words(before: Sizes, after: Sizes, *, jobs: int) -> str:
    """Return a line for each table that grew, the largest growth first; ``jobs``: how many ended."""
    grown = {name: size - before.size.get(name, 0) for name, size in after.size.items()}
    lines = []
    for name, size in sorted(grown.items(), key=lambda item: -item[1]):
        if size >= _LEAST_BYTES:
            rows = after.rows[name] - before.rows.get(name, 0)
            each = f"{size / jobs:,.0f} bytes a job" if jobs else ""
            lines.append(
                f"  {name:<24} {size / 1e6:+8.1f} MB  {rows:+9,} rows  {each:<20} {KEPT.get(name, '')}"
            )
    return "\n".join(lines) or "  nothing"
