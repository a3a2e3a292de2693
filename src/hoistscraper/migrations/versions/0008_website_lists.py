"""Lists of websites and jobs in any order and of any length, without reading the whole table."""

from alembic import op

revision = "0008"
down_revision = "0005"

_INDEXES = {
    "ix_website_by_name": "website (lower(name), id)",
    "ix_website_by_created_at": "website (created_at, id)",
    "ix_website_by_last_scraped_at": "website (coalesce(last_scraped_at, '-infinity'::timestamptz), id)",
    "ix_website_by_next_due_at": "website (coalesce(next_due_at, 'infinity'::timestamptz), id)",
    "ix_website_by_worst_health": (
        "website ((CASE health WHEN 'red' THEN 0 WHEN 'amber' THEN 1 WHEN 'green' THEN 3 ELSE 2 END), id)"
    ),
    "ix_website_tags": "website USING gin (tags)",
    "ix_website_search": "website USING gin (search)",
    "ix_scrape_job_website_asked_at": "scrape_job (website_id, asked_at, id)",
}


def upgrade() -> None:
    """Add what words are looked for in, and an index for each order."""
    # Only functions that never change their mind may make up a column; unaccent is not among them, nor here.
    op.execute(
        "ALTER TABLE website ADD COLUMN search tsvector GENERATED ALWAYS AS (to_tsvector('simple', "
        "regexp_replace(regexp_replace(lower(normalize(name || ' ' || url, NFKD)), "
        r"'[\u0300-\u036f]', '', 'g'), '[^[:alnum:]]+', ' ', 'g'))) STORED"
    )
    for name, place in _INDEXES.items():
        op.execute(f"CREATE INDEX {name} ON {place}")


def downgrade() -> None:
    """Take them away."""
    for name in _INDEXES:
        op.execute(f"DROP INDEX {name}")
    op.execute("ALTER TABLE website DROP COLUMN search")
