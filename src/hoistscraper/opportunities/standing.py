"""Whether one may apply, as the database reckons it: ``opportunities.closing.standing`` in SQL."""


def standing_sql(now: str) -> str:
    """Return an expression for the status of the opportunity ``o`` at the instant of the parameter."""
    return f"""CASE
        WHEN o.closes_at < {now} THEN 'closed'
        WHEN o.status <> 'unknown' THEN o.status
        WHEN o.opening_date > CAST(CAST({now} AS timestamptz) AT TIME ZONE 'UTC' AS date) THEN 'forthcoming'
        WHEN o.closes_at IS NOT NULL THEN 'open'
        ELSE 'unknown'
    END"""
