"""Rows and feed entries as candidates, each value with its proof."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache

from hoistscraper.discovery.feeds import Feed, FeedEntry
from hoistscraper.discovery.labelled_lines import labelled_lines
from hoistscraper.discovery.layout import Layout
from hoistscraper.discovery.rows import Row
from hoistscraper.extraction.candidate import Candidate, Evidence, NamedDate
from hoistscraper.extraction.confidence import confidence_of
from hoistscraper.extraction.content import Content
from hoistscraper.extraction.dates import DateContext, find_moments, holds_numeric, order_of
from hoistscraper.extraction.declared import declared_texts
from hoistscraper.extraction.document import Document
from hoistscraper.extraction.ground import Links, RowsGround, text_of_lines
from hoistscraper.extraction.lexicon import says
from hoistscraper.extraction.lines import squeeze
from hoistscraper.extraction.proof import proven
from hoistscraper.extraction.row import METHOD, LabelledText, RowContext, read_row

_FEED_METHOD = "feed"
_LONGEST_SECTION = 80


def items_of_rows(rows: Iterable[Row], layout: Layout, *, today: date) -> tuple[Candidate, ...]:
    """Read the rows of a list of calls."""
    kept = tuple(rows)
    return _items(kept, ground_of_rows(kept, layout, today=today))


def ground_of_rows(rows: tuple[Row, ...], layout: Layout, *, today: date) -> RowsGround:
    """Return what the rows of a list are checked against."""
    page = Content(layout.document, today)
    return RowsGround(
        dates=_dates(rows, page),
        content=text_of_lines(layout.lines),
        links=Links(layout.document),
        url=layout.document.url,
        currency=page.currency,
        whole=lambda: page.visible_text,
    )


def item_of_row(row: Row, ground: RowsGround) -> Candidate:
    """Read one row of a list, as far as it is proven."""
    return proven(_item(row, context_of_rows(ground)), ground)


def context_of_rows(ground: RowsGround) -> RowContext:
    """Return what the rows of a list share."""
    return RowContext(dates=ground.dates, currency_hint=ground.currency, source_url=ground.url)


def texts_of_row(row: Row) -> list[LabelledText]:
    """Return all that tells of a row's call."""
    return [*row.texts, *_section_status(row.section)]


def items_of_declared(rows: Iterable[Row], document: Document, *, today: date) -> tuple[Candidate, ...]:
    """Read the entries of a list that a page declares for machines only."""
    kept = tuple(rows)
    page = Content(document, today)
    texts = tuple(map(squeeze, declared_texts(document)))
    ground = RowsGround(
        dates=_dates(kept, page),
        content=text_of_lines(texts),
        links=frozenset(filter(None, map(document.absolute, texts))),
        url=document.url,
        currency=page.currency,
    )
    return _items(kept, ground)


def items_of_feed(feed: Feed, document: Document, *, today: date) -> tuple[Candidate, ...]:
    """Read the entries of a feed; the date of an entry is when it was published, nothing more.

    Each is held against itself: what another entry says proves nothing.
    """
    dates = DateContext(language=document.language, today=today)
    context = RowContext(dates=dates, source_url=document.url)
    read = (
        proven(_feed_item(entry, document, context), _ground_of_entry(entry, document, dates))
        for entry in feed.entries
    )
    return tuple(item for item in read if item.title)


def _ground_of_entry(entry: FeedEntry, document: Document, dates: DateContext) -> RowsGround:
    written = map(squeeze, (entry.title, *entry.lines, entry.published or ""))
    links = frozenset(filter(None, (document.absolute(entry.url),)))
    return RowsGround(dates=dates, content=text_of_lines(written), links=links, url=document.url)


def _dates(rows: tuple[Row, ...], page: Content) -> DateContext:
    language = page.document.language
    written = "\n".join(text.text for row in rows for text in row.texts)
    order = order_of(written, language)
    if order is None and holds_numeric(written):
        order = page.dates.order
    return DateContext(language=language, order=order, today=page.today)


def _items(rows: tuple[Row, ...], ground: RowsGround) -> tuple[Candidate, ...]:
    context = context_of_rows(ground)
    read = (proven(_item(row, context), ground) for row in rows)
    return tuple(item for item in read if item.title)


def _item(row: Row, context: RowContext) -> Candidate:
    return read_row(texts_of_row(row), context, title=row.title, url=row.url)


def _section_status(section: str | None) -> Iterator[LabelledText]:
    # "Closed calls", as a heading, tells of every row below it.
    if section and len(section) <= _LONGEST_SECTION and _says_closed(section):
        yield LabelledText("Status", section)


@lru_cache(maxsize=256)
def _says_closed(section: str) -> bool:
    return says("status_closed", section)


def _feed_item(entry: FeedEntry, document: Document, context: RowContext) -> Candidate:
    texts = [LabelledText(None, entry.title), *labelled_lines(entry.lines)]
    url = document.absolute(entry.url)
    item = read_row(texts, context, title=entry.title, url=url, titled_by=_FEED_METHOD)
    return _with_published(item, entry, context)


def _with_published(item: Candidate, entry: FeedEntry, context: RowContext) -> Candidate:
    moments = find_moments(entry.published or "", context.dates)
    if not moments:
        return item
    known = item.evidence.get("other_dates")
    quote = "\n".join((*([known.quote] if known else ()), entry.published or ""))
    proof = Evidence(quote, _FEED_METHOD, confidence_of(METHOD), context.source_url)
    dates = (*item.other_dates, NamedDate("Published", moments[0].moment))
    return _with(item, "other_dates", dates, proof)


def _with(candidate: Candidate, field: str, value: object, proof: Evidence) -> Candidate:
    return replace(candidate, **{field: value}, evidence={**candidate.evidence, field: proof})  # type: ignore[arg-type]
