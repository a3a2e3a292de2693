"""The one place that asks what time it is."""

from datetime import UTC, datetime
from time import time


def now() -> datetime:
    """Return the present moment, timezone-aware, in UTC."""
    return datetime.now(UTC)  # noqa: TID251 - this is the place the rule points to


def minute() -> int:
    """Return the number of the present minute, which is cheap to ask for."""
    return int(time() // 60)
