"""The columns of a list of websites: what people call them, and how much they may hold."""

import re
from collections.abc import Mapping
from types import MappingProxyType

# What people call the columns.
COLUMNS: Mapping[str, str] = MappingProxyType(
    {
        "url": "url",
        "address": "url",
        "website": "url",
        "link": "url",
        "name": "name",
        "title": "name",
        "description": "description",
        "notes": "description",
        "category": "category",
        "region": "region",
        "country": "region",
        "tags": "tags",
        "active": "active",
        "paused": "paused",
        "timezone": "timezone",
        "time zone": "timezone",
        "schedule": "schedule",
        "quiet_hours": "quiet_hours",
        "quiet hours": "quiet_hours",
        "render": "render",
    }
)
READ = tuple(dict.fromkeys(COLUMNS.values()))
"""What an import reads; an export writes the same, so that it can be imported again."""

# Indexes and screens bear no more.
LONGEST: Mapping[str, int] = MappingProxyType(
    {
        "name": 300,
        "description": 2_000,
        "category": 100,
        "region": 100,
        "timezone": 100,
        "schedule": 100,
        "quiet_hours": 100,
        "render": 100,
    }
)
LONGEST_TAG = 100
MOST_TAGS = 50

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|[\ud800-\udfff]")
"""What no keyboard types: PostgreSQL takes no NUL, and logs and terminals none of the others."""

PARTS_TAGS = re.compile(r"[,;]")
"""What stands between the tags of one cell, and therefore in none of them."""
