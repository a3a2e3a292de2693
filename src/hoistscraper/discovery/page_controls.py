"""What turns the page of a list without an address behind it: buttons, links to scripts, forms."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from lxml.html import HtmlElement

from hoistscraper.discovery.pagination import (
    ARROWS,
    is_disabled,
    is_elsewhere,
    is_in_pager,
    names_of,
    near,
    says_next,
)
from hoistscraper.extraction.document import Document
from hoistscraper.extraction.lines import one_line

_BUTTONS = ("submit", "button", "image")
_MORE_NUMBERS = frozenset(("...", "…"))
_NUMBER = re.compile(r"\D{0,2}(\d{1,5})\D{0,2}")
_NO_ADDRESS = ("#", "javascript:")
_HARMLESS = ("hidden", *_BUTTONS)
_LONGEST_PAGER = 300


def turns_by_control(document: Document) -> bool:
    """Tell whether a list goes on behind something to press; only ask where no address leads on."""
    return next_control(list(_controls(document)), number=1) is not None


def next_control(controls: Sequence[HtmlElement], *, number: int) -> HtmlElement | None:
    """Return what leads from page ``number`` of a list to the page after it, or ``None``."""
    usable = [node for node in controls if not is_elsewhere(node) and not _asks_for_password(node)]
    for node in usable:
        if any(says_next(text) for text in names_of(node)) and _is_pagers(node):
            return None if is_disabled(node) else node
    numbered = _numbered(usable, number)
    return _pointed(usable) if numbered is None else numbered


def _numbered(controls: Iterable[HtmlElement], number: int) -> HtmlElement | None:
    for node in controls:
        text = one_line(node) or node.get("value") or ""
        wanted = _number_in(text) == number + 1 or text in _MORE_NUMBERS
        if wanted and _number_before(node) == number and not is_disabled(node):
            return node
    return None


def _pointed(controls: Iterable[HtmlElement]) -> HtmlElement | None:
    found = (node for node in controls if (one_line(node) or node.get("value")) in ARROWS)
    return next((node for node in found if _is_among_pages(node) and not is_disabled(node)), None)


def _controls(document: Document) -> Iterator[HtmlElement]:
    for node in document.root.iter("a", "button", "input"):
        if node.get("disabled") is not None or node.get("aria-disabled") == "true":
            continue
        href = (node.get("href") or "").strip().lower()
        if node.tag == "input" and (node.get("type") or "").lower() not in _BUTTONS:
            continue
        if node.tag != "a" or href.startswith(_NO_ADDRESS) or (not href and node.get("onclick")):
            yield node


def _is_pagers(node: HtmlElement) -> bool:
    return _is_among_pages(node) or _is_alone_in_its_form(node)


def _is_among_pages(node: HtmlElement) -> bool:
    return is_in_pager(node) or any(_counts(each) for each in near(node))


def _counts(node: HtmlElement) -> bool:
    """Tell whether a part of a page is a row of page numbers."""
    text = one_line(node)
    if len(text) > _LONGEST_PAGER:
        return False
    parts = (_number_in(one_line(part)) for part in node.iter("a", "button", "span", "li"))
    numbers = [number for number in parts if number is not None]
    return any(later == sooner + 1 for sooner, later in pairwise(numbers))


def _is_alone_in_its_form(node: HtmlElement) -> bool:
    """Tell whether a button sends nothing but what the page itself has filled in, or stands in no form."""
    if node.tag not in ("button", "input"):
        return False
    form = next(node.iterancestors("form"), None)
    if form is None:
        return bool(node.tag == "button")
    kinds = [str(field.get("type") or "text").lower() for field in form.iter("input", "select", "textarea")]
    return all(kind in _HARMLESS for kind in kinds)


def _asks_for_password(node: HtmlElement) -> bool:
    form = next(node.iterancestors("form"), None)
    return form is not None and form.find(".//input[@type='password']") is not None


def _number_in(text: str) -> int | None:
    found = _NUMBER.fullmatch(text.strip())
    return int(found.group(1)) if found else None


def _number_before(control: HtmlElement) -> int | None:
    """Return the number right before a control, beside it or beside what it stands in."""
    for node in (control, control.getparent()):
        parent = node.getparent() if node is not None else None
        if node is None or parent is None:
            return None
        before = node.getprevious()
        text = (before.tail if before is not None else parent.text) or ""
        if text.strip():
            return _number_in(text)
        if before is not None:
            return _number_in(one_line(before) or before.get("value") or "")
    return None
