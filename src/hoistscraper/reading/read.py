"""One page read from start to end: its kind, its calls, its next page."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from time import perf_counter

from hoistscraper.discovery.calls import LIST_TOPIC, CallList, find_calls, topic_of
from hoistscraper.discovery.declared_rows import find_declared
from hoistscraper.discovery.feed_links import feed_links
from hoistscraper.discovery.feeds import is_feed, read_feed
from hoistscraper.discovery.layout import Layout, lay_out
from hoistscraper.discovery.page_controls import turns_by_control
from hoistscraper.discovery.pagination import next_page
from hoistscraper.discovery.rows import MOST_ROWS, Row
from hoistscraper.discovery.sitemaps import is_sitemap, read_sitemap
from hoistscraper.extraction.candidate import Candidate
from hoistscraper.extraction.content import Content
from hoistscraper.extraction.declared import LONGEST_SCRIPT, holds_unread, states
from hoistscraper.extraction.detail import read_content
from hoistscraper.extraction.document import Document, parse
from hoistscraper.extraction.lines import one_line, remembering_lines
from hoistscraper.extraction.standing import standings_of
from hoistscraper.fetching.bounds import RECORDS, within_bounds
from hoistscraper.fetching.decoding import decode
from hoistscraper.fetching.page import JsonAnswer
from hoistscraper.reading.browser_need import is_shell, lacks_content
from hoistscraper.reading.documents.formats import is_document
from hoistscraper.reading.documents.reading import read_document, with_pages
from hoistscraper.reading.documents.told import UnreadableDocument
from hoistscraper.reading.items import items_of_declared, items_of_feed, items_of_rows
from hoistscraper.reading.kind import are_several, is_listing, is_one_call
from hoistscraper.reading.native import read_answered_call, read_answers, read_native, read_states
from hoistscraper.reading.values import PageKind, Reading, as_far_as_read, note_of

# The version of our rules: pages that other rules read are read again, from their saved content.
READER = "9"
_LONG_SCRIPT = (
    f"A script of this page declares data of more than {LONGEST_SCRIPT // 1_000_000} MB, which was not read."
)


@remembering_lines()
def read_page(
    content: str | bytes,
    *,
    url: str | None,
    media_type: str | None = None,
    charset: str | None = None,
    is_rendered: bool = False,
    answers: Sequence[JsonAnswer] = (),
    goes_on: bool = False,
    today: date,
) -> Reading:
    """Read a page: HTML, a feed, a sitemap, records for programs, a PDF or a Word document.

    ``charset`` is what the HTTP header declares of bytes; a page that ``is_rendered`` has run its scripts, so
    that no browser would show more, and ``answers`` are the JSON that they fetched; on a page where a listing
    ``goes_on``, as few as two rows are a list; ``today`` decides whether a deadline has passed. A page
    without anything to read is of kind ``other``.
    """
    started = perf_counter()
    if isinstance(content, bytes) and is_document(content):
        reading = _read_document(content, url, today, is_linked=False)
    else:
        text = decode(content, declared=charset) if isinstance(content, bytes) else content
        reading = _read_text(text, url, media_type, today, is_rendered=is_rendered, goes_on=goes_on)
        if answers and reading.kind is PageKind.OTHER:
            reading = read_answers(answers, url=url, today=today) or reading
    return replace(reading, elapsed_ms=round((perf_counter() - started) * 1000, 2))


@remembering_lines()
def read_linked(
    content: str | bytes,
    *,
    url: str | None,
    charset: str | None = None,
    is_rendered: bool = False,
    answers: Sequence[JsonAnswer] = (),
    usual_label: str | None = None,
    today: date,
) -> Reading:
    """Read the page that a call's row links to: it is about that call, whatever else it may look like.

    ``usual_label`` is the one under which the deadline stands on other pages of the website. Without a call
    in it the page is of kind ``other``; ``needs_browser`` may say why. Where it says nothing but a name, the
    ``answers`` that its scripts got may say more.
    """
    started = perf_counter()
    if isinstance(content, bytes) and is_document(content):
        reading = _read_document(content, url, today, is_linked=True)
    else:
        text = decode(content, declared=charset) if isinstance(content, bytes) else content
        reading = _linked_native(text, url, today) or _linked(
            Content(parse(text, url), today, usual_label), text, is_rendered=is_rendered
        )
        if answers and (reading.opportunity is None or reading.opportunity.evidence.keys() <= {"title"}):
            reading = read_answered_call(answers, url=url, today=today) or reading
    return replace(reading, elapsed_ms=round((perf_counter() - started) * 1000, 2))


def document_of(content: bytes, *, url: str | None, charset: str | None = None) -> Document:
    """Parse a page or a document as it is read where a row links to it; empty where nothing can be read."""
    if not is_document(content):
        return parse(decode(content, declared=charset), url)
    try:
        return parse(read_document(content).html, url)
    except UnreadableDocument:
        return parse("", url)


def _linked(page: Content, source: str, *, is_rendered: bool) -> Reading:
    document = page.document
    layout = lay_out(document)
    needs_browser = Reading(kind=PageKind.OTHER, url=document.url, needs_browser=True)
    if not is_rendered and is_shell(layout, source):
        return needs_browser
    read = read_content(page, source_url=document.url)
    is_bare = not is_rendered and read.evidence.keys() <= {"title"}
    if is_bare and lacks_content(layout, source):
        return needs_browser
    return as_far_as_read(_detail(read, page), document.left_out)


def _detail(read: Candidate, page: Content) -> Reading:
    standings = standings_of(read, page)
    return Reading(kind=PageKind.DETAIL, url=page.url, opportunity=read, standings=standings)


def _linked_native(source: str, url: str | None, today: date) -> Reading | None:
    """Read the one record that a document for programs holds."""
    native = read_native(source, url=url, today=today)
    if native is None or native.opportunity or len(native.items) != 1:
        return native
    return Reading(kind=PageKind.DETAIL, url=url, opportunity=native.items[0])


def _read_text(
    text: str, url: str | None, media_type: str | None, today: date, *, is_rendered: bool, goes_on: bool
) -> Reading:
    told = read_machine_form(text, url, media_type, today, goes_on=goes_on)
    return told or _read_html(text, url, today, is_rendered=is_rendered, goes_on=goes_on)


def read_machine_form(
    text: str, url: str | None, media_type: str | None, today: date, *, goes_on: bool
) -> Reading | None:
    """Read a feed, a sitemap or records for programs; ``None``: it is a page for people."""
    if is_feed(text, media_type) or is_sitemap(text):
        records, left_out = within_bounds(text, RECORDS)
        told = _read_machine_form(records, url, media_type, today, goes_on=goes_on)
        return told and as_far_as_read(told, left_out)
    return _read_machine_form(text, url, media_type, today, goes_on=goes_on)


def _read_machine_form(
    text: str, url: str | None, media_type: str | None, today: date, *, goes_on: bool
) -> Reading | None:
    if native := read_native(text, url=url, today=today, goes_on=goes_on):
        return native
    if (media_type or "").endswith("json") and text.lstrip().startswith(("{", "[")):
        return Reading(kind=PageKind.OTHER, url=url, note="This is broken JSON; nothing of it can be read.")
    if is_feed(text, media_type):
        feed = _read_feed(text, url, today)
        if feed is not None:
            return feed
    if is_sitemap(text):
        return Reading(kind=PageKind.OTHER, url=url, sitemap=read_sitemap(text))
    return None


def _read_feed(text: str, url: str | None, today: date) -> Reading | None:
    feed = read_feed(text)
    if feed is None:
        return None
    document = Document(url=url, base_url=url or "", root=parse("").root)
    return Reading(
        kind=PageKind.FEED,
        url=url,
        items=items_of_feed(feed, document, today=today),
        left_out=feed.left_out,
        note=note_of(feed.left_out),
    )


def _read_html(text: str, url: str | None, today: date, *, is_rendered: bool, goes_on: bool) -> Reading:
    layout = lay_out(parse(text, url))
    reading, _ = read_layout(layout, text, today, is_rendered=is_rendered, goes_on=goes_on)
    return reading


def read_layout(
    layout: Layout, source: str, today: date, *, is_rendered: bool, goes_on: bool
) -> tuple[Reading, CallList | None]:
    """Read a page of HTML that is laid out already; of a listing, also say which rows were taken."""
    reading, calls = _read_laid_out(layout, source, today, is_rendered=is_rendered, goes_on=goes_on)
    return as_far_as_read(reading, layout.document.left_out), calls


def _read_laid_out(
    layout: Layout, source: str, today: date, *, is_rendered: bool, goes_on: bool
) -> tuple[Reading, CallList | None]:
    document = layout.document
    calls = find_calls(layout)
    if calls is not None and is_listing(layout, calls, goes_on=goes_on):
        return read_rows(layout, calls.rows, today, left_out=calls.group.left_out), calls
    if declared := _declared(document, layout, source, today):
        return declared, None
    if not is_rendered and is_shell(layout, source):
        feeds = tuple(feed_links(document))
        return Reading(kind=PageKind.OTHER, url=document.url, needs_browser=True, feeds=feeds), None
    one = None if calls is not None and are_several(calls) else _one_call(document, layout, today)
    other = Reading(
        kind=PageKind.OTHER,
        url=document.url,
        needs_browser=not is_rendered and lacks_content(layout, source),
        feeds=tuple(feed_links(document)),
        note=_LONG_SCRIPT if holds_unread(document) else None,
    )
    return one or other, None


def read_rows(layout: Layout, rows: tuple[Row, ...], today: date, *, left_out: int) -> Reading:
    """Read the rows of a listing, and where it goes on; ``left_out`` is how many more there are."""
    listing = _listing(layout.document, items_of_rows(rows, layout, today=today), left_out)
    return as_far_as_read(listing, layout.document.left_out)


def _declared(document: Document, layout: Layout, source: str, today: date) -> Reading | None:
    """Read what a page lists for machines only: where nothing else stands, or its name says it is a list."""
    topic = topic_of(layout)
    if topic < LIST_TOPIC and not is_shell(layout, source) and not lacks_content(layout, source):
        return None
    items, left_out = read_states(states(document), url=document.url, topic=topic, today=today)
    if not items:
        rows = find_declared(document, topic)
        items = items_of_declared(rows[:MOST_ROWS], document, today=today)
        left_out = len(rows[MOST_ROWS:])
    return _listing(document, items, left_out) if items else None


def _listing(document: Document, items: tuple[Candidate, ...], left_out: int) -> Reading:
    following = next_page(document)
    return Reading(
        kind=PageKind.LISTING,
        url=document.url,
        items=items,
        next_page=following,
        turns_by_control=following is None and turns_by_control(document),
        left_out=left_out,
        note=note_of(left_out),
    )


def _one_call(document: Document, layout: Layout, today: date) -> Reading | None:
    page = Content(document, today)
    read = read_content(page, source_url=document.url)
    return _detail(read, page) if is_one_call(layout, read) else None


def _read_document(content: bytes, url: str | None, today: date, *, is_linked: bool) -> Reading:
    """Read a document; one ``is_linked`` by a row is about its call."""
    try:
        told = read_document(content)
    except UnreadableDocument as unreadable:
        return Reading(kind=PageKind.OTHER, url=url, note=unreadable.message)
    document = parse(told.html, url)
    page = Content(document, today)
    call = read_content(page, source_url=url)
    if not is_linked and not is_one_call(lay_out(document), call):
        return Reading(kind=PageKind.OTHER, url=url, note=told.note)
    text = one_line(document.root)
    return Reading(
        kind=PageKind.DETAIL,
        url=url,
        opportunity=with_pages(call, told.pages),
        standings=standings_of(call, page),
        text=text,
        note=told.note,
    )
