"""Calls that a page lists for machines only: the items of a linked list, or one object after the other."""

from collections.abc import Iterator

from hoistscraper.discovery.naming import call_words, can_name, clean_title
from hoistscraper.discovery.rows import Row
from hoistscraper.extraction.declared import FUNDING_TYPES, Json, facts_of, linked_data, text_of, types_of
from hoistscraper.extraction.document import Document
from hoistscraper.extraction.row import LabelledText

_LEAST = 2
_CALLS = FUNDING_TYPES - {"Event", "Offer", "Service"}
_ADDRESSES = ("url", "link", "href", "permalink", "path", "@id")


def find_declared(document: Document, topic: float) -> tuple[Row, ...]:
    """Return the calls that the page declares; ``topic`` is what its own name speaks for or against calls.

    Lists are declared of anything: the page's name or most of the entries must speak of calls.
    """
    rows = _of_lists(document) or _of_objects(document)
    telling = sum(call_words(row.title)[0] > 0 for row in rows)
    is_of_calls = topic > 0 or (topic == 0 and 2 * telling >= len(rows))
    return rows if len(rows) >= _LEAST and is_of_calls else ()


def _of_lists(document: Document) -> tuple[Row, ...]:
    found: dict[tuple[str, str | None], Row] = {}
    for node in linked_data(document):
        if "ItemList" in types_of(node):
            for item in _items(node):
                if row := _row(item, document):
                    found.setdefault((row.title, row.url), row)
    return tuple(found.values())


def _of_objects(document: Document) -> tuple[Row, ...]:
    rows = (_row(node, document) for node in linked_data(document) if types_of(node) & _CALLS)
    found = {(row.title, row.url): row for row in rows if row}
    return tuple(found.values())


def _row(item: Json, document: Document) -> Row | None:
    title = clean_title(text_of(item.get("name")) or text_of(item.get("headline")) or "")
    if not can_name(title):
        return None
    texts = tuple(
        LabelledText(name.replace("_", " "), text)
        for name, text in facts_of(item).items()
        if name not in ("title", "summary")
    )
    return Row(title, _address(item, document), texts, document.root)


def _items(node: Json) -> Iterator[Json]:
    listed = node.get("itemListElement")
    for element in listed if isinstance(listed, list) else ():
        if isinstance(element, dict):
            item = element.get("item")
            yield {**element, **item} if isinstance(item, dict) else element


def _address(record: Json, document: Document) -> str | None:
    stated = (record.get(name) for name in _ADDRESSES)
    written = (text for text in stated if isinstance(text, str) and text.startswith(("http", "/")))
    return next(filter(None, map(document.absolute, written)), None)
