"""One page read from start to end: its kind, its calls, its next page."""

from dataclasses import replace
from datetime import date
from html import escape
from time import perf_counter

from hoistscraper.discovery.calls import LIST_TOPIC, find_calls, topic_of
from hoistscraper.discovery.declared_rows import find_declared
from hoistscraper.discovery.feed_links import feed_links
from hoistscraper.discovery.feeds import is_feed, read_feed
from hoistscraper.discovery.layout import Layout, lay_out
from hoistscraper.discovery.page_controls import turns_by_control
from hoistscraper.discovery.pagination import next_page
from hoistscraper.discovery.sitemaps import is_sitemap, read_sitemap
from hoistscraper.extraction.candidate import Candidate
from hoistscraper.extraction.detail import read_detail
from hoistscraper.extraction.document import Document, parse, remembering_lines
from hoistscraper.fetching.decoding import decode
from hoistscraper.reading.browser_need import is_shell, lacks_content
from hoistscraper.reading.items import items_of_feed, items_of_rows
from hoistscraper.reading.kind import is_listing, is_one_call
from hoistscraper.reading.pdf import is_pdf, text_of_pdf
from hoistscraper.reading.values import PageKind, Reading

# The version of our rules: pages that other rules read are read again, from their saved content.
READER = "3"


@remembering_lines()
def read_page(
    content: str | bytes,
    *,
    url: str | None,
    media_type: str | None = None,
    charset: str | None = None,
    is_rendered: bool = False,
    goes_on: bool = False,
    today: date,
) -> Reading:
    """Read a page: HTML, a feed, a sitemap or a PDF document.

    ``charset`` is what the HTTP header declares of bytes; a page that ``is_rendered`` has run its scripts, so
    that no browser would show more; on a page where a listing ``goes_on``, as few as two rows are a list;
    ``today`` decides whether a deadline has passed. A page without anything to read is of kind ``other``.
    """
    started = perf_counter()
    if isinstance(content, bytes) and is_pdf(content):
        reading = _read_pdf(content, url, today)
    else:
        text = decode(content, declared=charset) if isinstance(content, bytes) else content
        reading = _read_text(text, url, media_type, today, is_rendered=is_rendered, goes_on=goes_on)
    return replace(reading, elapsed_ms=round((perf_counter() - started) * 1000, 2))


@remembering_lines()
def read_linked(
    content: str | bytes,
    *,
    url: str | None,
    charset: str | None = None,
    is_rendered: bool = False,
    today: date,
) -> Reading:
    """Read the page that a call's row links to: it is about that call, whatever else it may look like.

    Without a call in it the page is of kind ``other``; ``needs_browser`` may say why.
    """
    started = perf_counter()
    if isinstance(content, bytes) and is_pdf(content):
        reading = _linked(_document_of_pdf(content, url), "", today, is_rendered=is_rendered)
    else:
        text = decode(content, declared=charset) if isinstance(content, bytes) else content
        reading = _linked(parse(text, url), text, today, is_rendered=is_rendered)
    return replace(reading, elapsed_ms=round((perf_counter() - started) * 1000, 2))


def _linked(document: Document, source: str, today: date, *, is_rendered: bool) -> Reading:
    layout = lay_out(document)
    if not is_rendered and is_shell(layout, source):
        return Reading(kind=PageKind.OTHER, url=document.url, needs_browser=True)
    read = read_detail(document, today=today, source_url=document.url)
    is_bare = not is_rendered and read.evidence.keys() <= {"title"}
    if is_bare and lacks_content(layout, source):
        return Reading(kind=PageKind.OTHER, url=document.url, needs_browser=True)
    return Reading(kind=PageKind.DETAIL, url=document.url, opportunity=read)


def _read_text(
    text: str, url: str | None, media_type: str | None, today: date, *, is_rendered: bool, goes_on: bool
) -> Reading:
    if is_feed(text, media_type):
        feed = _read_feed(text, url, today)
        if feed is not None:
            return feed
    if is_sitemap(text):
        return Reading(kind=PageKind.OTHER, url=url, sitemap=read_sitemap(text))
    return _read_html(text, url, today, is_rendered=is_rendered, goes_on=goes_on)


def _read_feed(text: str, url: str | None, today: date) -> Reading | None:
    feed = read_feed(text)
    if feed is None:
        return None
    document = Document(url=url, base_url=url or "", root=parse("").root)
    return Reading(kind=PageKind.FEED, url=url, items=items_of_feed(feed, document, today=today))


def _read_html(text: str, url: str | None, today: date, *, is_rendered: bool, goes_on: bool) -> Reading:
    document = parse(text, url)
    layout = lay_out(document)
    calls = find_calls(layout)
    if calls is not None and is_listing(layout, calls, goes_on=goes_on):
        items = items_of_rows(calls.rows, document, today=today)
        return _listing(document, items)
    if declared := _declared(document, layout, text, today):
        return declared
    if not is_rendered and is_shell(layout, text):
        feeds = tuple(feed_links(document))
        return Reading(kind=PageKind.OTHER, url=url, needs_browser=True, feeds=feeds)
    one = _one_call(document, layout, today)
    return one or Reading(
        kind=PageKind.OTHER,
        url=url,
        needs_browser=not is_rendered and lacks_content(layout, text),
        feeds=tuple(feed_links(document)),
    )


def _declared(document: Document, layout: Layout, source: str, today: date) -> Reading | None:
    """Read what a page lists for machines only: where nothing else stands, or its name says it is a list."""
    topic = topic_of(layout)
    if topic < LIST_TOPIC and not is_shell(layout, source) and not lacks_content(layout, source):
        return None
    rows = find_declared(document, topic)
    if not rows:
        return None
    return _listing(document, items_of_rows(rows, document, today=today))


def _listing(document: Document, items: tuple[Candidate, ...]) -> Reading:
    following = next_page(document)
    return Reading(
        kind=PageKind.LISTING,
        url=document.url,
        items=items,
        next_page=following,
        turns_by_control=following is None and turns_by_control(document),
    )


def _one_call(document: Document, layout: Layout, today: date) -> Reading | None:
    read = read_detail(document, today=today, source_url=document.url)
    if not is_one_call(layout, read):
        return None
    return Reading(kind=PageKind.DETAIL, url=document.url, opportunity=read)


def _document_of_pdf(content: bytes, url: str | None) -> Document:
    title, *rest = text_of_pdf(content) or [""]
    body = "".join(f"<p>{escape(line)}</p>" for line in rest)
    return parse(f"<h1>{escape(title)}</h1>{body}", url)


def _read_pdf(content: bytes, url: str | None, today: date) -> Reading:
    document = _document_of_pdf(content, url)
    return _one_call(document, lay_out(document), today) or Reading(kind=PageKind.OTHER, url=url)
