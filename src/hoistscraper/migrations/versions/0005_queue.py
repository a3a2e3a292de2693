"""The queue, jobs that wait and are tried again, their log line by line, and courtesy over all workers."""

from importlib import resources

from alembic import op

revision = "0005"
down_revision = "0004"

STATEMENTS = (
    r"""
    ALTER TABLE scrape_job
        ADD COLUMN host TEXT NOT NULL DEFAULT '',
        ADD COLUMN trigger TEXT NOT NULL DEFAULT 'person',
        ADD COLUMN asked_at TIMESTAMP WITH TIME ZONE,
        ADD COLUMN attempt INTEGER NOT NULL DEFAULT 1,
        ADD COLUMN failures INTEGER NOT NULL DEFAULT 0,
        ADD COLUMN next_attempt_at TIMESTAMP WITH TIME ZONE,
        ADD COLUMN bytes_saved BIGINT NOT NULL DEFAULT 0,
        ALTER COLUMN started_at DROP NOT NULL
    """,
    r"""
    UPDATE scrape_job SET asked_at = started_at, host = website.host
    FROM (
        SELECT id, coalesce(
            substring(url from '^[a-z]+://\[([^\]]+)\]'), substring(url from '^[a-z]+://([^/:?#\[]+)'), ''
        ) AS host FROM website
    ) AS website
    WHERE website.id = scrape_job.website_id
    """,
    """
    ALTER TABLE scrape_job
        ALTER COLUMN host DROP DEFAULT,
        ALTER COLUMN trigger DROP DEFAULT,
        ALTER COLUMN asked_at SET NOT NULL,
        ALTER COLUMN attempt DROP DEFAULT,
        ALTER COLUMN failures DROP DEFAULT,
        ALTER COLUMN bytes_saved DROP DEFAULT
    """,
    """
    CREATE TABLE scrape_job_line (
        id BIGINT GENERATED ALWAYS AS IDENTITY,
        job_id UUID NOT NULL,
        at TIMESTAMP WITH TIME ZONE NOT NULL,
        text TEXT NOT NULL,
        url TEXT,
        is_problem BOOLEAN NOT NULL,
        PRIMARY KEY (id),
        FOREIGN KEY(job_id) REFERENCES scrape_job (id) ON DELETE CASCADE
    )
    """,
    """
    INSERT INTO scrape_job_line (job_id, at, text, url, is_problem)
    SELECT job.id, (line ->> 'at')::timestamptz, line ->> 'text', line ->> 'url',
        (line ->> 'problem')::boolean
    FROM scrape_job job, jsonb_array_elements(job.log) WITH ORDINALITY AS lines (line, number)
    ORDER BY job.id, number
    """,
    "ALTER TABLE scrape_job DROP COLUMN log",
    "CREATE INDEX ix_scrape_job_line_job_id ON scrape_job_line (job_id, id)",
    "CREATE INDEX ix_scrape_job_line_at ON scrape_job_line (at)",
    "DROP INDEX ix_scrape_job_status_started_at",
    "CREATE INDEX ix_scrape_job_asked_at ON scrape_job (asked_at, id)",
    "CREATE INDEX ix_scrape_job_status_asked_at ON scrape_job (status, asked_at, id)",
    "CREATE UNIQUE INDEX ux_scrape_job_waiting ON scrape_job (website_id) WHERE status = 'pending'",
    "CREATE INDEX ix_scrape_job_line_up ON scrape_job (host, asked_at, id) WHERE status = 'pending'",
    "CREATE INDEX ix_scrape_job_running ON scrape_job (id) WHERE status = 'running'",
    "ALTER TABLE page ADD COLUMN wire_bytes BIGINT NOT NULL DEFAULT 0",
    "ALTER TABLE page ALTER COLUMN wire_bytes DROP DEFAULT",
    """
    CREATE TABLE host_courtesy (
        host TEXT NOT NULL,
        next_request_at TIMESTAMP WITH TIME ZONE,
        retry_after_until TIMESTAMP WITH TIME ZONE,
        counted_on DATE NOT NULL,
        requests INTEGER NOT NULL,
        PRIMARY KEY (host)
    )
    """,
    # Whether a host's line is free is asked at every end of a job; Procrastinate's own indexes do not tell.
    "CREATE INDEX ix_procrastinate_jobs_line ON procrastinate_jobs (lock) WHERE status IN ('todo', 'doing')",
)


def upgrade() -> None:
    """Lay out Procrastinate's tables, which are its own, and change ours."""
    script = resources.files("procrastinate.sql").joinpath("schema.sql").read_text(encoding="utf-8")
    # Past SQLAlchemy, which would take percent signs and colons for parameters.
    driver = op.get_bind().connection.driver_connection
    assert driver is not None  # noqa: S101 - a bound connection has one
    for statement in (script, *STATEMENTS):
        driver.execute(statement)


def downgrade() -> None:
    """Not offered: jobs that wait and their log would be lost."""
    raise NotImplementedError
