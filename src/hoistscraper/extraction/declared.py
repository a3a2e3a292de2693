"""What a page declares for machines: JSON-LD, microdata, and the states that page builders embed."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType
from typing import cast

from lxml import etree
from lxml.html import HtmlElement

from hoistscraper.extraction.document import Document
from hoistscraper.extraction.folding import fold_words
from hoistscraper.extraction.json_nodes import Node, first_json
from hoistscraper.extraction.lexicon import field_of
from hoistscraper.extraction.lines import one_line, squeeze

Json = dict[str, object]
Labelled = tuple[str, str, str]  # a field, the label that names it, the text
LONGEST_SCRIPT = 2_000_000
MOST_NODES = 200_000
FUNDING_TYPES = frozenset(
    """MonetaryGrant Grant FundingScheme FundingAgency Scholarship EducationalOccupationalProgram
    GrantOpportunity Demand Offer GovernmentService Service Event""".split()
)
PAGE_TYPES = frozenset({"Article", "NewsArticle", "BlogPosting", "WebPage", "Product", "CreativeWork"})
_NAMES = {
    "name": "title",
    "headline": "title",
    "description": "summary",
    "abstract": "summary",
    "applicationDeadline": "deadline",
    "validThrough": "deadline",
    "availabilityEnds": "deadline",
    "applicationStartDate": "opening_date",
    "validFrom": "opening_date",
    "availabilityStarts": "opening_date",
    "funder": "organisation",
    "sponsor": "organisation",
    "provider": "organisation",
    "organizer": "organisation",
    "identifier": "reference_number",
    "amount": "amount",
    "eligibility": "eligibility",
    "programPrerequisites": "eligibility",
}
_STATE = re.compile(
    r"^\s*(?:window\.|var |const |let |self\.)?[\w.$\[\]\"']{1,60}\s*=\s*"
    r"(?:(?=[{\[])|JSON\.parse\(\s*(?=[\"']))"
)
_IN_QUOTES = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'", re.DOTALL)
_ESCAPED = re.compile(r"\\x[0-9a-fA-F]{2}|\\.|\"", re.DOTALL)
_ITEMS = etree.XPath("//*[@itemscope]")
_JSON_TYPES = frozenset({"application/json", "text/json"})
_SCRIPT_TYPES = frozenset({"", "text/javascript", "application/javascript", "module"})
_CAMEL = re.compile(r"(?<=[a-z\d])(?=[A-Z])|[_\-]+")
_STATE_FIELDS = frozenset(
    {"title", "deadline", "opening_date", "organisation", "reference_number", "summary", "eligibility"}
)


@dataclass(frozen=True, slots=True)
class Stated:
    """A declared value as it stands in the page."""

    text: str
    method: str


@dataclass(frozen=True, slots=True)
class Declared:
    """Values by field, and those of a page about anything (title and publisher of an article)."""

    values: Mapping[str, Stated] = field(default_factory=lambda: MappingProxyType({}))
    page: Mapping[str, Stated] = field(default_factory=lambda: MappingProxyType({}))


def declared_by(document: Document) -> Declared:
    """Read what the page declares; broken declarations are passed over."""
    values: dict[str, Stated] = {}
    page: dict[str, Stated] = {}
    things: list[dict[str, Stated]] = []
    events: list[dict[str, Stated]] = []
    for node in linked_data(document):
        types = types_of(node)
        if types & FUNDING_TYPES:
            (events if "Event" in types else things).append(_stated(node, "declared:json-ld"))
        elif types & PAGE_TYPES:
            page = _stated(node, "declared:json-ld") | page
    things += _microdata(document.root)
    for thing in _of_one(things, document) if things else _named_as_page(events, document):
        values = thing | values
    for name, text in _state(document).items():
        values.setdefault(name, Stated(text, "declared:state"))
    return Declared(values, page)


def _named_as_page(events: list[dict[str, Stated]], document: Document) -> list[dict[str, Stated]]:
    """Return the events that the page is named after: pages of calls announce lectures and workshops, too."""
    names = [fold_words(one_line(node)) for node in document.root.iter("h1")]
    said = " ".join(fold_words(document.title or ""))
    titles = [fold_words(event["title"].text) if "title" in event else () for event in events]
    own = [
        event
        for event, name in zip(events, titles, strict=True)
        if not name or name in names or " ".join(name) in said
    ]
    return _of_one(own, document)


def _of_one(things: list[dict[str, Stated]], document: Document) -> list[dict[str, Stated]]:
    """Return what is declared of one thing: of several, of the one that the page is named after.

    A page may declare other calls, too, and what holds for one of them is wrong for another.
    """
    names = {fold_words(thing["title"].text) for thing in things if "title" in thing}
    if len(names) <= 1:
        return things
    title = " ".join(fold_words(document.title or ""))
    headings = {fold_words(one_line(node)) for node in document.root.iter("h1")}
    own = [name for name in names if name in headings]
    own = own or [name for name in names if name and " ".join(name) in title]
    if len(own) != 1:
        return []
    return [thing for thing in things if "title" in thing and fold_words(thing["title"].text) == own[0]]


def holds_unread(document: Document) -> bool:
    """Tell whether a page declares data in a script that is longer than is read."""
    types = {"application/ld+json", *_JSON_TYPES}
    return any(len(each.text) > LONGEST_SCRIPT and each.media_type in types for each in document.scripts)


def linked_data(document: Document) -> Iterator[Json]:
    """Yield every object of the page's JSON-LD, outer ones first."""
    for script in document.scripts:
        if script.media_type == "application/ld+json":
            yield from _dicts(_parsed(script.text))


