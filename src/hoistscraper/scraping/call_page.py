"""The page behind a listing's row: is it about that call, and what does it say?"""

from dataclasses import dataclass, replace
from datetime import date

from hoistscraper.extraction.candidate import Candidate
from hoistscraper.extraction.document import parse
from hoistscraper.extraction.lines import one_line
from hoistscraper.fetching.page import Page
from hoistscraper.opportunities.identity import fold
from hoistscraper.reading.call_pages import CallPages, PageFields
from hoistscraper.reading.read import read_linked
from hoistscraper.scraping.blocked import Block, block_of, is_html, refusal_of

# Of the row's title, this share of words must stand on the page: titles get shortened, rarely rewritten.
LEAST_SHARE_OF_TITLE = 0.6
ONLY_A_BROWSER = (
    "Only a browser would show this page, and none may be used (`hoistscraper doctor`); "
    "what its row says is kept."
)


@dataclass(frozen=True, slots=True)
class CallPage:
    """What the page says of the call, or why nothing of it may be used; ``note``: what of it was not read."""

    candidate: Candidate | None
    why_not: str | None = None
    block: Block | None = None
    needs_browser: bool = False
    note: str | None = None
    page: Page | None = None  # that was read
    fields: PageFields | None = None  # what it states, and where

    @property
    def in_words(self) -> str:
        """What came of reading it, for the log."""
        return self.why_not or (f"Read. {self.note}" if self.note else "Read.")


def read_call_page(
    page: Page, *, row_title: str | None, today: date, known: CallPages | None = None
) -> CallPage:
    """Read the page that a row links to.

    A log-in form, an error page in disguise or another call's page would give wrong values: a page that does
    not mention the call gives none. ``known`` is what was learned of the pages of the website's calls.
    """
    usual_label = known.usual_label if known else None
    told = _read(page, row_title=row_title, today=today, usual_label=usual_label)
    block = block_of(page) if told.candidate is None else None
    return CallPage(None, refusal_of(block, page.url).message, block=block) if block else told


def _read(page: Page, *, row_title: str | None, today: date, usual_label: str | None) -> CallPage:
    reading = read_linked(
        page.content,
        url=page.final_url,
        charset=page.charset,
        is_rendered=page.is_rendered,
        answers=page.answers,
        usual_label=usual_label,
        today=today,
    )
    if reading.needs_browser:
        return CallPage(None, ONLY_A_BROWSER, needs_browser=True)
    candidate = reading.opportunity
    if candidate is None:
        why_not = reading.note or "This page could not be read as a call."
        return CallPage(None, f"{why_not.removesuffix('.')}; what its row says is kept.")
    if reading.text:
        candidate = _as_titled(candidate, row_title)
    if not _mentions(page, candidate, row_title, reading.text):
        return CallPage(
            None, "This page does not mention the call that links to it; what the row says is kept."
        )
    return CallPage(candidate, note=reading.note, page=page, fields=PageFields.of(reading))


def _as_titled(candidate: Candidate, row_title: str | None) -> Candidate:
    """Leave a document's title to the row, unless it says the same: documents begin with letterheads."""
    words = set(fold(row_title or "").split())
    if not words or _share(words, candidate.title or "") >= LEAST_SHARE_OF_TITLE:
        return candidate
    proof = {field: each for field, each in candidate.evidence.items() if field != "title"}
    return replace(candidate, title=None, evidence=proof)


def _mentions(page: Page, candidate: Candidate, row_title: str | None, text: str) -> bool:
    words = set(fold(row_title or "").split())
    if not words:
        return True
    if text:
        return _share(words, text) >= LEAST_SHARE_OF_TITLE
    if _share(words, candidate.title or "") >= LEAST_SHARE_OF_TITLE or not is_html(page):
        return True
    return _share(words, one_line(parse(page.text, page.final_url).root)) >= LEAST_SHARE_OF_TITLE


def _share(words: set[str], text: str) -> float:
    return len(words & set(fold(text).split())) / len(words)
