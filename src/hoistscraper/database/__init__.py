"""The database: one engine, one unit of work, and an embedded PostgreSQL for those who bring none."""
