"""The text of a page that was kept, and where a quote stands in it: what proof is shown in."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape

from lxml import etree

from hoistscraper.discovery.feeds import is_feed
from hoistscraper.extraction.document import parse
from hoistscraper.extraction.lines import lines, squeeze
from hoistscraper.fetching.bounds import RECORDS, within_bounds
from hoistscraper.fetching.decoding import decode
from hoistscraper.reading.documents.formats import is_document
from hoistscraper.reading.documents.reading import read_document
from hoistscraper.reading.documents.told import UnreadableDocument

MOST_BLOCKS = 1_000
LONGEST_BLOCK = 4_000
_AROUND_IN_SOURCE = 300
_TAG = re.compile(r"<[^<>]*>?")


@dataclass(frozen=True, slots=True)
class Span:
    """Some letters of a block: ``block`` counts from 0, ``end`` is the first letter that is no more of it."""

    block: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SavedText:
    """A page's text in blocks, as it reads from top to bottom, and the quote's place.

    ``spans`` are more than one where the quote goes over blocks, and none where the page lacks it. It
    ``is_in_data`` where a page declares it for programs only; then the one block is what stands around it.
    ``left_out`` says how many blocks of a long page are not among these, before and after.
    """

    blocks: tuple[str, ...]
    spans: tuple[Span, ...]
    is_in_data: bool = False
    left_out: tuple[int, int] = (0, 0)


def saved_text(content: bytes, *, charset: str | None, quote: str, near: str) -> SavedText:
    """Return the text of a page with the place of a quote, of several the one below some words.

    ``charset`` is what the HTTP header declared; ``near`` is usually the call's title.
    """
    wanted = squeeze(quote.removesuffix("…"))
    if is_document(content):
        blocks, source = list(_blocks_of_document(content)), ""
    else:
        source = decode(content, declared=charset)
        blocks = list(_blocks_of(source))
    blocks = [block[:LONGEST_BLOCK] for block in blocks]
    spans = _spans(blocks, wanted, squeeze(near))
    if not spans and (declared := _in_source(source, wanted)):
        return declared
    return _window(blocks, spans)


def _blocks_of(source: str) -> Iterator[str]:
    if is_feed(source):
        yield from _blocks_of_feed(source)
        return
    document = parse(source)
    if document.title:
        yield document.title
    yield from lines(document.root)


def _blocks_of_document(content: bytes) -> Iterator[str]:
    try:
        yield from lines(parse(read_document(content).html).root)
    except UnreadableDocument:
        return


def _blocks_of_feed(source: str) -> Iterator[str]:
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True)
    root = etree.fromstring(within_bounds(source, RECORDS)[0].encode(), parser)
    for text in map(str, root.itertext()):
        # What entries say is often markup, written as text.
        yield from lines(parse(text).root) if "<" in text else filter(None, [squeeze(text)])


def _spans(blocks: Sequence[str], quote: str, near: str) -> tuple[Span, ...]:
    whole = " ".join(blocks)
    places = [found.start() for found in re.finditer(re.escape(quote), whole)] if quote else []
    if not places:
        return ()
    home = whole.find(near) if near else -1
    # What is said of a call stands below its title, as a rule.
    start = min(places, key=lambda place: (place < home, abs(place - home))) if home >= 0 else places[0]
    return tuple(_cut(blocks, start, start + len(quote)))


def _cut(blocks: Sequence[str], start: int, end: int) -> Iterator[Span]:
    """Yield the parts of a stretch of the whole text, block by block."""
    begins = 0
    for number, block in enumerate(blocks):
        first, last = max(start - begins, 0), min(end - begins, len(block))
        if first < last:
            yield Span(number, first, last)
        begins += len(block) + 1


def _in_source(source: str, quote: str) -> SavedText | None:
    """Find a quote in what a page declares for programs, as it is or as JSON writes it."""
    whole = squeeze(unescape(source))
    for form in (quote, json.dumps(quote)[1:-1]):
        place = whole.find(form) if form else -1
        if place >= 0:
            before = _TAG.sub(" ", whole[max(0, place - _AROUND_IN_SOURCE) : place])
            after = _TAG.sub(" ", whole[place + len(form) : place + len(form) + _AROUND_IN_SOURCE])
            block = f"{before}{quote}{after}"
            return SavedText((block,), (Span(0, len(before), len(before) + len(quote)),), is_in_data=True)
    return None


def _window(blocks: Sequence[str], spans: tuple[Span, ...]) -> SavedText:
    """Return so many blocks around the quote as may be shown; without it, the first ones."""
    middle = spans[0].block if spans else 0
    first = max(0, min(middle - MOST_BLOCKS // 2, len(blocks) - MOST_BLOCKS))
    shown = tuple(blocks[first : first + MOST_BLOCKS])
    kept = tuple(Span(each.block - first, each.start, each.end) for each in spans)
    return SavedText(shown, kept, left_out=(first, len(blocks) - first - len(shown)))
