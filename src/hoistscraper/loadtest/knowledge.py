"""What the users have learned from the server's own answers: ids, words, values and next pages."""

import re
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

from hoistscraper.errors import Invalid

_KEPT = 500
_WORD = re.compile(r"[^\W\d_]{4,}")
_TELLING = ("title", "name", "organisation")
_LONGEST_VALUE = 60
_ALWAYS_UP_TO = 100
_LATER_SHARE = 0.02

Query = tuple[tuple[str, str], ...]


def _kept() -> deque[Any]:
    return deque(maxlen=_KEPT)


@dataclass(slots=True)
class OfList:
    """What is known of one list; the newest push out the oldest."""

    ids: deque[str] = field(default_factory=_kept)
    words: deque[str] = field(default_factory=_kept)
    values: dict[str, deque[str]] = field(default_factory=dict)
    following: deque[Query] = field(default_factory=_kept)


class Knowledge:
    """What is known of every list. Reading every answer would make the client slow, so it reads some."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._lists: dict[str, OfList] = {}
        self._read: dict[str, int] = {}

    def of(self, path: str) -> OfList:
        """Return what is known of a list."""
        return self._lists.setdefault(path, OfList())

    def wants(self, endpoint: str) -> bool:
        """Return whether an answer of an endpoint should be read: the first hundred, later a few."""
        count = self._read.get(endpoint, 0)
        if count >= _ALWAYS_UP_TO and self._chance.random() > _LATER_SHARE:
            return False
        self._read[endpoint] = count + 1
        return True

    def learn(self, path: str, query: Query, page: Mapping[str, Any]) -> None:
        """Learn from a page of a list.

        :raises Invalid: it is none.
        """
        items = page.get("items")
        if not isinstance(items, list):
            raise Invalid(f"{path} answered with something that is no page of a list.")
        known = self.of(path)
        for item in items:
            _learn_item(known, item)
        if isinstance(following := page.get("next"), str):
            known.following.append((*(part for part in query if part[0] != "cursor"), ("cursor", following)))


def _learn_item(known: OfList, item: Mapping[str, Any]) -> None:
    if isinstance(item.get("id"), str):
        known.ids.append(item["id"])
    for name, value in item.items():
        for text in value if isinstance(value, list) else [value]:
            if isinstance(text, str) and 0 < len(text) <= _LONGEST_VALUE:
                known.values.setdefault(name, deque(maxlen=50)).append(text)
        if name in _TELLING and isinstance(value, str):
            known.words.extend(_WORD.findall(value))
