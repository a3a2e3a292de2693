"""Rows and feed entries as candidates, each value with its proof."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from hoistscraper.discovery.feeds import Feed, FeedEntry
from hoistscraper.discovery.labelled_lines import labelled_lines
from hoistscraper.discovery.rows import Row
from hoistscraper.extraction.candidate import Candidate, Evidence, NamedDate
from hoistscraper.extraction.confidence import confidence_of
from hoistscraper.extraction.dates import DateContext, find_moments, order_of
from hoistscraper.extraction.document import Document
from hoistscraper.extraction.lexicon import says
from hoistscraper.extraction.row import METHOD, LabelledText, RowContext, read_row

_FEED_METHOD = "feed"
_LONGEST_SECTION = 80


def items_of_rows(rows: Iterable[Row], document: Document, *, today: date) -> tuple[Candidate, ...]:
    """Read the rows of a list of calls."""
    kept = tuple(rows)
    written = "\n".join(text.text for row in kept for text in row.texts)
    dates = DateContext(language=document.language, order=order_of(written, document.language), today=today)
    context = RowContext(dates=dates, source_url=document.url)
    return tuple(_item(row, context) for row in kept)


def items_of_feed(feed: Feed, document: Document, *, today: date) -> tuple[Candidate, ...]:
    """Read the entries of a feed; the date of an entry is when it was published, nothing more."""
    dates = DateContext(language=document.language, today=today)
    context = RowContext(dates=dates, source_url=document.url)
    return tuple(_feed_item(entry, document, context) for entry in feed.entries)


def _item(row: Row, context: RowContext) -> Candidate:
    texts = [*row.texts, *_section_status(row.section)]
    return _named(read_row(texts, context), row.title, row.url, METHOD, context)


def _section_status(section: str | None) -> Iterator[LabelledText]:
    # "Closed calls", as a heading, tells of every row below it.
    if section and len(section) <= _LONGEST_SECTION and says("status_closed", section):
        yield LabelledText("Status", section)


def _feed_item(entry: FeedEntry, document: Document, context: RowContext) -> Candidate:
    texts = [LabelledText(None, entry.title), *labelled_lines(entry.lines)]
    read = read_row(texts, context)
    item = _named(read, entry.title, document.absolute(entry.url), _FEED_METHOD, context)
    return _with_published(item, entry, context)


def _with_published(item: Candidate, entry: FeedEntry, context: RowContext) -> Candidate:
    moments = find_moments(entry.published or "", context.dates)
    if not moments:
        return item
    proof = Evidence(entry.published or "", _FEED_METHOD, confidence_of(METHOD), context.source_url)
    dates = (*item.other_dates, NamedDate("Published", moments[0].moment))
    return _with(item, "other_dates", dates, proof)


def _named(candidate: Candidate, title: str, url: str | None, method: str, context: RowContext) -> Candidate:
    proof = Evidence(title, method, confidence_of(METHOD), context.source_url)
    return _with(replace(candidate, url=url), "title", title, proof)


def _with(candidate: Candidate, field: str, value: object, proof: Evidence) -> Candidate:
    return replace(candidate, **{field: value}, evidence={**candidate.evidence, field: proof})  # type: ignore[arg-type]
