"""What opportunities are found and ordered by, and the indexes of every list."""

import json
from collections.abc import Mapping
from typing import Any

from alembic import op
from sqlalchemy import Connection, text

from hoistscraper.opportunities.findable import findable

revision = "0007"
down_revision = "0005"

BATCH = 1_000
COLUMNS = (
    "search TSVECTOR",
    "ends_at TIMESTAMP WITH TIME ZONE",
    "amount_order NUMERIC",
    "organisation_key TEXT",
)
# Read together for every row of a list; the long ones are read for one call only and wait in TOAST.
SHORT = (
    "title",
    "organisation",
    "reference_number",
    "location",
    "currency",
    "categories",
    "title_key",
    "organisation_key",
)
INDEXES = (
    "CREATE INDEX ix_opportunity_search ON opportunity USING gin (search) WITH (fastupdate = off)",
    "CREATE INDEX ix_opportunity_ends_at ON opportunity (ends_at, id)",
    "CREATE INDEX ix_opportunity_amount_order ON opportunity (amount_order, id)",
    "DROP INDEX ix_opportunity_closes_at",
    "DROP INDEX ix_opportunity_title_key",
    "CREATE INDEX ix_opportunity_title_key ON opportunity (title_key text_pattern_ops)",
    "CREATE INDEX ix_opportunity_organisation_key ON opportunity (organisation_key text_pattern_ops)",
    "CREATE INDEX ix_opportunity_revision_newest ON opportunity_revision (opportunity_id, id)",
    "DROP INDEX ix_opportunity_revision_opportunity_id",
    "CREATE INDEX ix_scrape_job_website_asked_at ON scrape_job (website_id, asked_at, id)",
)


def upgrade() -> None:
    """Add the columns, fill them, then build the indexes."""
    added = ", ".join(f"ADD COLUMN {column}" for column in COLUMNS)
    op.execute(f"ALTER TABLE opportunity {added}")
    main = ", ".join(f"ALTER COLUMN {name} SET STORAGE MAIN" for name in SHORT)
    op.execute(f"ALTER TABLE opportunity {main}, ALTER COLUMN search SET STATISTICS 1000")
    op.execute("ALTER TABLE opportunity SET (toast_tuple_target = 512)")
    _fill(op.get_bind())
    required = ("search", "ends_at", "amount_order")
    op.execute(
        f"ALTER TABLE opportunity {', '.join(f'ALTER COLUMN {name} SET NOT NULL' for name in required)}"
    )
    for statement in INDEXES:
        op.execute(statement)
    op.execute("ANALYZE opportunity")


def _fill(connection: Connection) -> None:
    after = None
    while True:
        rows = connection.execute(
            text(
                "SELECT o.*, ARRAY(SELECT s.site FROM opportunity_source s WHERE s.opportunity_id = o.id) "
                "AS sites FROM opportunity o WHERE CAST(:after AS uuid) IS NULL OR o.id > :after "
                "ORDER BY o.id LIMIT :most"
            ),
            {"after": after, "most": BATCH},
        )
        filled = [_filled(dict(row)) for row in rows.mappings().all()]
        if not filled:
            return
        connection.execute(
            text(
                "UPDATE opportunity o SET search = new.search, ends_at = new.ends_at, "
                "amount_order = new.amount_order, organisation_key = new.organisation_key "
                "FROM jsonb_populate_recordset(NULL::opportunity, CAST(:rows AS jsonb)) new "
                "WHERE o.id = new.id"
            ),
            {"rows": json.dumps(filled, default=str)},
        )
        after = filled[-1]["id"]


def _filled(row: Mapping[str, Any]) -> dict[str, object]:
    return {"id": row["id"], **findable(row, first_seen_at=row["first_seen_at"], sites=row["sites"])}


def downgrade() -> None:
    """Take the columns away; their indexes go with them."""
    for statement in (
        "CREATE INDEX ix_opportunity_closes_at ON opportunity (closes_at, id)",
        "DROP INDEX ix_opportunity_title_key",
        "CREATE INDEX ix_opportunity_title_key ON opportunity (title_key)",
        "CREATE INDEX ix_opportunity_revision_opportunity_id ON opportunity_revision (opportunity_id)",
        "DROP INDEX ix_opportunity_revision_newest",
        "DROP INDEX ix_scrape_job_website_asked_at",
        *(f"ALTER TABLE opportunity DROP COLUMN {column.split()[0]}" for column in COLUMNS),
        "ALTER TABLE opportunity RESET (toast_tuple_target)",
    ):
        op.execute(statement)
