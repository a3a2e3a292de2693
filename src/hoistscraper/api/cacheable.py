"""Which answers are kept ready, and what they show."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from hoistscraper.cache.freshness import Freshness, Topic

_OF_OPPORTUNITIES = ("opportunity", "opportunity_source", "opportunity_revision", "website")
# A job that runs shows how many calls it has met so far.
_OF_JOBS = ("scrape_job", "website", "opportunity_source")

# Addresses, of which * is any one part -> the tables that their answers show. What is missing here is
# computed each time: logs that grow, health. An answer that streams, is a file to be saved, or whose route
# gives it a Cache-Control of its own, is never kept either.
CACHEABLE: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "/api/websites": ("website",),
        "/api/websites/activity": _OF_JOBS,
        "/api/websites/*": ("website",),
        "/api/websites/*/usual": _OF_JOBS,
        "/api/scrape-jobs": _OF_JOBS,
        "/api/scrape-jobs/*": _OF_JOBS,
        "/api/opportunities": _OF_OPPORTUNITIES,
        "/api/opportunities/*": _OF_OPPORTUNITIES,
        "/api/opportunities/*/*": _OF_OPPORTUNITIES,
        "/api/stats": (*_OF_OPPORTUNITIES, "scrape_job"),
        "/api/stats/*": (*_OF_OPPORTUNITIES, "scrape_job"),
        "/api/openapi.json": (),
    }
)


_NEVER = frozenset({"export", "events", "saved-page"})
"""Last parts of addresses whose answers take long, are never the same, or show what tells of no changes."""


class Topics:
    """The topic of each address."""

    def __init__(self, freshness: Freshness) -> None:
        self._topics = {pattern: freshness.topic(*tables) for pattern, tables in CACHEABLE.items()}

    def of(self, path: str) -> Topic | None:
        """Return what the answers of an address depend on; ``None``: they are not kept."""
        if path.rpartition("/")[2] in _NEVER:
            return None
        return next((self._topics[each] for each in _patterns(path) if each in self._topics), None)


def _patterns(path: str) -> Iterator[str]:
    parts = path.split("/")
    for stars in range(min(3, len(parts))):
        kept = parts[: len(parts) - stars]
        yield "/".join((*kept, *("*" for _ in range(stars))))


def key_of(path: str, query: bytes) -> tuple[str, bytes]:
    """Return what names an answer: two queries that mean the same have one key.

    What a query says twice stays in its order, which may matter.
    """
    if b"&" in query:
        parts = [part for part in query.split(b"&") if part]
        parts.sort(key=lambda part: part.partition(b"=")[0])
        query = b"&".join(parts)
    return path, query


def subject_of(path: str) -> str:
    """Return what an address that is kept is about: its part after ``/api/``, such as ``opportunities``."""
    return path.split("/", 3)[2]
