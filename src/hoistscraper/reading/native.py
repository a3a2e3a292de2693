"""Documents that are written for programs: what they offer, and where they go on."""

from datetime import date

from hoistscraper.discovery.feeds import xml_root
from hoistscraper.discovery.json_pages import next_json_page
from hoistscraper.extraction.candidate import Candidate, Status
from hoistscraper.extraction.native import common_grants, ocds, synopses
from hoistscraper.extraction.native.node import Node, parse_json
from hoistscraper.reading.values import PageKind, Reading

_LEAST_SUMMARY = 40


def read_native(text: str, *, url: str | None, today: date) -> Reading | None:
    """Read a document in JSON or XML; ``None`` where it is none or its form is not known."""
    if synopses.is_extract(text):
        return _extract(text, url)
    root = parse_json(text)
    return _json(root, url, today) if root else None


def _json(root: Node, url: str | None, today: date) -> Reading | None:
    return _ocds(root, url, today) or _common_grants(root, url) or _synopses(root, url)


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


def _extract(text: str, url: str | None) -> Reading | None:
    root = xml_root(text)
    if root is None:
        return None
    return Reading(kind=PageKind.LISTING, url=url, items=synopses.read_extract(root, source_url=url))


def _listing(root: Node, url: str | None, items: tuple[Candidate, ...]) -> Reading:
    return Reading(kind=PageKind.LISTING, url=url, items=items, next_page=next_json_page(root, url))


def _detail(url: str | None, call: Candidate | None) -> Reading:
    return Reading(kind=PageKind.DETAIL if call else PageKind.OTHER, url=url, opportunity=call)
