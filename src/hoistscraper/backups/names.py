"""What the file of a backup is called: after the moment that it shows, so that names sort by age."""

import re
from datetime import UTC, datetime

SUFFIX = ".hoist"
_STAMP = "%Y-%m-%dT%H-%M-%SZ"
_NAME = re.compile(r"hoistscraper-(\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ)\.hoist")


def name_of(at: datetime) -> str:
    """Return the name of a backup."""
    return f"hoistscraper-{at.astimezone(UTC):{_STAMP}}{SUFFIX}"


def moment_of(name: str) -> datetime | None:
    """Return the moment that a backup shows; ``None``: the name is not one of ours."""
    found = _NAME.fullmatch(name)
    if not found:
        return None
    try:
        return datetime.strptime(found[1], _STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None
