"""Lists of calls among the records that an interface answers with, or a page hands to its scripts."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from hoistscraper.discovery.naming import call_words, names_no_call
from hoistscraper.extraction.folding import fold_words
from hoistscraper.extraction.json_nodes import Node
from hoistscraper.extraction.native.records import has_title, states_a_call, title_of

_MOST_NODES = 20_000
_MOST_RECORDS = 5_000
_LEAST = 2
_LEAST_SHARE = 0.5
# Words that name lists of calls where programs write them, though pages of all kinds use them, too.
_OF_CALLS = frozenset("opportunity opportunitie opp call notice procurement".split())
_NAME = re.compile(r"(?<=[a-z\d])(?=[A-Z])|[\W_]+")


@dataclass(frozen=True, slots=True)
class RecordList:
    """Records of like form that stand together; ``topic``: what speaks for (above 0) their being calls.

    ``left_out`` is how many more are too many to be read.
    """

    records: tuple[Node, ...]
    topic: float
    left_out: int = 0


def topic_of_address(url: str | None) -> float:
    """Return what an address speaks for (above 0) or against calls."""
    try:
        path = unquote(urlsplit(url or "").path)
    except ValueError:
        return 0.0
    return _topic_of(path.split("/"))


def find_records(root: Node, topic: float, *, least: int = _LEAST) -> RecordList | None:
    """Return the largest list of calls in a document; ``topic`` is what is known of the whole of it.

    Lists are written of anything: a name around it or most of the titles must speak of calls.
    """
    best: RecordList | None = None
    for place, records in _lists(root):
        # What an object holds by its keys is a list only where it holds several.
        found = _calls(place, records, topic, least if isinstance(place.value, list) else _LEAST)
        if found and (best is None or len(found.records) > len(best.records)):
            best = found
    return best


def _lists(root: Node) -> Iterator[tuple[Node, Sequence[Node]]]:
    """Yield what stands together: the elements of lists, and of objects that hold records by their keys."""
    stack = [root]
    for _ in range(_MOST_NODES):
        if not stack:
            return
        top = stack.pop()
        inner = [*top.elements(), *(node for _, node in top.members())]
        objects = [node for node in inner if node.is_object]
        if objects and (isinstance(top.value, list) or len(objects) == len(inner)):
            yield top, objects
        stack.extend(node for node in inner if isinstance(node.value, dict | list))


def _calls(place: Node, objects: Sequence[Node], topic: float, least: int) -> RecordList | None:
    records = objects[:_MOST_RECORDS]
    topic += _topic_of(place.pointer.split("/"))
    calling = [node for node in records if states_a_call(node)]
    if len(calling) < least or len(calling) < _LEAST_SHARE * len(records) or topic < 0:
        return None
    if topic == 0 and 2 * sum(speaks_of_call(title_of(node)) for node in calling) < len(calling):
        return None
    titled = tuple(node for node in records if has_title(node))
    return RecordList(titled, topic, left_out=len(objects) - len(records))


def speaks_of_call(title: str | None) -> bool:
    """Tell whether a title speaks of a call by itself."""
    return title is not None and call_words(title)[0] > 0


def _topic_of(names: Sequence[str]) -> float:
    words = [_NAME.sub(" ", name).strip() for name in names if name]
    if any(names_no_call(name) for name in words):
        return -1.0
    speaks = any(call_words(name)[0] or not _OF_CALLS.isdisjoint(fold_words(name)) for name in words)
    return 1.0 if speaks else 0.0
