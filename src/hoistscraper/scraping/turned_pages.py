"""The pages of a list that only a press of a button leads to, read while the browser shows them."""

from typing import Protocol

from hoistscraper.discovery.page_controls import next_control
from hoistscraper.extraction.document import parse
from hoistscraper.fetching.browsing.rendered import RenderedPage
from hoistscraper.fetching.browsing.turning import CONTROL
from hoistscraper.fetching.errors import FetchError, heals_soon
from hoistscraper.fetching.page import Page
from hoistscraper.reading.values import Reading
from hoistscraper.scraping.report import Journal

Row = tuple[str | None, str | None]


class ReadTurned(Protocol):
    """Reads a page of a list; all but the first are told to be where the list goes on."""

    def __call__(self, page: Page, *, is_first: bool) -> Reading:
        """Return what it offers."""


class TurnedPages:
    """Takes the pages of one list in turn, as long as each shows calls that none before it showed.

    ``cut_short`` says why pages are missing (``may_heal``: they may be had soon), ``limit`` that there are
    more than may be read.
    """

    def __init__(self, read: ReadTurned, journal: Journal, *, most_pages: int) -> None:
        self._read = read
        self._journal = journal
        self._most_pages = most_pages
        self.rendered: list[RenderedPage] = []
        self.begin()

    def begin(self) -> None:
        """Begin with the first page, again if the browser broke down."""
        self.rendered.clear()
        self.readings: list[Reading] = []
        self.cut_short: str | None = None
        self.may_heal = False
        self.limit: str | None = None
        self._rows: set[Row] = set()

    def takes(self, page: RenderedPage) -> bool:
        """Take a page; tell whether the one after it is wanted."""
        reading = self._read(page.as_page(), is_first=not self.rendered)
        rows = {(item.title, item.url) for item in reading.items}
        if self.rendered:
            if not rows:
                number = len(self.rendered) + 1
                self.cut_short = f"A button led to page {number} of the list, which shows no call."
                return False
            if rows <= self._rows:
                return False
            self._journal.note(f"Turned to page {len(self.rendered) + 1} of this list.", page.url)
        self._rows |= rows
        self.rendered.append(page)
        self.readings.append(reading)
        if not rows or reading.next_page:
            return False
        return self._is_within_limit(reading)

    def control(self, html: str, url: str) -> str | None:
        """Return the number of the control that leads on, or ``None`` at the end."""
        marked = [node for node in parse(html, url).root.iter() if node.get(CONTROL) is not None]
        found = next_control(marked, number=len(self.rendered))
        return None if found is None else found.get(CONTROL)

    def stop(self, failure: FetchError) -> RenderedPage | None:
        """Learn that no further page can be had; return the first page, if there was one."""
        if not self.rendered:
            return None
        self.cut_short, self.may_heal = failure.message, heals_soon(failure)
        return self.rendered[0]

    def _is_within_limit(self, reading: Reading) -> bool:
        if len(self.rendered) < self._most_pages:
            return True
        if reading.turns_by_control:
            self.limit = f"Stopped after {len(self.rendered)} listing pages, the limit (HOIST_MAX_PAGES)."
        return False
