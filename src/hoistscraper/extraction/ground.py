"""What proofs are checked against: a page's visible text, what it declares for machines, and its links."""

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Protocol

from hoistscraper.extraction.dates import DateContext
from hoistscraper.extraction.document import Document
from hoistscraper.extraction.emails import address_behind
from hoistscraper.extraction.lines import squeeze

LEAST_BEGINNING = 60  # characters
_LINES_AT_ONCE = 5_000
_NEAR = 10_000  # characters


class Ground(Protocol):
    """A source of proofs. Texts are compared with every run of white space made one space."""

    @property
    def url(self) -> str | None:
        """The source's own address."""

    @property
    def dates(self) -> DateContext:
        """How the source writes dates."""

    @property
    def currency(self) -> str | None:
        """The currency that "$" means there, where it is known."""

    def shows(self, line: str) -> bool:
        """Tell whether a line stands in the visible text."""

    def declares(self, text: str) -> bool:
        """Tell whether a text stands in a value that is declared for machines."""

    def links_to(self, address: str) -> bool:
        """Tell whether the source links to an address, or an e-mail address stands behind a link."""


class Text:
    """A text that is asked for its pieces in about the order in which they stand in it."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._reached = 0

    def __contains__(self, piece: object) -> bool:
        if not isinstance(piece, str):
            return False
        # The values of an entry stand near each other, though not in the order in which they are checked.
        place = self._text.find(piece, max(0, self._reached - _NEAR), self._reached + len(piece) + _NEAR)
        if place < 0:
            place = self._text.find(piece, self._reached)
        if place < 0:
            place = self._text.find(piece, 0, self._reached + len(piece))
        if place >= 0:
            self._reached = place
        return place >= 0


class Links:
    """The addresses that a page's links lead to; each is completed only when it is asked for."""

    def __init__(self, document: Document) -> None:
        self._document = document

    def __contains__(self, address: object) -> bool:
        if not isinstance(address, str):
            return False
        if "@" in address and "/" not in address:
            return address in self._emails
        if address in self._hrefs and self._document.absolute(address) == address:
            return True
        hrefs = self._by_end.get(_end(address), ())
        return any(self._document.absolute(href) == address for href in hrefs)

    @cached_property
    def _hrefs(self) -> frozenset[str]:
        links = self._document.root.iter("a", "area")
        return frozenset(href for link in links if (href := link.get("href")))

    @cached_property
    def _by_end(self) -> Mapping[str, Sequence[str]]:
        ends: defaultdict[str, list[str]] = defaultdict(list)
        for href in self._hrefs:
            ends[_end(href)].append(href)
        return ends

    @cached_property
    def _emails(self) -> frozenset[str]:
        links = self._document.root.iter("a", "span")
        return frozenset(address for link in links if (address := address_behind(link)))


def _end(address: str) -> str:
    # Completing an address leaves its query as it is, and of the path at least whether it ends with a stroke.
    path, mark, rest = address.strip().partition("?")
    return f"{mark}{rest}" if mark else path.rstrip("/.").rpartition("/")[2].partition("#")[0]


@dataclass(frozen=True, eq=False)
class RowsGround:
    """What the rows of a list, or the entries of a feed, are checked against.

    ``content`` is the text that they were taken from, ``whole`` gives the page's whole text where that is
    more, ``declared`` are the texts of what is listed for machines only.
    """

    dates: DateContext
    content: Container[str]
    links: Container[str]
    url: str | None = None
    currency: str | None = None
    whole: Callable[[], str] | None = None
    declared: frozenset[str] = frozenset()

    def shows(self, line: str) -> bool:
        """Tell whether a line stands in the text."""
        return line in self.content or (self.whole is not None and line in self._whole_text)

    def declares(self, text: str) -> bool:
        """Tell whether a text is one of those listed for machines, or the beginning of one."""
        return declared_in(text, self.declared)

    def links_to(self, address: str) -> bool:
        """Tell whether the list links to an address."""
        return address in self.links

    @cached_property
    def _whole_text(self) -> Text:
        return Text(self.whole() if self.whole is not None else "")


def declared_in(text: str, declared: Iterable[str]) -> bool:
    """Tell whether a text is one of the declared ones, or the beginning of a long one that was cut."""
    return any(each == text or (len(text) >= LEAST_BEGINNING and each.startswith(text)) for each in declared)


def text_of_lines(lines: Iterable[str]) -> Text:
    """Return lines, their white space squeezed, as one text to be asked for its pieces."""
    # By and by: a large text parted into lines or words takes ten times its own memory.
    rest = iter(lines)
    parts = []
    while some := list(islice(rest, _LINES_AT_ONCE)):
        parts.append(" ".join(filter(None, some)))
    return Text(" ".join(filter(None, parts)))


def lines_of(quote: str) -> Iterator[str]:
    """Return the lines of a quote or a value, white space squeezed, empty ones left out."""
    return (line for raw in quote.split("\n") if (line := squeeze(raw)))