def _parsed(text: str) -> object:
    if len(text) > LONGEST_SCRIPT:
        return None
    try:
        return json.loads(text.strip().rstrip(";"), strict=False)
    except (ValueError, RecursionError):
        return None


def _dicts(value: object) -> Iterator[Json]:
    stack = [value]
    for _ in range(MOST_NODES):
        if not stack:
            return
        top = stack.pop()
        if isinstance(top, dict):
            yield cast("Json", top)
            stack.extend(reversed(list(top.values())))
        elif isinstance(top, list):
            stack.extend(reversed(top))


def types_of(node: Json) -> set[str]:
    """Return the names of an object's types."""
    stated = node.get("@type")
    listed = stated if isinstance(stated, list) else [stated]
    return {each.rsplit("/", 1)[-1] for each in listed if isinstance(each, str)}


def facts_of(node: Json) -> dict[str, str]:
    """Return the fields that an object of JSON-LD states, as they are written."""
    is_event = "Event" in types_of(node)
    facts: dict[str, str] = {}
    for key, name in _NAMES.items():
        # An event is held, it does not close: its dates are not those of a call.
        if is_event and name in ("deadline", "opening_date"):
            continue
        if text := text_of(node.get(key)):
            facts.setdefault(name, text)
    return facts


def _stated(node: Json, method: str) -> dict[str, Stated]:
    return {name: Stated(text, method) for name, text in facts_of(node).items()}


def text_of(value: object) -> str | None:
    """Return the text of a declared value, whichever of the usual forms it has."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        if "currency" in value:
            return squeeze(f"{value.get('currency')} {value.get('value') or value.get('maxValue') or ''}")
        value = value.get("name") or value.get("value")
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return str(value)
    return squeeze(re.sub(r"<[^<>]{0,500}>", " ", value)) or None if isinstance(value, str) else None


def _microdata(root: HtmlElement) -> Iterator[dict[str, Stated]]:
    for scope in cast("list[HtmlElement]", _ITEMS(root)):
        kind = (scope.get("itemtype") or "").rsplit("/", 1)[-1]
        if kind not in FUNDING_TYPES or kind == "Event":
            continue
        thing: dict[str, Stated] = {}
        for node in scope.iter():
            name = _NAMES.get(node.get("itemprop") or "")
            text = node.get("content") or node.get("datetime") or (one_line(node) if name else "")
            if name and text:
                thing.setdefault(name, Stated(squeeze(text), "declared:microdata"))
        yield thing


def _state(document: Document) -> dict[str, str]:
    """Return the one record of an embedded state that reads as a call; several are a listing."""
    distinct: dict[tuple[str, str], dict[str, str]] = {}
    for labelled in _state_records(document):
        fields: dict[str, str] = {}
        for name, _, text in labelled:
            fields.setdefault(name, text)
        distinct[fields["title"], fields["deadline"]] = fields
    return next(iter(distinct.values())) if len(distinct) == 1 else {}


def _state_records(document: Document) -> Iterator[list[Labelled]]:
    """Yield the records of the page's embedded states that have a title and a deadline, with their fields."""
    for state in states(document):
        for record in _dicts(state.value):
            labelled = _labelled(record)
            if {"title", "deadline"} <= {name for name, _, _ in labelled}:
                yield labelled


def declared_texts(document: Document) -> Iterator[str]:
    """Yield every text of the page's declared data."""
    for source in (linked_data(document), _dicts([each.value for each in states(document)])):
        for node in source:
            for value in node.values():
                listed = value if isinstance(value, list) else [value]
                yield from filter(None, (text_of(each) for each in listed if not isinstance(each, dict)))


def states(document: Document) -> Iterator[Node]:
    """Yield what the page hands to its own scripts; the place of each begins with its script's id."""
    for script in document.scripts:
        if len(script.text) > LONGEST_SCRIPT:
            continue
        found = None
        if script.media_type in _JSON_TYPES:
            found = first_json(script.text)
        elif script.media_type in _SCRIPT_TYPES and (begins := _STATE.match(script.text)):
            found = first_json(_unquoted(script.text[begins.end() :]))
        if found is not None:
            yield Node(found.value, f"/{script.id}" if script.id else "")


def _unquoted(text: str) -> str:
    """Return JSON that stands as a string in a script, or the text where it does not."""
    quoted = _IN_QUOTES.match(text)
    if quoted is None:
        return text
    try:
        return str(json.loads(f'"{_ESCAPED.sub(_as_json, quoted.group()[1:-1])}"', strict=False))
    except ValueError:
        return ""


def _as_json(found: re.Match[str]) -> str:
    """Return what JSON writes for what a script writes in a string."""
    piece = found.group()
    if piece.startswith("\\x"):
        return f"\\u00{piece[2:]}"
    return {'"': '\\"', "\\'": "'"}.get(piece, piece)


def _labelled(record: Json) -> list[Labelled]:
    if len(record) < 3:
        return []
    named = ((_CAMEL.sub(" ", key), value) for key, value in record.items() if isinstance(value, str))
    return [
        (name, label, text)
        for label, value in named
        if (name := field_of(label)) in _STATE_FIELDS and name and (text := text_of(value))
    ]
