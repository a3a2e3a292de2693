"""A page as a browser shows it: the value that leaves this part of the room."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from hoistscraper.fetching.page import JsonAnswer, Page


@dataclass(frozen=True, slots=True)
class RenderedPage:
    """A page after its scripts ran.

    ``status`` and ``headers`` are those of the document shown, ``html`` is its content as it stands in the
    end. ``is_settled`` is false for a page that was still changing when the time was up. ``requests`` and
    ``wire_bytes`` count everything that the page loaded.
    """

    url: str
    final_url: str
    status: int
    html: str
    fetched_at: datetime
    xhr_json: tuple[JsonAnswer, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    console_errors: int = 0
    requests: int = 0
    wire_bytes: int = 0
    elapsed_seconds: float = 0.0
    is_settled: bool = True

    def as_page(self) -> Page:
        """Return the page as if it had come this way from the server, for those who read pages."""
        return Page(
            url=self.url,
            final_url=self.final_url,
            status=self.status,
            content=self.html.encode("utf-8", "replace"),
            fetched_at=self.fetched_at,
            media_type="text/html",
            charset="utf-8",
            headers=self.headers,
            wire_bytes=self.wire_bytes,
            elapsed_seconds=self.elapsed_seconds,
            is_rendered=True,
            answers=self.xhr_json,
        )
