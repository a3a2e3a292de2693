"""Small pages for the tests of this room."""

from hoistscraper.discovery.layout import Layout, lay_out
from hoistscraper.extraction.document import Document, parse

ADDRESS = "https://lindenfels.example/calls"


def document(body: str, head: str = "") -> Document:
    """Return a page with this body, as fetched from :data:`ADDRESS`."""
    return parse(f"<html><head>{head}</head><body>{body}</body></html>", ADDRESS)


def layout(body: str) -> Layout:
    """Return the layout of a page with this body."""
    return lay_out(document(body))
