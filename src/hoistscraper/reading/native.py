"""Documents that are written for programs: what they offer, and where they go on."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from hoistscraper.discovery.feeds import xml_root
from hoistscraper.discovery.json_pages import next_json_page
from hoistscraper.discovery.record_lists import RecordList, find_records, speaks_of_call, topic_of_address
from hoistscraper.discovery.rows import MOST_ROWS
from hoistscraper.extraction.candidate import Candidate, Status
from hoistscraper.extraction.dates import DateContext
from hoistscraper.extraction.json_nodes import Node, may_be_json, parse_json
from hoistscraper.extraction.native import common_grants, ocds, synopses
from hoistscraper.extraction.native.formats import RECORD, STATE, Format
from hoistscraper.extraction.native.records import (
    RecordContext,
    context_for,
    read_record,
    states_a_call,
    title_of,
)
from hoistscraper.fetching.bounds import RECORDS, json_within_bounds, within_bounds
from hoistscraper.fetching.page import JsonAnswer
from hoistscraper.reading.values import PageKind, Reading, as_far_as_read, note_of

_LEAST_SUMMARY = 40
_UNKNOWN = "This is JSON in which no call was recognised."
_WHOLES = ("data", "result", "item", "record")


def read_native(text: str, *, url: str | None, today: date, goes_on: bool = False) -> Reading | None:
    """Read a document in JSON, or in XML of a form that is known; ``None`` where it is neither.

    JSON of no known form is of kind ``other``. Where a listing ``goes_on``, a single record is a list.
    """
    if synopses.is_extract(text):
        return _extract(text, url)
    json, left_out = json_within_bounds(text) if may_be_json(text) else (text, 0.0)
    root = parse_json(json)
    if root is None:
        return None
    known = _standard(root, url, today) or _records(root, url, today, goes_on=goes_on)
    return as_far_as_read(known or Reading(kind=PageKind.OTHER, url=url, note=_UNKNOWN), left_out)


def read_states(
    states: Iterable[Node], *, url: str | None, topic: float, today: date
) -> tuple[tuple[Candidate, ...], int]:
    """Read the longest list of calls that a page hands to its own scripts, and count what is left out of it.

    ``topic`` is the page's.
    """
    found = [each for state in states if (each := find_records(state, topic))]
    best = max(found, key=lambda each: len(each.records), default=None)
    return (_items(best, STATE, url, today), best.left_out) if best else ((), 0)


def read_answers(answers: Iterable[JsonAnswer], *, url: str | None, today: date) -> Reading | None:
    """Read the longest list of calls among what a page's scripts were answered."""
    read = (read_native(each.text, url=each.url, today=today) for each in answers)
    best = max((each for each in read if each), key=lambda each: len(each.items), default=None)
    return replace(best, url=url) if best and best.items else None


def read_answered_call(answers: Iterable[JsonAnswer], *, url: str | None, today: date) -> Reading | None:
    """Read the one call that a page's scripts were answered."""
    read = (read_native(each.text, url=each.url, today=today) for each in answers)
    call = next((each.opportunity for each in read if each and each.opportunity), None)
    return Reading(kind=PageKind.DETAIL, url=url, opportunity=call) if call else None


def is_declared(call: Candidate) -> bool:
    """Tell whether a call was read from what is written for programs."""
    title = call.evidence.get("title")
    return title is not None and title.method.startswith("declared:")


def is_whole(call: Candidate) -> bool:
    """Tell whether a record says of a call what its page would: then the page need not be fetched."""
    if not is_declared(call):
        return False
    says_when = call.deadline is not None or call.status in (Status.CLOSED, Status.FORTHCOMING)
    return says_when and call.organisation is not None and len(call.summary or "") >= _LEAST_SUMMARY


def _standard(root: Node, url: str | None, today: date) -> Reading | None:
    return _ocds(root, url, today) or _common_grants(root, url) or _synopses(root, url)


def _ocds(root: Node, url: str | None, today: date) -> Reading | None:
    if ocds.is_package(root):
        return _listing(root, url, ocds.read_package(root, source_url=url, today=today))
    if ocds.is_release(root):
        return _detail(url, ocds.read_release(root, source_url=url, today=today))
    return None


def _common_grants(root: Node, url: str | None) -> Reading | None:
    if common_grants.is_answer(root):
        return _listing(root, url, common_grants.read_answer(root, source_url=url))
    for node in (root, root.at("data")):
        if common_grants.is_opportunity(node):
            return _detail(url, common_grants.read_opportunity(node, source_url=url))
    return None


def _synopses(root: Node, url: str | None) -> Reading | None:
    hits = synopses.hits_of(root)
    if hits is not None:
        return _listing(root, url, synopses.read_hits(hits, source_url=url))
    return _detail(url, synopses.read_one(root, source_url=url)) if synopses.is_one(root) else None


def _records(root: Node, url: str | None, today: date, *, goes_on: bool) -> Reading | None:
    topic = topic_of_address(url)
    found = find_records(root, topic, least=1 if goes_on or topic > 0 else 2)
    if found and found.records != (root,):
        return _listing(root, url, _items(found, RECORD, url, today), left_out=found.left_out)
    for node in (root, *(root.at(name) for name in _WHOLES)):
        is_call = states_a_call(node) and (topic > 0 or speaks_of_call(title_of(node)))
        if topic >= 0 and is_call:
            calls = _items(RecordList((node,), topic), RECORD, url, today)
            return _detail(url, calls[0] if calls else None)
    return None


def _items(found: RecordList, form: Format, url: str | None, today: date) -> tuple[Candidate, ...]:
    context = RecordContext(DateContext(today=today), url, form, speaks_of_calls=found.topic > 0)
    context = context_for(found.records, context)
    read = (read_record(record, context) for record in found.records)
    return tuple(call for call in read if call is not None)


def _extract(text: str, url: str | None) -> Reading | None:
    records, left_out = within_bounds(text, RECORDS)
    root = xml_root(records)
    if root is None:
        return None
    told = synopses.records_of(root)
    items = tuple(synopses.read_records(told[:MOST_ROWS], source_url=url))
    more = len(told[MOST_ROWS:])
    listing = Reading(kind=PageKind.LISTING, url=url, items=items, left_out=more, note=note_of(more))
    return as_far_as_read(listing, left_out)


def _listing(root: Node, url: str | None, items: Iterable[Candidate], *, left_out: int = 0) -> Reading:
    return Reading(
        kind=PageKind.LISTING,
        url=url,
        items=tuple(items),
        next_page=next_json_page(root, url),
        left_out=left_out,
        note=note_of(left_out),
    )


def _detail(url: str | None, call: Candidate | None) -> Reading:
    return Reading(kind=PageKind.DETAIL if call else PageKind.OTHER, url=url, opportunity=call)
