"""Websites, scrape jobs, pages, hosts, opportunities with their sources and history."""

from alembic import op

revision = "0001"
down_revision = None

STATEMENTS = (
    """
    CREATE TABLE host (
        origin TEXT NOT NULL,
        robots_text TEXT NOT NULL,
        robots_status INTEGER NOT NULL,
        robots_fetched_at TIMESTAMP WITH TIME ZONE NOT NULL,
        PRIMARY KEY (origin)
    )
    """,
    """
    CREATE TABLE opportunity (
        id UUID NOT NULL,
        title TEXT NOT NULL,
        organisation TEXT,
        summary TEXT,
        reference_number TEXT,
        status TEXT NOT NULL,
        opening_date DATE,
        deadline_date DATE,
        deadline_time TIME WITHOUT TIME ZONE,
        deadline_timezone TEXT,
        closes_at TIMESTAMP WITH TIME ZONE,
        other_dates JSONB NOT NULL,
        amount_min NUMERIC,
        amount_max NUMERIC,
        currency TEXT,
        eligibility TEXT,
        contact_name TEXT,
        contact_email TEXT,
        contact_phone TEXT,
        documents JSONB NOT NULL,
        categories TEXT[] NOT NULL,
        location TEXT,
        evidence JSONB NOT NULL,
        title_key TEXT NOT NULL,
        reference_key TEXT,
        first_seen_at TIMESTAMP WITH TIME ZONE NOT NULL,
        changed_at TIMESTAMP WITH TIME ZONE NOT NULL,
        PRIMARY KEY (id)
    )
    """,
    "CREATE INDEX ix_opportunity_closes_at ON opportunity (closes_at, id)",
    "CREATE INDEX ix_opportunity_first_seen_at ON opportunity (first_seen_at, id)",
    "CREATE INDEX ix_opportunity_reference_key ON opportunity (reference_key)",
    "CREATE INDEX ix_opportunity_title_key ON opportunity (title_key)",
    """
    CREATE TABLE website (
        id UUID NOT NULL,
        url TEXT NOT NULL,
        name TEXT NOT NULL,
        description TEXT,
        category TEXT,
        region TEXT,
        tags TEXT[] NOT NULL,
        active BOOLEAN NOT NULL,
        timezone TEXT,
        created_at TIMESTAMP WITH TIME ZONE NOT NULL,
        last_scraped_at TIMESTAMP WITH TIME ZONE,
        PRIMARY KEY (id),
        UNIQUE (url)
    )
    """,
    "CREATE INDEX ix_website_active ON website (active)",
    "CREATE INDEX ix_website_category ON website (category)",
    "CREATE INDEX ix_website_last_scraped_at ON website (last_scraped_at)",
    "CREATE INDEX ix_website_region ON website (region)",
    """
    CREATE TABLE opportunity_source (
        id UUID NOT NULL,
        opportunity_id UUID NOT NULL,
        website_id UUID,
        site TEXT NOT NULL,
        identity TEXT NOT NULL,
        url TEXT,
        listing_url TEXT NOT NULL,
        row_hash TEXT NOT NULL,
        stated JSONB NOT NULL,
        evidence JSONB NOT NULL,
        first_seen_at TIMESTAMP WITH TIME ZONE NOT NULL,
        last_seen_at TIMESTAMP WITH TIME ZONE NOT NULL,
        verified_at TIMESTAMP WITH TIME ZONE,
        no_longer_listed_at TIMESTAMP WITH TIME ZONE,
        PRIMARY KEY (id),
        FOREIGN KEY(opportunity_id) REFERENCES opportunity (id) ON DELETE CASCADE,
        FOREIGN KEY(website_id) REFERENCES website (id) ON DELETE SET NULL
    )
    """,
    "CREATE INDEX ix_opportunity_source_opportunity_id ON opportunity_source (opportunity_id)",
    "CREATE INDEX ix_opportunity_source_website_id ON opportunity_source (website_id)",
    "CREATE UNIQUE INDEX ux_opportunity_source_site_identity ON opportunity_source (site, identity)",
    """
    CREATE TABLE page (
        id UUID NOT NULL,
        website_id UUID NOT NULL,
        url TEXT NOT NULL,
        final_url TEXT NOT NULL,
        media_type TEXT,
        charset TEXT,
        etag TEXT,
        last_modified TEXT,
        content_hash TEXT NOT NULL,
        next_url TEXT,
        reader TEXT NOT NULL,
        fetched_at TIMESTAMP WITH TIME ZONE NOT NULL,
        snapshot BYTEA,
        PRIMARY KEY (id),
        FOREIGN KEY(website_id) REFERENCES website (id) ON DELETE CASCADE
    )
    """,
    "CREATE INDEX ix_page_fetched_at ON page (fetched_at)",
    "CREATE UNIQUE INDEX ux_page_website_url ON page (website_id, url)",
    """
    CREATE TABLE scrape_job (
        id UUID NOT NULL,
        website_id UUID NOT NULL,
        status TEXT NOT NULL,
        started_at TIMESTAMP WITH TIME ZONE NOT NULL,
        finished_at TIMESTAMP WITH TIME ZONE,
        found INTEGER NOT NULL,
        "new" INTEGER NOT NULL,
        changed INTEGER NOT NULL,
        unchanged INTEGER NOT NULL,
        no_longer_listed INTEGER NOT NULL,
        requests INTEGER NOT NULL,
        not_modified INTEGER NOT NULL,
        bytes_received BIGINT NOT NULL,
        error_kind TEXT,
        error_message TEXT,
        log JSONB NOT NULL,
        PRIMARY KEY (id),
        FOREIGN KEY(website_id) REFERENCES website (id) ON DELETE CASCADE
    )
    """,
    "CREATE INDEX ix_scrape_job_status_started_at ON scrape_job (status, started_at)",
    "CREATE INDEX ix_scrape_job_website_id ON scrape_job (website_id)",
    """
    CREATE TABLE opportunity_revision (
        id BIGINT GENERATED ALWAYS AS IDENTITY,
        opportunity_id UUID NOT NULL,
        source_id UUID,
        field TEXT NOT NULL,
        "old" JSONB,
        "new" JSONB,
        evidence JSONB,
        recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
        PRIMARY KEY (id),
        FOREIGN KEY(opportunity_id) REFERENCES opportunity (id) ON DELETE CASCADE,
        FOREIGN KEY(source_id) REFERENCES opportunity_source (id) ON DELETE SET NULL
    )
    """,
    "CREATE INDEX ix_opportunity_revision_opportunity_id ON opportunity_revision (opportunity_id)",
    "CREATE INDEX ix_opportunity_revision_source_id ON opportunity_revision (source_id)",
)
TABLES = (
    "opportunity_revision",
    "opportunity_source",
    "opportunity",
    "page",
    "scrape_job",
    "website",
    "host",
)


def upgrade() -> None:
    """Create every table."""
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    """Drop every table."""
    for table in TABLES:
        op.execute(f"DROP TABLE {table}")
