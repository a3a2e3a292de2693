"""What of a website its changes are told by."""

from hoistscraper.websites.model import Website

_FIELDS = {
    "url", "name", "description", "category", "region", "tags", "active", "paused", "timezone", "schedule",
    "quiet_hours", "render",
}  # fmt: skip


def recorded(website: Website) -> dict[str, object]:
    """Return what people say of a website, as it stands now."""
    return website.model_dump(mode="json", include=_FIELDS)
