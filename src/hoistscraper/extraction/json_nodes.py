"""A value of a JSON document, with the place where it stands in it."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import cast

from hoistscraper.extraction.document import parse
from hoistscraper.extraction.lines import lines, remembering_lines, squeeze

LONGEST_DOCUMENT = 50_000_000  # characters
_TAGGED = re.compile(r"<[a-zA-Z/!]|&[a-z]+;|&#\d")
_BEGINS = re.compile(r"\s*[\[{]")


@dataclass(frozen=True, slots=True)
class Node:
    """A value and its place as a JSON pointer (RFC 6901); the ``value`` of what is not there is ``None``."""

    value: object
    pointer: str = ""

    def at(self, *names: str) -> "Node":
        """Return what stands under these names, one below the other."""
        node = self
        for name in names:
            inner = node.value.get(name) if isinstance(node.value, dict) else None
            node = Node(inner, f"{node.pointer}/{name.replace('~', '~0').replace('/', '~1')}")
        return node

    def members(self) -> Iterator[tuple[str, "Node"]]:
        """Yield the names and values of an object; anything else has none."""
        if isinstance(self.value, dict):
            for name in cast("dict[str, object]", self.value):
                yield name, self.at(name)

    def elements(self) -> Iterator["Node"]:
        """Yield what a list holds; anything else holds nothing."""
        if isinstance(self.value, list):
            for number, element in enumerate(cast("list[object]", self.value)):
                yield Node(element, f"{self.pointer}/{number}")

    @property
    def is_object(self) -> bool:
        """Whether it is an object that says anything."""
        return isinstance(self.value, dict) and bool(self.value)

    @property
    def verbatim(self) -> str | None:
        """A text or a number as the document writes it, without the white space around it."""
        if isinstance(self.value, str):
            return self.value.strip() or None
        if isinstance(self.value, int | Decimal) and not isinstance(self.value, bool):
            return str(self.value)
        return None

    @property
    def text(self) -> str | None:
        """A text or a number on one line, without markup."""
        written = self.verbatim
        if written is None:
            return None
        if _TAGGED.search(written):
            # Some interfaces escape markup twice.
            once = _without_markup(written)
            written = _without_markup(once) if _TAGGED.search(once) else once
        return squeeze(written) or None


@lru_cache(maxsize=64)  # what proves a value is read again at once
@remembering_lines()  # of its own: thousands of records leave none of their trees behind
def _without_markup(text: str) -> str:
    return " ".join(lines(parse(text).root))


def may_be_json(text: str) -> bool:
    """Tell whether a text begins as a JSON object or list does."""
    return _BEGINS.match(text) is not None


def parse_json(text: str) -> Node | None:
    """Return a JSON object or list, its numbers as they are written; ``None`` where the text is none."""
    if not _BEGINS.match(text) or len(text) > LONGEST_DOCUMENT:
        return None
    try:
        value = json.loads(text, strict=False, parse_float=Decimal, parse_constant=lambda _: None)
    except (ValueError, RecursionError, ArithmeticError):
        return None
    return Node(value)


def first_json(text: str) -> Node | None:
    """Return the JSON that a text begins with, whatever follows it."""
    if not _BEGINS.match(text) or len(text) > LONGEST_DOCUMENT:
        return None
    decoder = json.JSONDecoder(strict=False, parse_float=Decimal, parse_constant=lambda _: None)
    try:
        value, _ = decoder.raw_decode(text.lstrip())
    except (ValueError, RecursionError, ArithmeticError):
        return None
    return Node(value)
