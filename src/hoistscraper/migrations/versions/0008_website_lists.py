"""Lists of websites in any order and of any length, without reading the whole table."""

from alembic import op

revision = "0008"
down_revision = "0007"

# Only functions that never change their mind may make up an index; unaccent is not among them, nor here.
_WORDS = (
    "to_tsvector('simple'::regconfig, regexp_replace(regexp_replace(lower("
    "NORMALIZE((name || ' '::text) || url, NFKD)), "
    r"'[\u0300-\u036f]'::text, ''::text, 'g'::text), '[^[:alnum:]]+'::text, ' '::text, 'g'::text))"
)
_INDEXES = {
    "ix_website_by_name": "website (lower(name), id)",
    "ix_website_by_created_at": "website (created_at, id)",
    "ix_website_by_last_scraped_at": "website (coalesce(last_scraped_at, '-infinity'::timestamptz), id)",
    "ix_website_by_next_due_at": "website (coalesce(next_due_at, 'infinity'::timestamptz), id)",
    "ix_website_by_worst_health": (
        "website (strpos('red amber - green'::text, COALESCE(health, '-'::text)), id)"
    ),
    "ix_website_tags": "website USING gin (tags)",
    "ix_website_words": f"website USING gin ({_WORDS})",
}


def upgrade() -> None:
    """Add an index for each order, and one for words."""
    op.execute("DROP INDEX ix_website_last_scraped_at")
    for name, place in _INDEXES.items():
        op.execute(f"CREATE INDEX {name} ON {place}")


def downgrade() -> None:
    """Take them away."""
    for name in _INDEXES:
        op.execute(f"DROP INDEX {name}")
    op.execute("CREATE INDEX ix_website_last_scraped_at ON website (last_scraped_at)")
