"""Calls that a page lists for machines only: the items of a linked list."""

from collections.abc import Iterator

from hoistscraper.discovery.naming import call_words, can_name, clean_title
from hoistscraper.discovery.rows import Row
from hoistscraper.extraction.declared import Json, linked_data, text_of, types_of
from hoistscraper.extraction.document import Document

_LEAST = 2
_ADDRESSES = ("url", "link", "href", "permalink", "path", "@id")


def find_declared(document: Document, topic: float) -> tuple[Row, ...]:
    """Return the calls that the page declares; ``topic`` is what its own name speaks for or against calls.

    Lists are declared of anything: the page's name or most of the entries must speak of calls.
    """
    rows = _of_lists(document)
    telling = sum(call_words(row.title)[0] > 0 for row in rows)
    is_of_calls = topic > 0 or (topic == 0 and 2 * telling >= len(rows))
    return rows if len(rows) >= _LEAST and is_of_calls else ()


def _of_lists(document: Document) -> tuple[Row, ...]:
    found: dict[tuple[str, str | None], Row] = {}
    for node in linked_data(document):
        if "ItemList" in types_of(node):
            for item in _items(node):
                title = clean_title(text_of(item.get("name")) or text_of(item.get("headline")) or "")
                if can_name(title):
                    row = Row(title, _address(item, document), (), document.root)
                    found.setdefault((title, row.url), row)
    return tuple(found.values())


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
