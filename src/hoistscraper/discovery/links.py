"""Which of a row's links is the call, and what the call is named."""

import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from hoistscraper.discovery.layout import HEADINGS
from hoistscraper.discovery.naming import LONGEST_TITLE, call_words, can_head, can_name, clean_title, leads_on
from hoistscraper.extraction.document import Document
from hoistscraper.extraction.lines import lines, one_line

DOCUMENTS = (".pdf", ".doc", ".docx", ".odt", ".rtf", ".zip", ".xls", ".xlsx")
_HEADS = frozenset([*HEADINGS, "summary"])
_MOST_LINKS = 60
_FOLLOWING = re.compile(r"\s*[-–—:]\s+(?P<said>\S.*)")
_BEGINNING = 60
_NAMED_SO = ("title", "heading", "name", "headline", "titolo", "titre", "titel", "titulo")


class Naming(NamedTuple):
    """A row's name and where it leads; ``quality`` says how sure the name is, 0 to 3."""

    title: str
    url: str | None
    quality: int


def name_row(
    node: HtmlElement, document: Document, barred: Collection[str] = (), written: Sequence[str] | None = None
) -> Naming | None:
    """Return what a row is named and where it leads, or ``None`` where nothing in it can be a name.

    ``barred`` are texts that other rows have, too ("Go to the tender"), so that they name none of them;
    ``written`` are the lines of the row, where they are known.
    """
    links = [(link, one_line(link)) for link in _links(node)][:_MOST_LINKS]
    told = lines(node) if written is None else written
    row = _NamedRow(node, told, links, document, frozenset(barred))
    return _by_heading(row) or _by_toggle(row) or _by_link(row) or _by_text(row)


class _NamedRow(NamedTuple):
    node: HtmlElement
    written: Sequence[str]
    links: list[tuple[HtmlElement, str]]
    document: Document
    barred: frozenset[str]

    def can_name(self, text: str) -> bool:
        return text not in self.barred and can_name(text)

    def best_address(self) -> str | None:
        usable = [(self.document.absolute(link.get("href")), text) for link, text in self.links]
        there = [(url, text) for url, text in usable if url]
        leading = next((url for url, text in there if leads_on(text)), None)
        # What every row offers in the same words ("Go to the tender") leads to the row's own page.
        shared = next((url for url, text in there if text in self.barred), None)
        return leading or shared or (there[0][0] if there else None)


def is_document(url: str | None) -> bool:
    """Tell whether an address names a file rather than a page."""
    lowered = (url or "").lower()
    named = lowered.partition("#")[0].partition("?")[0]
    return named.endswith(DOCUMENTS) and urlsplit(named).path.endswith(DOCUMENTS)


def _links(node: HtmlElement) -> list[HtmlElement]:
    own = [link for link in node.iter("a") if link.get("href") is not None]
    return own or list(islice(node.iterancestors("a"), 1))


def _by_heading(row: _NamedRow) -> Naming | None:
    absolute = row.document.absolute
    for heading in _headings(row.node):
        text = clean_title(one_line(heading))
        inside = next((url for link in heading.iter("a") if (url := absolute(link.get("href")))), None)
        # What leads to a page of its own is a name even if it holds a label's words: "Bursary Award".
        if row.can_name(text) or (inside and text not in row.barred and can_head(text)):
            around = (absolute(link.get("href")) for link in islice(heading.iterancestors("a"), 1))
            return Naming(text, inside or next(around, None) or row.best_address(), 3)
    return None


def _headings(node: HtmlElement) -> Iterator[HtmlElement]:
    for inner in node.iter():
        if inner.tag in _HEADS or inner.get("role") == "heading":
            yield inner


def _by_toggle(row: _NamedRow) -> Naming | None:
    """Name a panel by what opens it: the link or button at its beginning that leads to no page."""
    first = next(iter(row.written), "")
    for inner in row.node.iter("a", "button"):
        text = one_line(inner)
        if not text:
            continue
        opens = inner.tag == "button" or not row.document.absolute(inner.get("href"))
        if opens and first.startswith(text) and row.can_name(text):
            leading = (row.document.absolute(link.get("href")) for link, said in row.links if leads_on(said))
            return Naming(clean_title(text), next(filter(None, leading), None), 3)
        return None
    return None


def _by_link(row: _NamedRow) -> Naming | None:
    named = [
        (min(len(text), 90) - 4 * place, link, text)
        for place, (link, text) in enumerate(row.links[:12])
        if row.can_name(text) and row.document.absolute(link.get("href"))
    ]
    if not named:
        return None
    _, link, text = max(named, key=lambda entry: entry[0])
    if len(text) > 150:
        text = next((line for line in lines(link) if row.can_name(line)), text)
    text = _with_call(text, row.written)
    return Naming(clean_title(text), row.document.absolute(link.get("href")), 2)


@lru_cache(maxsize=4_096)
def _says_name(classes: str) -> bool:
    return any(word in classes.lower() for word in _NAMED_SO)


def _with_call(text: str, written: Sequence[str]) -> str:
    """Return a link's text with what follows it on its line where only that names the call.

    "PARKS DEPARTMENT - Invitation for bids: ..." links the buyer.
    """
    if call_words(text)[0]:
        return text
    line = next((line for line in written if line.startswith(text)), text)
    rest = _FOLLOWING.match(line[len(text) :])
    named = rest is not None and call_words(rest["said"][:_BEGINNING])[0] > 0
    return line if named and len(line) <= LONGEST_TITLE else text


def _by_text(row: _NamedRow) -> Naming | None:
    for inner in row.node.iter():
        marked = inner.tag in ("strong", "b") or _says_name(inner.get("class") or "")
        if marked and row.can_name(text := clean_title(one_line(inner))) and len(text) >= 8:
            return Naming(text, row.best_address(), 1)
    first = longer = ""
    for line in row.written[:40]:
        is_longer = len(line.split()) >= 4
        if (is_longer or not first) and row.can_name(line):
            first = first or line
            if is_longer:
                longer = line
                break
    text = longer or first
    return Naming(clean_title(text), row.best_address(), 0) if text else None
