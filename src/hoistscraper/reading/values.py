"""What reading a page returns; its JSON form is the contract of ``hoistscraper inspect --jsonl``."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from hoistscraper.discovery.sitemaps import Sitemap
from hoistscraper.extraction.candidate import Candidate
from hoistscraper.extraction.standing import Standing


class PageKind(StrEnum):
    """What a page is for."""

    LISTING = "listing"
    DETAIL = "detail"
    FEED = "feed"
    OTHER = "other"


def note_of(left_out: int, share: float = 0.0) -> str | None:
    """Say that entries of a page were not read, or a share of it (0 to 1) at its end; ``None``: all was."""
    told = []
    if share:
        told.append(
            "This page is larger, or nested deeper, than what is read of one page; its last"
            f" {_percent(share)} left out."
        )
    if left_out:
        told.append(
            f"This page has more entries than are read of one page; {left_out:,} of them were left out."
        )
    return " ".join((*told, "Watch addresses that list fewer calls at a time.")) if told else None


def _percent(share: float) -> str:
    return "1 % was" if share < 0.015 else f"{min(share, 0.99):.0%} were".replace("%", " %")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one page offers.

    ``items`` are the calls that a listing or a feed names, in page order, as far as their rows tell them;
    ``opportunity`` is the call that a detail page is about. Of a page that offers no call itself, ``feeds``
    are the addresses of the feeds that it declares; a sitemap is of kind ``other``, with what it names.
    A listing that ``turns_by_control`` goes on, but no address leads there: something has to be pressed.
    ``standings`` says where the values of ``opportunity`` stand on its page, where rules for people read it.
    ``left_out`` is how many entries were not read, because a page has more than are read of one; a page that
    ``is_cut`` is larger than what is read of one. Of a document, ``text`` is all that it says. ``note`` tells
    why nothing, or not all of a page, was read.
    """

    kind: PageKind
    url: str | None
    needs_browser: bool = False
    items: tuple[Candidate, ...] = ()
    next_page: str | None = None
    turns_by_control: bool = False
    opportunity: Candidate | None = None
    standings: Mapping[str, Standing] | None = None
    feeds: tuple[str, ...] = ()
    sitemap: Sitemap | None = None
    left_out: int = 0
    is_cut: bool = False
    text: str = ""
    note: str | None = None
    elapsed_ms: float = 0.0

    @property
    def is_partial(self) -> bool:
        """Whether the page holds more than was read of it."""
        return self.is_cut or self.left_out > 0


def as_far_as_read(reading: Reading, left_out: float) -> Reading:
    """Say of a page of which a share is left out that it is larger than what is read of one."""
    if not left_out or reading.is_cut:
        return reading
    said = reading.note if reading.note != note_of(reading.left_out) else None
    told = filter(None, (note_of(reading.left_out, left_out), said))
    return replace(reading, is_cut=True, note=" ".join(told))
