"""The feeds that a page says it has."""

from collections.abc import Iterator

from hoistscraper.extraction.document import Document

_FEED_TYPES = frozenset(["application/rss+xml", "application/atom+xml", "application/rdf+xml"])


def feed_links(document: Document) -> list[str]:
    """Return the addresses of the feeds that a page declares, each once, feeds of comments left out."""
    return list(dict.fromkeys(_declared(document)))


def _declared(document: Document) -> Iterator[str]:
    for link in document.head_links:
        if link.media_type in _FEED_TYPES and "alternate" in link.relations:
            address = document.absolute(link.href)
            if address and "/comments/" not in address:
                yield address
